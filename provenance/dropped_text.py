"""The texts of what a release does not keep: masked, unless whoever asks wants them; most releases have none."""

from dataclasses import dataclass

from pipelines.dropped_texts import FOLDER, dropped_name
from provenance.masked import masked
from provenance.opened import Opened, Row
from provenance.release import pattern

#: what answers say of such texts: where there are none, where they are masked, and where they are shown
NOT_HELD = (
    "this release does not hold the texts of what it does not keep; with `dropped_texts = true` under [output] a "
    "recipe has them stored"
)
MASKED = "of what is not kept a masked beginning is shown; --dropped-text shows the text"
SHOWN = "the text of what is not kept is no part of the published data"

_TEXT = """SELECT left(text, $most) AS text, length(text) AS characters FROM read_parquet($file)
WHERE "offset" = $offset AND id = $id"""


@dataclass(frozen=True, slots=True)
class DroppedText:
    """What may be shown of one text that is not kept."""

    #: its beginning, where it was asked for
    text: str | None = None
    #: of the whole text
    characters: int | None = None
    #: its beginning, masked; None where the text is given
    snippet: str | None = None


class ShownTexts:
    """Reads the texts that a release holds of what it does not keep, if it holds any."""

    def __init__(self, opened: Opened, *, plain: bool) -> None:
        """Give texts themselves if `plain`, else masked."""
        self._opened, self._plain = opened, plain
        names = (item["name"] for item in opened.manifest["inputs"]) if held(opened) else ()
        self._files = {name: dropped_name(number) for number, name in enumerate(names)}

    def of(self, row: Row, most: int) -> DroppedText:
        """Read at most so many characters for a row of the ledger with `id`, `outcome`, `file_path` and `offset`."""
        if row["outcome"] in {"kept", "error"} or row["file_path"] not in self._files:
            return DroppedText()
        file = pattern(self._opened.store.path(self._files[row["file_path"]]))
        (found,) = self._opened.ask(_TEXT, file=file, offset=row["offset"], id=row["id"], most=most)
        if self._plain:
            return DroppedText(found["text"], found["characters"])
        return DroppedText(None, found["characters"], masked(found["text"]))

    @property
    def says(self) -> str:
        """Say what is shown of such texts, and why."""
        return (SHOWN if self._plain else MASKED) if self._files else NOT_HELD


def held(opened: Opened) -> bool:
    """Say whether a release holds texts of what it does not keep."""
    return any(file["name"].startswith(f"{FOLDER}/") for file in opened.manifest["files"])
