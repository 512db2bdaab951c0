"""Bands of texts are those that deduplication finds near-duplicates by, and files say how they were made."""

from dataclasses import asdict, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.dedup.minhash import MinHash, band_hashes
from pipelines.dedup.profiles import PROFILES
from pipelines.passage_index.scheme import NUMBER_BITS, SCHEME
from pipelines.similar_index.bands import METADATA, BandScheme, band_postings
from tests import naive_minhash as naive

SMALL = MinHash(ngram=2, bands=3, rows=2)
TEXTS = st.lists(st.one_of(st.text(max_size=40), st.text("ab中กิ ", max_size=60)), max_size=6)


@settings(max_examples=40)
@given(TEXTS, st.integers(0, 1000), st.sampled_from(["words", "characters"]))
def test_postings_are_the_bands_of_the_twin(texts: list[str], first: int, unit: str) -> None:
    minhash = SMALL.model_copy(update={"unit": unit})
    scheme = BandScheme.by(minhash)
    expected: list[int] = []
    for row, text in enumerate(texts, first):
        signed = naive.signature(text, minhash)
        if signed is not None:
            hashes = band_hashes(np.array([signed], np.uint32), minhash)[0].tolist()
            expected += [(one >> 24 << (NUMBER_BITS - scheme.bits)) | row for one in hashes]
    assert sorted(band_postings(*naive.packed(texts), first, scheme).tolist()) == sorted(expected)


def test_rows_that_do_not_fit_are_refused() -> None:
    data, offsets = naive.packed(["a b c", "d e f"])
    scheme, last = BandScheme.by(SMALL), (1 << 23) - 1
    assert band_postings(data, offsets, last - 1, scheme).tolist()
    with pytest.raises(ValueError, match=r"at most 2\^23 texts"):
        band_postings(data, offsets, last, scheme)


@pytest.mark.parametrize("profile", list(PROFILES))
def test_a_file_says_how_its_texts_were_signed(profile: str) -> None:
    minhash = MinHash.model_validate({"profile": profile, "ngram": 3, "seed": 7, "verify": 0.7})
    found, facts = BandScheme.of(BandScheme.by(minhash).metadata({"number": 4}))
    assert facts == {"number": 4}
    assert replace(found.minhash.resolved, verify=None) == replace(minhash.resolved, verify=None)


@pytest.mark.parametrize("own", [{"unit": "characters"}, {"similarity": 0.7, "values": 64}, {"bands": 3, "rows": 5}])
def test_numbers_of_a_recipe_are_written_out(own: dict[str, object]) -> None:
    minhash = MinHash.model_validate(own)
    assert BandScheme.by(minhash).minhash.resolved == minhash.resolved


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"version": 2}, "version 1"),
        ({"profile": "another"}, "version 1"),
        ({"hash": "md5"}, "expected bands by the scheme"),
        ({"orders": "small"}, "expected bands by the scheme"),
        ({"bits": 32}, "expected bands by the scheme"),
        ({"bands": 0}, "greater than or equal to 1"),
    ],
)
def test_what_other_code_made_is_refused(changed: dict[str, object], message: str) -> None:
    scheme = BandScheme(**(asdict(BandScheme.by(MinHash())) | changed))
    with pytest.raises(ValueError, match=message):
        BandScheme.of(scheme.metadata({}))


@pytest.mark.parametrize("metadata", [None, {}, {b"other": b"1"}, SCHEME.metadata({})])
def test_a_file_of_something_else_is_refused(metadata: dict[bytes, bytes] | None) -> None:
    with pytest.raises(ValueError, match="without a scheme"):
        BandScheme.of(metadata)
    assert METADATA in BandScheme.by(MinHash()).metadata({})
