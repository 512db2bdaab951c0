# /// script
# requires-python = ">=3.11,<3.13"
# dependencies = ["rensa==0.5.0", "numpy"]
# ///
# ruff: noqa: PLC0415  # --help answers where the peers are not installed
r"""Other programs' MinHash over texts: how long their signatures take, or which pairs of texts share a band.

Run by an interpreter that has the peer: `datasketch`, `datatrove` (with spaCy), `rensa` or `text-dedup`. All take
shingles of five words, 14 bands of 8 values, and seed 1 where one can be chosen. Where a peer leaves shingles to its
user, they are runs of `\w` in lower case, each character of Han, kana and hangul alone, in plain Python: for these
the time of making shingles is told apart from that of signing them.
"""

import argparse
import gzip
import json
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import redirect_stdout
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from itertools import combinations
from pathlib import Path
from typing import Any

NGRAM, BANDS, ROWS, SEED = 5, 14, 8, 1
VALUES = BANDS * ROWS
_SINGLE = "\u3005-\u3007\u303b\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORD = re.compile(rf"[{_SINGLE}]|[^\W{_SINGLE}]+")

Pair = tuple[int, int]
Shingles = list[list[str]]


def shingled(texts: Iterable[str]) -> Shingles:
    """List the distinct shingles of each text; a text of fewer words is one."""
    found: Shingles = []
    for text in texts:
        words = _WORD.findall(text.lower())
        runs = (" ".join(words[i : i + NGRAM]) for i in range(max(1, len(words) - NGRAM + 1)))
        found.append(list(dict.fromkeys(runs)) if words else [])
    return found


def seconds(work: Callable[[], Any]) -> float:
    """Take the processor seconds of one run: a second one would find the hashes of Python's strings made."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def pairs_of_bands(keys: Iterable[Sequence[Any]]) -> set[Pair]:
    """Pair the texts that have the same key in the same band; `keys` are each text's, none for one that has none."""
    groups: defaultdict[Any, list[int]] = defaultdict(list)
    for text, bands in enumerate(keys):
        for band, key in enumerate(bands):
            groups[band, key].append(text)
    return {pair for group in groups.values() for pair in combinations(group, 2)}


def time_datasketch(texts: list[str]) -> dict[str, float]:
    """Time shingles and `update_batch` of a MinHash that shares its orders with all others."""
    list(_sketches(shingled(texts[:1])))  # it is imported
    sets: list[Shingles] = []
    return {
        "shingles": seconds(lambda: sets.append(shingled(texts))),
        "MinHash.update_batch": seconds(lambda: list(_sketches(sets[0]))),
    }


def _sketches(sets: Shingles) -> Iterator[Any]:
    from datasketch import MinHash

    empty = MinHash(num_perm=VALUES, seed=SEED)
    for one in sets:
        sketch = empty.copy()
        sketch.update_batch([shingle.encode() for shingle in one])
        yield sketch


def pair_datasketch(texts: list[str]) -> set[Pair]:
    """Ask datasketch's index about each text."""
    from datasketch import MinHashLSH

    index, sets = MinHashLSH(num_perm=VALUES, params=(BANDS, ROWS)), shingled(texts)
    sketches = {text: sketch for text, sketch in enumerate(_sketches(sets)) if sets[text]}
    for text, sketch in sketches.items():
        index.insert(text, sketch)
    return {(other, text) for text, sketch in sketches.items() for other in index.query(sketch) if other < text}


def _stage_one() -> Any:  # noqa: ANN401  # datatrove's step
    spec = find_spec("datatrove")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("datatrove is not installed")
    # Its package of deduplication needs tokenizers and more, this file of it does not.
    place = Path(spec.submodule_search_locations[0]) / "pipeline/dedup/minhash.py"
    found = spec_from_file_location("datatrove_minhash", place)
    assert found is not None  # noqa: S101  # there is a loader for a .py
    assert found.loader is not None  # noqa: S101  # likewise
    module = sys.modules["datatrove_minhash"] = module_from_spec(found)
    found.loader.exec_module(module)
    config = module.MinhashConfig(hash_config=module.HashConfig(precision=64, hash_fc="sha1"))
    return module.MinhashDedupSignature("memory://signatures", config)


def _bands_of_datatrove(texts: list[str]) -> Iterator[list[Any]]:
    step = _stage_one()
    for text in texts:
        shingles = step.get_shingles(text)
        yield step.get_signature(shingles) if shingles.size else []


def time_datatrove(texts: list[str]) -> dict[str, float]:
    """Time what its first stage computes, as FineWeb's script sets it; no file is written."""
    for _ in _bands_of_datatrove(texts[:1]):
        pass  # spaCy is imported
    return {"stage 1": seconds(lambda: list(_bands_of_datatrove(texts)))}


def pair_datatrove(texts: list[str]) -> set[Pair]:
    """Pair texts by what its first stage would write."""
    return pairs_of_bands([tuple(map(tuple, bands)) for bands in _bands_of_datatrove(texts)])


def time_rensa(texts: list[str]) -> dict[str, float]:
    """Time shingles, and its three sketches of them, in one thread."""
    from rensa import CMinHash, RMinHash

    taken = {"shingles": seconds(lambda: shingled(texts))}
    for name, sign in (
        ("RMinHash", RMinHash.digest_matrix_from_token_sets),
        ("RMinHash rho", RMinHash.digest_matrix_from_token_sets_rho),
        ("CMinHash", CMinHash.digests_from_token_sets),
    ):
        # Each gets strings of its own, whose hashes nobody has asked for.
        sets = shingled(texts)
        taken[name] = seconds(lambda sets=sets, sign=sign: sign(sets, VALUES, SEED))
    return taken


def pair_rensa(texts: list[str]) -> set[Pair]:
    """Ask its index about each text."""
    from rensa import RMinHash, RMinHashLSH

    # The threshold only judges pairs that are named; a query gives all that share a band.
    index, sets = RMinHashLSH(0.8, VALUES, BANDS), shingled(texts)
    asked = [text for text, one in enumerate(sets) if one]
    sketches = RMinHash.from_token_sets([sets[text] for text in asked], VALUES, SEED)
    index.insert_pairs(list(zip(asked, sketches, strict=True)))
    answers = zip(asked, index.query_all(sketches), strict=True)
    return {(other, text) for text, found in answers for other in found if other < text}


def _bands_of_text_dedup(texts: list[str]) -> Iterator[list[bytes]]:
    import numpy as np
    from text_dedup.minhash import SIGNATURE_COLUMN, embed_func
    from text_dedup.utils import sha1_hash

    draw, prime = np.random.RandomState(42), np.uint64((1 << 61) - 1)
    orders = tuple(draw.randint(low, prime, size=(VALUES,), dtype=np.uint64) for low in (1, 0))
    given = {"num_perm": VALUES, "ngram_size": NGRAM, "min_length": 1, "hash_func": sha1_hash, "permutations": orders}
    numbers = {"dtype": np.uint64, "max_hash": np.uint32((1 << 32) - 1), "modulo_prime": prime}
    ranges = [(band * ROWS, (band + 1) * ROWS) for band in range(BANDS)]
    for text in texts:
        yield embed_func(text, 0, hashranges=ranges, **given, **numbers)[SIGNATURE_COLUMN]


def time_text_dedup(texts: list[str]) -> dict[str, float]:
    """Time its `embed_func` with its default hashes; shingles are of its own making."""
    for _ in _bands_of_text_dedup(texts[:1]):
        pass  # its imports take seconds
    return {"embed_func": seconds(lambda: list(_bands_of_text_dedup(texts)))}


def pair_text_dedup(texts: list[str]) -> set[Pair]:
    """Pair texts by the bands that it makes."""
    return pairs_of_bands(_bands_of_text_dedup(texts))


TASKS: dict[str, dict[str, Callable[[list[str]], Any]]] = {
    "datasketch": {"time": time_datasketch, "pairs": pair_datasketch},
    "datatrove": {"time": time_datatrove, "pairs": pair_datatrove},
    "rensa": {"time": time_rensa, "pairs": pair_rensa},
    "text-dedup": {"time": time_text_dedup, "pairs": pair_text_dedup},
}


def main() -> None:
    """Print processor seconds by what was timed as a JSON object, or pairs of texts by number as a JSON array."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("peer", choices=TASKS)
    parser.add_argument("task", choices=("time", "pairs"))
    parser.add_argument("texts", type=Path, help="a JSON array of strings, gzipped")
    asked = parser.parse_args()
    out = sys.stdout
    with redirect_stdout(sys.stderr):
        with gzip.open(asked.texts, "rt", encoding="utf-8") as file:
            texts = json.load(file)
        found = TASKS[asked.peer][asked.task](texts)
    json.dump(found if isinstance(found, dict) else sorted(found), out)


if __name__ == "__main__":
    main()
