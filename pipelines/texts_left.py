"""The texts that are left: of documents that no round has removed, without the parts that were cut out before."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from filters.texts import Texts
from pipelines.dedup.cuts import Parts
from pipelines.dedup.minhash import text_digests
from pipelines.dedup.repeated import Kind, RepeatedSpans, method
from pipelines.edits.apply import EDIT
from pipelines.job import Job, work
from pipelines.judge import joined
from pipelines.ledger import DATA
from pipelines.rounds import dedup_of, removed_rows
from pipelines.unfinished import row_groups

#: the rows of a shard as a kind of repeated parts leaves them; `text` is null where the document is gone
LEFT = pa.schema(
    [
        *DATA,
        ("text_bytes", pa.int64()),
        #: what was cut out since the last filter, as the ledger has it
        ("edits", pa.list_(EDIT)),
        #: of a document that was removed because nothing or too little was left: by which kind
        ("fallen", pa.string()),
    ]
)
#: rows that are worked on at once
GROUP_ROWS = 1024


@dataclass(frozen=True, slots=True)
class Part:
    """One shard, as one kind of repeated parts meets it."""

    job: Job
    #: which shard
    number: int
    #: which kind, of the recipe's
    kind: int
    #: files of survivors that each round of documents has made
    survivors: tuple[int, ...]
    #: files that say what goes
    sources: int = 0


def cuts_name(kind: Kind, shard: int) -> str:
    """Name the file of a shard's texts that a kind leaves."""
    return work(f"{kind.kind}-cuts", shard)


def left(given: Part) -> Iterator[tuple[int, pa.Table]]:
    """Give the rows of a shard, tables LEFT, each with the number of its first row."""
    store, row = given.job.store, 0
    if given.kind:
        before = cuts_name(dedup_of(given.job).passages[given.kind - 1], given.number)
        for table in row_groups(store, before):
            yield row, table
            row += len(table)
        return
    gone = removed_rows(given.job, given.survivors, given.number)
    for table in row_groups(store, work("living", given.number)):
        yield row, _first(table, gone[(gone >= row) & (gone < row + len(table))] - row)
        row += len(table)


def _first(table: pa.Table, gone: npt.NDArray[np.int64]) -> pa.Table:
    """Lay out what the filters kept, without the texts of what is gone."""
    stays = np.ones(len(table), np.bool_)
    stays[gone] = False
    text = pc.if_else(pa.array(stays), table["text"], None)
    columns = [text if name == "text" else table[name] for name in DATA.names]
    nothing = pa.array([[]] * len(table), pa.list_(EDIT))
    return pa.table([*columns, pc.binary_length(text), nothing, pa.nulls(len(table))], LEFT.names).cast(LEFT)


def texts_of(table: pa.Table, job: Job) -> Texts:
    """See texts as kernels do; what is gone is empty."""
    text = pc.fill_null(table["text"], "").combine_chunks()
    return Texts(pa.RecordBatch.from_arrays([text], ["text"]), units=job.recipe.units)


def after(table: pa.Table, parts: Parts, texts: Texts, edits: pa.ListArray, kind: Kind) -> pa.Table:
    """Lay out rows whose `parts` were cut out: `texts` are what is left, and `edits` say what was done."""
    cut = np.zeros(len(table), np.bool_)
    cut[parts.text] = True
    fallen = cut & ~_enough(texts, cut, kind)
    sizes = pa.array(np.diff(texts.offsets))
    changed = pa.array(cut)
    columns = {
        "text": pc.if_else(pa.array(fallen), None, pc.if_else(changed, texts.column, table["text"])),
        "text_digest": pc.if_else(changed, _digests(texts), table["text_digest"]),
        "text_bytes": pc.if_else(changed, sizes, table["text_bytes"]),
        "edits": joined(table["edits"].combine_chunks(), edits),
        "fallen": pc.if_else(pa.array(fallen), method(kind), table["fallen"]),
    }
    return pa.table([columns.get(name, table[name]) for name in LEFT.names], LEFT.names).cast(LEFT)


def _enough(texts: Texts, cut: npt.NDArray[np.bool_], kind: Kind) -> npt.NDArray[np.bool_]:
    """Say of which texts enough is left."""
    return kind.enough(texts, cut) if isinstance(kind, RepeatedSpans) else np.diff(texts.offsets) > 0


def _digests(texts: Texts) -> pa.Array:
    return pa.array([digest.hex() for digest in text_digests(texts.data, texts.offsets)], pa.string())
