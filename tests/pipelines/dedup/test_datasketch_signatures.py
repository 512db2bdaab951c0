"""Signatures of the profile `datasketch` are datasketch's own, and are handed out as its objects."""

from typing import Any

import datasketch
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.dedup.lean import Scheme, lean
from pipelines.dedup.minhash import MinHash, signatures
from tests import naive_minhash as naive

TEXTS = st.lists(
    st.one_of(st.text(max_size=40), st.text("abçÇ中한ς Σ1._İกิȺ", max_size=60), st.text("ab ", max_size=400)), max_size=6
)
SCHEMES: dict[Any, Scheme] = {"datasketch": "affine32", "datasketch-1": "legacy"}


def theirs(text: str, minhash: MinHash) -> datasketch.MinHash:
    """Sign a text with datasketch."""
    chosen = minhash.resolved
    made = datasketch.MinHash(num_perm=chosen.values, seed=chosen.seed, scheme=SCHEMES[minhash.profile])
    made.update_batch([" ".join(one).encode() for one in naive.shingles(text, chosen.ngram, chosen.tokens)])
    return made


@pytest.mark.parametrize("profile", SCHEMES)
@settings(deadline=None)
@given(texts=TEXTS, unit=st.sampled_from(["words", "characters"]), seed=st.sampled_from([1, 42]))
def test_values_are_those_of_datasketch(profile: Any, texts: list[str], unit: Any, seed: int) -> None:
    """Version 2's orders and those before it; a text without shingles has none here."""
    minhash = MinHash(profile=profile, unit=unit, seed=seed, ngram=3, bands=4, rows=5)
    values, found = signatures(*naive.packed(texts), minhash)
    assert values.dtype == np.uint32
    expected = [theirs(text, minhash).hashvalues.tolist() for text in texts]
    assert values.tolist() == expected
    assert found.tolist() == [bool(naive.words(text, unit)) for text in texts]


def test_default_values_are_those_of_a_plain_minhash() -> None:
    """Whose orders nobody chose."""
    text = "a text of a few words more than five"
    made = datasketch.MinHash(num_perm=112, seed=1)
    made.update_batch([" ".join(one).encode() for one in naive.shingles(text, 5)])
    values, _ = signatures(*naive.packed([text]), MinHash(profile="datasketch"))
    assert values[0].tolist() == made.hashvalues.tolist()


@pytest.mark.parametrize("profile", SCHEMES)
def test_objects_are_those_of_datasketch(profile: Any) -> None:
    """They compare with what datasketch made of other texts, and can be searched for."""
    texts, minhash = (
        ["one two three four five six seven", "one two three four five six eight"],
        MinHash(profile=profile),
    )
    values, _ = signatures(*naive.packed(texts), minhash)
    objects = lean(values, 1, SCHEMES[profile])
    made = [theirs(text, minhash) for text in texts]
    assert objects[0] == datasketch.LeanMinHash(made[0])
    assert objects[0].jaccard(made[1]) == made[0].jaccard(made[1])
    index = datasketch.MinHashLSH(num_perm=112, params=(14, 8))
    index.insert("one", made[0])
    assert index.query(objects[0]) == ["one"]
