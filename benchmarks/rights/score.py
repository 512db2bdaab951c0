"""Scores of detectors against what people noted."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.rights.named import Named
from benchmarks.rights.truth import AMBIGUOUS, Label


@dataclass(frozen=True, slots=True)
class Answer:
    """What a detector says of a page."""

    #: None: the page has no licence
    licence: Named | None
    #: whether it objects to training; None: the detector does not say such things
    denied: bool | None = None


@dataclass(frozen=True, slots=True)
class Rates:
    """How often a yes is right, and how often what deserves a yes gets one."""

    right: int
    #: said yes to
    said: int
    #: deserve a yes
    wanted: int

    @property
    def precision(self) -> float:
        """Share of those said yes to; 0 where nothing was."""
        return self.right / self.said if self.said else 0.0

    @property
    def recall(self) -> float:
        """Share of those that deserve a yes; 0 where nothing does."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.right / (self.said + self.wanted) if self.said + self.wanted else 0.0

    def figures(self) -> dict[str, float]:
        """Give all of it by name."""
        counts = {"right": self.right, "said": self.said, "wanted": self.wanted}
        return {**counts, "precision": self.precision, "recall": self.recall, "f1": self.f1}


Answers = Mapping[str, Answer]


def scored(labels: Sequence[Label]) -> list[Label]:
    """Leave out the pages that nobody could label."""
    return [label for label in labels if label.scope != AMBIGUOUS]


def rates(pairs: Sequence[tuple[bool, bool]]) -> Rates:
    """Count pairs of what was said and what is so."""
    right = sum(said and so for said, so in pairs)
    return Rates(right, sum(said for said, _ in pairs), sum(so for _, so in pairs))


def presence(labels: Sequence[Label], answers: Answers) -> Rates:
    """Score yes and no: has the page a licence."""
    return rates([(answers[label.html].licence is not None, label.has) for label in labels])


def by_family(labels: Sequence[Label], answers: Answers) -> dict[str, Rates]:
    """Score each family of the truth: is the page's licence of it."""
    families = Counter(label.licence.family for label in labels if label.licence)
    return {family: rates([_of(family, label, answers) for label in labels]) for family, _ in families.most_common()}


def _of(family: str, label: Label, answers: Answers) -> tuple[bool, bool]:
    said = answers[label.html].licence
    return said is not None and said.family == family, label.licence is not None and label.licence.family == family


def wrongly_taken(labels: Sequence[Label], answers: Answers) -> dict[str, tuple[int, int]]:
    """Count, by what is shown on pages without a licence of their own, those said to have one, and all."""
    pages = Counter(label.scope for label in labels if not label.has)
    taken = Counter(label.scope for label in labels if not label.has and answers[label.html].licence)
    return {scope: (taken[scope], count) for scope, count in pages.most_common()}


def exact(labels: Sequence[Label], answers: Answers) -> dict[str, Any]:
    """Count exact answers: family of pages with a licence; version too, and jurisdiction, where the truth has one."""
    licensed = [(label.licence, answers[label.html].licence) for label in labels if label.licence]
    versioned = [(licence, said) for licence, said in licensed if licence.version]
    return {
        "licensed": len(licensed),
        "family": sum(said is not None and said.family == licence.family for licence, said in licensed),
        "versioned": len(versioned),
        "version": sum(said is not None and said[:2] == licence[:2] for licence, said in versioned),
        "jurisdiction": sum(said == licence for licence, said in versioned),
    }


def consent(labels: Sequence[Label], answers: Answers) -> Rates | None:
    """Score the wish not to be trained on; None for a detector that says nothing of it."""
    told = [(answers[label.html].denied, bool(label.reserved)) for label in labels]
    if all(denied is None for denied, _ in told):
        return None
    return rates([(bool(denied), reserved) for denied, reserved in told])


def summary(labels: Sequence[Label], answers: Answers) -> dict[str, Any]:
    """Score one detector in every way."""
    left, wishes = scored(labels), consent(labels, answers)
    return {
        "presence": presence(left, answers).figures(),
        "families": {family: found.figures() for family, found in by_family(left, answers).items()},
        "wrongly_taken": {scope: list(counts) for scope, counts in wrongly_taken(left, answers).items()},
        "exact": exact(left, answers),
        "consent": wishes.figures() if wishes else None,
    }
