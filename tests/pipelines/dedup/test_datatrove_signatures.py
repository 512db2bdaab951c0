"""Signatures of the profiles `fineweb` and `fineweb-2` are those of datatrove itself."""

import hashlib
import sys
import unicodedata
from importlib.resources import files
from importlib.util import module_from_spec, spec_from_file_location
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filters.kernels.spacy_shapes import LONGEST
from pipelines.dedup.minhash import MinHash, signatures
from pipelines.dedup.shingles import simplified_texts
from tests import naive_minhash as naive

text = pytest.importorskip("datatrove.utils.text", reason="datatrove simplifies texts with the package regex")
pytest.importorskip("spacy", reason="spaCy parts texts as datatrove does")

#: characters that Python knows, so that every package's Unicode tables say the same of them; and marks that are kept
#: and have an order of their own keep it here
KNOWN = st.characters(exclude_categories=["Cs", "Cn", "Mc"])
WORDS = st.sampled_from(
    [
        *("don't", "U.S.A.", "1.234,56", "12,5", "3.", ".5", "cannot", "5km", "can't've", "_x_", ":)"),
        *("http://a.b/c?d=1", "a@b.cd", "école", "e\u0301cole", "\u0301", "İstanbul", "한국어", "각", "中文", "ﬁ", "Å"),
        # Digits of other scripts, and what may part them; sigmas at ends; marks that are others decomposed; blanks.
        *("\u0663\u066b\u0661\u0664", "\uff11\uff12", "1\u23962", "\u2396"),
        *("\u0391\u03a3", "\u0391\u03a3.", "\u03a3", "\u03a3\u0391", "\u0391'\u03a3", "\u0391\u03a3\u0301\u0392"),
        *("\u037e", "\u1fef", "\u212b", "\u00a0", "\u3000", "\u200b", "\x00", "\x1c", "\x85"),
    ]
)
TEXTS = st.one_of(
    st.text(KNOWN, max_size=40),
    st.lists(st.one_of(WORDS, st.text("ab1.\u03a3\u03c3 \u0301,", max_size=6)), max_size=14).map(" ".join),
    st.lists(WORDS, max_size=8).map("".join),
)


def stage_one(hashed: Any) -> Any:
    """Make datatrove's step; its package needs more than this file of it."""
    place = str(files("datatrove").joinpath("pipeline/dedup/minhash.py"))
    spec = spec_from_file_location("datatrove_minhash", place)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules["datatrove_minhash"] = module_from_spec(spec)
    spec.loader.exec_module(module)
    config = module.MinhashConfig(hash_config=module.HashConfig(precision=64, hash_fc="sha1"))
    step = module.MinhashDedupSignature("memory://signatures", config)
    if hashed is not None:
        # The newest xxhash does not take what datatrove 0.10 gives it.
        step._hash_func = hashed
    return step


#: by profile; FineWeb-2 hashes with xxHash64
STEPS = {"fineweb": stage_one(None), "fineweb-2": stage_one(lambda shingle: naive.xxh64(shingle.encode()))}


def theirs(step: Any, document: str) -> list[int] | None:
    """Sign one text, or do not."""
    shingles = step.get_shingles(document)
    return [value for band in step.get_signature(shingles) for value in band] if shingles.size else None


def ours(texts: list[str], profile: Any) -> list[list[int] | None]:
    """Sign texts."""
    values, found = signatures(*naive.packed(texts), MinHash(profile=profile))
    return [row if has else None for row, has in zip(values.tolist(), found.tolist(), strict=True)]


def simplified_alike(texts: list[str]) -> bool:
    """Compare with datatrove, text by text."""
    data, places = simplified_texts(*naive.packed(texts))
    return [data[i:j].tobytes().decode() for i, j in pairwise(places)] == list(map(text.simplify_text, texts))


@settings(deadline=None, max_examples=300)
@given(st.lists(TEXTS, max_size=4))
def test_texts_are_simplified_as_datatrove_does(texts: list[str]) -> None:
    """Lower case, numbers, marks, blanks and accents."""
    assert simplified_alike(texts)


def test_a_sigma_sees_past_what_it_is_not_told_by() -> None:
    """Letters and marks before it that are read many at a time, and such that are read alone, in any order."""
    befores = ["", "A", "long words A", "1", "A.", "A'.:", "A ", "A' ", "\u0391", "\u0391."]
    marks = ["", "\u0301", "\u00ad", "\u0301.\u00ad'", "\u0301 "]
    afters = ["", "'", " and some more words", "\u0301b", "'.b"]
    assert simplified_alike([f"x {''.join(parts)}" for parts in product(befores, marks, "\u03a3", afters)])


def test_letters_read_many_at_a_time_are_simplified_as_datatrove_does() -> None:
    """Words of all lengths, what stands after each of eight letters, at every distance from the end."""
    points = [chr(point) for point in range(0x100)]
    for form in ("one{} two three", "Some more{}{}wordS and 7", "{0}a longerword{0}", "x{}{}{}1 to the end"):
        assert simplified_alike([form.format(one, one, one) for one in points]), form
    words = ["aBcDeFgHiJkLmNoPq"[:size] for size in range(18)]
    assert simplified_alike([f"{gap}{one}{gap}{two}{gap}" for one in words for two in words for gap in (" ", "- ")])


def test_every_character_is_simplified_as_datatrove_does() -> None:
    """Alone, between letters and after a number; marks that are kept too."""
    every = [chr(point) for point in range(0x110000) if unicodedata.category(chr(point)) not in {"Cs", "Cn", "Co"}]
    for form in ("{}", "a{}b", "1{}2", "A{}\u03a3"):
        texts = [form.format(one) for one in every]
        data, places = simplified_texts(*naive.packed(texts))
        found = [data[i:j].tobytes() for i, j in pairwise(places)]
        wrong = [t for t, one in zip(texts, found, strict=True) if one.decode() != text.simplify_text(t)]
        assert not wrong, form


@pytest.mark.parametrize("profile", ["fineweb", "fineweb-2"])
@settings(deadline=None, max_examples=60)
@given(texts=st.lists(TEXTS, max_size=4))
def test_signatures_are_those_of_datatrove(profile: str, texts: list[str]) -> None:
    """To the bit; and a text that is too short has none."""
    texts = [t for t in texts if all(len(chunk.encode()) <= LONGEST for chunk in t.split())]
    assert ours(texts, profile) == [theirs(STEPS[profile], document) for document in texts]


@pytest.mark.parametrize("profile", ["fineweb", "fineweb-2"])
def test_signatures_of_real_texts_are_those_of_datatrove(shared_data: Path, profile: str) -> None:
    """In many languages."""
    from tests.pipelines.dedup.test_minhash import rows  # noqa: PLC0415  # only where there are such texts

    documents = [row["text"][:3000] for row in rows(shared_data / "dup_truth/edits/docs.jsonl.zst")[::40]]
    found = ours(documents, profile)
    assert found == [theirs(STEPS[profile], document) for document in documents]
    assert sum(one is not None for one in found) > 100


def test_a_short_text_has_no_signature() -> None:
    """Four words are no shingle of five."""
    assert ours(["one two three four", "one two three four five", ""], "fineweb")[::2] == [None, None]


def test_other_numbers_are_those_of_datatrove() -> None:
    """Another seed, other bands, other shingles."""
    config = STEPS["fineweb"].config
    own = type(config)(n_grams=3, num_buckets=3, hashes_per_bucket=5, seed=7, hash_config=config.hash_config)
    step = type(STEPS["fineweb"])("memory://signatures", own)
    document = "the quick brown fox jumps over the lazy dog"
    minhash = MinHash(profile="fineweb", ngram=3, bands=3, rows=5, seed=7)
    assert signatures(*naive.packed([document]), minhash)[0].tolist() == [theirs(step, document)]


@pytest.mark.parametrize("language", ["fr", "xx"])
def test_other_languages_are_parted_as_datatrove_does(language: str) -> None:
    """By spaCy's rules for them, or by those for any."""
    tokenizers = pytest.importorskip("datatrove.utils.word_tokenizers", reason="datatrove parts texts with it")
    step = type(STEPS["fineweb"])("memory://signatures", STEPS["fineweb"].config)
    step.word_tokenizer = tokenizers.SpaCyTokenizer(language)
    document = "Aujourd'hui, l'été n'est-il pas là\u00a0? Qu'en dis-tu, grand-mère\u00a0: 3,5\u00a0km"
    minhash = MinHash(profile="fineweb", language=language)
    assert signatures(*naive.packed([document]), minhash)[0].tolist() == [theirs(step, document)]


@given(st.lists(st.binary(max_size=12), max_size=4))
@settings(deadline=None)
def test_bytes_that_are_not_text_are_simplified_without_fault(contents: list[bytes]) -> None:
    """Within their room, and the same for the same bytes."""
    offsets = np.concatenate(([0], np.cumsum([len(content) for content in contents]))).astype(np.int64)
    data = np.frombuffer(b"".join(contents), np.uint8)
    found, places = simplified_texts(data, offsets)
    assert (np.diff(places) <= 3 * np.diff(offsets)).all()
    assert hashlib.sha1(found).digest() == hashlib.sha1(simplified_texts(data.copy(), offsets)[0]).digest()  # noqa: S324  # no secret
