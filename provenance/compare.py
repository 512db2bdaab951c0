"""Two records side by side: why one survives and the other does not."""

from dataclasses import dataclass

from provenance.duplicates import CHAIN, lost_by, one_row, order
from provenance.opened import Opened
from provenance.why import History, StepTaken, Why, why


@dataclass(frozen=True, slots=True)
class Beside:
    """One step, with what it measured and said of both."""

    place: int
    step: str
    a_signal: str | int | float | None
    a_verdict: str
    b_signal: str | int | float | None
    b_verdict: str
    #: whether it says the same of both
    same: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two records."""

    #: the first step that says something else of one than of the other; None where none does
    told_apart_by: str | None
    says: str
    steps: tuple[Beside, ...]
    #: of two documents of one cluster: the criterion by which one was preferred
    preferred_by: str | None
    a: Why
    b: Why


def compare(opened: Opened, a: str, b: str) -> Comparison:
    """Set two records side by side, each by id or address, and name the first step that tells them apart."""
    one, other = why(opened, a), why(opened, b)
    if one.history is None or other.history is None:
        missing = " and ".join(f"{found.wanted[:200]!r}" for found in (one, other) if found.history is None)
        return Comparison(None, f"not in our inputs: {missing}", (), None, one, other)
    steps = tuple(_beside(*both) for both in zip(one.history.steps, other.history.steps, strict=True))
    apart = next((step.step for step in steps if not step.same), None)
    preferred = _preferred(opened, one.history, other.history)
    return Comparison(apart, _says(one.history, other.history, apart, preferred), steps, preferred, one, other)


def _beside(a: StepTaken, b: StepTaken) -> Beside:
    same = _said(a.verdict) == _said(b.verdict)
    return Beside(a.place, a.step, a.signal, a.verdict, b.signal, b.verdict, same)


def _said(verdict: str) -> str:
    """Take a verdict for what it means to a record: an edit alone tells no two apart."""
    return "keeps" if verdict in {"keeps", "edited", "unchanged", "measured"} else verdict


def _says(a: History, b: History, apart: str | None, preferred: str | None) -> str:
    fates = f"A is {a.outcome}, B is {b.outcome}"
    if "error" in {a.outcome, b.outcome} and a.outcome != b.outcome:
        failed = a if a.outcome == "error" else b
        return f"{fates}: no text came of one of them ({failed.dropped_by})"
    if apart is None:
        return f"{fates}: no step tells them apart"
    told = f"{fates}: {apart} is the first step that tells them apart"
    return f"{told}; of the two the recipe prefers one by `{preferred}`" if preferred else told


def _preferred(opened: Opened, a: History, b: History) -> str | None:
    """Name the criterion where both are in one cluster and one of them stands for it."""
    dedup, cluster = opened.recipe.dedup, a.cluster
    if dedup is None or cluster is None or cluster != b.cluster or {a.outcome, b.outcome} != {"kept", "duplicate"}:
        return None
    kept, removed = (a, b) if a.outcome == "kept" else (b, a)
    rows = [{"language_score": None, **one_row(opened, one.id)} for one in (kept, removed)]
    name, *_ = lost_by(rows[0], rows[1], order(dedup, removed.dropped_by or ""))
    return None if name == CHAIN else name
