"""Candidates are compared by their texts, however few of them memory holds."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.dedup.keys import SHARD_BITS
from pipelines.dedup.minhash import MinHash
from pipelines.dedup.true_similarity import TrueSimilarity
from pipelines.store import Store
from pipelines.table import TableFile
from tests.naive_minhash import jaccard, shingles

SCHEMA = pa.schema([("id", pa.string()), ("text", pa.string())])
TEXTS = [
    [" ".join(f"w{(7 * row + 3 * shard) % 23 + word}" for word in range(12)) for row in range(9)] + ["", "short text"]
    for shard in range(3)
]
DOCUMENTS = [(shard << SHARD_BITS) | row for shard, texts in enumerate(TEXTS) for row in range(len(texts))]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    made = Store.at(tmp_path_factory.mktemp("texts"))
    for shard, texts in enumerate(TEXTS):
        # Row groups of four, so that a shard has several.
        with TableFile(made, f"living/{shard}.parquet", SCHEMA, 4) as file:
            file.write(pa.table({"id": [str(row) for row in range(len(texts))], "text": texts}, SCHEMA))
    return made


def naive(one: int, other: int) -> float:
    sets = [shingles(TEXTS[document >> SHARD_BITS][document & 0xFFFF], 3) for document in (one, other)]
    return jaccard(*sets) if all(sets) else 0.0


@settings(deadline=None, max_examples=30)
@given(
    pairs=st.lists(st.tuples(st.sampled_from(DOCUMENTS), st.sampled_from(DOCUMENTS)), max_size=30),
    least=st.sampled_from([0.1, 0.5, 0.9, 1.0]),
    memory=st.sampled_from([0, 300, 1 << 20]),
)
def test_pairs_are_compared_as_sets_are(store: Store, pairs: list[tuple[int, int]], least: float, memory: int) -> None:
    similar = TrueSimilarity(store, lambda shard: f"living/{shard}.parquet", MinHash(ngram=3), least, memory)
    given_pairs = np.array(pairs, np.int64).reshape(-1, 2)
    expected = [np.float32(naive(one, other)) >= np.float32(least) for one, other in pairs]
    assert similar(given_pairs).tolist() == expected
    # And again, with whatever it remembers now.
    assert similar(given_pairs[::-1]).tolist() == expected[::-1]
