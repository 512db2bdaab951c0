"""Rules with a path in front, as Content-Usage and Content-Signal have them in robots.txt (IETF aipref, attach)."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeAlias

from rights.consent.paths import matches, pattern_of
from rights.consent.preference import PURPOSES, Preference

#: what reads the statement of a rule, without its path
Reader: TypeAlias = Callable[[str], tuple[Preference, ...]]
_Rule: TypeAlias = tuple[int, tuple[Preference, ...]]


def apply_rules(values: Iterable[str], path: str, read: Reader) -> list[Preference]:
    """Read the rules of one group that hold for a path: those with the longest pattern that meets it.

    Rules with the same length all count. A rule with a fault does not hide a wider rule: what that denies counts, and
    what it allows is unknown. `path` is as `path_of` writes it.
    """
    rules = sorted(_rules(values, path, read), key=lambda rule: rule[0], reverse=True)
    kept: list[Preference] = []
    faultless = longest = -1
    for length, said in rules:
        if length < faultless:
            break
        doubtful = 0 <= length < longest
        kept += (_without_allowance(preference) if doubtful else preference for preference in said)
        longest = max(longest, length)
        if not _faulty(said):
            faultless = length
    return kept


def _rules(values: Iterable[str], path: str, read: Reader) -> Iterable[_Rule]:
    for value in values:
        pattern, statement = _split(value)
        if not pattern or matches(pattern, path):
            yield len(pattern), tuple(replace(preference, raw=value) for preference in read(statement))


def _split(value: str) -> tuple[str, str]:
    """Split off the path, which begins with a slash and ends before white space."""
    if not value.startswith("/"):
        return "", value
    pattern, *rest = value.split(None, 1)
    return pattern_of(pattern), rest[0] if rest else ""


def _faulty(said: tuple[Preference, ...]) -> bool:
    return any(preference.verdict == "unknown" and preference.purpose in PURPOSES for preference in said)


def _without_allowance(preference: Preference) -> Preference:
    if preference.verdict != "allow":
        return preference
    return replace(preference, verdict="unknown", detail="a more specific statement is malformed")
