"""What a statement about use says, and how many such statements become one answer."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from rights.raw import excerpt

Verdict: TypeAlias = Literal["allow", "deny", "unknown"]
Place: TypeAlias = Literal["file", "header", "html"]

#: statements that one call keeps; of the others it tells the number
MOST = 1024

#: how a last preference tells of them
LEFT_OUT = "more statements were left out"

TRAIN_AI = "train_ai"
SEARCH = "search"
AI_INPUT = "ai_input"
#: the purposes that have one name here, whatever each syntax calls them
PURPOSES = frozenset({TRAIN_AI, SEARCH, AI_INPUT})

#: from the widest to the most specific
_PLACES: tuple[Place, ...] = ("file", "header", "html")
_TDMREP = "tdmrep"


@dataclass(frozen=True, slots=True)
class Preference:
    """One statement, as one syntax makes it, about one purpose.

    Each text in it is cut at RAW_BYTES, where it ends in an ellipsis.
    """

    #: the syntax: robots_meta, x_robots_tag, tdmrep, content_usage, content_signal, rsl, ai_txt, robots_txt
    signal: str
    #: where it stands: in a file of the site, in the response's header, in the page
    place: Place
    #: to whom it speaks, in lower case; "*" is everybody
    agent: str
    #: what it is about: "train_ai" is training and text and data mining; a key without a name here stays as it is
    purpose: str
    verdict: Verdict
    #: the statement as it stands
    raw: str
    #: a policy's address, what is malformed, a condition
    detail: str = ""

    def __post_init__(self) -> None:
        for name in ("agent", "purpose", "raw", "detail"):
            object.__setattr__(self, name, excerpt(getattr(self, name)))


@dataclass(frozen=True, slots=True)
class Consent:
    """The answer for one purpose, and what it rests on."""

    purpose: str
    verdict: Verdict
    #: those that decided, in order; of an unknown, those that apply and say nothing that can be read
    basis: tuple[Preference, ...]


def distinct(preferences: Iterable[Preference]) -> tuple[Preference, ...]:
    """Leave out repeats, and beyond MOST the rest: denials stay before others, and the last one tells the number."""
    kept = tuple(dict.fromkeys(preferences))
    if len(kept) <= MOST:
        return kept
    first = sorted(kept, key=lambda preference: preference.verdict != "deny")[:MOST]
    last = kept[-1]
    told = f"{len(kept) - MOST} {LEFT_OUT}"
    return (*first, Preference(last.signal, last.place, "*", TRAIN_AI, "unknown", "", told))


def combine(
    preferences: Iterable[Preference],
    purpose: str = TRAIN_AI,
    agents: Collection[str] = (),
    signals: Collection[str] | None = None,
) -> Consent:
    """Answer for one purpose: any denial denies, else any allowance allows, else nothing is known.

    Heard are statements to everybody and to `agents`, in all syntaxes or in `signals` alone. The rule is that of IETF
    aipref. Within TDMRep, the page overrules the header and the header the file, where they say something valid.
    """
    named = {"*", *(agent.lower() for agent in agents)}
    heard = [
        preference
        for preference in preferences
        if preference.purpose == purpose
        and preference.agent in named
        and (signals is None or preference.signal in signals)
    ]
    decided = _most_specific(heard)
    for verdict in ("deny", "allow"):
        if basis := tuple(preference for preference in decided if preference.verdict == verdict):
            return Consent(purpose, verdict, basis)
    return Consent(purpose, "unknown", tuple(decided))


def _most_specific(heard: list[Preference]) -> list[Preference]:
    """Leave out of TDMRep's statements those that a valid one in a more specific place overrules."""
    valid = [_PLACES.index(p.place) for p in heard if p.signal == _TDMREP and p.verdict != "unknown"]
    if not valid:
        return heard
    place = _PLACES[max(valid)]
    return [p for p in heard if p.signal != _TDMREP or p.place == place]
