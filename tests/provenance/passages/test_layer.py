"""A fingerprint's documents are found whatever files and row groups they lie in, and counted beyond what is read."""

from pathlib import Path

import numpy as np
import pytest

from pipelines.passage_index.documents import write_documents
from pipelines.passage_index.merge import Layout, Part, index_name, merge
from pipelines.passage_index.posting_files import GROUP_ROWS, write_postings
from pipelines.passage_index.scheme import SCHEME
from pipelines.store import Store
from provenance.passages.layer import Hits, Layer

ROW_BITS = 63 - SCHEME.bits
#: documents of each hash; one of them fills more than two row groups
COUNTS = {0: 3, 1: 1, 77: GROUP_ROWS * 2 + 5, 78: 1, (1 << 39) + 5: 4, (1 << 40) - 1: 2}


@pytest.fixture(scope="module", params=[0, 1, 6])
def layer(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Layer:
    store = Store.at(tmp_path_factory.mktemp("layer"))
    postings = np.concatenate([(hash_ << ROW_BITS) | np.arange(count) * 2 for hash_, count in COUNTS.items()])
    write_postings(store, "part.parquet", [postings], SCHEME, {})
    layout = Layout(request.param, 20)
    for number in range(layout.files):
        merge(store, [Part("part.parquet", 0)], number, "index", layout=layout, memory_bytes=1 << 30)
    write_documents(store, "index", [("data/00000.parquet", 1 << 17)])
    return Layer(store, "index")


def hits_of(layer: Layer, hash_: int, most: int) -> Hits:
    """Look up one fingerprint."""
    (found,) = layer.hits(np.array([hash_]), most)
    return found


def test_all_documents_are_found(layer: Layer) -> None:
    for hash_, count in COUNTS.items():
        hits = hits_of(layer, hash_, 1 << 30)
        assert hits.count == count
        assert hits.documents.tolist() == list(range(0, 2 * count, 2))


def test_what_is_in_no_document_has_none(layer: Layer) -> None:
    for hash_ in (2, 76, 79, 1 << 38, 1 << 39, (1 << 40) - 2):
        assert (hits_of(layer, hash_, 10).count, hits_of(layer, hash_, 10).documents.tolist()) == (0, [])


def test_many_are_looked_up_at_once(layer: Layer) -> None:
    hashes = np.unique([*COUNTS, *range(300), *range(1 << 39, (1 << 39) + 300)])
    found = layer.hits(hashes, 1)
    assert [hits.count for hits in found] == [COUNTS.get(hash_, 0) for hash_ in hashes.tolist()]
    assert layer.hits(hashes[:0], 1) == []


@pytest.mark.parametrize("most", [1, 2, GROUP_ROWS - 2, GROUP_ROWS, GROUP_ROWS * 2])
def test_all_are_counted_and_the_first_are_read(layer: Layer, most: int) -> None:
    for hash_, count in COUNTS.items():
        hits = hits_of(layer, hash_, most)
        assert hits.count == count
        assert hits.documents.tolist() == list(range(0, 2 * min(most, count), 2))


def test_an_index_by_other_rules_is_refused(tmp_path: Path) -> None:
    store = Store.at(tmp_path)
    write_documents(store, "index", [])
    store.write(
        index_name("index", 0),
        Path(store.path("index/documents.parquet")).read_bytes().replace(b"splitmix64", b"splitmix65"),
    )
    with pytest.raises(ValueError, match="build it again"):
        Layer(store, "index")


def test_a_file_of_another_index_is_refused(tmp_path: Path) -> None:
    store = Store.at(tmp_path)
    write_documents(store, "index", [])
    for number, bits in enumerate((1, 2)):
        merge(store, [], number, "index", layout=Layout(bits, 20), memory_bytes=1 << 30)
    layer = Layer(store, "index")
    assert hits_of(layer, 0, 1).count == 0
    with pytest.raises(ValueError, match="to be of one index"):
        hits_of(layer, (1 << 40) - 1, 1)
