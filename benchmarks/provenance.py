"""Measures all that questions about a release are answered from: passages, similar texts, records by key.

    python -m benchmarks.provenance RELEASE [--peers PYTHON] [--rows 20e6] [--json]

In one run, what these three measure, each of which says how: `benchmarks.passage_index` and `benchmarks.similar_index`
of the release's kept texts, `benchmarks.provenance_lookup` of a made-up ledger of so many rows. With `--json`, one
object; else lines as they come.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks import passage_index, provenance_lookup, similar_index


def main() -> None:
    """Measure, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("release", type=Path)
    parser.add_argument("--peers", metavar="PYTHON", help="a Python in which tantivy and infini-gram are installed")
    parser.add_argument("--rows", type=float, default=20e6, help="rows of the made-up ledger")
    parser.add_argument(
        "--build", type=float, default=300e3, help="rows of a ledger whose index is built, for the rate"
    )
    parser.add_argument("--passages", type=int, default=1000)
    parser.add_argument("--texts", type=int, default=300)
    parser.add_argument("--lookups", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    total: dict[str, Any] = {}
    for part, measure in measured(given):
        merge(total.setdefault(part, {}), measure)
        if not given.json:
            sys.stdout.writelines(f"{line}\n" for line in lines(part, measure))
            sys.stdout.flush()
    if given.json:
        sys.stdout.write(json.dumps(total) + "\n")


def measured(given: argparse.Namespace) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each measure with its part."""
    parts = {
        "passages": passage_index.measured(given.release, given.passages, given.seed, given.peers),
        "similar": similar_index.measured(given.release, given.texts, given.seed),
        "lookup": provenance_lookup.measured(int(given.rows), given.lookups, given.seed, int(given.build)),
    }
    for part, measures in parts.items():
        for measure in measures:
            yield part, measure


def merge(total: dict[str, Any], measure: Mapping[str, Any]) -> None:
    """Take a measure in: what has names already gets more of them."""
    for name, value in measure.items():
        if isinstance(value, dict) and isinstance(total.get(name), dict):
            merge(total[name], value)
        else:
            total[name] = value


def lines(name: str, value: Any) -> Iterator[str]:  # noqa: ANN401  # any plain value
    """Write one value a line, after the names that lead to it; examples are left out."""
    if isinstance(value, dict):
        for inner, part in value.items():
            yield from lines(f"{name}  {inner}", part)
    elif not isinstance(value, list):
        yield f"{name}  {value}"


if __name__ == "__main__":
    main()
