"""Jaccard similarity is that of sets of shingles."""

from itertools import combinations_with_replacement, pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.dedup.jaccard import jaccard, shingle_sets
from pipelines.dedup.minhash import MinHash, signatures
from pipelines.dedup.profiles import PROFILES
from tests import naive_minhash as naive

SMALL = MinHash(ngram=2)
TEXTS = st.lists(st.one_of(st.text(max_size=40), st.text("ab中กิ ", max_size=60)), min_size=1, max_size=6)


def every_pair(count: int) -> np.ndarray:
    """Pair each with each, itself too."""
    return np.array(list(combinations_with_replacement(range(count), 2)))


@settings(deadline=None)
@given(TEXTS, st.sampled_from(["words", "characters"]))
def test_similarity_is_that_of_the_twin(texts: list[str], unit: str) -> None:
    """Of every pair, exactly."""
    minhash = SMALL.model_copy(update={"unit": unit})
    pairs, sets = every_pair(len(texts)), [naive.shingles(text, 2, unit) for text in texts]
    expected = [naive.jaccard(sets[i], sets[j]) if sets[i] and sets[j] else 0 for i, j in pairs]
    found = jaccard(*shingle_sets(*naive.packed(texts), minhash), pairs)
    assert found.dtype == np.float32
    assert found.tolist() == np.array(expected, np.float32).tolist()


@settings(deadline=None)
@given(TEXTS)
def test_sets_are_ascending_and_whole(texts: list[str]) -> None:
    """A shingle that comes twice is there once; one row of firsts for each text."""
    hashes, firsts = shingle_sets(*naive.packed(texts), SMALL)
    assert np.diff(firsts).tolist() == [len(naive.shingles(text, 2)) for text in texts]
    for first, last in pairwise(firsts):
        own = hashes[first:last]
        assert (own[1:] > own[:-1]).all()


def test_slices_of_a_batch_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many texts are worked on at a time."""
    texts = naive.packed(["some words of a text " * 3, "", "more", "of a text and more", "end"])
    whole = shingle_sets(*texts, SMALL)
    monkeypatch.setattr("pipelines.dedup.shingles._AT_ONCE", 8)
    for one, other in zip(whole, shingle_sets(*texts, SMALL), strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_text_without_shingles_is_like_no_other() -> None:
    """Not even like another one without."""
    assert jaccard(*shingle_sets(*naive.packed(["", "a", "!"]), SMALL), every_pair(3)).tolist() == [0, 0, 0, 1, 0, 0]


def test_no_texts_and_no_pairs() -> None:
    """Nothing is no special case."""
    hashes, firsts = shingle_sets(*naive.packed([]), SMALL)
    assert firsts.tolist() == [0]
    assert jaccard(hashes, firsts, np.empty((0, 2), np.int64)).shape == (0,)


@pytest.mark.parametrize("pair", [(0, 2), (-1, 0)])
def test_a_pair_of_texts_that_there_are_not_is_refused(pair: tuple[int, int]) -> None:
    """The kernel would read somewhere else."""
    sets = shingle_sets(*naive.packed(["a", "b"]), SMALL)
    with pytest.raises(IndexError, match="expected texts 0 to 1"):
        jaccard(*sets, np.array([pair]))


@pytest.mark.parametrize("name", PROFILES)
def test_every_profile_compares_the_shingles_that_it_signs(name: str) -> None:
    """The share of equal values is the similarity, but for chance."""
    if MinHash(profile=name).packages:
        pytest.importorskip("spacy", reason="spaCy parts texts as datatrove does")
    words = [f"word{number}" for number in range(300)]
    texts = naive.packed([" ".join(words), " ".join(words[60:])])
    minhash = MinHash(profile=name, ngram=1, bands=128, rows=8)
    values, _ = signatures(*texts, minhash)
    similarity = jaccard(*shingle_sets(*texts, minhash), np.array([[0, 1]]))[0]
    # One by one: datatrove makes of any number within a word a zero.
    expected = 1.0 if name.startswith("fineweb") else 0.8
    assert similarity == pytest.approx(expected)
    assert (values[0] == values[1]).mean() == pytest.approx(expected, abs=0.05)


@pytest.mark.parametrize("name", ["edits", "versions", "articles"])
def test_similarity_is_the_given_one(shared_data: Path, name: str) -> None:
    """Exactly, but where tokens are taken otherwise."""
    from tests.pipelines.dedup.test_minhash import truth  # noqa: PLC0415  # only where there is such data

    pairs = truth(shared_data, name)
    found = jaccard(*shingle_sets(*naive.packed(pairs.texts), MinHash()), np.stack([pairs.one, pairs.other], axis=1))
    differences = np.abs(found - pairs.jaccard)
    assert differences[pairs.plain].max() < 1e-6
    assert differences.mean() < 0.003
