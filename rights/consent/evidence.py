"""Makes evidence of preferences: one item for all whom one statement addresses."""

from collections.abc import Iterable

from rights.consent.preference import Place, Preference
from rights.evidence import Item, Location
from rights.raw import excerpt

#: how likely a statement that can be read speaks of its page, and one that cannot
READ, UNREAD = 0.95, 0.5
_LOCATIONS: dict[Place, Location] = {"file": "file", "header": "header", "html": "meta"}

Said = tuple[str, Place, str, str, str]


def consent_items(preferences: Iterable[Preference], as_of: str = "") -> list[Item]:
    """Give the items; `as_of` says when a file of the site's was captured."""
    agents: dict[Said, list[str]] = {}
    for preference in preferences:
        said = f"{preference.purpose}={preference.verdict}"
        raw = f"{preference.raw} ({preference.detail})" if preference.detail else preference.raw
        agents.setdefault((preference.signal, preference.place, said, preference.verdict, raw), []).append(
            preference.agent
        )
    return [_item(said, named, as_of) for said, named in agents.items()]


def _item(said: Said, agents: list[str], as_of: str) -> Item:
    signal, place, what, verdict, raw = said
    parsed = what if agents == ["*"] else f"{what} ({', '.join(dict.fromkeys(agents))})"
    confidence = UNREAD if verdict == "unknown" else READ
    scope = "site" if place == "file" else "page"
    return Item("consent", _LOCATIONS[place], signal, excerpt(raw), excerpt(parsed), scope, confidence, as_of)
