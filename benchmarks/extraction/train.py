"""Makes the model that judges blocks of text, from pages whose main text humans marked.

Labels: the page's words are aligned with the truth's, and a block's label is the share of its words that are in it.
Where a truth is only snippets, a block that holds a wanted one is text, and one that holds an unwanted one is none.
Names of elements (`class`, `id`, `role`) get weights first: the log odds of main text under them, by host. Then a
forest is fitted to the blocks, and a second one that sees the first's scores around each block. Whatever a forest is
fitted to was worked out without the page's own fold, so that training meets what judging will.

    uv run --with catboost==1.2.10 python -m benchmarks.extraction.train OUT_FOLDER [--folds]
"""

import argparse
import hashlib
import io
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.extraction.align import block_labels
from benchmarks.extraction.folds import FOLDS, SEED, domain, folds
from benchmarks.extraction.truth import SEEN, Bodies, Page, read_truth
from pipelines.charset import decode
from pipelines.extraction.frequent import frequent_words
from pipelines.extraction.judge import HEADINGS
from pipelines.extraction.kernels.context import CONTEXT, surround
from pipelines.extraction.kernels.features import FEATURES, WEIGHTS, measure
from pipelines.extraction.kernels.layout import BLOCK_CONTAINER, BLOCK_WORDS, PARENT
from pipelines.extraction.model import hint_table
from pipelines.extraction.page import Page as Scanned
from pipelines.extraction.page import Scanner
from pipelines.http import Fault

DATA = Path(__file__).parents[3] / "shared" / "data"
#: hosts that a name must occur on, what is added to what they say, and the share of main text that it says
HOSTS, PRIOR, SHARE = 6, 2.0, 0.4
#: largest weight of a name, in hundredths of log odds
HEAVIEST = 600
FIRST = {"iterations": 140, "learning_rate": 0.14}
SECOND = {"iterations": 100, "learning_rate": 0.14}
#: the forests that only help to make the second one
HELPER = {"iterations": 100, "learning_rate": 0.15}
COMMON = {
    "loss_function": "CrossEntropy",
    "depth": 6,
    "random_seed": 1,
    "verbose": False,
    "border_count": 48,
    "l2_leaf_reg": 5,
    "boosting_type": "Plain",
    "bootstrap_type": "Bernoulli",
    "subsample": 0.7,
    "rsm": 0.5,
}
#: log odds from which on a block is main text
LIMIT = 0.0

#: where the truth of each source comes from, and on what terms
SOURCES = {
    "wcxb": {"from": "Murrough-Foley/web-content-extraction-benchmark", "licence": "CC-BY-4.0"},
    "scrapinghub": {"from": "scrapinghub/article-extraction-benchmark", "licence": "MIT"},
    "fundus": {"from": "flairNLP/fundus, tests", "licence": "MIT"},
    "trafilatura": {"from": "adbar/trafilatura, tests", "licence": "Apache-2.0"},
}

Names = dict[int, float]


class Forest(NamedTuple):
    """Trees as a model's file holds them."""

    #: int32[trees, depth]: the feature that is asked about; float32[trees, depth]: a feature above it sets the bit
    features: NDArray[np.int32]
    borders: NDArray[np.float32]
    #: float32[trees, 2 ** depth]
    leaves: NDArray[np.float32]


class Example(NamedTuple):
    """A page to learn from."""

    page: Page
    fold: int
    html: bytes
    #: float64[blocks], share of main text; NaN where nothing is known
    labels: NDArray[np.float64]
    #: by the key of a name, the share of main text under the elements that have it
    names: Names


class Rows(NamedTuple):
    """A page's blocks as a forest is fitted to them."""

    fold: int
    #: float32[features, blocks]
    measured: NDArray[np.float32]
    labels: NDArray[np.float64]
    weights: NDArray[np.float64]


def main() -> None:
    """Fit the model and write it, with its card."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--folds", action="store_true", help="also make a model without each fold, to measure with")
    asked = parser.parse_args()
    found = list(examples(asked.data))
    asked.out.mkdir(parents=True, exist_ok=True)
    for fold in range(FOLDS) if asked.folds else ():
        (asked.out / f"without-{fold}.npz").write_bytes(fit([one for one in found if one.fold != fold]))
        print(f"fold {fold} of {FOLDS}")
    content = fit(found)
    digest = hashlib.sha256(content).hexdigest()
    place = asked.out / f"main_text-{digest[:12]}.npz"
    place.write_bytes(content)
    place.with_suffix(".json").write_text(json.dumps(card(found, digest), indent=1) + "\n")
    print(place)


def examples(data: Path) -> Iterator[Example]:
    """Read the pages of the sources that may be learnt from."""
    pages = read_truth(data / "extract_truth.jsonl.zst")
    placed, bodies = folds(pages), Bodies(data / "pages")
    scanner = Scanner(hint_table({}), frequent_words(), listed=1 << 20)
    for page in pages:
        if page.source not in SEEN:
            continue
        body = bodies.read(page.html)
        decoded = decode(body.raw, body.charset)
        if isinstance(decoded, Fault):
            continue
        html = decoded[0].encode("utf-8", "replace")
        scanned = scanner.scan(html)
        labels = block_labels(page, scanned)
        if labels is not None and len(labels):
            yield Example(page, placed[page.id], html, labels, _names(scanned, scanner.listed, labels))


def _names(page: Scanned, listed: NDArray[np.uint64], labels: NDArray[np.float64]) -> Names:
    """Work out for each name the share of main text under its elements."""
    known = ~np.isnan(labels)
    words = np.where(known, page.blocks[:, BLOCK_WORDS], 0).astype(float)
    count, holders = len(page.containers), page.blocks[:, BLOCK_CONTAINER]
    held = np.bincount(holders, words, count)
    kept = np.bincount(holders, words * np.nan_to_num(labels), count)
    parents = page.containers[:, PARENT]
    for container in range(count - 1, 0, -1):
        held[parents[container]] += held[container]
        kept[parents[container]] += kept[container]
    sums: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for container, key in listed.tolist():
        sums[key][0] += kept[container]
        sums[key][1] += held[container]
    return {key: mine / all_ for key, (mine, all_) in sums.items() if all_ > 0}


def weights(found: Iterable[Example]) -> dict[int, int]:
    """Weigh names: hundredths of the log odds of main text, each host having one voice."""
    voices: dict[int, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for one in found:
        host = domain(one.page.host) if one.page.host else one.page.id
        for key, share in one.names.items():
            voices[key][host].append(share)
    return {
        key: _weight([np.mean(said) for said in hosts.values()]) for key, hosts in voices.items() if len(hosts) >= HOSTS
    }


def _weight(shares: Sequence[Any]) -> int:
    total = float(sum(shares))
    odds = (total + PRIOR * SHARE) / (len(shares) - total + PRIOR * (1 - SHARE))
    return int(np.clip(100 * np.log(odds), -HEAVIEST, HEAVIEST))


def fit(found: Sequence[Example]) -> bytes:
    """Fit everything, and give the model's file."""
    names = weights(found)
    rows = list(measured(found))
    parts = sorted({one.fold for one in rows})
    scored = [np.zeros(0, np.float32)] * len(rows)
    for part in (parts[::2], parts[1::2]):
        helper = forest([one for one in rows if one.fold not in part], HELPER)
        for place, one in enumerate(rows):
            if one.fold in part:
                scored[place] = helper.predict(one.measured.T).astype(np.float32)
    first = forest(rows, FIRST)
    second = forest([_surrounded(one, scores) for one, scores in zip(rows, scored, strict=True)], SECOND)
    return _file(names, trees(first), trees(second))


def measured(found: Sequence[Example]) -> Iterator[Rows]:
    """Measure all blocks, with weights of names that the page's own fold has no part in."""
    scanners = {
        fold: Scanner(hint_table(weights(one for one in found if one.fold != fold)), frequent_words())
        for fold in {one.fold for one in found}
    }
    for one in found:
        page = scanners[one.fold].scan(one.html)
        values = np.empty((len(FEATURES), len(page.blocks)), np.float32)
        measure(
            page.blocks,
            page.containers,
            page.text,
            HEADINGS,
            np.empty((len(page.containers), WEIGHTS), np.float32),
            values,
        )
        yield Rows(one.fold, values, one.labels, _importance(page, one.labels))


def _importance(page: Scanned, labels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weigh blocks by their words, and pages alike, as the mean F1 of pages does."""
    words = np.where(np.isnan(labels), 0, page.blocks[:, BLOCK_WORDS] + 3.0)
    whole = np.count_nonzero(words) > len(labels) / 2
    total = (words * np.nan_to_num(labels)).sum() if whole else words.sum()
    return words / max(total, 30)


def _surrounded(one: Rows, scores: NDArray[np.float32]) -> Rows:
    values = np.empty((len(FEATURES) + len(CONTEXT), len(scores)), np.float32)
    values[: len(FEATURES)] = one.measured
    surround(scores, values, len(FEATURES))
    return one._replace(measured=values)


def forest(rows: Sequence[Rows], settings: Mapping[str, Any]) -> Any:  # noqa: ANN401  # the library's own type
    """Fit oblivious trees to blocks."""
    from catboost import CatBoost, Pool  # noqa: PLC0415  # pyright: ignore[reportMissingImports]  # brought by the command

    known = [one.weights > 0 for one in rows]
    values = np.concatenate([one.measured[:, part] for one, part in zip(rows, known, strict=True)], axis=1).T
    labels = np.concatenate([one.labels[part] for one, part in zip(rows, known, strict=True)]).clip(0, 1)
    importance = np.concatenate([one.weights[part] for one, part in zip(rows, known, strict=True)])
    fitted = CatBoost(COMMON | dict(settings))
    fitted.fit(Pool(values, labels, weight=importance * len(importance) / importance.sum()))
    return fitted


def trees(fitted: Any) -> tuple[Forest, float]:  # noqa: ANN401  # the library's own type
    """Take a forest apart; a tree that asks less than others gets questions that nothing answers."""
    with TemporaryDirectory() as folder:
        place = Path(folder) / "forest.json"
        fitted.save_model(str(place), format="json")
        plain = json.loads(place.read_text())
    depth, count = COMMON["depth"], len(plain["oblivious_trees"])
    features = np.zeros((count, depth), np.int32)
    borders = np.full((count, depth), np.inf, np.float32)
    leaves = np.zeros((count, 1 << depth), np.float32)
    scale, (bias,) = plain["scale_and_bias"]
    for tree, one in enumerate(plain["oblivious_trees"]):
        for place, split in enumerate(one["splits"]):
            features[tree, place], borders[tree, place] = split["float_feature_index"], split["border"]
        leaves[tree, : len(one["leaf_values"])] = np.array(one["leaf_values"]) * scale
    return Forest(features, borders, leaves), float(bias)


def _file(names: Mapping[int, int], first: tuple[Forest, float], second: tuple[Forest, float]) -> bytes:
    """Write the model: the same bytes for the same model."""
    keys = sorted(names)
    parts: dict[str, Any] = {
        "names": np.array(keys, np.uint64),
        "weights": np.array([names[key] for key in keys], np.int16),
        "biases": np.array([first[1], second[1]], np.float32),
        "limit": np.float32(LIMIT),
    }
    for place, (fitted, _) in (("first", first), ("second", second)):
        parts |= {f"{place}_{name}": values for name, values in fitted._asdict().items()}
    content = io.BytesIO()
    np.savez_compressed(content, **parts)
    return content.getvalue()


def card(found: Sequence[Example], digest: str) -> dict[str, Any]:
    """Say what the model is made of."""
    sources = Counter(one.page.source for one in found)
    return {
        "what": "judges blocks of text of a web page: main text or not",
        "file_sha256": digest,
        "made_by": "benchmarks.extraction.train",
        "pages": {source: {"pages": count, **SOURCES[source]} for source, count in sorted(sources.items())},
        "languages": dict(Counter(one.page.language or "unknown" for one in found).most_common()),
        "folds": {"count": FOLDS, "seed": SEED, "by": "registered domain, same page, same text"},
        "forests": {"first": FIRST, "second": SECOND, "helper": HELPER, "common": COMMON},
        "names": {"hosts": HOSTS, "prior": PRIOR, "share": SHARE},
        "limit": LIMIT,
    }


if __name__ == "__main__":
    main()
