"""The model that comes with Vitrine is the one that its name and card say, and is as good as the docs say."""

import hashlib
import json
from importlib.resources import files
from pathlib import Path
from statistics import mean

import numpy as np

from benchmarks.extraction.score import score_words
from benchmarks.extraction.truth import SEEN, Bodies, read_truth
from benchmarks.extraction.words import words
from pipelines.charset import decode
from pipelines.extraction.engine import extractor
from pipelines.extraction.kernels.context import CONTEXT
from pipelines.extraction.kernels.features import FEATURES
from pipelines.extraction.kernels.hints import BIAS, BITS
from pipelines.extraction.kernels.keys import key_of
from pipelines.extraction.kernels.layout import KIND_COMMENTS
from pipelines.extraction.model import bundled, hint_table
from pipelines.http import Fault

MODELS = Path(str(files("pipelines.extraction"))) / "models"


def test_the_file_is_named_by_its_digest_and_the_card_tells_its_sources() -> None:
    (place,) = MODELS.glob("*.npz")
    digest = hashlib.sha256(place.read_bytes()).hexdigest()
    card = json.loads(place.with_suffix(".json").read_text())
    assert place.stem == f"main_text-{digest[:12]}"
    assert digest == card["file_sha256"] == bundled().digest
    assert set(card["pages"]) == SEEN
    assert all(source["licence"] for source in card["pages"].values())


def test_the_forests_ask_about_what_is_measured() -> None:
    model = bundled()
    assert model.first.features.max() < len(FEATURES)
    assert model.second.features.max() < len(FEATURES) + len(CONTEXT)
    assert (model.second.features >= len(FEATURES)).any()
    assert np.isfinite(model.second.leaves).all()


def test_a_table_of_hints_holds_weights_and_cues() -> None:
    table = hint_table({key_of("main-text"): -300, key_of("comments"): 17})
    keys, values = table.reshape(2, -1).tolist()
    found = {key: value for key, value in zip(keys, values, strict=True) if key}
    assert found[key_of("main-text")] == BIAS - 300
    assert found[key_of("comments")] == BIAS + 17 | KIND_COMMENTS << BITS


def test_pages_of_sources_that_it_never_saw(shared_data: Path) -> None:
    pages = [
        page
        for page in read_truth(shared_data / "extract_truth.jsonl.zst")
        if page.headline and page.source not in SEEN
    ]
    bodies, scores = Bodies(shared_data / "pages"), list[float]()
    for page in pages[::20]:
        decoded = decode(*bodies.read(page.html))
        assert not isinstance(decoded, Fault)
        text = extractor().extract(decoded[0].encode("utf-8", "replace"))
        scores.append(score_words(words(text), words(page.truth or "")).f1)
    assert len(scores) > 90
    assert mean(scores) > 0.89
