"""Signatures are those of the slow twin, and estimate what the theory says."""

import hashlib
import io
import json
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import datasketch
import numpy as np
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.dedup import minhash as m
from pipelines.dedup.minhash import MinHash
from pipelines.dedup.orders import random_orders
from tests import naive_minhash as naive

SMALL = MinHash(ngram=3, bands=2, rows=4)
#: any characters, and words of a few letters, so that shingles repeat
ODD = st.one_of(st.text(max_size=40), st.text("abçÇ中한ς Σ1._İกิန་", max_size=60))
TEXTS = st.lists(ODD, max_size=6)


@dataclass(frozen=True)
class Truth:
    """Documents, and every pair of them that is at all similar: two rows, and their Jaccard similarity."""

    texts: list[str]
    one: np.ndarray
    other: np.ndarray
    jaccard: np.ndarray

    @property
    def plain(self) -> np.ndarray:
        """Pairs without what the truth takes otherwise: scripts that have no spaces, and a capital I with a dot."""
        other = np.array(["İ" in text or any(map(naive.is_single, set(text))) for text in self.texts])
        return ~(other[self.one] | other[self.other])

    def found(self, signatures: np.ndarray) -> np.ndarray:
        """Say which pairs share a band."""
        hashes = m.band_hashes(signatures, MinHash())
        return (hashes[self.one] == hashes[self.other]).any(axis=1)


def rows(path: Path) -> list[dict[str, Any]]:
    """Read compressed lines of JSON."""
    with path.open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as stream:
        return [json.loads(line) for line in io.TextIOWrapper(stream, "utf-8")]


def truth(shared_data: Path, name: str) -> Truth:
    """Read one set of documents with its pairs."""
    folder = shared_data / "dup_truth" / name
    documents, pairs = rows(folder / "docs.jsonl.zst"), rows(folder / "pairs.jsonl.zst")
    at = {document["id"]: row for row, document in enumerate(documents)}
    ends = [np.array([at[pair[end]] for pair in pairs]) for end in "ab"]
    return Truth([d["text"] for d in documents], *ends, np.array([pair["jaccard"] for pair in pairs]))


@pytest.fixture(scope="module")
def edits(shared_data: Path) -> Truth:
    """Read texts and their edited copies."""
    return truth(shared_data, "edits")


@settings(deadline=None)  # the kernel compiles once
@given(TEXTS, st.sampled_from(["words", "characters", "joined"]))
def test_signatures_are_those_of_the_twin(texts: list[str], unit: str) -> None:
    """Token by token, shingle by shingle, also for texts without any."""
    own: dict[str, Any] = {"profile": "dolma-3"} if unit == "joined" else {"unit": unit}
    minhash = SMALL.model_copy(update=own)
    assert minhash.resolved.tokens == unit
    signatures, found = m.signatures(*naive.packed(texts), minhash)
    twins = [naive.signature(text, minhash) for text in texts]
    assert found.tolist() == [twin is not None for twin in twins]
    assert [row.tolist() for row, has in zip(signatures, found, strict=True) if has] == [t for t in twins if t]


@pytest.mark.parametrize("unit", ["words", "characters"])
def test_more_shingles_than_a_block(unit: Any) -> None:
    """A long text is worked through in blocks; none of its shingles is lost."""
    text, minhash = " ".join(str(number) for number in range(1300)), SMALL.model_copy(update={"unit": unit})
    signatures, _ = m.signatures(*naive.packed(["a", text, "b"]), minhash)
    assert signatures[1].tolist() == naive.signature(text, minhash)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The quick, brown fox!", "the  QUICK\nbrown fox"),
        ("ΛΟΓΟΣ ΣΟΦΟΣ", "λογος σοφος"),
        ("中文 文本。", "中文文本"),
        ("Go語", "go 語"),
        ("ภาษาไทย", "ภาษา ไทย"),
    ],
)
def test_what_makes_no_difference(one: str, other: str) -> None:
    """Case, spacing and punctuation, and spaces about characters that need none."""
    signatures, _ = m.signatures(*naive.packed([one, other]), MinHash())
    assert (signatures[0] == signatures[1]).all()


@pytest.mark.parametrize(
    ("one", "other"), [("version 10", "version 11"), ("a b", "b a"), ("ab", "a b"), ("café", "cafe")]
)
def test_what_makes_a_difference(one: str, other: str) -> None:
    """Numbers are words like others, and order counts."""
    signatures, _ = m.signatures(*naive.packed([one, other]), MinHash())
    assert not (signatures[0] == signatures[1]).any()


@given(st.lists(st.binary(max_size=12), max_size=4))
@settings(deadline=None)
def test_bytes_that_are_not_text_are_signed_without_fault(contents: list[bytes]) -> None:
    """A file may hold such bytes in a column of text; the same ones have the same signature."""
    offsets = np.concatenate(([0], np.cumsum([len(content) for content in contents]))).astype(np.int64)
    data = np.frombuffer(b"".join(contents), np.uint8)
    once, again = m.signatures(data, offsets, SMALL), m.signatures(data.copy(), offsets, SMALL)
    np.testing.assert_array_equal(once[0], again[0])


def test_no_texts_have_no_signatures() -> None:
    """An empty batch is no special case."""
    signatures, found = m.signatures(*naive.packed([]), MinHash())
    assert signatures.shape == (0, 112)
    assert found.shape == (0,)
    assert m.band_hashes(signatures, MinHash()).shape == (0, 14)


def test_a_signature_stays_what_it_was() -> None:
    """Signatures lie in files: a changed one would no longer match those of an earlier run."""
    signatures, _ = m.signatures(*naive.packed(["A vitrine is the glass case of a museum.", "中文文本"]), MinHash())
    digest = hashlib.sha256(signatures.astype("<u4").tobytes() + m.band_hashes(signatures, MinHash()).tobytes())
    assert digest.hexdigest()[:16] == "36dfc45d4fbc5ff6"


def test_bands_hash_their_own_rows() -> None:
    """Equal bands have equal hashes, other bands or other places have others."""
    one = np.arange(8, dtype=np.uint32)
    hashes = m.band_hashes(np.stack([one, np.r_[one[:4], one[:4]], np.r_[one[4:], one[4:]]]), SMALL)
    assert hashes[0, 0] == hashes[1, 0]
    assert hashes[0, 1] == hashes[2, 1]
    assert len(np.unique(hashes)) == 4


def test_another_seed_gives_other_orders() -> None:
    """Every multiplier is odd, so that each order is one of all hashes."""
    one, other = random_orders(112, 1), random_orders(112, 2)
    assert len(np.unique(np.concatenate([one, other]))) == 448
    assert (one[0] & np.uint64(1)).all()


def test_texts_of_scripts_without_spaces_are_similar_by_their_characters() -> None:
    """One other word in a sentence of Thai, Khmer or Javanese: before, a sentence was one token or two."""
    for text, other in (("สวัสดี" * 8, "ครับ"), ("សួស្តី" * 8, "អរគុណ"), ("ꦱꦸꦒꦼꦁ" * 8, "ꦫꦮꦸꦃ")):
        changed = text + other
        signatures, _ = m.signatures(*naive.packed([text, changed]), MinHash())
        similarity = naive.jaccard(naive.shingles(text, 5), naive.shingles(changed, 5))
        assert (signatures[0] == signatures[1]).mean() == pytest.approx(similarity, abs=0.15)
        assert similarity > 0.4


def test_slices_of_a_batch_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many texts are worked on at a time, also when one is longer."""
    data, offsets = naive.packed(["some words of a text " * 3, "", "more", "a" * 50, "end"])
    whole = m.signatures(data, offsets[1:], SMALL)
    monkeypatch.setattr("pipelines.dedup.shingles._AT_ONCE", 8)
    parts = m.signatures(data, offsets[1:], SMALL)
    np.testing.assert_array_equal(whole[0], parts[0])
    np.testing.assert_array_equal(whole[1], parts[1])


@given(TEXTS)
def test_digest_is_blake2b_of_the_text(texts: list[str]) -> None:
    """128 bits of it."""
    data, offsets = naive.packed(texts)
    assert m.text_digests(data, offsets) == [hashlib.blake2b(t.encode(), digest_size=16).digest() for t in texts]


def test_estimate_is_unbiased(edits: Truth) -> None:
    """Averaged over seeds it is the similarity, and its spread is the binomial one."""
    packed, plain = naive.packed(edits.texts), edits.plain
    errors = []
    for seed in range(1, 5):
        signatures, _ = m.signatures(*packed, MinHash(seed=seed))
        equal = (signatures[edits.one] == signatures[edits.other]).mean(axis=1)
        errors.append((equal - edits.jaccard)[plain])
    spread = np.sqrt((edits.jaccard * (1 - edits.jaccard))[plain].mean() / 112)
    assert abs(np.mean(errors)) < 0.002
    assert np.sqrt(np.mean(np.square(errors))) == pytest.approx(spread, rel=0.05)


@pytest.mark.parametrize("name", ["edits", "versions", "articles"])
def test_similar_texts_are_found(shared_data: Path, name: str) -> None:
    """Nearly all at 0.8 and all at 0.9; candidates in each tenth are as many as the S-curve says."""
    pairs = truth(shared_data, name)
    signatures, _ = m.signatures(*naive.packed(pairs.texts), MinHash())
    found, expected = pairs.found(signatures), np.array([MinHash().resolved.chance(s) for s in pairs.jaccard])
    assert found[pairs.jaccard >= 0.8].mean() >= 0.99
    assert found[pairs.jaccard >= 0.9].mean() >= 0.999
    tenths = np.minimum(pairs.jaccard * 10 + 1e-9, 9).astype(int)
    for tenth in np.unique(tenths):
        inside = tenths == tenth
        assert found[inside].mean() == pytest.approx(expected[inside].mean(), abs=0.04), tenth


@pytest.mark.parametrize(("name", "least"), [("edits", 0.95), ("versions", 0.85), ("articles", 1)])
def test_found_texts_are_similar(shared_data: Path, name: str, least: float) -> None:
    """Candidates are rarely below 0.6: that share of them is at least as large as measured."""
    pairs = truth(shared_data, name)
    signatures, _ = m.signatures(*naive.packed(pairs.texts), MinHash())
    ends = zip(pairs.one.tolist(), pairs.other.tolist(), strict=True)
    jaccard = dict(zip((tuple(sorted(pair)) for pair in ends), pairs.jaccard, strict=True))
    similar = [jaccard.get(pair, 0) >= 0.6 for pair in candidates(m.band_hashes(signatures, MinHash()))]
    assert np.mean(similar) >= least


def candidates(hashes: np.ndarray) -> set[tuple[int, int]]:
    """Collect the pairs of rows that share a band."""
    groups = defaultdict(list)
    for row, bands in enumerate(hashes.tolist()):
        for band in bands:
            groups[band].append(row)
    return {pair for group in groups.values() for pair in combinations(group, 2)}


def test_candidates_are_as_many_as_those_of_datasketch(edits: Truth) -> None:
    """Its own hashes and permutations, the same bands: the same rate in each tenth within what chance allows."""
    some = slice(None, None, 8)
    pairs = Truth(edits.texts, edits.one[some], edits.other[some], edits.jaccard[some])
    used = np.unique(np.concatenate([pairs.one, pairs.other])).tolist()
    theirs = np.zeros((len(pairs.texts), 112), np.uint32)
    generator = datasketch.MinHash(num_perm=112, seed=1)
    for row in used:
        sketch = generator.copy()
        sketch.update_batch([" ".join(one).encode() for one in naive.shingles(pairs.texts[row], 5)])
        theirs[row] = sketch.hashvalues
    ours, _ = m.signatures(*naive.packed(pairs.texts), MinHash())
    for low in np.arange(0.3, 1, 0.1):
        inside = (pairs.jaccard >= low) & (pairs.jaccard < low + 0.1)
        rates = pairs.found(ours)[inside].mean(), pairs.found(theirs)[inside].mean()
        assert rates[0] == pytest.approx(rates[1], abs=0.1), low
    assert pairs.found(ours).mean() == pytest.approx(pairs.found(theirs).mean(), abs=0.02)
