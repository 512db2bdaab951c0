"""Measures what a page costs: Vitrine whole, the floor that every parser pays, and datatrove's FineWeb pipeline.

Every contender is a command of its own, on the same pages, with its libraries held to one thread. What was measured
goes to a JSON file as it came; `peers/table.py` makes rates, ratios and docs/benchmarks.md of it.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections import defaultdict
from datetime import UTC, datetime
from functools import partial
from glob import glob
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

HERE = Path(__file__).parent
PEERS = HERE / "peers"
BULK = HERE.parents[1] / "shared" / "data" / "bulk" / "*.warc.gz"
VITRINE = Path(sys.executable).with_name("vitrine")
ONE_THREAD = dict.fromkeys(
    (
        "ARROW_IO_THREADS",
        "MKL_NUM_THREADS",
        "NUMBA_NUM_THREADS",
        "OMP_NUM_THREADS",  # Arrow's own pool of threads obeys it too
        "OPENBLAS_NUM_THREADS",
        "POLARS_MAX_THREADS",
        "RAYON_NUM_THREADS",
    ),
    "1",
)
FLOORS = {"floor": (), "floor, UTF-8 first": ("--utf8-first",)}
PACKAGES = ("fastwarc", "resiliparse", "numba", "numpy", "polars", "pyarrow", "duckdb")
#: shards of the even cut: enough to keep few workers busy to the end, as the thousands of a real crawl do
SHARDS = 8
#: how often the even cut holds each page, so that the start of the workers does not hide how the work spreads
COPIES = 4
#: one page in so many is measured apart; the difference to all is what pages cost without the start
PART = 10
#: the same for datatrove, which is given fewer pages, and of whose part some must survive all filters
PEER_PART = 5

Figures = dict[str, Any]
Runs = defaultdict[str, defaultdict[str, list[Figures]]]


def main() -> None:
    """Measure, write the figures, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--input", nargs="+", default=[str(BULK)], help="WARC files, a gzip member for each record")
    parser.add_argument("--repeat", type=int, default=3, help="rounds, of which medians are taken")
    parser.add_argument(
        "--pages", type=int, default=400, help="pages for datatrove, at even distances; 0 leaves it out"
    )
    parser.add_argument("--recipe", default="fineweb-vitrine", help="what Vitrine runs")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures here")
    parser.add_argument("--write-docs", type=Path, metavar="FILE", help="publish the figures of FILE; measure nothing")
    given = parser.parse_args()
    if given.write_docs:
        _show(given.write_docs, "--docs", str(HERE.parent / "docs" / "benchmarks.md"))
        return
    inputs = [Path(path) for pattern in given.input for path in sorted(glob(pattern))]  # noqa: PTH207  # absolute too
    if not inputs:
        print(f"skipped: no WARC files at {' '.join(given.input)}; name some with --input")
        return
    if not VITRINE.exists():
        parser.error(f"expected the vitrine command at {VITRINE}: run this with the project's interpreter")
    with tempfile.TemporaryDirectory(prefix="end_to_end-") as folder:
        figures = measure(inputs, given.recipe, given.repeat, given.pages, Path(folder))
        written = given.json or Path(folder) / "figures.json"
        written.write_text(json.dumps(figures, indent=1) + "\n")
        _show(written)


def _show(figures: Path, *options: str) -> None:
    subprocess.run([sys.executable, str(PEERS / "table.py"), str(figures), *options], check=True)


def measure(inputs: list[Path], recipe: str, repeat: int, pages: int, folder: Path) -> Figures:
    """Measure everything in one go; every figure is as it came, none is a ratio yet."""
    figures: Figures = {"machine": _machine(), "inputs": [path.name for path in inputs], "recipe": recipe}
    figures |= {"input bytes": [path.stat().st_size for path in inputs], "repeat": repeat}
    bench = Bench(folder, recipe)
    bench.vitrine([], 1, recipe="sample")  # compiles what is not compiled yet
    figures["start"] = {
        "help": [bench.run(str(VITRINE), "--help")["wall"] for _ in range(5)],
        "warm sample": bench.vitrine([], 1, recipe="sample"),
        "cold sample": bench.cold_sample(),
    }
    sets = bench.cut(inputs)
    figures["sets"] = {name: bench.run_floor(files) for name, files in sets.items()}
    runs: Runs = defaultdict(partial(defaultdict, list))
    for number in range(repeat):
        _say(f"round {number + 1} of {repeat}")
        bench.round(sets, runs)
    _say("memory")
    figures["memory"] = {str(workers): bench.vitrine(inputs, workers, memory=True) for workers in (1, 2)}
    if pages:
        figures["datatrove"] = bench.datatrove(inputs, pages, figures["sets"], runs)
    return figures | {"runs": runs, "load after": os.getloadavg()[0]}


def _machine() -> Figures:
    named = [line for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=HERE, capture_output=True, text=True, check=False
    )
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "processor": named[0].partition(":")[2].strip() if named else platform.processor(),
        "cores": os.cpu_count(),
        "memory": psutil.virtual_memory().total,
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
        "commit": commit.stdout.strip(),
        "load before": os.getloadavg()[0],
    }


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines() if Path(path).exists() else []


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


class Bench:
    """Runs contenders one after another, in a folder of its own."""

    def __init__(self, folder: Path, recipe: str) -> None:
        self.folder = folder
        self.recipe = recipe
        # Python keeps compiled modules unless told not to; where it is told so, every start would be measured cold.
        inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        self.environment = inherited | ONE_THREAD | {"PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
        self._count = 0

    def run(self, *command: str, memory: bool = False, **environment: str) -> Figures:
        """Run a command; return its cost and, as `said`, the JSON that it printed, if it is JSON."""
        report = self.folder / "cost.json"
        watch = [sys.executable, str(PEERS / "cost.py"), "--report", str(report), *(["--memory"] if memory else [])]
        ran = subprocess.run(
            [*watch, "--", *command],
            env=self.environment | environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if ran.returncode:
            raise RuntimeError(f"{' '.join(command)} ended with {ran.returncode}:\n{ran.stderr[-2000:]}")
        said = json.loads(ran.stdout) if ran.stdout.startswith("{") else None
        return json.loads(report.read_text()) | {"said": said}

    def run_floor(self, files: list[Path], *options: str) -> Figures:
        """Run the floor; return what it counted."""
        return self.run(sys.executable, str(PEERS / "floor.py"), *map(str, files), *options)["said"]

    def vitrine(
        self, files: list[Path], workers: int, *, memory: bool = False, recipe: str = "", **environment: str
    ) -> Figures:
        """Run Vitrine as its users do, into a new release."""
        self._count += 1
        out = self.folder / f"release-{self._count}"
        inputs = [word for file in files for word in ("--input", str(file))]
        options = ["--out", str(out), "--workers", str(workers), "--json"]
        command = [str(VITRINE), "run", recipe or self.recipe, *inputs, *options]
        return self.run(*command, memory=memory, **environment)

    def cold_sample(self) -> Figures:
        """Run the sample with every kernel still to be compiled."""
        cache = self.folder / "numba"
        cache.mkdir()
        return self.vitrine([], 1, recipe="sample", NUMBA_CACHE_DIR=str(cache))

    def cut(self, inputs: list[Path]) -> dict[str, list[Path]]:
        """Make the sets of pages: all as they came, a part, even shards and, where a manifest tells, the web's."""
        total = self.run_floor(inputs)["pages"]
        sets = {
            "all": inputs,
            "part": self._cut("part", inputs, "--pages", str(max(1, total // PART))),
            "even": self._cut("even", inputs, "--shards", str(SHARDS), "--copies", str(COPIES)),
        }
        if any(path.parent.glob("*.manifest.jsonl.gz") for path in inputs):
            sets["web"] = self._cut("web", inputs, "--kind", "web")
        return sets

    def _cut(self, name: str, inputs: list[Path], *options: str) -> list[Path]:
        out = self.folder / name
        self.run(sys.executable, str(PEERS / "cut.py"), *map(str, inputs), "--out", str(out), *options)
        return sorted(out.glob("*.warc.gz"))

    def round(self, sets: dict[str, list[Path]], runs: Runs) -> None:
        """Run each contender once on each set, in turns, so that a busy minute hits all of them."""
        for name, files in sets.items():
            if name != "even":
                for contender, options in FLOORS.items():
                    command = [sys.executable, str(PEERS / "floor.py"), *map(str, files), *options]
                    runs[contender][name].append(self.run(*command))
            runs["vitrine"][name].append(self.vitrine(files, 1))
            if name in {"all", "even"}:
                runs["vitrine, 2 workers"][name].append(self.vitrine(files, 2))

    def datatrove(self, inputs: list[Path], pages: int, sets: Figures, runs: Runs) -> Figures:
        """Run datatrove from WARC and from texts on some pages, and on a part of these; once, because it is slow."""
        run_script = ("uv", "run", "--quiet", "--no-project", "--python", sys.executable, "--script")
        peer = (*run_script, str(PEERS / "datatrove_fineweb.py"))
        some = self._cut("some", inputs, "--pages", str(pages))
        part = self._cut("some-part", some, "--pages", str(max(1, pages // PEER_PART)))
        texts_of = {name: self.folder / f"{name} texts" for name in ("some", "some, part")}
        for name, files in (("some", some), ("some, part", part)):
            texts_of[name].mkdir()
            sets[name] = self.run_floor(files, "--texts", str(texts_of[name] / "texts.jsonl"))
        try:
            _say("datatrove: its environment and its first run, not counted")
            changes = subprocess.run([*peer, "--changes"], capture_output=True, text=True, check=True).stdout
            self.run(*peer, str(part[0].parent))
            for name, files in (("some, part", part), ("some", some)):
                _say(f"datatrove: {sets[name]['pages']} pages")
                for contender, given in (("datatrove", files[0].parent), ("datatrove, from texts", texts_of[name])):
                    ran = self.run(*peer, str(given))
                    runs[contender][name].append(ran)
        except (OSError, RuntimeError, subprocess.CalledProcessError) as error:
            # Its environment comes from a package index, which is not everywhere; the rest of the figures stand.
            return {"failed": f"{error}\n{getattr(error, 'stderr', '') or ''}".strip()}
        return {"changes": changes.splitlines()}


if __name__ == "__main__":
    main()
