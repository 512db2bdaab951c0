"""A release's passage index, open: finds which documents share passages with a text."""

from contextlib import suppress
from types import TracebackType
from typing import Self

from pipelines.passage_index.build import DROPPED, KEPT
from pipelines.store import Store
from provenance.passages.held import DroppedTexts, KeptTexts, holds_dropped
from provenance.passages.layer import Layer
from provenance.passages.tables import Tables

#: bytes of texts, and of other columns, that are remembered
_TEXT_BYTES, _FACT_BYTES = 256 << 20, 64 << 20


class PassageIndex:
    """The passage index of the release in a store. Close it, or use it in a `with`."""

    def __init__(self, store: Store) -> None:
        """Open it; FileNotFoundError where the release has none."""
        self.kept = Layer(store, KEPT)
        self.dropped: Layer | None = None
        with suppress(FileNotFoundError):
            self.dropped = Layer(store, DROPPED)
        self.scheme = self.kept.scheme
        self._texts, self.facts = Tables(store, _TEXT_BYTES), Tables(store, _FACT_BYTES)
        self.kept_texts = KeptTexts(store, self.kept, self._texts, self.facts)
        self.dropped_texts: DroppedTexts | None = None
        if self.dropped and holds_dropped(store, self.dropped.documents):
            self.dropped_texts = DroppedTexts(store, self.dropped, self._texts, self.facts)

    def __enter__(self) -> Self:
        """Use it."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close all files."""
        for one in (self.kept, self.dropped, self._texts, self.facts):
            if one is not None:
                one.close()
