"""The robots meta element and the `X-Robots-Tag` header: `noai`, `noimageai`, `noml`, and search engines' words.

No standard has the first three; DeviantArt brought them in 2022. A page that must not be indexed is no page that must
not be trained on: those words are kept under purposes of their own.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from rights.consent.preference import TRAIN_AI, Place, Preference, Verdict, distinct

#: what each word denies
WORDS = {
    "noai": TRAIN_AI,
    "noml": TRAIN_AI,
    "noimageai": "train_ai_images",
    "noindex": "index",
    "none": "index",
    "noarchive": "archive",
    "nosnippet": "snippet",
}
# Words with a value behind a colon; all others with a colon are agents.
_VALUED = frozenset({"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"})
_AGENT = re.compile(r"[A-Za-z0-9*][A-Za-z0-9._/*+-]*")
_SEPARATORS = re.compile(r"[\s,;]+")
# Unknown words that may be about AI: "no-ai", "aitraining=no", "notrain", "notdm", "llm".
_ABOUT_AI = re.compile(
    r"^no-?(?:gen)?-?(?:ai|ml|llm|tdm|train)|(?:^|[^a-z])(?:gen)?(?:ai|ml|llm|tdm)(?:[^a-z]|$)|train"
)


def robots_meta(agent: str, content: str) -> tuple[Preference, ...]:
    """Read a `meta` element: `agent` is its name, "robots" or a crawler's, and `content` its list of words."""
    named = agent.strip().lower()
    to_whom = "*" if named in {"robots", ""} else named
    return distinct(_words("robots_meta", "html", to_whom, content, content))


def x_robots_tag(values: Iterable[str]) -> tuple[Preference, ...]:
    """Read the header's field values; a crawler named before a colon is meant by all that follows in its value."""
    return distinct(preference for value in values for preference in _field(value))


def _field(value: str) -> Iterable[Preference]:
    agent, in_date = "*", False
    for piece in value.split(","):
        head, colon, rest = (part.strip() for part in piece.partition(":"))
        # The date of `unavailable_after` may hold a comma, and its clock holds colons.
        if in_date and head[:1].isdigit():
            continue
        words = piece
        if colon and head.lower() not in _VALUED and _AGENT.fullmatch(head):
            agent = "*" if head.lower() == "robots" else head.lower()
            words = rest
        in_date = words.strip().lower().startswith("unavailable_after")
        if not in_date:
            yield from _words("x_robots_tag", "header", agent, words, value)


def _words(signal: str, place: Place, agent: str, words: str, raw: str) -> Iterable[Preference]:
    for word in _SEPARATORS.split(words.lower()):
        if said := _said(word):
            purpose, verdict, detail = said
            yield Preference(signal, place, agent, purpose, verdict, raw, detail)


@lru_cache(maxsize=1024)
def _said(word: str) -> tuple[str, Verdict, str] | None:
    """Read a word: its purpose, what it says of that, and what is odd about it. Nearly all pages use the same few."""
    if word in WORDS:
        return WORDS[word], "deny", ""
    return (word, "unknown", "an unknown word") if _ABOUT_AI.search(word) else None
