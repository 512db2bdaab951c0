"""Writes statements about one purpose as one short text, for a column, and reads them back.

Each is `signal/place/agent=verdict`, with a blank between them, in order, such as `robots_meta/html/*=deny`.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import cast, get_args
from urllib.parse import quote, unquote

from rights.consent.preference import TRAIN_AI, Place, Preference, Verdict

_FREE = "*-_.!~"
_VERDICTS, _PLACES = frozenset(get_args(Verdict)), frozenset(get_args(Place))


def write(preferences: Iterable[Preference], purpose: str = TRAIN_AI) -> str | None:
    """Write what is said of a purpose; None if nothing is."""
    said = {
        f"{preference.signal}/{preference.place}/{quote(preference.agent, safe=_FREE)}={preference.verdict}"
        for preference in preferences
        if preference.purpose == purpose
    }
    return " ".join(sorted(said)) or None


@lru_cache(maxsize=4096)
def read(written: str, purpose: str = TRAIN_AI) -> tuple[Preference, ...]:
    """Read what `write` wrote; ValueError for anything else."""
    return tuple(_read(statement, purpose) for statement in written.split())


def _read(statement: str, purpose: str) -> Preference:
    named, _, verdict = statement.rpartition("=")
    parts = named.split("/")
    if len(parts) != len(("signal", "place", "agent")) or verdict not in _VERDICTS or parts[1] not in _PLACES:
        raise ValueError(f"expected signal/place/agent=verdict, got {statement!r}")
    signal, place, agent = parts
    return Preference(signal, cast("Place", place), unquote(agent), purpose, cast("Verdict", verdict), statement)
