"""Measures what judging costs: MB of text a second for each filter, edit and recipe, beside the same rules in peers.

One run, processor time, the same texts, in steady state: what is measured has run before. datatrove runs in this
process; Dolma, Data-Juicer and NeMo Curator in environments of their own (`benchmarks/peers`), all on fewer of the
texts.

    python -m benchmarks.filters [FILE.jsonl | FILE.jsonl.zst ...] [--json figures.json]
"""

# ruff: noqa: E402  # see below

import sys
from pathlib import Path

# This file is named as the package that it measures: its own folder must not be looked in first.
sys.path[:] = [path for path in sys.path if Path(path).resolve() != Path(__file__).resolve().parent]

import argparse
import json
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Any

import pyarrow as pa
import zstandard
from datatrove.data import Document
from datatrove.pipeline import filters as datatrove_filters
from rich.console import Console
from rich.table import Table

from filters.catalog import catalog
from filters.document import documents
from filters.filter import Filter
from filters.texts import Texts
from filters.units import Units
from pipelines.edits.apply import edit
from pipelines.edits.catalog import edits
from pipelines.edits.edit import Edit
from pipelines.inherit import bundled, choices
from pipelines.judge import closing, judge
from pipelines.recipe import Recipe
from pipelines.resource import ResourceError, load, versions

SHARED = Path(__file__).parents[2] / "shared" / "data" / "extract_truth.jsonl.zst"
PEERS = Path(__file__).parent / "peers"
BATCH = 256
FIELDS = ("text", "truth")
#: datatrove's filters of FineWeb, with what they are made with there
DATATROVE: dict[str, dict[str, Any]] = {
    "GopherRepetitionFilter": {},
    "GopherQualityFilter": {},
    "C4QualityFilter": {"filter_no_terminal_punct": False},
    "FineWebQualityFilter": {},
}
#: the recipe that holds the same rules
SAME = "fineweb-datatrove-0.10"

Figures = dict[str, float]


def main() -> None:
    """Measure, print the table, write the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, help="JSON lines with a text; by default what lies in ../shared")
    parser.add_argument("--json", type=Path, help="where the figures go")
    parser.add_argument("--repeat", type=int, default=3, help="rounds, of which medians are taken")
    parser.add_argument("--peer-documents", type=int, default=300, help="documents that peers are given")
    parser.add_argument("--no-peers", action="store_true", help="leave the peers out")
    asked = parser.parse_args()
    texts = [text for path in asked.paths or [SHARED] for text in read(path)]
    batches = [documents(texts[first : first + BATCH]) for first in range(0, len(texts), BATCH)]
    figures = ours(batches, asked.repeat)
    if not asked.no_peers:
        figures |= peers(texts[: asked.peer_documents])
    show(figures, len(texts), sum(map(size, batches)))
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=1))


def read(path: Path) -> Iterator[str]:
    """Read the texts of a file of JSON lines."""
    with zstandard.open(path, "rt", encoding="utf-8") if path.suffix == ".zst" else path.open() as lines:
        for line in lines:
            row = json.loads(line)
            text = next((row[field] for field in FIELDS if isinstance(row.get(field), str)), "")
            if text:
                yield text


def size(batch: pa.RecordBatch) -> int:
    """Count the bytes of a batch's texts."""
    return Texts(batch).data.nbytes


def ours(batches: list[pa.RecordBatch], repeat: int) -> dict[str, Figures]:
    """Measure all units, filters, edits and recipes of ours that need nothing from elsewhere: MB/s."""
    found = {f"units/{name}": rate(batches, split, repeat) for name, split in splits().items()}
    for name, kind in catalog().items():
        rule = kind()
        if not rule.paths() and name != "datatrove":
            found[f"filters/{name}"] = rate(batches, asking(rule), repeat)
    for name, kind in edits().items():
        found[f"edits/{name}"] = rate(batches, editing(kind()), repeat)
    for name in bundled():
        recipe = Recipe.load(choices(name)[0])
        measured = judging(recipe)
        if measured:
            found[f"recipes/{recipe.name}"] = rate(batches, measured, repeat)
    return found


def splits() -> dict[str, Callable[[pa.RecordBatch], object]]:
    """Say how to find each kind of words and sentences."""
    words = {f"words {kind}": Units(words=kind) for kind in ("whitespace", "unicode", "segmented", "spacy")}
    sentences = {f"sentences {kind}": Units(sentences=kind) for kind in ("marks", "unicode", "spacy")}
    return {name: lambda batch, units=units: Texts(batch, units=units).words for name, units in words.items()} | {
        name: lambda batch, units=units: Texts(batch, units=units).sentences for name, units in sentences.items()
    }


def asking(rule: Filter) -> Callable[[pa.RecordBatch], object]:
    """Say how to measure with one filter, everything that it needs included."""
    resources = load([rule])
    return lambda batch: rule.signal(Texts(batch, resources))


def editing(step: Edit) -> Callable[[pa.RecordBatch], object]:
    """Say how to apply one edit."""
    return lambda batch: edit(Texts(batch), (step,))


def judging(recipe: Recipe) -> Callable[[pa.RecordBatch], object] | None:
    """Say how to run all steps of a recipe; None where a model is not here."""
    try:
        versions(recipe.packages)
        resources = load(recipe.filters)
    except ResourceError as error:
        print(f"left out: {recipe.name}: {error}", file=sys.stderr)
        return None
    return lambda batch: edit(judge(Texts(batch, resources, recipe.units), recipe.steps).texts, closing(recipe.steps))


def rate(batches: list[pa.RecordBatch], work: Callable[[pa.RecordBatch], object], repeat: int) -> Figures:
    """Run over all batches; the median of the rounds after a first one that does not count."""
    seconds = [spent(batches, work) for _ in range(repeat + 1)]
    total = sum(map(size, batches))
    return {
        "megabytes_per_second": total / 1e6 / statistics.median(seconds[1:]),
        "first_round": total / 1e6 / seconds[0],
    }


def spent(batches: list[pa.RecordBatch], work: Callable[[pa.RecordBatch], object]) -> float:
    """Count the processor seconds of one round."""
    started = time.process_time()
    for batch in batches:
        work(batch)
    return time.process_time() - started


def peers(texts: list[str]) -> dict[str, Figures]:
    """Measure the peers on fewer texts; datatrove in this process, the others in environments of their own."""
    found = {f"datatrove/{name}": datatrove(name, given, texts) for name, given in DATATROVE.items()}
    seconds = sum(figures["seconds"] for figures in found.values())
    total = sum(len(text.encode()) for text in texts)
    found["datatrove/all four"] = {"megabytes_per_second": total / 1e6 / seconds, "seconds": seconds}
    for script in ("dolma_taggers.py", "data_juicer_filters.py", "nemo_curator_filters.py"):
        found |= outside(PEERS / script, texts)
    return found


def datatrove(name: str, given: dict[str, Any], texts: list[str]) -> Figures:
    """Measure one filter of datatrove: it splits each text once for all its filters, so each pays only its first."""
    rule = getattr(datatrove_filters, name)(**given)
    rule.filter(Document(text=texts[0], id="warm"))
    started = time.process_time()
    for number, text in enumerate(texts):
        rule.filter(Document(text=text, id=str(number)))
    seconds = time.process_time() - started
    return {"megabytes_per_second": sum(len(text.encode()) for text in texts) / 1e6 / seconds, "seconds": seconds}


def outside(script: Path, texts: list[str]) -> dict[str, Figures]:
    """Run a peer in its own environment; it prints seconds by name."""
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "texts.jsonl"
        given.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
        command = ["uv", "run", "--no-project", "--script", str(script), str(given), "--seconds"]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if ran.returncode:
        print(f"left out: {script.name}: {ran.stderr[-300:]}", file=sys.stderr)
        return {}
    total = sum(len(text.encode()) for text in texts)
    seconds: dict[str, float] = json.loads(ran.stdout)
    return {name: {"megabytes_per_second": total / 1e6 / one, "seconds": one} for name, one in seconds.items()}


def show(figures: dict[str, Figures], count: int, total: int) -> None:
    """Print the table, and the ratio that matters."""
    table = Table("what", "MB/s", "first round", title=f"{count:,} texts, {total / 1e6:.1f} MB, one thread")
    for name, found in figures.items():
        first = f"{found['first_round']:,.1f}" if "first_round" in found else ""
        table.add_row(name, f"{found['megabytes_per_second']:,.2f}", first)
    Console().print(table)
    both = [figures.get(f"recipes/{SAME}"), figures.get("datatrove/all four")]
    if all(both):
        recipe, peer = (found["megabytes_per_second"] for found in both if found)
        print(f"{SAME}, with language and URLs besides: {recipe / peer:.0f} times datatrove's four filters")


if __name__ == "__main__":
    main()
