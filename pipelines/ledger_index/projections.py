"""The stages that make the index of a ledger: parts by ledger file, files by range of keys, domains, header."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

from filters.blocked_domains import PUBLIC_SUFFIXES
from pipelines.job import Job
from pipelines.ledger_index.domain_table import write_domains
from pipelines.ledger_index.header import Header, IndexFile, ledger_files, ledgers_digest, made_from
from pipelines.ledger_index.merging import MergeWork, bounds, merge_range
from pipelines.ledger_index.parts import PartWork, part_stage, write_part
from pipelines.ledger_index.schema import (
    FILE_ROWS,
    HEADER,
    KINDS,
    Kind,
    LedgerFile,
)
from pipelines.lock import locked
from pipelines.plan import WORK, Made, Results, Runner, Stage, Task, run
from pipelines.recipe import Recipe, digest
from pipelines.release import MANIFEST, read_manifest
from pipelines.resource import content
from pipelines.store import Store
from pipelines.version import code_digest

#: what the stages are steps of
INDEX = "index"
#: where a run has kept its work
_KEPT_JOB = f"{WORK}/job.json"


@dataclass(frozen=True, slots=True)
class Indexing:
    """What is indexed, and by which code."""

    store: Store
    code: str
    #: the column of the filter `language`, or ""
    language: str
    #: rows of a file, more or less
    file_rows: int = FILE_ROWS

    def made_from(self, ledgers: Sequence[LedgerFile]) -> str:
        """Digest what the index of these ledger files says that it was made from."""
        return made_from(ledgers, suffixes_digest(), self.language)


@dataclass(frozen=True, slots=True)
class HeaderWork:
    """What the header states: the files of both projections, and how many ranges of domains there are."""

    store: Store
    made_from: str
    ledgers: str
    newest: str | None
    records: int
    by_id: tuple[Made, ...]
    by_address: tuple[Made, ...]


def suffixes_digest() -> str:
    """Digest the list of public suffixes."""
    return hashlib.sha256(content(PUBLIC_SUFFIXES)).hexdigest()


def language_column(recipe: Recipe) -> str:
    """Name the column of the recipe's filter `language`; nothing where it has none."""
    return next((rule.column for rule in recipe.filters if rule.name == "language"), "")


def stages(job: Job) -> list[Stage]:
    """List the stages that index a job's ledger, after the stage `ledger`."""
    indexing = Indexing(job.store, job.code, language_column(job.recipe))
    return index_stages(indexing, lambda made: [written(result) for result in made["ledger"]])


def written(made: Made) -> LedgerFile:
    """Name the ledger file that a task of the stage `ledger` has made."""
    return LedgerFile(made.facts["file"], made.digest, made.records)


def index_stages(indexing: Indexing, ledgers: Callable[[Results], Sequence[LedgerFile]]) -> list[Stage]:
    """List the stages, in order."""
    parts = [
        Stage(part_stage(kind), f"sort the ledger {_words(kind)}", _parts(indexing, kind, ledgers), INDEX)
        for kind in KINDS
    ]
    merges = [
        Stage(kind, f"merge the ledger {_words(kind)}", _merges(indexing, kind, ledgers), INDEX) for kind in KINDS
    ]
    last = Stage(
        INDEX,
        "make the index that questions are answered from",
        lambda made: _header_task(indexing, made, ledgers),
        INDEX,
    )
    return [*parts, *merges, last]


def build_index(store: Store, runner: Runner) -> Header:
    """Index a release that is there already; ValueError where there is none. What is done already stays."""
    manifest = read_manifest(store)
    if manifest is None:
        raise ValueError(f"{store.root}: expected a release, and found no {MANIFEST}")
    recipe = Recipe.parse(store.read("recipe.toml").decode(), store.path("recipe.toml"))
    files = ledger_files(manifest)
    indexing = Indexing(store, code_digest(), language_column(recipe))
    with locked(store):
        stages = index_stages(indexing, lambda _: files)
        kept = store.exists(_KEPT_JOB)
        for stage in stages if kept else ():
            # What the run that made the release left here vouches for files that are stale, or gone.
            store.remove(f"{WORK}/done/{stage.name}")
        run(stages, runner, _Unwatched())
        if not kept:
            store.remove(WORK)
    header = Header.read(store)
    if header is None:
        raise RuntimeError(f"{store.root}: the index was written and is not there")
    return header


class _Unwatched:
    """Hears of a run, and says nothing."""

    def begin(self, stage: Stage, tasks: Sequence[Task]) -> None:
        """Hear that a stage begins."""

    def done(self, task: Task, made: Made) -> None:
        """Hear that a task is done."""

    def end(self, stage: Stage) -> None:
        """Hear that a stage has ended."""


def write_header(given: HeaderWork) -> Made:
    """Rank the domains, and write down what the index is."""
    domains = write_domains(given.store, len(given.by_address), given.made_from)
    lists = (given.by_id, given.by_address, domains)
    header = Header(
        given.made_from,
        given.ledgers,
        given.newest,
        given.records,
        sum(made.records for made in domains),
        *(tuple(map(_index_file, files)) for files in lists),
    )
    given.store.write(HEADER, header.content())
    facts = {"files": [[one.facts["file"], one.records, one.bytes, one.digest] for one in chain(*lists)]}
    written_bytes = header.content()
    return Made(hashlib.sha256(written_bytes).hexdigest(), 0, len(written_bytes), {"file": HEADER, **facts})


def index_files(made: Results) -> list[Made]:
    """List what the manifest must name, from what the stages made."""
    (header,) = made[INDEX]
    files = [Made(sha256, rows, size, {"file": name}) for name, rows, size, sha256 in header.facts["files"]]
    return [*files, Made(header.digest, 0, header.bytes, {"file": header.facts["file"]})]


def _index_file(made: Made) -> IndexFile:
    return IndexFile(made.facts["file"], made.records, made.bytes, made.digest, made.facts["low"])


def _words(kind: Kind) -> str:
    return kind.replace("_", " ")


def _parts(
    indexing: Indexing, kind: Kind, ledgers: Callable[[Results], Sequence[LedgerFile]]
) -> Callable[[Results], list[Task]]:
    suffixes = suffixes_digest()
    return lambda made: [
        Task(
            part_stage(kind),
            f"{number:05d}",
            digest([indexing.code, ledger.sha256, suffixes, indexing.language]),
            indexing.store,
            write_part,
            PartWork(indexing.store, kind, ledger, number, indexing.language),
        )
        for number, ledger in enumerate(ledgers(made))
    ]


def _merges(
    indexing: Indexing, kind: Kind, ledgers: Callable[[Results], Sequence[LedgerFile]]
) -> Callable[[Results], list[Task]]:
    def tasks(made: Results) -> list[Task]:
        parts = made[part_stage(kind)]
        lows = bounds([part.facts["keys"] for part in parts], [part.records for part in parts], indexing.file_rows)
        needed, source = [part.digest for part in parts], indexing.made_from(ledgers(made))
        return [
            Task(
                kind,
                f"{number:05d}",
                digest([indexing.code, needed, source, low, high]),
                indexing.store,
                merge_range,
                MergeWork(indexing.store, kind, number, len(parts), low, high, source),
            )
            for number, (low, high) in enumerate(zip(lows, [*lows[1:], None], strict=True))
        ]

    return tasks


def _header_task(indexing: Indexing, made: Results, ledgers: Callable[[Results], Sequence[LedgerFile]]) -> list[Task]:
    parts = made[part_stage("by_id")]
    newest = max((part.facts["newest"] for part in parts if part.facts["newest"]), default=None)
    files, source = ledgers(made), indexing.made_from(ledgers(made))
    given = HeaderWork(
        indexing.store,
        source,
        ledgers_digest(files),
        newest,
        sum(file.rows for file in files),
        made["by_id"],
        made["by_address"],
    )
    needed = [result.digest for kind in KINDS for result in made[kind]]
    return [Task(INDEX, "all", digest([indexing.code, source, needed]), indexing.store, write_header, given)]
