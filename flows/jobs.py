"""A job as the command and the flows ask for it: the recipe over its inputs, frozen before work begins."""

import sys

from pipelines.earlier import find_earlier
from pipelines.job import Job
from pipelines.mistakes import UsageError
from pipelines.recipe import Recipe
from pipelines.resource import digests, package_path, versions
from pipelines.source import Shard, find_shards
from pipelines.store import Store
from pipelines.version import code_digest


def make_job(  # noqa: PLR0913  # the command's own words
    recipe: Recipe,
    inputs: tuple[str, ...],
    out: str,
    limit_shards: int | None,
    limit_records: int | None,
    *,
    site_files: tuple[str, ...] = (),
    earlier: tuple[str, ...] = (),
) -> Job:
    """Freeze what is to be done: the list of shards, the code, the resources.

    `site_files` and `earlier` releases are instead of the recipe's own.
    """
    if not inputs:
        raise UsageError(f"recipe {recipe.name!r} names no inputs: give --input PATH, GLOB, LIST or URL")
    sites = site_files or recipe.rights.site_files
    return Job(
        Store.at(out or f"releases/{recipe.name}"),
        recipe,
        _listed(inputs, recipe)[:limit_shards],
        code_digest(),
        limit_records,
        tuple(sorted((digests(recipe.filters) | versions(recipe.packages)).items())),
        _listed(sites, recipe) if sites else (),
        find_earlier(earlier or (recipe.dedup.earlier if recipe.dedup else ()), recipe.dedup, recipe.units),
    )


def _listed(inputs: tuple[str, ...], recipe: Recipe) -> tuple[Shard, ...]:
    """Find the files; what is passed over is told."""
    listing = find_shards([package_path(item) for item in inputs], recipe.source.base)
    if listing.ignored:
        shown = ", ".join(listing.ignored[:3]) + (", ..." if len(listing.ignored) > 3 else "")  # noqa: PLR2004
        sys.stderr.write(f"vitrine: {len(listing.ignored)} files are no shards and are passed over: {shown}\n")
    return listing.shards
