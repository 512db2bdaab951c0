"""A filter knows what it was given, and takes as much else for known as it says."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filters.document import documents
from filters.texts import Texts
from pipelines.dedup.bloom import BloomFilter, BloomSize
from pipelines.dedup.cuts import cut
from pipelines.dedup.kernels import bloom_bits
from pipelines.dedup.known_ngrams import KnownNgrams, known_ngrams
from pipelines.dedup.passages import Lines, passages, text_hashes
from pipelines.store import Store
from tests import naive_bloom as naive
from tests import naive_passages

#: no chance of a false positive, with a few hundred items
AMPLE = BloomSize.of(10_000, 1e-12)
TOKENS = st.sampled_from(["a", "b", "cd", "e.", "é", "'", "a b c d", "a b e."])
TEXTS = st.lists(
    st.lists(st.lists(TOKENS, max_size=6).map(" ".join), min_size=1, max_size=6).map("\n".join), max_size=6
)
HASHES = st.lists(st.integers(0, naive.ONES), max_size=40)


def batch(values: list[str]) -> Texts:
    """Lay texts out as a batch that does not begin where its bytes do."""
    return Texts(documents(["before", *values]).slice(1))


def random_hashes(count: int, seed: int) -> np.ndarray:
    """Draw different hashes; those of two seeds have none in common, as good as surely."""
    return np.random.default_rng(seed).integers(0, 1 << 64, count, np.uint64)


@given(HASHES, HASHES, st.integers(1, 40), st.integers(1, 12))
def test_bits_are_those_of_the_twin(first: list[int], then: list[int], words: int, probes: int) -> None:
    """A filter this small takes much for known, and the same as its twin."""
    bloom, twin = BloomFilter(BloomSize(64 * words, probes)), naive.Filter(64 * words, probes)
    known = bloom.put(np.array(first, np.uint64)).tolist()
    assert known == [twin.put(one) for one in first]
    assert bloom.knows(np.array(then, np.uint64)).tolist() == [twin.knows(one) for one in then]
    assert bloom.items == known.count(False)
    assert bloom.bits_set == len(twin.set)
    assert bloom.rate == pytest.approx((len(twin.set) / (64 * words)) ** probes)


@given(st.integers(0, naive.ONES), st.integers(1, naive.ONES))
def test_places_are_scaled_exactly(place: int, bits: int) -> None:
    """Also in a filter of more bits than 32-bit numbers count."""
    assert int(bloom_bits.scaled(np.uint64(place), np.uint64(bits))) == place * bits >> 64


@pytest.mark.parametrize("rate", [0.3, 0.05, 0.01, 0.001])
def test_false_positives_are_as_many_as_stated(rate: float) -> None:
    """Before and while it fills: within four standard deviations of a count of that chance."""
    bloom = BloomFilter(BloomSize.of(100_000, rate))
    asked = random_hashes(400_000, seed=2)
    for share in (0.5, 1.0):
        bloom.put(random_hashes(100_000, seed=1)[: int(share * 100_000)])
        found = int(bloom.knows(asked).sum())
        for stated in (bloom.rate, bloom.size.rate(int(share * 100_000))):
            expected = stated * len(asked)
            assert abs(found - expected) < 4 * math.sqrt(expected)
    assert bloom.rate == pytest.approx(rate, rel=0.05)


def test_what_was_put_in_is_known() -> None:
    """Always, also in a filter that is fuller than it was made for."""
    bloom, hashes = BloomFilter(BloomSize.of(1000, 0.01)), random_hashes(5000, seed=3)
    bloom.put(hashes)
    assert bloom.knows(hashes).all()
    assert bloom.put(hashes).all()
    assert bloom.rate > 0.5


@pytest.mark.parametrize(("items", "rate"), [(1, 0.5), (1000, 0.01), (10**9, 0.001), (10**11, 1e-6), (7, 0.99)])
def test_the_size_is_the_smallest(items: int, rate: float) -> None:
    """It keeps what it promises, and with 64 bits less, and any number of probes, it would not."""
    size = BloomSize.of(items, rate)
    assert size.rate(items) <= rate * (1 + 1e-9)
    smaller = size.bits - 64
    assert not smaller or all((-math.expm1(-k * items / smaller)) ** k > rate for k in range(1, 60))
    assert size.bytes * 8 == size.bits


@pytest.mark.parametrize(("items", "rate"), [(0, 0.01), (-1, 0.01), (10, 0), (10, 1), (10, -0.5)])
def test_sizes_that_make_no_sense_are_refused(items: int, rate: float) -> None:
    """No items, or a rate that is none."""
    with pytest.raises(ValueError, match="expected at least one item"):
        BloomSize.of(items, rate)


def test_a_filter_goes_on_where_it_was_saved(tmp_path: Path) -> None:
    """Saved and loaded in between it says the same, and its bytes are the same."""
    store, hashes = Store.at(tmp_path), random_hashes(3000, seed=4) % np.uint64(2000)
    whole, part = (BloomFilter(BloomSize.of(1000, 0.01)) for _ in range(2))
    wanted = whole.put(hashes)
    first = part.put(hashes[:1500])
    part.save(store, "filter")
    again = BloomFilter.load(store, "filter")
    assert again.items == part.items
    np.testing.assert_array_equal(np.concatenate([first, again.put(hashes[1500:])]), wanted)
    whole.save(store, "whole")
    again.save(store, "again")
    assert store.read("whole") == store.read("again")


@pytest.mark.parametrize("spoil", [lambda b: b[:-1], lambda b: b + b"x", lambda b: b"x" + b[1:], lambda b: b[:9]])
def test_other_files_are_refused(tmp_path: Path, spoil: object) -> None:
    """Cut short, too long, or something else."""
    store = Store.at(tmp_path)
    BloomFilter(BloomSize.of(1000, 0.01)).save(store, "filter")
    store.write("spoilt", spoil(store.read("filter")))
    with pytest.raises(ValueError, match="not a Bloom filter"):
        BloomFilter.load(store, "spoilt")


@settings(max_examples=100)
@given(TEXTS, st.integers(1, 3), st.integers(0, 2), st.sampled_from([0, 0.5, 0.75, 0.8, 1]))
def test_known_ngrams_are_those_of_the_twin(values: list[str], fewest: int, more: int, threshold: float) -> None:
    """Paragraph by paragraph, with an exact set in place of the filter."""
    sizes = (fewest, fewest + more)
    for remove in ("paragraph", "document", "old-both"):
        rule = KnownNgrams(remove=remove, min_ngram=fewest, max_ngram=fewest + more, threshold=threshold)
        given, seen, bloom = batch(values), set(), BloomFilter(AMPLE)
        found = known_ngrams(given, bloom, rule)
        twins = [naive.sifted(value, seen, sizes, threshold, whole=remove == "document") for value in values]
        assert found.ngrams.tolist() == [total for _, total, _ in twins]
        assert found.known.tolist() == [known for _, _, known in twins]
        gone = [total > 0 and known / total > threshold and remove != "paragraph" for _, total, known in twins]
        assert found.dropped.tolist() == gone
        left, _ = cut(given, found.parts)
        parts = [[] if remove == "document" else goes for goes, _, _ in twins]
        assert left.column.to_pylist() == [naive_passages.without(*pair) for pair in zip(values, parts, strict=True)]
        assert bloom.items == len(seen)


def test_batches_make_no_difference() -> None:
    """Only the order of documents does."""
    values = ["a b c d\ne f g", "a b c d", "e f g\nx y z", "x y z"]
    rule = KnownNgrams(min_ngram=2, max_ngram=3)
    once, parted = BloomFilter(AMPLE), BloomFilter(AMPLE)
    together = known_ngrams(batch(values), once, rule)
    first, then = (known_ngrams(batch(half), parted, rule) for half in (values[:2], values[2:]))
    assert together.dropped.tolist() == [*first.dropped.tolist(), *then.dropped.tolist()] == [False, True, False, True]
    np.testing.assert_array_equal(once.words, parted.words)


def test_exactly_the_threshold_stays() -> None:
    """As in BFF, whose paper says at least: four of five known n-grams are not more than 0.8."""
    bloom = BloomFilter(AMPLE)
    rule = KnownNgrams(min_ngram=1, max_ngram=1, threshold=0.8)
    known_ngrams(batch(["a b c d"]), bloom, rule)
    assert known_ngrams(batch(["a b c d e"]), bloom, rule).dropped.tolist() == [False]


def test_whole_documents_and_paragraphs_by_their_hash() -> None:
    """As Dolma asks for them: what a filter knows is repeated."""
    bloom = BloomFilter(AMPLE)
    assert bloom.put(text_hashes(batch(["a\nb", "c", "a\nb", ""]))).tolist() == [False, False, True, False]
    found = passages(batch(["b\na", "a\n\nb"]), Lines())
    assert BloomFilter(AMPLE).put(found.hash).tolist() == [False, False, True, True]


@pytest.mark.parametrize("wrong", [{"min_ngram": 14}, {"min_ngram": 0}, {"threshold": 1.1}, {"remove": "both"}])
def test_numbers_that_make_no_sense_are_refused(wrong: dict[str, object]) -> None:
    """Also fewest tokens that are more than the most."""
    with pytest.raises(ValueError, match="validation error"):
        KnownNgrams(**wrong)
