"""Writes statements about one purpose as one short text, for a column, and reads them back.

Each is `signal/place/agent=verdict`, with a blank between them, in order, such as `robots_meta/html/*=deny`; of several
agents to whom the same is said the names stand with commas: `robots_txt/file/ccbot,gptbot=deny`.
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
    said: dict[tuple[str, str, str], set[str]] = {}
    for preference in preferences:
        if preference.purpose == purpose:
            key = (preference.signal, preference.place, preference.verdict)
            said.setdefault(key, set()).add(quote(preference.agent, safe=_FREE))
    return " ".join(sorted(f"{key[0]}/{key[1]}/{','.join(sorted(said[key]))}={key[2]}" for key in said)) or None


@lru_cache(maxsize=4096)
def read(written: str, purpose: str = TRAIN_AI) -> tuple[Preference, ...]:
    """Read what `write` wrote; ValueError for anything else."""
    return tuple(preference for statement in written.split() for preference in _read(statement, purpose))


def _read(statement: str, purpose: str) -> Iterable[Preference]:
    named, _, verdict = statement.rpartition("=")
    parts = named.split("/")
    if len(parts) != len(("signal", "place", "agents")) or verdict not in _VERDICTS or parts[1] not in _PLACES:
        raise ValueError(f"expected signal/place/agent=verdict, got {statement!r}")
    signal, place, agents = parts
    said = (cast("Place", place), cast("Verdict", verdict))
    return [Preference(signal, said[0], unquote(agent), purpose, said[1], statement) for agent in agents.split(",")]
