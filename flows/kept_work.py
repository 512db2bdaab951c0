"""What the stages of a run made, kept beside the release for a later run into the same folder.

A marker vouches for what its task made. So what is no part of a plan loses its markers before its files: whenever the
power fails, no marker speaks of what is not there any more.
"""

import json
from collections.abc import Callable, Collection, Sequence
from pathlib import PurePosixPath

from pipelines.plan import WORK, Stage
from pipelines.store import Store
from pipelines.unfinished import maker

_DONE = f"{WORK}/done"
#: what a run notes of itself
_NOTES = frozenset({f"{WORK}/{name}" for name in ("job.json", "shards.jsonl", "lock")})
#: writes the manifest, which every run takes away first; and what is told of earlier releases lies in files that are
#: numbered after those of the shards
_LAST, _AFTER_SHARDS = "release", "earlier"


def forget_unfit(store: Store, stages: Sequence[Stage], shards: int, whole: Callable[[], bool]) -> None:
    """Remove the markers that a plan over so many shards must not trust; all, if the release here is not whole."""
    markers = store.list(_DONE)
    trusted = bool(markers) and whole()
    names = {stage.name for stage in stages} - {_LAST}
    if _shards(store) != shards:
        names -= {_AFTER_SHARDS}
    for marker in markers:
        if not trusted or marker.removeprefix(f"{_DONE}/").partition("/")[0] not in names:
            store.remove(marker)


def forget_others(store: Store, markers: Collection[str]) -> None:
    """Remove all markers but these."""
    for marker in store.list(_DONE):
        if marker not in markers:
            store.remove(marker)


def remove_others(store: Store, markers: Collection[str], shards: int) -> None:
    """Remove files of unfinished work that none of these tasks made, and those of shards beyond so many."""
    for name in store.list(WORK):
        made_by, number = maker(name), PurePosixPath(name).stem
        makers = {made_by, made_by.replace("/curate/", f"/{_AFTER_SHARDS}/")}
        # One task makes files for all shards.
        beyond = made_by.endswith("/all.json") and number.isdigit() and int(number) >= shards
        ours = name in _NOTES or name.startswith(f"{_DONE}/") or not makers.isdisjoint(markers)
        if beyond or not ours:
            store.remove(name)


def _shards(store: Store) -> int | None:
    """Count the shards of the run that was here before."""
    note = f"{WORK}/job.json"
    return len(json.loads(store.read(note))["shards"]) if store.exists(note) else None
