"""`vitrine index`: makes the index of a release, of its ledger and of its passages, where it is missing or stale."""

import json
from typing import Any

from pipelines.dedup.minhash import MinHash
from pipelines.ledger_index.header import Header, ledger_files, stale
from pipelines.ledger_index.projections import Indexing, build_index, language_column
from pipelines.mistakes import UsageError
from pipelines.passage_index.build import KEPT, index_data
from pipelines.passage_index.documents import documents_name
from pipelines.recipe import Recipe
from pipelines.release import MANIFEST, read_manifest
from pipelines.runner import LocalRunner
from pipelines.similar_index.bands import BandScheme
from pipelines.similar_index.parts import SIMILAR, index_similar
from pipelines.store import Store
from provenance.passages.index import PassageIndex
from provenance.several import find_releases
from provenance.similar_index import SimilarIndex
from vitrine.ask.printing import screen


def make_index(release: str, workers: int, *, as_json: bool) -> None:
    """Make what is missing or stale in a release, or in all that lie in a folder, and say what there is."""
    for root in find_releases(release):
        _make_one(Store.at(root), workers, as_json=as_json)


def _make_one(store: Store, workers: int, *, as_json: bool) -> None:
    before = stale_files(store)
    if before:
        with LocalRunner(workers) as runner:
            build_index(store, runner)
    without, unlike = missing(store, PassageIndex), missing(store, SimilarIndex)
    if without:
        index_data(store, without)
        before.append(documents_name(KEPT))
    if unlike:
        index_similar(store, unlike, BandScheme.by(_minhash(store)))
        before.append(documents_name(SIMILAR))
    count, size = _extent(store)
    if as_json:
        said = {"release": store.root, "made": bool(before), "stale": before, "files": count, "bytes": size}
        print(json.dumps(said))  # noqa: T201  # what a command prints
        return
    what = (
        f"made, for {', '.join(before[:3])} was missing or stale" if before else "there already, and fits the release"
    )
    screen().print(f"index of {store.root}: {what}; {count:,} files, {size:,} bytes", soft_wrap=True)


def missing(store: Store, kind: type[PassageIndex | SimilarIndex]) -> list[str]:
    """Name the data files of a release that have no index of a kind which this code can read; none where they have."""
    data = [file["name"] for file in _manifest(store)["files"] if file["name"].startswith("data/")]
    try:
        kind(store).close()
    except (FileNotFoundError, ValueError):
        return data
    return []


def _extent(store: Store) -> tuple[int, int]:
    """Count the files of an index, and their bytes."""
    header = Header.read(store)
    ledger = [file.bytes for file in header.files] if header else []
    passages = [store.size(name) for folder in (KEPT, SIMILAR) for name in store.list(folder)]
    return len(ledger) + len(passages), sum(ledger) + sum(passages)


def _minhash(store: Store) -> MinHash:
    """Sign texts as the release's recipe does."""
    dedup = _recipe(store).dedup
    return (dedup and dedup.minhash) or MinHash()


def _recipe(store: Store) -> Recipe:
    return Recipe.parse(store.read("recipe.toml").decode(), store.path("recipe.toml"))


def _manifest(store: Store) -> dict[str, Any]:
    manifest = read_manifest(store)
    if manifest is None:
        raise UsageError(f"expected a release's folder, got {store.root!r}: it has no {MANIFEST}")
    return manifest


def stale_files(store: Store) -> list[str]:
    """Name the files of a release's index that are missing or stale; UsageError where there is no release."""
    manifest = _manifest(store)
    wanted = Indexing(store, "", language_column(_recipe(store))).made_from(ledger_files(manifest))
    return stale(store, wanted)
