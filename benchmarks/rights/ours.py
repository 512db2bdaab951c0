"""Our own detector, asked as the pipeline asks it."""

from typing import NamedTuple

from benchmarks.rights.named import of_identifier
from benchmarks.rights.score import Answer
from benchmarks.rights.truth import Page
from pipelines.extraction.engine import extractor
from pipelines.extraction.evidence import Evidence
from pipelines.extraction.rights import Rights, page_rights
from rights.consent.preference import TRAIN_AI
from rights.evidence import Item
from rights.verdict import BELIEVED


class Told(NamedTuple):
    """What is kept of the rights of a page."""

    licence: str | None
    confidence: float
    #: those that the verdict may rest on
    believed: tuple[Item, ...]
    #: whether training is denied to anybody
    denied: bool


def told(page: Page) -> Told:
    """Gather and weigh what a page says."""
    _, scanned = extractor().read(page.html)
    rights = page_rights(scanned, Evidence(scanned, page.url), page.fields, page.url)
    return Told(rights.licence.licence, rights.licence.confidence, _believed(rights), _is_denied(rights))


def _believed(rights: Rights) -> tuple[Item, ...]:
    counted = (item for item in rights.items if item.kind != "consent" and item.scope in {"page", "site"})
    return tuple(item for item in counted if item.confidence >= BELIEVED)


def _is_denied(rights: Rights) -> bool:
    return any(said.purpose == TRAIN_AI and said.verdict == "deny" for said in rights.preferences)


def answer(found: Told, limit: float = 0.0) -> Answer:
    """Give what counts if licences of less confidence than a limit are taken for none."""
    has = found.licence is not None and found.confidence >= limit
    return Answer(of_identifier(found.licence) if has and found.licence else None, found.denied)
