"""What a page and its response say of rights: evidence, the verdict on its licence, and what is said of training."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipelines.extraction.claims import Claims
from pipelines.extraction.evidence import Evidence
from pipelines.extraction.kernels import told
from pipelines.extraction.linked_rights import CUES, linked_rights
from pipelines.extraction.page import Page
from rights.consent.evidence import consent_items
from rights.consent.page import HEADERS, of_header, of_meta, of_rsl
from rights.consent.preference import LEFT_OUT, Preference
from rights.evidence import Item, Statement
from rights.headers import LINK, RSL_TYPE, licence_links
from rights.verdict import Verdict, verdict
from rights.weigh import weigh_all

#: items that are kept of a page
MOST = 64
#: fields of a response that speak of rights
HEARD = HEADERS | {LINK}

Fields = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Rights:
    """What is known of a page's rights."""

    items: tuple[Item, ...]
    #: items and statements that were left out
    left_out: int
    licence: Verdict
    preferences: tuple[Preference, ...]


#: of a page that says nothing
_SILENT = Rights((), 0, verdict(()), ())


def page_rights(page: Page, evidence: Evidence, fields: Fields, url: str | None) -> Rights:
    """Gather and weigh what a page, whose response had these fields, says; to be asked before the next page is read."""
    heard = [field for field in fields if field[0] in HEARD]
    statements, left = _statements(page, evidence, heard)
    items = weigh_all(statements) if statements else []
    preferences = _preferences(evidence, heard, statements, url)
    left += evidence.left_out[2]
    if not (items or preferences or left):
        return _SILENT
    items += consent_items(preferences)
    kept = _kept(items)
    left += sum(preference.detail.endswith(LEFT_OUT) for preference in preferences) + len(items) - len(kept)
    return Rights(kept, left, verdict(items), preferences)


def _statements(page: Page, evidence: Evidence, heard: Fields) -> tuple[list[Statement | Item], int]:
    """Gather what page, response and JSON-LD say of licences, and count what was left out."""
    found, left = _claims().statements(page, evidence)
    if heard:
        links, more = licence_links(heard)
        found, left = found + links, left + more
    if evidence.has_scripts:
        scripts = [script for script in evidence.scripts() if any(cue in script for cue in CUES)]
        linked, more = linked_rights(script.decode("utf-8", "replace") for script in scripts)
        found, left = found + linked, left + more
    return found, left


def _preferences(
    evidence: Evidence, heard: Fields, statements: Sequence[Statement | Item], url: str | None
) -> tuple[Preference, ...]:
    """Gather what response and page say of use."""
    metas = [(evidence.name(statement), evidence.value(statement)) for statement in evidence.said(told.AGENT)]
    links = [one for one in statements if one.name == RSL_TYPE and isinstance(one, Statement)]
    documents = evidence.rsl()
    if not (heard or metas or links or documents):
        return ()
    return (*of_header(heard), *of_meta(metas), *of_rsl(links, documents, url))


def _kept(items: Sequence[Item]) -> tuple[Item, ...]:
    """Leave out repeats and, of more than MOST, the least likely; the order stays."""
    distinct = list(dict.fromkeys(items)) if len(items) > 1 else items
    if len(distinct) <= MOST:
        return tuple(distinct)
    likely = sorted(range(len(distinct)), key=lambda place: -distinct[place].confidence)[:MOST]
    return tuple(distinct[place] for place in sorted(likely))


@cache
def _claims() -> Claims:
    return Claims()
