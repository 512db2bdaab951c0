"""Which passages are repeats, and the texts without them.

A batch's passages become rows of OCCURRENCE, which may be sorted into files by `hash`; `repeats` finds among all
rows of the same hashes those that go; `of_shard` hands them back to the documents, and `cut` takes them out.
"""

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray
from pydantic import PrivateAttr

from filters.kernels.characters import CLASSES
from filters.texts import Texts
from pipelines.dedup.kernels import passage_choice, passage_cuts
from pipelines.dedup.passages import Passages
from pipelines.dedup.views import read_only
from pipelines.edits.apply import edit
from pipelines.edits.edit import Cuts, Edit

Ordinals = NDArray[np.int64]

#: which of the equal passages stay: `first`, the one whose document has the lowest place (then the one that begins
#: first in it); `none`, as CCNet's release and the program of Lee et al. 2022 do, where every copy goes
Keep = Literal["first", "none"]

#: one passage, wherever it lies
OCCURRENCE = pa.schema(
    [
        pa.field("hash", pa.uint64(), nullable=False),
        pa.field("check", pa.uint64(), nullable=False),
        #: of its document, in the order that says which of the equal passages is the first
        pa.field("place", pa.int64(), nullable=False),
        #: bytes of its document's text
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
    ]
)
#: one passage that goes
REPEAT = pa.schema([OCCURRENCE.field(name) for name in ("place", "start", "end")])


@dataclass(frozen=True, slots=True)
class Parts:
    """Parts of the texts of one batch, ascending by text and start."""

    text: Ordinals
    #: bytes of `Texts.data`
    start: Ordinals
    end: Ordinals


class PassageCut(Edit):
    """What was found in all texts together goes; made by `cut` alone, and no word of a recipe."""

    name: ClassVar = "repeated_passages"
    source: ClassVar = "passages of `pipelines.dedup`"
    examples: ClassVar = dict[str, str]()

    _cuts: Cuts = PrivateAttr()

    def find(self, texts: Texts) -> Cuts:  # noqa: ARG002  # they were found before
        """Hand over the places."""
        return self._cuts

    @classmethod
    def of(cls, cuts: Cuts, column: str) -> "PassageCut":
        """Make the edit of one batch."""
        made = cls(column=column)
        made._cuts = cuts
        return made


def occurrences(passages: Passages, offsets: Ordinals, places: Ordinals) -> pa.Table:
    """Write passages down as rows of OCCURRENCE; `places` says where each text of the batch stands in the order."""
    begins = offsets[passages.text]
    columns: list[NDArray[Any]] = [
        passages.hash,
        passages.check,
        places[passages.text],
        (passages.start - begins).astype(np.int32),
        (passages.end - begins).astype(np.int32),
    ]
    return pa.Table.from_arrays([pa.array(column) for column in columns], schema=OCCURRENCE)


def repeats(occurrences: pa.Table, keep: Keep = "first") -> pa.Table:
    """Find the passages that go, rows of REPEAT by place and start.

    Whatever rows of a hash there are must be here together. The order of the rows decides nothing.
    """
    columns = [occurrences.column(name).to_numpy() for name in OCCURRENCE.names[:-1]]
    goes = repeated(*columns, keep=keep)
    found = pl.DataFrame(pl.from_arrow(occurrences.select(REPEAT.names).filter(pa.array(goes))))
    return found.sort("place", "start", "end").to_arrow().cast(REPEAT)


def repeated(
    hashes: NDArray[np.uint64], checks: NDArray[np.uint64], places: Ordinals, starts: NDArray[np.int32], keep: Keep
) -> NDArray[np.bool_]:
    """Say which passages go, bool[n], of which all that have one of these hashes are here."""
    order = read_only(np.argsort(hashes))
    one, other = read_only(hashes), read_only(checks)
    return passage_choice.goes(order, one, other, read_only(places), read_only(starts), keep == "first")


def of_shard(repeats: pa.Table, offsets: Ordinals, places: Ordinals) -> Parts:
    """Choose what lies in the texts of one batch or shard, whose `places` are all different.

    ValueError where a passage ends outside its text: the texts are not those that the passages were found in.
    """
    if not len(places):
        return Parts(*np.zeros((3, 0), np.int64))
    order = np.argsort(places)
    place, start, end = (repeats.column(name).to_numpy().astype(np.int64) for name in REPEAT.names)
    near = np.minimum(np.searchsorted(places, place, sorter=order), len(places) - 1)
    here = places[order[near]] == place
    text, start, end = order[near[here]], start[here], end[here]
    if (start < 0).any() or (end > np.diff(offsets)[text]).any():
        raise ValueError("a passage ends outside its text: expected the texts that the passages were found in")
    sorting = np.lexsort((end, start, text))
    text, start, end = text[sorting], start[sorting], end[sorting]
    return Parts(text, offsets[text] + start, offsets[text] + end)


def cut(texts: Texts, parts: Parts, column: str = PassageCut.name) -> tuple[Texts, pa.ListArray]:
    r"""Take parts out of texts, with the white space that parted them; return the texts and, per text, its edits.

    Parts that overlap or touch, or have only white space between them, are one. Of the white space on both sides of
    a part stays that with more newlines, so that a paragraph's end stays one; a line that stays keeps its indentation
    and the blanks at its end. A part without anything but white space stays. A text that loses all but white space is
    empty.

    The edits are lists of `pipelines.edits.apply.EDIT`, as those of a recipe's edits are.
    """
    found = passage_cuts.cuts(texts.data, texts.offsets, parts.text, parts.start, parts.end, CLASSES)
    return edit(texts, [PassageCut.of(Cuts(*found), column)])
