"""`vitrine status`: what is done and what is left of a run."""

import json
from typing import Any

from pipelines.plan import WORK
from pipelines.release import read_manifest
from pipelines.store import Store


def describe_status(root: str, *, as_json: bool) -> str:
    """Describe the folder as it is now, also while a run is at work in it."""
    found = status(Store.at(root))
    if as_json:
        return json.dumps(found) + "\n"
    if found["state"] == "finished":
        return f"finished: {found['records']:,} records, {found['kept']:,} kept, digest {found['digest'][:16]}\n"
    lines = [f"{name}: {part['done']} of {part['tasks']} done" for name, part in found["stages"].items()]
    left = "".join(f"left: {name}\n" for name in found["left"])
    return f"unfinished run of recipe {found['recipe']}\n" + "".join(f"{line}\n" for line in lines) + left


def status(store: Store) -> dict[str, Any]:
    """Say as plain values what is done; ValueError where there is neither a release nor a run."""
    manifest = read_manifest(store)
    if manifest:
        fates = manifest["counts"]["fates"]
        kept = fates.get("kept:", [0])[0]
        return {"state": "finished", "digest": manifest["digest"], "records": manifest["records"], "kept": kept}
    if not store.exists(f"{WORK}/job.json"):
        raise ValueError(f"{store.root}: expected a release or an unfinished run, and found neither")
    job = json.loads(store.read(f"{WORK}/job.json"))
    done = {number for number, (_, _, made_from) in enumerate(job["shards"]) if _is_done(store, number, made_from)}
    left = [name for number, (name, _, _) in enumerate(job["shards"]) if number not in done]
    stages = {"curate": {"done": len(done), "tasks": len(job["shards"])}}
    return {"state": "unfinished", "recipe": job["recipe"], "stages": stages, "left": left}


def _is_done(store: Store, number: int, made_from: str) -> bool:
    marker = f"{WORK}/done/curate/{number:05d}.json"
    return store.exists(marker) and json.loads(store.read(marker))["made_from"] == made_from
