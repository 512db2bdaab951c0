"""What one licence of RSL 1.0 says of training, of input to models, and of search."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rights.consent.preference import AI_INPUT, SEARCH, TRAIN_AI, Place, Preference, Verdict
from rights.consent.rsl_document import Node

SIGNAL = "rsl"

# The words for a use that cover each purpose.
_COVERING = {
    TRAIN_AI: frozenset({"all", "ai-all", "ai-train"}),
    AI_INPUT: frozenset({"all", "ai-all", "ai-input"}),
    SEARCH: frozenset({"all", "search"}),
}
_USES = frozenset({"all", "ai-all", "ai-train", "ai-input", "ai-index", "search"})
# As some documents have them.
_ALIASES = {"train-ai": "ai-train", "ai-training": "ai-train"}
_ELEMENTS = frozenset({"permits", "prohibits", "payment", "legal", "reporting"})
_BLANKS = re.compile(r"[\s,;]+")


@dataclass(frozen=True, slots=True)
class _Terms:
    """A licence, as far as verdicts follow from it."""

    #: None where nothing is said of permitted uses
    permitted: frozenset[str] | None
    prohibited: frozenset[str]
    #: what is asked for in return, without which nothing is licensed
    demands: tuple[str, ...]
    #: what nobody here can say is given
    conditions: tuple[str, ...]
    faults: tuple[str, ...]


def judge(licence: Node, content: Node, place: Place) -> tuple[list[Preference], bool]:
    """Read a licence of a `content` for each purpose, and say whether it is malformed.

    A use is allowed only if it is on the list of those permitted, is not prohibited, and is free; the most restrictive
    reading decides. A payment, a licence server, and reporting are denials, until somebody pays or signs in. Credit,
    and limits to some users or countries, leave it unknown.
    """
    terms = _terms(licence, content)
    preferences: list[Preference] = []
    for purpose in _COVERING:
        verdict, detail = _verdict(purpose, terms)
        preferences.append(Preference(SIGNAL, place, "*", purpose, verdict, licence.raw, detail))
    return preferences, bool(terms.faults)


def _verdict(purpose: str, terms: _Terms) -> tuple[Verdict, str]:
    covering = _COVERING[purpose]
    if covering & terms.prohibited:
        return "deny", "prohibited"
    if terms.permitted is not None and not covering & terms.permitted:
        return "deny", "not among the permitted uses"
    if terms.demands:
        return "deny", "; ".join(terms.demands)
    doubts = (*terms.faults, *terms.conditions)
    if terms.permitted is None:
        doubts = (*doubts, "no permitted use is named")
    return ("unknown", "; ".join(doubts)) if doubts else ("allow", "")


def _terms(licence: Node, content: Node) -> _Terms:
    permits, prohibits = licence.named("permits"), licence.named("prohibits")
    usage = [node for node in permits if _about_use(node)]
    # A word that is allowed must be written as the standard has it; one that is prohibited, in any way.
    permitted = frozenset(word for node in usage for word in _words(node.text))
    prohibited = frozenset(word for node in prohibits if _about_use(node) for word in _words(node.text.lower()))
    payments = [node.attribute("type") for node in licence.named("payment")]
    limits = (f"limited by {node.attribute('type')}" for node in (*permits, *prohibits) if not _about_use(node))
    credit = ("attribution is asked for",) if "attribution" in payments else ()
    return _Terms(
        permitted if usage else None,
        prohibited,
        tuple(_demands(licence, content, payments)),
        (*dict.fromkeys(limits), *credit),
        tuple(dict.fromkeys(_faults(licence, prohibited))),
    )


def _demands(licence: Node, content: Node, payments: Iterable[str]) -> Iterable[str]:
    for payment in dict.fromkeys(payments):
        if payment not in {"free", "attribution"}:
            yield f"payment: {payment or 'of no type'}"
    if content.attribute("server") or content.attribute("encrypted") not in {"", "false"}:
        yield "a licence server is asked"
    if licence.named("reporting"):
        yield "reporting is asked for"


def _faults(licence: Node, prohibited: frozenset[str]) -> Iterable[str]:
    for node in licence.children:
        if node.name not in _ELEMENTS:
            yield f"an unknown element {node.name}"
        if node.name in {"permits", "prohibits"} and not node.attribute("type"):
            yield f"a {node.name} without type"
    yield from (f"an unknown use {word} is prohibited" for word in sorted(prohibited - _USES))


def _about_use(node: Node) -> bool:
    return node.attribute("type") in {"usage", ""}


def _words(text: str) -> list[str]:
    return [_ALIASES.get(word, word) for word in _BLANKS.split(text) if word]
