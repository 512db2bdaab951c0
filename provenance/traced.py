"""Questions about what texts say: which documents share a passage, and how much of a benchmark they hold."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from pipelines.mistakes import UsageError
from provenance.opened import Opened
from provenance.passages.answer import Trace
from provenance.passages.benchmark_items import Item
from provenance.passages.contamination import NGRAM, Contamination, contamination
from provenance.passages.index import PassageIndex
from provenance.passages.trace import trace
from provenance.similar import Similar, similar
from provenance.similar_index import SimilarIndex


@dataclass(frozen=True, slots=True)
class Traced(Trace):
    """Where passages of a text come from, and which documents are alike as a whole."""

    #: None where the release has no index for it
    similar: Similar | None = None


def trace_text(opened: Opened, text: str) -> Traced:
    """Trace a text back to the documents of a release; UsageError where it has no index of passages."""
    try:
        index = PassageIndex(opened.store)
    except FileNotFoundError as error:
        raise UsageError(
            f"expected a release with an index of its passages, and {opened.store.root} has none: "
            f"run `vitrine index {opened.store.root}`"
        ) from error
    with index:
        found = trace(index, text)
    known = {field.name: getattr(found, field.name) for field in fields(Trace)}
    return Traced(**known, similar=_similar(opened, text))


def _similar(opened: Opened, text: str) -> Similar | None:
    try:
        index = SimilarIndex(opened.store)
    except FileNotFoundError:
        return None
    with index:
        return similar(index, text)


def contaminated(opened: Opened, items: Sequence[Item], ngram: int = NGRAM) -> Contamination:
    """Measure how much of each item of a benchmark the kept texts hold; they are read once, from first to last."""
    names = [file["name"] for file in opened.manifest["files"] if file["name"].startswith("data/")]
    return contamination(opened.store, names, items, ngram)
