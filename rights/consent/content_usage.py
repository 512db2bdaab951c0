"""`Content-Usage`, IETF aipref's statement: an HTTP header field, and a rule of robots.txt.

The draft has no consensus yet, and older drafts have other keys.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import http_sf

from rights.consent.paths import path_of
from rights.consent.preference import SEARCH, TRAIN_AI, Place, Preference, Verdict, distinct
from rights.consent.rules import apply_rules

SIGNAL = "content_usage"
#: what is read here; editor's copy of 2026-08-19
DRAFT = "draft-ietf-aipref-vocab-07"
#: what the categories of DRAFT are called here
KEYS = {"train-ai": TRAIN_AI, "search": SEARCH}
#: keys that earlier drafts had, kept as they are
OLDER_KEYS = frozenset({"ai-output", "bots", "train-genai"})
#: bytes; a longer statement is not read
STATEMENT_BYTES = 16384

_VALUES: dict[str, Verdict] = {"y": "allow", "n": "deny"}


def content_usage(values: Iterable[str]) -> tuple[Preference, ...]:
    """Read the header's field values, which are one dictionary of RFC 9651: of a repeated key the last counts.

    A dictionary that does not parse says nothing. If only some of its lines are at fault, what the others deny counts,
    and what they allow does not.
    """
    lines = [value.strip(" \t") for value in values]
    if not lines:
        return ()
    whole = ", ".join(line for line in lines if line)
    said = _statement(whole, "header")
    if len(lines) == 1 or not _unread(said):
        return distinct(said)
    parts = [preference for line in lines if line for preference in _statement(line, "header")]
    return distinct((*said, *(part for part in parts if part.verdict == "deny")))


def content_usage_rules(values: Sequence[str], path: str) -> tuple[Preference, ...]:
    """Read what the `Content-Usage` rules of one group say of a path; `values` stand behind the colon."""
    return distinct(apply_rules(values, path_of(path), lambda statement: _statement(statement, "file")))


def _statement(statement: str, place: Place) -> tuple[Preference, ...]:
    """Read one dictionary; what is wrong with it is the detail of a verdict unknown."""
    none = Preference(SIGNAL, place, "*", TRAIN_AI, "unknown", statement)
    data = statement.strip(" \t").encode("utf-8", "surrogatepass")
    if not data:
        return (replace(none, detail="empty"),)
    if len(data) > STATEMENT_BYTES:
        return (replace(none, detail=f"{len(data)} bytes, more than {STATEMENT_BYTES}, are not read"),)
    try:
        members = http_sf.parse(data, tltype="dictionary")
    except http_sf.StructuredFieldError as fault:
        return (replace(none, detail=f"no dictionary: {fault}"),)
    assert isinstance(members, dict)
    return tuple(_member(key, member, none) for key, member in members.items())


def _member(key: str, member: object, none: Preference) -> Preference:
    """Read one key; only the tokens `y` and `n` say something, and parameters say nothing."""
    value = member[0] if isinstance(member, tuple) else member
    verdict = _VALUES.get(str(value), "unknown") if isinstance(value, http_sf.Token) else "unknown"
    detail = "" if verdict != "unknown" else "the value is neither y nor n"
    if key in OLDER_KEYS:
        detail = "a key of an earlier draft"
    return replace(none, purpose=KEYS.get(key, key), verdict=verdict, detail=detail)


def _unread(said: tuple[Preference, ...]) -> bool:
    return all(preference.verdict == "unknown" for preference in said)
