"""All detectors, asked about the same pages."""

from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.rights import outside
from benchmarks.rights.named import Named
from benchmarks.rights.ours import Told, answer, told
from benchmarks.rights.plain import PATTERNS
from benchmarks.rights.score import Answer
from benchmarks.rights.truth import Page

OURS = "vitrine"


@dataclass(frozen=True, slots=True)
class Asked:
    """What all said, each by page."""

    ours: dict[str, Told]
    #: by the detector's name
    answers: dict[str, dict[str, Answer]]
    #: why a detector said nothing
    left_out: str = ""


def ask(pages: Mapping[str, Page], runner: str) -> Asked:
    """Ask ours, Dolma's taggers if they run, and the plain patterns."""
    ours = {name: told(page) for name, page in pages.items()}
    answers = {OURS: {name: answer(said) for name, said in ours.items()}}
    markup = {name: page.html.decode() for name, page in pages.items()}
    left_out = ""
    try:
        found = outside.answers(markup.items(), runner)
        answers |= {f"Dolma's {name}": _answered(said) for name, said in found.items()}
    except outside.PeerError as error:
        left_out = str(error)
    for name, find in PATTERNS.items():
        answers[name] = _answered({page: find(html) for page, html in markup.items()})
    return Asked(ours, answers, left_out)


def _answered(said: Mapping[str, Named | None]) -> dict[str, Answer]:
    return {page: Answer(licence) for page, licence in said.items()}
