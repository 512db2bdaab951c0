"""Applies edits in order: new Arrow buffers for the texts, and a record of every place that was changed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from filters.texts import Origin, Texts
from pipelines.edits.edit import Cuts, Edit
from pipelines.edits.kernels import splice

SPAN = pa.struct([("start", pa.int32()), ("end", pa.int32())])

#: What one edit did to one text. `spans` are the places that it found, in characters of the text as it received it;
#: `characters_removed` counts the characters in them and `characters_put` those that stand there now. Both are 0
#: where an edit only counts.
EDIT = pa.struct(
    [
        ("edit", pa.string()),
        ("count", pa.int64()),
        ("characters_removed", pa.int64()),
        ("characters_put", pa.int64()),
        ("spans", pa.list_(SPAN)),
    ]
)

#: bytes that one Arrow array of strings can hold
_MOST_BYTES = 2**31 - 1


@dataclass(frozen=True, slots=True)
class _Put:
    """What is put in place of each cut: bytes of `data`."""

    data: NDArray[np.uint8]
    start: NDArray[np.int64]
    end: NDArray[np.int64]

    @classmethod
    def of(cls, cuts: Cuts) -> "_Put":
        pieces, choice = cuts.put, cuts.choice
        if pieces is None or isinstance(pieces, bytes):
            pieces, choice = (pieces or b"",), np.zeros(len(cuts), np.int64)
        bounds = np.cumsum([0, *map(len, pieces)], dtype=np.int64)
        start, end = (bounds[:-1], bounds[1:]) if choice is None else (bounds[choice], bounds[choice + 1])
        return cls(_frozen(b"".join(pieces)), start, end)


def edit(texts: Texts, edits: Sequence[Edit]) -> tuple[Texts, pa.ListArray]:
    """Apply `edits` one after the other; return the edited texts and, per text, what was done: a list of EDIT.

    The texts come back as they are where nothing was changed, else as new Texts whose `before` are the first ones.
    """
    done: list[tuple[NDArray[np.int64], pa.StructArray]] = []
    for step in edits:
        cuts = step.find(texts)
        if len(cuts) == 0:
            continue
        put = _Put.of(cuts)
        _check(step, cuts, put, texts)
        done.append(_record(step, cuts, put, texts))
        if cuts.put is not None:
            texts = _spliced(texts, cuts, put)
    return texts, _per_text(done, len(texts))


def _check(step: Edit, cuts: Cuts, put: _Put, texts: Texts) -> None:
    """Make sure of an edit before a kernel trusts it: a place outside its text would be read and written there."""
    start, end, text = cuts.start, cuts.end, cuts.text
    if len(put.start) != len(cuts) or text[0] < 0 or text[-1] >= len(texts) or (np.diff(text) < 0).any():
        raise ValueError(f"{step.column}: expected a text and a replacement for each cut, in order")
    inside = (texts.offsets[text] <= start) & (start <= end) & (end <= texts.offsets[text + 1])
    if not inside.all() or (start[1:] < end[:-1]).any():
        raise ValueError(f"{step.column}: expected ascending cuts, each inside its text")
    size = np.ptp(texts.offsets) + (put.end - put.start).sum() - (end - start).sum()
    if size > _MOST_BYTES:
        raise ValueError(f"{step.column}: {size} bytes do not fit in one batch; make batches smaller")


def _spliced(texts: Texts, cuts: Cuts, put: _Put) -> Texts:
    data, bounds = splice.splice(
        texts.data, texts.offsets, cuts.text, cuts.start, cuts.end, put.data, put.start, put.end
    )
    column = pa.StringArray.from_buffers(len(texts), pa.py_buffer(bounds), pa.py_buffer(data))
    batch = texts.batch
    place = batch.schema.get_field_index("text")
    edited = batch.set_column(place, batch.schema.field(place), column)
    origin = Origin(texts, (cuts.text, cuts.start, cuts.end), (put.data, put.start, put.end)) if texts.worded else None
    return Texts(edited, texts.resources, texts.units, texts.before, origin)


def _record(step: Edit, cuts: Cuts, put: _Put, texts: Texts) -> tuple[NDArray[np.int64], pa.StructArray]:
    """Say which texts were touched, and give an EDIT for each of them."""
    first, last = splice.characters(texts.data, texts.offsets, cuts.text, cuts.start, cuts.end)
    changed = 0 if cuts.put is None else 1
    touched, begins, counts = np.unique(cuts.text, return_index=True, return_counts=True)
    removed = np.add.reduceat((last - first).astype(np.int64), begins) * changed
    added = np.add.reduceat(_lengths(put), begins)
    bounds = np.append(begins, len(cuts)).astype(np.int32)
    spans = pa.ListArray.from_arrays(bounds, pa.StructArray.from_arrays([first, last], fields=[*SPAN]))
    names = pa.array([step.column]).take(pa.array(np.zeros(len(touched), np.int64)))
    return touched, pa.StructArray.from_arrays([names, counts, removed, added, spans], fields=[*EDIT])


def _lengths(put: _Put) -> NDArray[np.int64]:
    """Count the characters that are put in place of each cut."""
    sums = np.concatenate([[0], np.cumsum((put.data & 0xC0) != 0x80)])  # noqa: PLR2004  # a byte that continues
    return sums[put.end] - sums[put.start]


def _per_text(done: list[tuple[NDArray[np.int64], pa.StructArray]], count: int) -> pa.ListArray:
    text = np.concatenate([np.zeros(0, np.int64), *(touched for touched, _ in done)])
    entries = pa.concat_arrays([pa.array([], EDIT), *(entry for _, entry in done)])
    bounds = np.concatenate([[0], np.cumsum(np.bincount(text, minlength=count))]).astype(np.int32)
    return pa.ListArray.from_arrays(bounds, entries.take(pa.array(np.argsort(text, kind="stable"))))


def _frozen(data: bytes) -> NDArray[np.uint8]:
    """See bytes as an array that cannot be written to, as kernels are compiled for."""
    return np.frombuffer(data, np.uint8)
