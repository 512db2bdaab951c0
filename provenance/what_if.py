"""What if a limit were another one: judged again from the stored signals, without reading a page."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from filters.filter import Filter
from pipelines.judge import closing
from pipelines.recipe import Recipe
from provenance.changed_filters import Change, changed_filters
from provenance.opened import Opened, Query
from provenance.rejudge import Marks, rejudge
from provenance.sql import identifier

#: rows that are judged at once, and documents that would change that one answer lists
BATCH, LISTED = 100_000, 1000

# Names with a blank are no filter's.
_SQL = """SELECT id, url, failed, dropped_by, outcome IN ('kept', 'duplicate') AS "has passed",
    cluster = id AS "is survivor", text_bytes, extracted_bytes, {language} AS "in language",
    {words} AS "of words"{signals}
FROM ledger WHERE outcome <> 'error'"""

GUARANTEE = (
    "Exact for all filters: which documents pass them, and which filter decides, are as a run of the changed recipe "
    "would have it, but for those that are counted as undecided. What is named in `not_replayed` is not done again."
)


@dataclass(frozen=True, slots=True)
class Changed:
    """A document whose fate would be another one."""

    id: str
    url: str | None
    #: the filter that drops it; None: it passes all; then and now
    before: str | None
    after: str | None
    #: whether a costly filter was never asked about it, so that nobody knows
    undecided: bool
    language: str | None


@dataclass(frozen=True, slots=True)
class Shift:
    """Documents that pass, of one language or dropped by one filter, then and now."""

    name: str | None
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What would change."""

    changes: tuple[Change, ...]
    #: with a text
    documents: int
    #: documents that pass all filters: then and now, those that come in and go out; before duplicates are removed
    passed_before: int
    passed_after: int
    entering: int
    leaving: int
    undecided: int
    #: bytes of text as extracted, before edits, of those that come in; as kept, of those that go out
    bytes_entering: int
    bytes_leaving: int
    #: None where the recipe counts no words
    words_entering: int | None
    words_leaving: int | None
    #: of those that go out, documents that now stand for duplicates
    survivors_leaving: int
    by_language: tuple[Shift, ...]
    #: documents that each filter decides
    by_filter: tuple[Shift, ...]
    not_replayed: tuple[str, ...]
    #: documents whose fate or reason would change, and how many there are; some are listed, in the ledger's order
    changed_count: int
    changed: tuple[Changed, ...]


@dataclass(slots=True)
class _Sums:
    """What is added up, batch by batch."""

    counts: Counter[str] = field(default_factory=Counter[str])
    languages: tuple[Counter[str | None], Counter[str | None]] = field(default_factory=lambda: (Counter(), Counter()))
    filters: tuple[Counter[str | None], Counter[str | None]] = field(default_factory=lambda: (Counter(), Counter()))
    changed: list[Changed] = field(default_factory=list[Changed])


def what_if(opened: Opened, settings: Sequence[str], listed: int = LISTED) -> WhatIf:
    """Judge all documents again with settings such as `word_count.low=20`; values are TOML's.

    UsageError where a setting names no limit of the recipe, or one that decides what is measured.
    """
    before, after, changes = changed_filters(opened.recipe, settings)
    sums = _Sums()
    for batch in _batches(opened, before, after):
        _add(sums, batch, before, after, listed)
    return _told(opened.recipe, changes, sums)


def _batches(opened: Opened, before: Sequence[Filter], after: Sequence[Filter]) -> Iterator[pa.Table]:
    columns = {rule.name: rule.column for rule in reversed(before)}
    signals = [identifier(new.column) for old, new in zip(before, after, strict=True) if old != new]
    words, language = (identifier(columns[name]) if name in columns else "NULL" for name in ("word_count", "language"))
    sql = _SQL.format(language=language, words=words, signals="".join(f", {signal}" for signal in signals))
    opened.asked.append(Query(sql, {}))
    for batch in opened.connection.execute(sql).to_arrow_reader(BATCH):
        yield pa.Table.from_batches([batch])


def _add(sums: _Sums, batch: pa.Table, before: Sequence[Filter], after: Sequence[Filter], listed: int) -> None:
    found = rejudge(batch, before, after)
    passed, passes = np.asarray(batch["has passed"]), found.passes
    entering, leaving = passes & ~passed, passed & ~passes & ~found.undecided
    survives = np.asarray(pc.fill_null(batch["is survivor"], fill_value=False))
    marks = {"documents": np.ones(len(batch), np.bool_), "before": passed, "after": passes, "entering": entering}
    marks |= {"leaving": leaving, "undecided": found.undecided, "survivors": leaving & survives}
    sums.counts.update({name: int(mark.sum()) for name, mark in marks.items()})
    for name, column, mark in (
        ("bytes_entering", "extracted_bytes", entering),
        ("bytes_leaving", "text_bytes", leaving),
        ("words_entering", "of words", entering),
        ("words_leaving", "of words", leaving),
    ):
        sums.counts[name] += pc.sum(batch[column].filter(pa.array(mark)).cast(pa.int64())).as_py() or 0
    for then, mark in enumerate((passed, passes)):
        sums.languages[then].update(batch["in language"].filter(pa.array(mark)).to_pylist())
    then, now = pc.if_else(batch["has passed"], None, batch["dropped_by"]), found.dropped_by
    for place, column in enumerate((then, now)):
        sums.filters[place].update(pc.drop_null(column).to_pylist())
    _list(sums, batch, (then.to_pylist(), now.to_pylist()), found.undecided, listed)


def _list(
    sums: _Sums, batch: pa.Table, fates: tuple[list[str | None], list[str | None]], undecided: Marks, most: int
) -> None:
    then, now = fates
    places = [place for place in range(len(batch)) if then[place] != now[place] or undecided[place]]
    sums.counts["changed"] += len(places)
    rows = batch.select(["id", "url", "in language"]).take(pa.array(places[: most - len(sums.changed)], pa.int64()))
    for place, row in zip(places, rows.to_pylist(), strict=False):
        unknown = bool(undecided[place])
        sums.changed.append(
            Changed(row["id"], row["url"], then[place], None if unknown else now[place], unknown, row["in language"])
        )


def _told(recipe: Recipe, changes: tuple[Change, ...], sums: _Sums) -> WhatIf:
    counts = sums.counts
    worded = any(rule.name == "word_count" for rule in recipe.filters)
    return WhatIf(
        changes,
        counts["documents"],
        counts["before"],
        counts["after"],
        counts["entering"],
        counts["leaving"],
        counts["undecided"],
        counts["bytes_entering"],
        counts["bytes_leaving"],
        counts["words_entering"] if worded else None,
        counts["words_leaving"] if worded else None,
        counts["survivors"],
        _shifts(*sums.languages),
        _shifts(*sums.filters),
        _not_replayed(recipe, counts),
        counts["changed"],
        tuple(sums.changed),
    )


def _shifts(before: Counter[str | None], after: Counter[str | None]) -> tuple[Shift, ...]:
    names = sorted({*before, *after}, key=lambda name: (-before[name], -after[name], name or ""))
    return tuple(Shift(name, before[name], after[name]) for name in names)


def _not_replayed(recipe: Recipe, counts: Counter[str]) -> tuple[str, ...]:
    edits = [
        f"edit {edit.column}: it sees only what passes all filters, so bytes of what comes in are those before it"
        for edit in closing(recipe.steps)
    ]
    rounds = [
        f"round {one.method}: what comes in may be a duplicate, and duplicates of what goes out may stay"
        for one in (recipe.dedup.rounds if recipe.dedup else ())
    ]
    costly = [
        f"filter {rule.column}: it is costly, and never saw {counts['undecided']:,} documents that come to it now"
        for rule in recipe.filters
        if rule.costly and counts["undecided"]
    ]
    return (*costly, *edits, *rounds)
