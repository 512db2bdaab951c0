"""Fingerprints tell documents apart as the recipe asks."""

from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.dedup.fingerprint import FINGERPRINT, fingerprints
from pipelines.dedup.minhash import MinHash, signatures
from pipelines.dedup.settings import Dedup
from tests.naive_minhash import packed, words

WHEN = datetime(2026, 7, 20, tzinfo=UTC)


def rows(texts: list[str], **columns: list[object]) -> pa.Table:
    """Lay out what the ledger knows of some texts."""
    count = len(texts)
    known: dict[str, pa.Array | list[object]] = {
        "id": [f"id{number}" for number in range(count)],
        "url": pa.nulls(count, pa.string()),
        "offset": list(range(count)),
        "date": pa.array([WHEN] * count, pa.timestamp("s", tz="UTC")),
        "dump": ["CC-MAIN-2026-30"] * count,
        "text_bytes": [len(text.encode()) for text in texts],
        "text_digest": [f"{number:032x}" for number in range(count)],
        "stated_licence": pa.nulls(count, pa.string()),
        "licence_disagreement": pa.nulls(count, pa.bool_()),
    }
    return pa.table(known | columns)


def told(texts: list[str], dedup: Dedup | None, **columns: list[object]) -> pa.Table:
    places = pa.array(range(10, 10 + len(texts)), pa.int64())
    found = fingerprints(rows(texts, **columns), pa.array(texts, pa.string()), places, dedup)
    assert found.schema == FINGERPRINT
    assert found["row"].to_pylist() == list(range(10, 10 + len(texts)))
    return found


def test_addresses_of_one_page_have_one_digest() -> None:
    urls: list[object] = ["http://a.example/x", "https://A.example/x#top", "https://a.example/y", None]
    digests = told(["a"] * 4, None, url=urls)["url_digest"].to_pylist()
    assert digests[0] == digests[1] != digests[2]
    assert digests[3] is None


def test_texts_are_told_by_what_the_ledger_says_of_them() -> None:
    assert told(["a", "b"], None)["text_digest"].to_pylist() == [bytes(16), bytes(15) + b"\1"]


@given(st.lists(st.text(st.sampled_from("aAbéÉ 1,.\n漢字ไทย'-")), max_size=6))
def test_texts_of_the_same_words_have_one_digest(texts: list[str]) -> None:
    digests = told(texts, Dedup(exact=("words",)))["words_digest"].to_pylist()
    for text, digest in zip(texts, digests, strict=True):
        assert (digest is None) == (not words(text))
        assert [one == digest for one in digests] == [words(other) == words(text) for other in texts]


def test_words_are_digested_only_where_the_recipe_asks() -> None:
    assert told(["a"], Dedup())["words_digest"].null_count == 1
    assert told(["a"], None)["words_digest"].null_count == 1


def test_signatures_are_those_of_the_recipe() -> None:
    texts = ["a text of more than five words in all", "", "-"]
    found = told(texts, Dedup(minhash=MinHash(bands=4, rows=3)))["signature"].to_pylist()
    values, _ = signatures(*packed(texts), MinHash(bands=4, rows=3))
    assert np.array_equal(np.frombuffer(found[0], np.uint32), values[0])
    assert found[1:] == [None, None]
    assert told(texts, Dedup())["signature"].null_count == 3


@pytest.mark.parametrize(
    ("licence", "disputed", "rank"),
    [("CC-BY-4.0", False, 1), ("CC-BY-4.0", None, 1), ("CC-BY-4.0", True, None), (None, None, None)],
)
def test_a_disputed_licence_is_not_ranked(licence: object, disputed: object, rank: object) -> None:
    found = told(["a"], None, stated_licence=[licence], licence_disagreement=[disputed])
    assert found["license"].to_pylist() == [rank]
