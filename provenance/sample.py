"""Documents to read, as a curator does, each with the reason for its fate; the same seed draws the same ones."""

from dataclasses import dataclass
from typing import Any

from provenance.answer import moment, plain
from provenance.dropped_text import ShownTexts
from provenance.filter_cost import MOST_SAMPLES, SHOWN, checked, rule_of
from provenance.opened import Opened, Row
from provenance.release import pattern
from provenance.sql import identifier

_DRAWN = """SELECT id, url, date, outcome, dropped_by, failed, {signal} AS signal, {language} AS language, text_bytes,
    data_file, data_row, file_path, "offset"
FROM ledger WHERE {which} ORDER BY md5($seed || ':' || id), id LIMIT $most"""
_TEXT = "SELECT left(text, $most) AS text FROM read_parquet($file, file_row_number = true) WHERE file_row_number = $row"
_EVERY = "outcome <> 'error'"
_KEPT = "outcome = 'kept'"
_DROPPED = "outcome = 'dropped' AND dropped_by = $name"


@dataclass(frozen=True, slots=True)
class Drawn:
    """One document."""

    id: str
    url: str | None
    date: str | None
    outcome: str
    dropped_by: str | None
    #: what the filter measured that was asked about, or that dropped it
    signal: str | int | float | None
    #: all filters that would drop it
    failed: tuple[str, ...]
    language: str | None
    #: the beginning of its text; of a document that is not kept, only where it is asked for and the release holds it
    text: str | None
    #: of such a document, its beginning masked; None where the release does not hold it, or it is given as it is
    snippet: str | None


@dataclass(frozen=True, slots=True)
class Sampled:
    """Some documents, drawn by a hash of seed and id."""

    seed: int
    #: kept, or the filter that dropped them; None: any document
    of: str | None
    documents: tuple[Drawn, ...]
    #: what is shown of texts that are not kept, and why
    says: str


def sample(  # noqa: PLR0913  # as many options as users need
    opened: Opened,
    name: str | None = None,
    *,
    kept: bool = False,
    count: int = 20,
    seed: int = 1,
    dropped_text: bool = False,
) -> Sampled:
    """Draw documents: of those that are kept, of those that the filter `name` dropped, or of all.

    With `dropped_text` also texts that are not kept are given as they are, where the release holds them.
    """
    which, given = (_KEPT if kept else _EVERY), dict[str, Any]()
    if name:
        which, given = _DROPPED, {"name": rule_of(opened, name)[0].column}
    columns = {rule.column for rule in opened.recipe.filters}
    language = "language" if "language" in columns else "NULL"
    signal = identifier(name) if name else _signals(opened)
    sql = _DRAWN.format(signal=signal, language=language, which=which)
    rows = opened.ask(sql, seed=str(seed), most=checked(count, MOST_SAMPLES), **given)
    dropped = ShownTexts(opened, plain=dropped_text)
    drawn = tuple(_drawn(opened, row, dropped) for row in rows)
    return Sampled(seed, name or ("kept" if kept else None), drawn, dropped.says)


def _signals(opened: Opened) -> str:
    """Choose the signal of the filter that dropped a document, as text."""
    cases = [f"WHEN '{rule.column}' THEN {identifier(rule.column)}::VARCHAR" for rule in opened.recipe.filters]
    return f"CASE dropped_by {' '.join(cases)} END" if cases else "NULL"


def _drawn(opened: Opened, row: Row, dropped: ShownTexts) -> Drawn:
    same = {name: row[name] for name in ("id", "url", "outcome", "dropped_by", "language")}
    failed = tuple(row["failed"] or ())
    found = dropped.of(row, SHOWN)
    text = _text(opened, row["data_file"], row["data_row"]) or found.text
    signal, date = plain(row["signal"]), moment(row["date"])
    return Drawn(**same, date=date, signal=signal, failed=failed, text=text, snippet=found.snippet)


def _text(opened: Opened, file: str | None, row: int) -> str | None:
    if file is None:
        return None
    (found,) = opened.ask(_TEXT, file=pattern(opened.store.path(file)), row=row, most=SHOWN)
    return found["text"]
