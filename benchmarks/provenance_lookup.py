"""Measures lookups by id, by address and by domain in the index of a large ledger.

    python -m benchmarks.provenance_lookup [--rows 20e6] [--lookups 200] [--seed 1] [--folder FOLDER] [--build 300e3]

The index is written as a release's is, file by file and in order, from seeded rows: ids as WARC has them, addresses of
domains whose sizes fall as 1/rank^0.9, one in three kept. Then it is opened once and asked: ids and addresses that are
there and that are not, domains drawn by capture (so large ones come more often) and drawn evenly. Times are of the
functions in `provenance`, from the question to the dataclass, warm but for the file system's own cache. `--build`
makes the index of so many rows from a ledger, for its rate. A folder that is there already is asked again.
"""

import argparse
import hashlib
import json
import platform
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines import ledger
from pipelines.ledger_index.domain_counts import counted, write_counts
from pipelines.ledger_index.domain_table import write_domains
from pipelines.ledger_index.header import Header, IndexFile, ledger_files, ledgers_digest
from pipelines.ledger_index.projections import Indexing, index_stages
from pipelines.ledger_index.schema import (
    FILE_ROWS,
    HEADER,
    SCHEMAS,
    Kind,
    LedgerFile,
    file_name,
)
from pipelines.ledger_index.sorted_file import SortedFile
from pipelines.plan import WORK, Made, Stage, Task, run
from pipelines.recipe import Recipe
from pipelines.runner import LocalRunner
from pipelines.store import Store
from pipelines.table import TableFile
from provenance.addresses import address
from provenance.captures import by_id
from provenance.domain import domain
from provenance.opened import Opened, open_release

RECIPE = 'name = "bench"\npurpose = ""\n[[steps]]\nuse = "language"'
OUTCOMES = np.array(["kept", "dropped", "duplicate", "error"])
FATES = np.array(["", "word_count", "minhash", "http_status"])
LANGUAGES = np.array(["en", "de", "fr", "zh", "ru", "es"])
EXPONENT, PAGES = 0.9, 40


def main() -> None:
    """Make the release, unless it is there, and ask."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=float, default=20e6)
    parser.add_argument("--lookups", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--build", type=float, default=300e3)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    print(f"{platform.machine()}, {platform.processor() or cpu()}, Python {platform.python_version()}")
    for one in measured(int(given.rows), given.lookups, given.seed, int(given.build), given.folder):
        for line in lines(one):
            print(line, flush=True)


def measured(rows: int, lookups: int, seed: int, build: int, place: Path | None = None) -> Iterator[dict[str, Any]]:
    """Yield all that is measured, under its name, as it comes."""
    with TemporaryDirectory() as temporary:
        if build:
            yield {"build": built(Store.at(Path(temporary) / "built"), build, seed)}
        folder = place or Path(temporary) / "release"
        if not (folder / HEADER).exists():
            begun = time.perf_counter()
            synthesise(Store.at(folder), rows, seed)
            yield {"made_seconds": round(time.perf_counter() - begun)}
        yield from ask(folder, lookups, seed)


def lines(measure: dict[str, Any]) -> Iterator[str]:
    """Write one measure as lines to read."""
    for name, found in measure.items():
        if name == "build":
            yield f"index of {found['rows']:,} rows built at {found['rows_per_core_second']:,} rows a second of a core"
        elif name == "ledger":
            yield f"{found['records']:,} records, {found['domains']:,} domains"
            yield f"index {found['bytes'] / 1e9:.2f} GB, {found['bytes'] / found['records']:.0f} bytes a record"
            yield f"opened in {found['opened_ms']} ms"
        elif name == "lookup_ms":
            yield from (
                f"{what:<28} median {one['median']:7.1f} ms   p95 {one['p95']:7.1f} ms" for what, one in found.items()
            )
        else:
            yield f"{name.replace('_', ' ')} {found}"


def cpu() -> str:
    """Name the processor, as Linux does."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), "unknown processor")


def sizes(rows: int) -> np.ndarray:
    """Give captures of each domain; a fortieth as many domains as rows."""
    weights = np.arange(1, rows // PAGES + 2, dtype=float) ** -EXPONENT
    count = np.maximum(1, rows * weights / weights.sum()).astype(np.int64)
    count[0] += rows - count.sum()
    return count


def synthesise(store: Store, rows: int, seed: int) -> None:
    """Write a release whose index has so many rows, and whose ledger has none."""
    name = "ledger/00000.parquet"
    recipe = Recipe.parse(RECIPE)
    with TableFile(store, name, ledger.schema(recipe.filters, "fields")) as file:
        pass
    digest = hashlib.sha256(store.read(name)).hexdigest()
    fates = {"kept:": [rows // 3, 1, rows // 3 * 1000]}
    manifest = {"format": "vitrine-release/1", "digest": "bench", "records": rows, "counts": {"fates": fates}}
    manifest |= {
        "inputs": [{"ledger": name}],
        "files": [{"name": name, "rows": 0, "bytes": file.bytes, "sha256": digest}],
    }
    store.write("recipe.toml", RECIPE.encode())
    store.write("release.json", json.dumps(manifest).encode())
    count = sizes(rows)
    files = {
        kind: [write(store, kind, number, table) for number, table in enumerate(tables(kind, count, rows, seed))]
        for kind in ("by_id", "by_address")
    }
    domains = write_domains(store, len(files["by_address"]), "bench")
    store.remove(WORK)
    digested = ledgers_digest(ledger_files(manifest))
    header = Header(
        "bench",
        digested,
        "2026-07-20T12:30:14Z",
        rows,
        len(count),
        *(tuple(map(index_file, made)) for made in (*files.values(), domains)),
    )
    store.write(HEADER, header.content())


def tables(kind: Kind, count: np.ndarray, rows: int, seed: int) -> Iterator[pa.Table]:
    """Yield the rows of each file, in order."""
    numbers = -(-rows // FILE_ROWS)
    chance = np.random.default_rng([seed, kind == "by_id"])
    owners = np.repeat(np.arange(len(count)), count) if kind == "by_address" else None
    for number in range(numbers):
        begin, end = FILE_ROWS * number, min(rows, FILE_ROWS * (number + 1))
        if owners is None:
            low, high = (2**32 * place // rows for place in (begin, end))
            ids = np.sort(chance.integers(low, high, end - begin))
            own, pages = chance.integers(0, len(count), end - begin), chance.integers(0, PAGES, end - begin)
        else:
            own = owners[begin:end]
            ids, pages = chance.integers(0, 2**32, len(own)), np.arange(begin, begin + len(own))
        yield table(kind, ids, own, pages, chance)


def table(kind: Kind, ids: np.ndarray, own: np.ndarray, pages: np.ndarray, chance: np.random.Generator) -> pa.Table:
    """Make rows of a projection."""
    rows, fate = len(ids), chance.choice(4, len(ids), p=(0.33, 0.27, 0.2, 0.2))
    names = pc.utf8_lpad(pa.array(own).cast(pa.string()), 8, "0")
    places = pc.utf8_lpad(pa.array(pages).cast(pa.string()), 9, "0")
    columns: dict[str, Any] = {
        "id": pa.array(
            [f"<urn:uuid:{one:08x}-8a6f-4e2b-9f3d-{one * 2654435761 % 2**48:012x}>" for one in ids.tolist()]
        ),
        "url": pc.binary_join_element_wise("https://www.d", names, ".example/pages/", places, ".html", ""),
        "surt": pc.binary_join_element_wise("example,d", names, ")/pages/", places, ".html", ""),
        "domain": pc.binary_join_element_wise("d", names, ".example", ""),
        "date": pa.array(chance.integers(1_780_000_000, 1_784_000_000, rows), pa.timestamp("s", tz="UTC")),
        "dump": pa.repeat("CC-MAIN-2026-30", rows),
        "record_type": pa.repeat("response", rows),
        "outcome": pa.array(OUTCOMES[fate]),
        "dropped_by": pa.array(FATES[fate], mask=fate == 0),
        "language": pa.array(LANGUAGES[chance.integers(0, 6, rows)]),
        "text_bytes": pa.array(chance.integers(100, 9000, rows), mask=fate != 0),
        "ledger_file": pa.array(chance.integers(0, 600, rows), pa.int32()),
        "ledger_row": pa.array(chance.integers(0, 35_000, rows)),
    }
    schema = SCHEMAS[kind]
    return pa.table([columns.get(name, pa.nulls(rows)) for name in schema.names], schema.names).cast(schema)


def identities(numbers: np.ndarray) -> pa.Array:
    """Write 32-bit numbers as record ids, in their order."""
    digits = np.frombuffer(b"0123456789abcdef", np.uint8)
    shifts = np.arange(28, -1, -4)
    hexadecimal = digits[(numbers[:, None].astype(np.int64) >> shifts) & 15]
    end = np.frombuffer(b"-8a6f-4e2b-9f3d-0000", np.uint8)
    begin, last = (np.frombuffer(text, np.uint8) for text in (b"<urn:uuid:", b">"))
    parts = [begin, hexadecimal, end, hexadecimal[:, ::-1], last]
    columns = [np.broadcast_to(part, (len(numbers), part.shape[-1])) for part in parts]
    rows = np.ascontiguousarray(np.concatenate(columns, axis=1))
    offsets = np.arange(len(numbers) + 1, dtype=np.int32) * rows.shape[1]
    return pa.StringArray.from_buffers(len(numbers), pa.py_buffer(offsets), pa.py_buffer(rows))


def write(store: Store, kind: Kind, number: int, rows: pa.Table) -> Made:
    """Write one file of a projection; of addresses, also what each domain has in it."""
    name = file_name(kind, number)
    with SortedFile(store, name, SCHEMAS[kind]) as file:
        file.write(rows)
    if kind == "by_address":
        write_counts(store, number, [counted(rows)])
    low = rows["id" if kind == "by_id" else "surt"][0].as_py() if number else ""
    return Made(file.sha256, file.rows, file.bytes, {"file": name, "low": low})


def index_file(made: Made) -> IndexFile:
    """Name a file as the header does."""
    return IndexFile(made.facts["file"], made.records, made.bytes, made.digest, made.facts["low"])


def ask(folder: Path, lookups: int, seed: int) -> Iterator[dict[str, Any]]:
    """Open the release, and yield how large it is and how long each kind of question takes."""
    begun = time.perf_counter()
    with open_release(str(folder)) as opened:
        header = opened.indexed
        said = {"records": header.records, "domains": header.domain_count}
        said |= {"bytes": sum(file.bytes for file in header.files)}
        yield {"ledger": said | {"opened_ms": round(1000 * (time.perf_counter() - begun))}}
        for what, wanted, function in questions(opened, lookups, seed):
            times: list[float] = []
            for one in wanted:
                begun = time.perf_counter()
                function(opened, one)
                times.append(1000 * (time.perf_counter() - begun))
            times = sorted(times[1:])
            taken = {"median": statistics.median(times), "p95": times[int(len(times) * 0.95)]}
            yield {"lookup_ms": {what: {name: round(time_, 1) for name, time_ in taken.items()}}}


def questions(opened: Opened, lookups: int, seed: int) -> list[tuple[str, list[str], Callable[[Opened, str], object]]]:
    """Choose what is asked for: rows by their places, domains by capture and evenly."""
    chance = np.random.default_rng([seed, 2])
    places = chance.integers(0, opened.indexed.records, lookups).tolist()
    taken = "SELECT {} FROM (SELECT {}, row_number() OVER () - 1 AS place FROM {}) WHERE list_contains(?, place)"

    def at(column: str, view: str) -> list[str]:
        found = opened.connection.execute(taken.format(column, column, view), [places]).fetchall()
        return [str(one) for (one,) in found]

    count = opened.indexed.domain_count
    even = [f"d{number:08d}.example" for number in chance.integers(0, count, lookups).tolist()]
    missing = [f"https://d{number:08d}.example/none" for number in range(lookups)]
    return [
        ("id", at("id", "by_id"), by_id),
        ("id that is not there", [f"<urn:uuid:{number:08x}-0>" for number in places], by_id),
        ("address", at("url", "by_address"), address),
        ("address that is not there", missing, address),
        ("domain, drawn by capture", at("domain", "by_address"), domain),
        ("domain, drawn evenly", even, domain),
        ("the ten largest domains", [f"d{number:08d}.example" for number in (0, *range(10))], domain),
    ]


class Silent:
    """Watches a run, and says nothing."""

    def begin(self, stage: Stage, tasks: object) -> None:
        """Hear nothing."""

    def done(self, task: Task, made: object) -> None:
        """Hear nothing."""

    def end(self, stage: Stage) -> None:
        """Hear nothing."""


def built(store: Store, rows: int, seed: int) -> dict[str, int]:
    """Index a ledger of ten files, and give the rate."""
    recipe, files = Recipe.parse(RECIPE), list[LedgerFile]()
    schema = ledger.schema(recipe.filters, "fields")
    count = sizes(rows)
    for number in range(10):
        chance = np.random.default_rng([seed, 3, number])
        share = rows // 10
        own, ids = chance.integers(0, len(count), share), chance.integers(0, 2**32, share)
        found = table("by_address", ids, own, chance.integers(0, PAGES, share), chance)
        columns = [found[name] if name in found.column_names else pa.nulls(share) for name in schema.names]
        with TableFile(store, f"ledger/{number:05d}.parquet", schema) as file:
            file.write(pa.table(columns, schema.names).cast(schema))
        files.append(LedgerFile(file.name, file.sha256, share))
    begun = time.process_time()
    with LocalRunner(1) as runner:
        run(index_stages(Indexing(store, "bench", "language"), lambda _: files), runner, Silent())
    return {"rows": rows, "rows_per_core_second": round(rows / (time.process_time() - begun))}


if __name__ == "__main__":
    main()
