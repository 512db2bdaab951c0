"""A bar for each stage while it runs, on standard error."""

from collections.abc import Sequence
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.filesize import decimal
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Task as Bar
from rich.text import Text

from pipelines.plan import Made, Stage, Task


class _Rates(TextColumn):
    """Records and bytes so far, and per second."""

    def __init__(self) -> None:
        super().__init__("")

    def render(self, task: Bar) -> Text:
        """Write the numbers of one bar."""
        records, byte_count = task.fields["records"], task.fields["bytes"]
        if not records:
            # Some stages work on no records: a rate of nothing says nothing.
            return Text()
        seconds = max(task.elapsed or 0, 0.001)
        return Text(f"{records:,} records  {records / seconds:,.0f}/s  {decimal(byte_count)}")


class Bars:
    """Watches a run and shows it."""

    def __init__(self) -> None:
        columns = (
            TextColumn("{task.description:<12}"),
            BarColumn(bar_width=24),
            TextColumn("{task.fields[done]}/{task.fields[tasks]}"),
            _Rates(),
            TimeElapsedColumn(),
        )
        self._progress = Progress(*columns, console=Console(stderr=True))
        self._bars: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        """Begin to show."""
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the last state on the screen."""
        self._progress.stop()

    def begin(self, stage: Stage, tasks: Sequence[Task]) -> None:
        """Add a bar. Its length is bytes where they are known, else tasks."""
        total = sum(task.bytes for task in tasks) or len(tasks)
        by_bytes = any(task.bytes for task in tasks)
        whole = stage.part_of or stage.name
        if whole in self._bars:
            self._lengthen(stage, whole, len(tasks))
            return
        self._bars[stage.name] = self._bars[whole] = self._progress.add_task(
            whole, total=total, records=0, bytes=0, done=0, tasks=len(tasks), by_bytes=by_bytes
        )

    def advance(self, stage: str, records: int, byte_count: int) -> None:
        """Move a bar by what a worker says it has done."""
        bar = self._bar(stage)
        fields = {"records": bar.fields["records"] + records, "bytes": bar.fields["bytes"] + byte_count}
        advance = byte_count if bar.fields["by_bytes"] else 0
        self._progress.update(bar.id, advance=advance, **fields)

    def done(self, task: Task, made: Made) -> None:
        """Count a task; one that was done before adds all that it made at once."""
        bar = self._bar(task.stage)
        if made.reused:
            self.advance(task.stage, made.records, task.bytes)
        self._progress.update(bar.id, done=bar.fields["done"] + 1, advance=0 if bar.fields["by_bytes"] else 1)

    def end(self, stage: Stage) -> None:
        """Fill the bar."""
        bar = self._bar(stage.name)
        self._progress.update(bar.id, completed=bar.total)

    def _lengthen(self, stage: Stage, whole: str, tasks: int) -> None:
        """Let the bar of a stage of several steps hold one more."""
        bar = self._bar(whole)
        self._bars[stage.name] = bar.id
        self._progress.update(bar.id, total=(bar.total or 0) + tasks, tasks=bar.fields["tasks"] + tasks)

    def _bar(self, stage: str) -> Bar:
        return self._progress.tasks[self._bars[stage]]
