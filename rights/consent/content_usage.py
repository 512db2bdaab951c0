"""`Content-Usage`, IETF aipref's statement: an HTTP header field, and a rule of robots.txt.

The draft has no consensus yet, and older drafts have other keys.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import cast

import http_sf

from rights.consent.paths import path_of
from rights.consent.preference import SEARCH, TRAIN_AI, Preference, Verdict, distinct
from rights.consent.rules import apply_rules, too_long, unreadable
from rights.raw import excerpt

SIGNAL = "content_usage"
#: what is read here; editor's copy of 2026-08-19
DRAFT = "draft-ietf-aipref-vocab-07"
#: what the categories of DRAFT are called here
KEYS = {"train-ai": TRAIN_AI, "search": SEARCH}
#: keys that earlier drafts had, kept as they are
OLDER_KEYS = frozenset({"ai-output", "bots", "train-genai"})

_VALUES: dict[str, Verdict] = {"y": "allow", "n": "deny"}


def content_usage(values: Iterable[str]) -> tuple[Preference, ...]:
    """Read the header's field values, which are one dictionary of RFC 9651: of a repeated key the last counts.

    A dictionary that does not parse says nothing. If only some lines are at fault, what the others deny counts all the
    same.
    """
    lines = [value.strip(" \t") for value in values]
    if not lines:
        return ()
    whole = ", ".join(line for line in lines if line)
    said = _header(whole)
    if len(lines) == 1 or not unreadable(said):
        return distinct(said)
    parts = [preference for line in lines if line for preference in _header(line)]
    return distinct((*said, *(part for part in parts if part.verdict == "deny")))


def content_usage_rules(values: Sequence[str], path: str) -> tuple[Preference, ...]:
    """Read what the `Content-Usage` rules of one group say of a path; `values` stand behind the colon."""
    return distinct(apply_rules(values, path_of(path), _rule))


def _header(statement: str) -> tuple[Preference, ...]:
    return _statement(statement, Preference(SIGNAL, "header", "*", TRAIN_AI, "unknown", excerpt(statement)))


def _rule(statement: str, raw: str) -> tuple[Preference, ...]:
    return _statement(statement, Preference(SIGNAL, "file", "*", TRAIN_AI, "unknown", raw))


def _statement(statement: str, none: Preference) -> tuple[Preference, ...]:
    """Read one dictionary; what is wrong with it is the detail of a verdict unknown, which `none` is without it."""
    data = statement.strip(" \t").encode("utf-8", "surrogatepass")
    if not data:
        return (replace(none, detail="empty"),)
    if told := too_long(statement):
        return (replace(none, detail=told),)
    try:
        members = cast("http_sf.DictionaryType", http_sf.parse(data, tltype="dictionary"))
    except http_sf.StructuredFieldError as fault:
        return (replace(none, detail=f"no dictionary: {fault}"),)
    return distinct(_member(key, member, none) for key, member in members.items())


def _member(key: str, member: object, none: Preference) -> Preference:
    """Read one key; only the tokens `y` and `n` say something, and parameters say nothing."""
    value = member[0] if isinstance(member, tuple) else member
    verdict = _VALUES.get(str(value), "unknown") if isinstance(value, http_sf.Token) else "unknown"
    detail = "" if verdict != "unknown" else "the value is neither y nor n"
    if key in OLDER_KEYS:
        detail = "a key of an earlier draft"
    return replace(none, purpose=KEYS.get(key, key), verdict=verdict, detail=detail)
