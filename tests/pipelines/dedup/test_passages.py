"""Passages are those of the slow twin, and of the programs that their kinds are named for."""

import importlib.util
import sys
from collections import defaultdict
from collections.abc import Hashable, Sequence
from pathlib import Path
from types import ModuleType

import datatrove.pipeline
import numpy as np
import pytest
from datatrove.data import Document
from datatrove.utils.hashing import HashConfig
from datatrove.utils.text import simplify_text
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from filters.document import documents
from filters.kernels.characters import CLASSES, CODE_POINTS, SINGLE
from filters.texts import Texts
from filters.units import Units
from pipelines.dedup.cuts import cut, occurrences, of_shard, repeats
from pipelines.dedup.kernels import passage_folds, passage_normal, passage_tokens
from pipelines.dedup.passages import Lines, Paragraphs, Passages, SentenceSpans, passages
from tests import naive_breaks
from tests import naive_passages as naive
from tests.odd import CHARACTERS, texts

OFTEN = "aAbé 1\uff12.,!?\n\r\t\u201c\u00a0\u0301\u03a3İ\u0e01가\u30ac\u4e2d\u2014\u1100\uff01\U0001d15e"
TEXTS = texts(OFTEN)
#: unequal ones that are near each other
NEAR = st.lists(
    st.lists(st.sampled_from(["Ab é", "ab é", "ab e\u0301", "AB 1", "ab 2!", "ab", " ", ""])).map("\n".join)
)


def batch(values: Sequence[str], **units: str) -> Texts:
    """Lay texts out as a batch, with another column's worth of bytes before them."""
    return Texts(documents(["before", *values]).slice(1), units=Units(**units))


def spelled(found: Passages, given: Texts) -> list[tuple[int, str]]:
    """Spell out the text of each passage, with the number of its document."""
    places = zip(found.text.tolist(), found.start.tolist(), found.end.tolist(), strict=True)
    return [(text, bytes(given.data[start:end]).decode()) for text, start, end in places]


def grouped(found: Passages, keys: Sequence[Hashable]) -> None:
    """Make sure that two passages have equal hashes if and only if their keys are equal."""
    pairs = [*zip(found.hash.tolist(), found.check.tolist(), strict=True)]
    assert len(pairs) == len(keys)
    assert len(set(pairs)) == len(set(keys)) == len(set(zip(pairs, keys, strict=True)))
    assert len(set(found.hash.tolist())) == len(set(found.check.tolist())) == len(set(keys))


def hashed(found: Passages, keys: list[str]) -> None:
    """Make sure that passages have the hashes of what they are to become, byte for byte."""
    data, offsets = naive_breaks.laid(keys)
    one, other, _ = passage_normal.raw_lines(data, offsets[:-1], offsets[1:], CLASSES)
    np.testing.assert_array_equal(found.hash, one)
    np.testing.assert_array_equal(found.check, other)


@given(TEXTS | NEAR)
def test_paragraphs_are_those_of_the_twin(values: list[str]) -> None:
    """Those that something is left of, equal where what is left of them is."""
    given = batch(values)
    found = passages(given, Paragraphs())
    wanted = [
        (text, value[start:end])
        for text, value in enumerate(values)
        for start, end in naive.lines(value)
        if naive.ccnet(value[start:end])
    ]
    assert spelled(found, given) == wanted
    hashed(found, [naive.ccnet(line) for _, line in wanted])


@given(TEXTS | NEAR, st.integers(0, 4), st.integers(0, 4))
def test_lines_are_those_of_the_twin(values: list[str], characters: int, words: int) -> None:
    """Those that are long enough and not blank, equal where they are, byte for byte."""
    given = batch(values)
    found = passages(given, Lines(min_characters=characters, min_words=words))
    wanted = [
        (text, value[start:end])
        for text, value in enumerate(values)
        for start, end in naive.lines(value)
        if not naive.is_blank(value[start:end])
        and end - start >= characters
        and len(naive.tokens(value[start:end])) >= words
    ]
    assert spelled(found, given) == wanted
    grouped(found, [line for _, line in wanted])


@given(TEXTS | NEAR, st.integers(1, 4))
def test_sentence_spans_are_those_of_the_twin(values: list[str], width: int) -> None:
    """Runs of sentences, from the first one's start to the last one's end."""
    given = batch(values, sentences="unicode")
    found = passages(given, SentenceSpans(sentences=width))
    keys, wanted = [], []
    for text, value in enumerate(values):
        parts = [part for line in value.split("\n") for part in naive_breaks.sentences(line)]
        for i in range(len(parts) - width + 1):
            key = " ".join(naive.simplified(part) for part in parts[i : i + width])
            if key.strip(" "):
                keys.append(key)
                wanted.append((text, parts[i], parts[i + width - 1]))
    hashed(found, keys)
    runs = zip(spelled(found, given), wanted, strict=True)
    assert all(text == owner and run.startswith(a) and run.endswith(b) for (text, run), (owner, a, b) in runs)


@given(st.lists(st.text(st.sampled_from("a1\uff12,. \u0301\u00e9!\u066b\uac00x"), max_size=12) | st.text(CHARACTERS)))
def test_each_sentence_is_simplified_as_the_twin_does(values: list[str]) -> None:
    """Numbers, marks, accents and blanks, also where they follow each other in odd ways."""
    data, offsets = naive_breaks.laid(values)
    fold, parts = passage_folds.simplified(), (offsets[:-1], offsets[1:], np.arange(len(offsets)))
    owner, first, one, other = passage_normal.spans(data, parts, 1, fold.values, fold.sequences)
    keys = [naive.simplified(value) for value in values]
    assert owner.tolist() == first.tolist() == [number for number, key in enumerate(keys) if key]
    hashed(Passages(owner, owner, owner, one, other), [key for key in keys if key])


@given(st.lists(st.text(CHARACTERS | st.sampled_from(OFTEN), max_size=30), min_size=1))
def test_the_twin_simplifies_as_datatrove(values: list[str]) -> None:
    """But for the final sigma."""
    for value in values:
        assert naive.simplified(value) == simplify_text(value).replace("\u03c2", "\u03c3")


def test_every_character_is_simplified_as_datatrove_does() -> None:
    """Each alone between two letters, if Unicode 14 knows it; of Han and Hangul every seventh."""
    fold = passage_folds.simplified()
    known = np.flatnonzero(CLASSES & ~np.uint8(SINGLE))
    points = [*known.tolist(), *np.flatnonzero(CLASSES & SINGLE)[::7].tolist(), *range(0xF900, 0xFB00)]
    wrong = [point for point in points if unfolded(fold, point) != simplify_text(f"x{chr(point)}x")[1:-1]]
    assert wrong == [0x3C2]


def unfolded(fold: passage_folds.Fold, point: int) -> str:
    """Say what a character becomes."""
    value = int(fold.values[point])
    if value <= passage_folds.SEVERAL:
        return "".join(chr(one) for one in fold.sequences[passage_folds.SEVERAL - value] if one)
    return {passage_folds.NOTHING: "", passage_folds.BLANK: " ", passage_folds.ZERO: "0"}.get(value) or (
        chr(value) if value >= 0 else ""
    )


def test_no_character_grows_more_than_the_buffer_allows() -> None:
    """Nor does a byte that is no character, which becomes U+FFFD."""
    assert len("\ufffd".encode()) <= passage_folds.GROWTH
    for fold in (passage_folds.simplified(), passage_folds.ccnet()):
        for point in np.flatnonzero(fold.values != np.arange(CODE_POINTS)).tolist():
            size = len(chr(point).encode())
            assert len(unfolded(fold, point).encode()) <= passage_folds.GROWTH * size


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("Read More »", "read more", False),
        ("«Read More»", "read more", True),
        ("Page 1 of 12", "page 7 of 34", True),
        ("Page 1", "Page 12", False),
        ("Stop!", "Stop", False),
        ("Café", "Cafe", False),
        ("İ", "i\u0307", True),
        ("\u0000a\u0085", "a", True),
    ],
)
def test_what_ccnet_takes_for_one(one: str, other: str, equal: bool) -> None:
    """As its program does, not as its paper says."""
    found = passages(batch([one, other]), Paragraphs())
    assert (found.hash[0] == found.hash[1]) is np.bool_(equal)


@settings(max_examples=50)
@given(st.lists(st.binary(max_size=30), max_size=4))
def test_bytes_that_are_not_text_are_read_without_fault(contents: list[bytes]) -> None:
    """A file may hold such bytes in a column of text; the same ones have the same passages."""
    given = batch([content.decode("latin-1") for content in contents])
    raw = given.data.copy()
    raw[raw >= 0xC2] |= 0x30
    raw.flags.writeable = False
    for kind in (Paragraphs(), Lines(min_characters=1, min_words=1), SentenceSpans(sentences=1)):
        once, again = (batch([""]) for _ in range(2))
        for one in (once, again):
            vars(one)["data"], vars(one)["offsets"] = raw, given.offsets
        np.testing.assert_array_equal(passages(once, kind).hash, passages(again, kind).hash)


@given(TEXTS)
def test_tokens_are_those_of_the_twin(values: list[str]) -> None:
    """All that stands between word boundaries, marks of punctuation too; equal ones have equal hashes."""
    data, offsets = naive_breaks.laid(values)
    start, hashes, firsts = passage_tokens.tokens(data, offsets)
    wanted = [naive.tokens(value) for value in values]
    assert np.diff(firsts).tolist() == [len(parts) for parts in wanted]
    flat = [part for parts in wanted for part in parts]
    assert all(bytes(data[i : i + len(part.encode())]).decode() == part for i, part in zip(start, flat, strict=True))
    assert len(set(hashes.tolist())) == len(set(flat)) == len(set(zip(hashes.tolist(), flat, strict=True)))


@given(st.lists(st.text(st.sampled_from(naive_breaks.WORD_SHOWN), max_size=30), max_size=4))
def test_tokens_follow_every_rule(values: list[str]) -> None:
    """A character of each class of UAX 29."""
    start = passage_tokens.tokens(*naive_breaks.laid(values))[0]
    places, before = [], 0
    for value in values:
        for segment in naive_breaks.word_segments(value):
            places += [] if naive.is_blank(segment) else [before]
            before += len(segment.encode())
    assert start.tolist() == places


def test_a_hash_stays_what_it_was() -> None:
    """Hashes lie in files: a changed one would no longer match those of an earlier run."""
    given = batch(["A vitrine is the glass case of a museum.\nIt is made of glass. Café 12.5!"])
    kinds = (Paragraphs(), Lines(), SentenceSpans(sentences=2))
    found = [passages(given, kind) for kind in kinds]
    assert [[f"{one:016x}" for one in (f.hash[0], f.check[0])] for f in found] == HASHES


HASHES = [
    ["af6c2409aeed6d98", "6af60111127c2eb5"],
    ["f3001ab7da877de6", "cf3923072e0331d5"],
    ["2226cdf833992745", "28778cb182ff1d2f"],
]


def test_no_texts_have_no_passages() -> None:
    """An empty batch is no special case, nor is an empty text."""
    for values in ([], [""], ["", ""]):
        for kind in (Paragraphs(), Lines(), SentenceSpans()):
            assert len(passages(batch(values), kind)) == 0


@pytest.mark.parametrize("wrong", [{"sentences": 0}, {"sentences": 65}, {"min_words": -1}, {"sentence": 3}])
def test_numbers_that_make_no_sense_are_refused(wrong: dict[str, int]) -> None:
    """So are unknown words."""
    with pytest.raises(ValidationError):
        SentenceSpans(**wrong)


def test_enough_is_left_as_datatrove_asks() -> None:
    """Fifty words and three sentences, of documents that were cut; an empty one never is enough."""
    long, short = "One two three four. " * 13, "One two three four."
    texts_left = batch([long, long, short, short, "", "word " * 60])
    cut = np.array([True, False, True, False, False, True])
    assert SentenceSpans().enough(texts_left, cut).tolist() == [True, True, False, True, False, False]


@pytest.fixture(scope="module")
def sentence_dedup() -> ModuleType:
    """Load datatrove's module without its neighbours, which ask for a package that is not needed here."""
    pytest.importorskip("spacy")
    name = "datatrove.pipeline.dedup.sentence_dedup"
    folder = Path(datatrove.pipeline.__file__).parent if datatrove.pipeline.__file__ else None
    assert folder is not None
    spec = importlib.util.spec_from_file_location(name, folder / "dedup" / "sentence_dedup.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


#: sentences in one line, since a sentence ends with its line here
SAID = [
    "The sea is blue.",
    "Das Meer ist BLAU!",
    "It is 3,141.5 m deep.",
    "It is 2 m deep…",
    "Ok.",
    "Yes; maybe?",
    "!",
    "É a.",
]
PROSE = st.lists(st.lists(st.sampled_from(SAID), max_size=9).map(" ".join), max_size=6)


@settings(max_examples=40)
@given(PROSE)
def test_sentence_spans_are_those_of_datatrove(sentence_dedup: ModuleType, values: list[str]) -> None:
    """Of each document the same spans begin at the same sentences, and the same ones are equal."""
    config = sentence_dedup.SentDedupConfig(hash_config=HashConfig(hash_fc="sha1"))
    theirs = sentence_dedup.SentenceDedupSignature("memory://", config=config)
    given = batch(values, sentences="spacy")
    found = passages(given, SentenceSpans())
    starts = given.sentences.firsts[found.text]
    ours = np.searchsorted(given.sentences.start, found.start) - starts
    hashes = [one for number, text in enumerate(values) for one in theirs.get_hashes(Document(text, "x"), number)]
    assert [(int(text), int(place)) for text, place in zip(found.text, ours, strict=True)] == [h[1:] for h in hashes]
    grouped(found, [h[0] for h in hashes])


@settings(max_examples=40)
@given(PROSE)
def test_what_is_left_is_what_datatrove_leaves(sentence_dedup: ModuleType, values: list[str]) -> None:
    """The first of equal spans stays, in the order of documents; the others go, with the space before them."""
    config = sentence_dedup.SentDedupConfig(hash_config=HashConfig(hash_fc="sha1"))
    theirs = sentence_dedup.SentenceDedupSignature("memory://", config=config)
    remover = sentence_dedup.SentenceDedupFilter("memory://", config=config)
    seen, gone = set(), defaultdict(list)
    for number, text in enumerate(values):
        for key, _, place in theirs.get_hashes(Document(text, "x"), number):
            if key in seen:
                gone[number].append(place)
            seen.add(key)
    wanted = [remover.remove_dup_sentences(Document(t, "x"), np.array(gone[n]))[0] for n, t in enumerate(values)]
    given, places = batch(values, sentences="spacy"), np.arange(len(values))
    rows = occurrences(passages(given, SentenceSpans()), given.offsets, places)
    left, _ = cut(given, of_shard(repeats(rows), given.offsets, places))
    assert left.column.to_pylist() == wanted
