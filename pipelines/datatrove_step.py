"""A recipe as one step of a datatrove pipeline (extra `datatrove`): its filters and edits, on datatrove's documents."""

from collections.abc import Iterable, Iterator
from itertools import islice

import numpy as np
import pyarrow as pa
from datatrove.data import Document
from datatrove.pipeline.base import PipelineStep

from filters.document import DOCUMENT
from filters.texts import Texts
from pipelines.edits.apply import edit
from pipelines.judge import Verdicts, closing, judge
from pipelines.recipe import Recipe
from pipelines.resource import load_once
from pipelines.timestamps import timestamp


class RecipeStep(PipelineStep):
    """Keeps the documents that the recipe keeps, edited as it says; extraction and deduplication are not run.

    Each kept document carries its signals in `metadata["signals"]`. `dropped_<column>` is counted for the first filter
    that drops a document; with an `exclusion_writer` the dropped documents go there, with all filters that would
    drop them in `metadata["failed"]`.
    """

    type = "⚖ - RECIPE"
    name = "Vitrine"

    def __init__(self, recipe: str, exclusion_writer: PipelineStep | None = None, batch_documents: int = 256) -> None:
        super().__init__()
        self.recipe = Recipe.load(recipe)
        self.exclusion_writer = exclusion_writer
        self.batch_documents = batch_documents

    def run(self, data: Iterable[Document] | None, rank: int = 0, world_size: int = 1) -> Iterator[Document]:
        """Judge and edit in batches; the order stays."""
        del world_size
        for group in _groups(data or (), self.batch_documents):
            yield from self._curate(group, rank)

    def _curate(self, group: tuple[Document, ...], rank: int) -> Iterator[Document]:
        recipe = self.recipe
        verdicts = judge(Texts(_batch(group), load_once(recipe.filters), recipe.units), recipe.steps)
        living = np.flatnonzero(np.asarray(verdicts.kept))
        texts, _ = edit(verdicts.texts.take(living), closing(recipe.steps))
        edited = dict(zip(living.tolist(), texts.column.to_pylist(), strict=True))
        for number, document in enumerate(group):
            document.metadata["signals"] = {
                column: signal[number].as_py() for column, signal in verdicts.signals.items()
            }
            self.update_doc_stats(document)
            if number in edited:
                document.text = edited[number]
                self.stat_update("forwarded")
                yield document
            else:
                self._exclude(document, verdicts, number, rank)

    def _exclude(self, document: Document, verdicts: Verdicts, number: int, rank: int) -> None:
        reason = verdicts.dropped_by[number].as_py()
        self.stat_update("dropped", f"dropped_{reason}")
        if self.exclusion_writer:
            document.metadata |= {"filter_reason": reason, "failed": verdicts.failed[number].as_py()}
            self.exclusion_writer.write(document, rank)  # pyright: ignore[reportAttributeAccessIssue]  # a DiskWriter


def _groups(data: Iterable[Document], size: int) -> Iterator[tuple[Document, ...]]:
    documents = iter(data)
    while group := tuple(islice(documents, size)):
        yield group


def _batch(documents: tuple[Document, ...]) -> pa.RecordBatch:
    rows = [
        {
            "id": str(document.id),
            "url": _text(document.metadata.get("url")),
            "dump": _text(document.metadata.get("dump")),
            "date": timestamp(_text(document.metadata.get("date"))),
            "file_path": _text(document.metadata.get("file_path")),
            "text": document.text,
        }
        for document in documents
    ]
    return pa.RecordBatch.from_pylist(rows, schema=DOCUMENT)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
