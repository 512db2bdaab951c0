"""What there is to say after a run, as plain values: for machines, and for whoever renders it."""

from typing import Any

from flows.curation import Curated
from pipelines.recipe import Recipe
from pipelines.tally import Tally

EDIT_SUMS = ("documents", "places", "characters_removed", "characters_put")


def summary(curated: Curated, recipe: Recipe) -> dict[str, Any]:
    """Say it as plain values; `records` = `kept` + all of `dropped` + `duplicates` + `errors`."""
    manifest = curated.manifest
    tally = Tally(**manifest["counts"])
    dropped = tally.of_outcome("dropped")
    return {
        "release": curated.store.root,
        "digest": manifest["digest"],
        "recipe": {"name": recipe.name, "digest": recipe.digest},
        "records": tally.records,
        "kept": tally.count("kept"),
        "dropped": {rule.column: dropped.get(rule.column, [0])[0] for rule in recipe.filters if rule.enforced},
        "measured_nothing": tally.blind,
        "dropped_nothing": tally.idle,
        "duplicates": tally.count("duplicate"),
        "duplicates_by": {way: sums[0] for way, sums in tally.of_outcome("duplicate").items()},
        "errors": tally.count("error"),
        "errors_by": {reason: sums[0] for reason, sums in tally.of_outcome("error").items()},
        "edits": {edit: dict(zip(EDIT_SUMS, sums, strict=True)) for edit, sums in tally.edits.items()},
        "shards": len(manifest["inputs"]),
        "input_bytes": sum(shard["bytes"] for shard in manifest["inputs"]),
        "text_bytes": sum(sums[2] for sums in tally.of_outcome("kept").values()),
        "unchanged": curated.unchanged,
        "replaced": curated.replaced,
        "reused_tasks": curated.reused,
        "stages": {name: round(seconds, 3) for name, seconds in curated.stages.items()},
        "seconds": round(curated.seconds, 3),
    }
