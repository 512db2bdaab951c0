"""A page that hangs or kills costs that page; a bomb and a giant stay within the memory that the recipe states."""

import contextlib
import gzip
import json
import sys
import time
import zlib
from pathlib import Path

import psutil
import pyarrow.parquet as pq
import pytest

from flows.curation import curate
from flows.jobs import make_job
from pipelines import sandbox
from pipelines.recipe import Recipe
from pipelines.runner import LocalRunner
from tests.warcs import page, prose, record, write_warc

POISONED = (sys.executable, str(Path(__file__).parents[1] / "pipelines" / "poisoned_child.py"))


def test_a_poisoned_page_is_recorded_and_the_shard_finishes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "COMMAND", POISONED)
    words = ["bridge", "HANG", "river", "SEGFAULT", "meadow", "KILL"]
    path = write_warc(tmp_path / "poison.warc.gz", [page(prose(word)) for word in words])
    recipe = Recipe.load("sample")
    recipe = recipe.model_copy(
        update={"extract": recipe.extract.model_copy(update={"engine": "resiliparse", "seconds": 1}), "dedup": None}
    )
    with LocalRunner(1) as runner:
        curated = curate(make_job(recipe, (str(path),), str(tmp_path / "out"), None, None), runner)
    rows = pq.read_table(tmp_path / "out" / "ledger").to_pylist()
    fates = [row["dropped_by"] if row["outcome"] == "error" else row["outcome"] for row in rows]
    assert fates == ["kept", "timed_out", "kept", "crashed", "kept", "crashed"]
    assert [row["detail"] is None for row in rows] == [True, False, True, False, True, False]
    assert curated.manifest["records"] == 6


def test_a_bomb_and_a_giant_stay_within_bounds(tmp_path: Path) -> None:
    path = write_warc(tmp_path / "giants.warc.gz", [page(prose("before"))])
    with path.open("ab") as file:
        file.write(_giant())
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
        file.write(gzip.compress(record(2, head + _zipped([], 400_000_000))))
        file.write(gzip.compress(record(3, page(prose("after")))))
    command = [sys.executable, "-m", "vitrine.command", "run", "sample", "--input", str(path), "--json"]
    with (tmp_path / "said").open("wb") as said:
        run = psutil.Popen([*command, "--out", str(tmp_path / "out")], stdout=said)
        peak = 0
        while run.poll() is None:
            peak = max(peak, _largest(run))
            time.sleep(0.005)
    assert run.returncode == 0
    summary = json.loads((tmp_path / "said").read_bytes())
    assert (summary["kept"] + summary["duplicates"], summary["errors_by"]) == (2, {"too_large": 2})
    # Python, Arrow, numba and the model take some 300 MB before the first record.
    assert peak < Recipe.load("sample").extract.memory_bytes * 0.6


def _zipped(pieces: list[bytes], size: int) -> bytes:
    """Compress the pieces, then `size` bytes of boredom, without holding them."""
    packer = zlib.compressobj(1, wbits=31)
    bored = b"<p>boom</p>" * 100_000
    packed = [packer.compress(piece) for piece in [*pieces, *[bored] * (size // len(bored))]]
    return b"".join([*packed, packer.flush()])


def _giant() -> bytes:
    """Make a record of 200 MB: its own head, then boredom."""
    size = 200_000_000 // 1_100_000 * 1_100_000
    head, _, _ = record(1, b"").partition(b"Content-Length: 0")
    return _zipped([head + b"Content-Length: %d\r\n\r\n" % size], size) + gzip.compress(b"")


def _largest(run: psutil.Popen) -> int:
    sizes = [0]
    with contextlib.suppress(psutil.NoSuchProcess):
        for process in [run, *run.children(recursive=True)]:
            with contextlib.suppress(psutil.NoSuchProcess):
                sizes.append(process.memory_info().rss)
    return max(sizes)
