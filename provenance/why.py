"""Why a record is in or out: every step of the recipe with what it measured, and what followed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from filters.filter import Filter
from pipelines.judge import judging
from pipelines.recipe import Recipe
from pipelines.steps import Step
from provenance.answer import moment, plain
from provenance.captures import Capture, found, nowhere, whole_row
from provenance.limits import limits
from provenance.opened import Opened, Row
from rights.consent.preference import combine
from rights.consent.written import read

#: characters of a statement about rights that are shown
SNIPPET = 128


@dataclass(frozen=True, slots=True)
class StepTaken:
    """What one step of the recipe, or one round of deduplication, made of the record."""

    #: from 1, in the recipe's order; rounds of deduplication go on from there
    place: int
    #: its column, and the name of the filter, edit or method
    step: str
    use: str
    #: filter, edit or round
    kind: str
    #: what was measured; None: nothing
    signal: str | int | float | None
    limits: Mapping[str, Any]
    #: of a filter: keeps, drops (it decided), would drop, measured (it only measures), not asked (it is costly);
    #: of an edit: edited, unchanged; of a round: keeps, drops; of any: not reached
    verdict: str
    #: of an edit: places, and characters removed and put there
    places: int = 0
    characters_removed: int = 0
    characters_put: int = 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """One statement about rights, as it stands and as it is read."""

    kind: str
    location: str
    name: str
    parsed: str
    scope: str
    confidence: float
    as_of: str | None
    #: at most SNIPPET characters
    raw: str


@dataclass(frozen=True, slots=True)
class Rights:
    """What is known of the record's rights."""

    licence: str | None
    licence_confidence: float | None
    #: whether other licences are believed too, or all rights are reserved
    disputed: bool | None
    #: allow, deny or unknown: may it be trained on
    consent: str
    stated_consent: str | None
    evidence: tuple[Evidence, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class History:
    """The history of one record."""

    id: str
    url: str | None
    date: str | None
    dump: str | None
    record_type: str | None
    http_status: int | None
    mime: str | None
    charset: str | None
    #: kept, dropped, duplicate or error, what decided it, and of an error what was expected and what came
    outcome: str
    dropped_by: str | None
    detail: str | None
    steps: tuple[StepTaken, ...]
    #: filters that would drop it too
    would_also_fail: tuple[str, ...]
    rights: Rights
    cluster: str | None
    cluster_size: int | None
    survivor: str | None
    similarity: float | None
    #: bytes of the text as extracted and after the edits, and their digests
    extracted_bytes: int | None
    extracted_digest: str | None
    text_bytes: int | None
    text_digest: str | None
    #: where the record lies in the source
    file: str
    offset: int
    length: int
    #: where its row lies in the ledger, and where its text lies in the release
    ledger_file: str
    ledger_row: int
    data_file: str | None
    data_row: int | None


@dataclass(frozen=True, slots=True)
class Why:
    """The history of what was asked about; of several records, that of the document that was captured last."""

    wanted: str
    #: kept, dropped, duplicate, error, or unknown
    status: str
    #: the same in a sentence
    says: str
    history: History | None
    #: other records with this id or address, and how many there are in all, this one included
    others: tuple[Capture, ...]
    records: int


def why(opened: Opened, wanted: str) -> Why:
    """Tell what became of a record, by its id, or of the captures of an address."""
    captures, count = found(opened, wanted)
    if not captures:
        return Why(wanted, "unknown", nowhere(opened, "id or address"), None, (), 0)
    first = captures[0]
    told = history(opened, first)
    return Why(wanted, told.outcome, sentence(told), told, tuple(captures[1:]), count)


def history(opened: Opened, capture: Capture) -> History:
    """Tell the whole history of one record."""
    row = whole_row(opened, capture)
    failed = [name for name in row["failed"] or () if name != row["dropped_by"]]
    same = [name for name in History.__dataclass_fields__ if name in row and name != "date"]
    return History(
        **{name: plain(row[name]) for name in same if name != "rights"},
        date=moment(row["date"]),
        steps=steps(opened.recipe, row),
        would_also_fail=tuple(failed),
        rights=rights(row, opened.recipe.rights.agents),
        file=row["file_path"],
        ledger_file=capture.ledger_file,
        ledger_row=capture.ledger_row,
    )


def sentence(told: History) -> str:
    """Say what became of a record."""
    if told.outcome == "kept":
        return f"kept: its text is row {told.data_row} of {told.data_file}"
    if told.outcome == "error":
        return f"an error: {told.dropped_by}" + (f" ({told.detail})" if told.detail else "")
    if told.outcome == "duplicate":
        return f"a duplicate by {told.dropped_by}: {told.survivor} stands for it"
    step = next((step for step in told.steps if step.verdict == "drops"), None)
    return f"dropped by {told.dropped_by}: {_measured(step)}" if step else f"dropped by {told.dropped_by}"


def _measured(step: StepTaken) -> str:
    bounds = (f"{name} = {step.limits[name]:g}" for name in ("low", "high") if name in step.limits)
    said = ", ".join(bounds)
    return f"it measured {step.signal!r}" + (f", and the limits are {said}" if said else "")


def steps(recipe: Recipe, row: Row) -> tuple[StepTaken, ...]:
    """Tell of every step in the recipe's order, then of the rounds of deduplication."""
    judged = len(judging(recipe.steps))
    edits = {edit["edit"]: edit for edit in row["edits"] or ()}
    taken = [
        _filter(place, step, row) if isinstance(step, Filter) else _edit(place, step, row, edits, place <= judged)
        for place, step in enumerate(recipe.steps, 1)
    ]
    return (*taken, *_rounds(recipe, row, len(taken)))


def rights(row: Row, agents: tuple[str, ...]) -> Rights:
    """Tell what is known of a record's rights."""
    said = row["stated_consent"]
    evidence = tuple(
        Evidence(
            **{name: plain(item[name]) for name in Evidence.__dataclass_fields__ if name != "raw"},
            raw=(item["raw"] or "")[:SNIPPET],
        )
        for item in row["rights"] or ()
    )
    return Rights(
        row["stated_licence"],
        row["licence_confidence"],
        row["licence_disagreement"],
        combine(read(said or ""), agents=agents).verdict,
        said,
        evidence,
        row["rights_left_out"] or 0,
    )


def _filter(place: int, step: Filter, row: Row) -> StepTaken:
    signal = plain(row[step.column])
    return StepTaken(place, step.column, step.name, "filter", signal, limits(step), _verdict(step, row))


def _verdict(step: Filter, row: Row) -> str:
    if row["outcome"] == "error":
        return "not reached"
    if step.column in (row["failed"] or ()):
        return "drops" if row["dropped_by"] == step.column else "would drop"
    if row[step.column] is None and step.costly:
        return "not asked"
    return "keeps" if step.enforced else "measured"


def _edit(place: int, step: Step, row: Row, edits: Mapping[str, Row], judged: bool) -> StepTaken:
    made = edits.get(step.column)
    reached = row["outcome"] in {"kept", "duplicate"} or (judged and row["outcome"] == "dropped")
    verdict = ("edited" if made else "unchanged") if reached else "not reached"
    counts = (made["count"], made["characters_removed"], made["characters_put"]) if made else (0, 0, 0)
    return StepTaken(place, step.column, step.name, "edit", None, limits(step), verdict, *counts)


def _rounds(recipe: Recipe, row: Row, place: int) -> list[StepTaken]:
    rounds = recipe.dedup.rounds if recipe.dedup else ()
    taken: list[StepTaken] = []
    reached = row["outcome"] in {"kept", "duplicate"}
    for number, one in enumerate(rounds, place + 1):
        drops = reached and row["outcome"] == "duplicate" and row["dropped_by"] == one.method
        verdict = ("drops" if drops else "keeps") if reached else "not reached"
        signal = plain(row["similarity"]) if drops else None
        taken.append(StepTaken(number, one.method, one.name, "round", signal, {"prefer": list(one.prefer)}, verdict))
        reached = reached and not drops
    return taken
