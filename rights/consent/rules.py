"""Which of several rules about paths hold for one, where some of them cannot be read."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

from rights.consent.paths import matches, pattern_of
from rights.consent.preference import PURPOSES, Preference
from rights.raw import excerpt

#: bytes of UTF-8; a longer statement is not read
STATEMENT_BYTES = 16384
_BLANKS = re.compile(r"[ \t]+")

#: what reads a statement without its path, and takes the whole line for `raw`
Reader: TypeAlias = Callable[[str, str], tuple[Preference, ...]]


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule says that holds for the path in question."""

    #: of two rules the one with the higher rank overrules the other; none is below 0
    rank: int
    said: tuple[Preference, ...]
    malformed: bool


def highest(rules: Iterable[Rule]) -> list[Preference]:
    """Keep what the rules of the highest rank say, all of them.

    A malformed rule does not hide those below it: what they deny counts, and what they allow is unknown.
    """
    kept: list[Preference] = []
    floor, faulty = 0, -1
    for rule in sorted(rules, key=lambda rule: rule.rank, reverse=True):
        if rule.rank < floor:
            break
        kept += map(_without_allowance, rule.said) if rule.rank < faulty else rule.said
        if rule.malformed:
            faulty = max(faulty, rule.rank)
        else:
            floor = rule.rank
    return kept


def apply_rules(values: Iterable[str], path: str, read: Reader) -> list[Preference]:
    """Read the rules of one robots.txt group that hold for a path: those with the longest pattern that meets it.

    A rule may have a path in front, as Content-Usage has it in IETF aipref's draft on attachment; without one it holds
    for all paths, and any path is more specific. `path` is as `path_of` writes it.
    """
    return highest(_rules(values, path, read))


def unreadable(said: Iterable[Preference]) -> bool:
    """Say whether a purpose with a name here is given a value that cannot be read."""
    return any(preference.verdict == "unknown" and preference.purpose in PURPOSES for preference in said)


def too_long(statement: str) -> str:
    """Say by how much a statement is too long to be read; empty where it is not."""
    size = len(statement.encode("utf-8", "replace"))
    return f"{size} bytes, more than {STATEMENT_BYTES}, are not read" if size > STATEMENT_BYTES else ""


def _rules(values: Iterable[str], path: str, read: Reader) -> Iterable[Rule]:
    for value in values:
        pattern, statement = _split(value)
        if not pattern or matches(pattern, path):
            said = read(statement, excerpt(value))
            yield Rule(len(pattern), said, unreadable(said))


def _split(value: str) -> tuple[str, str]:
    """Split off the path, which begins with a slash and ends before a blank."""
    if not value.startswith("/"):
        return "", value
    pattern, *rest = _BLANKS.split(value, maxsplit=1)
    return pattern_of(pattern), rest[0] if rest else ""


def _without_allowance(preference: Preference) -> Preference:
    if preference.verdict != "allow":
        return preference
    return replace(preference, verdict="unknown", detail="a more specific statement is malformed")
