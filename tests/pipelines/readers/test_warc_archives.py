"""Real archives, and real damage done to one of them: nothing readable is lost."""

import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest
import zstandard
from fastwarc.warc import ArchiveIterator

from pipelines.readers.limits import ReadLimits
from pipelines.readers.warc import read_warc
from pipelines.reason import Reason
from pipelines.record import Record

LIMITS = ReadLimits(16 << 20)
SOUND = (None, Reason.NOT_RESPONSE)
DATA = Path(__file__).parents[3].parent / "shared/data/warc"
#: files of which others report more records than there are, and why
MISCOUNTED = {
    "warc_bad/oduwsdl+ipwb__broken.warc": "a block of 343 bytes says 7; warcio counts lines of its HTTP head",
}
#: damage that leaves a record readable: it is sound, or has another identity
HARMLESS = ("missing_warc-date", "missing_warc-record-id", "missing_warc-target-uri", "bad_date")


def listed(name: str) -> list[dict[str, Any]]:
    path = DATA / name
    # Without the data one case stands for all, so that it is skipped with its reason.
    found: Any = json.loads(path.read_text()) if path.exists() else [{"file": "all"}]
    return found["files"] if isinstance(found, dict) else found


def counted(answer: Any) -> int:
    """Read how many records another reader found: "3 then OSError: ..." is 3."""
    word = str(answer).split()[0]
    return int(word) if word.isdigit() else 0


def in_order(rows: list[Record]) -> bool:
    ends = [0, *(row.offset + row.length for row in rows)]
    return all(row.offset >= end and row.length > 0 for row, end in zip(rows, ends, strict=False))


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Path:
    folder = tmp_path_factory.mktemp("damaged")
    packed = (shared_data / "warc/derived_bad.tar.zst").open("rb")
    with packed, zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(packed) as stream:
        content = io.BytesIO(stream.read())
    with tarfile.open(fileobj=content) as tar:
        tar.extractall(folder, filter="data")
    return folder / "derived"


@pytest.mark.parametrize("case", listed("derived_bad_cases.json"), ids=lambda case: Path(case["file"]).name)
def test_damage_costs_no_more_than_it_must(damaged: Path, case: dict[str, Any]) -> None:
    name = Path(case["file"]).name
    rows = list(read_warc(str(damaged / name), LIMITS))
    sound = [row for row in rows if row.reason in SOUND]
    assert in_order(rows)
    assert len(sound) >= (case["intact_records_before_damage"] or 0) + case.get("recoverable_after", 0)
    faults = len(rows) - len(sound)
    assert faults >= case["records_damaged"] or name.startswith(HARMLESS)


@pytest.mark.parametrize("case", listed("manifest.json"), ids=lambda case: case["file"])
def test_real_archives_give_at_least_what_others_find(shared_data: Path, case: dict[str, Any]) -> None:
    path = shared_data / "warc" / case["file"]
    if not path.exists():
        pytest.skip(f"needs {case['file']}, which is not in this copy of the data")
    rows = list(read_warc(str(path), LIMITS))
    assert in_order(rows)
    if case["format"] == "ARC":
        assert [row.reason for row in rows] == [Reason.UNSUPPORTED]
        return
    found = [row for row in rows if row.reason is not Reason.DAMAGED]
    if case["file"] not in MISCOUNTED:
        assert len(found) >= max(counted(case["warcio"]), counted(case["fastwarc"]), case.get("records") or 0)
    if case["file"].startswith(("warc/", "wet_wat/")):
        # One of these files has a record without a WARC-Type, which cannot be told for a page.
        assert [row.detail for row in rows if row.reason not in SOUND] in ([], ["expected a WARC-Type, came none"])


def test_a_crawl_gives_what_fastwarc_gives(shared_data: Path) -> None:
    path = shared_data / "bulk/bulk_small-00000.warc.gz"
    rows = list(read_warc(str(path), LIMITS))
    with path.open("rb") as file:
        theirs = [
            (record.headers["WARC-Record-ID"], record.stream_pos, record.content_length)
            for record in ArchiveIterator(file, parse_http=False)
        ]
    assert [(row.id, row.offset, row.content_length) for row in rows] == theirs
    assert sum(row.length for row in rows) == path.stat().st_size
    assert all(len(row.content) == row.content_length for row in rows if row.kind == "response")
