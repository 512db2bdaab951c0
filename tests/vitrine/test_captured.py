"""A page that a release has read is read again, by its address or its id, out of the files that it was made from."""

import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipelines.extraction.engine import Options
from pipelines.mistakes import UsageError
from tests.releases import curate_sample, sample_inputs
from vitrine.captured import captured
from vitrine.extract import Captured, extract_page


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("captured") / "release"
    curate_sample(out, inputs=sample_inputs()[:2])
    return out


def test_each_document_is_found_again(release: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = pq.read_table(release / "ledger").to_pylist()
    folder = str(Path(sample_inputs()[0]).parent)
    read = [row for row in rows if row["extracted_bytes"] and row["record_type"] == "response"]
    for row in read[:5]:
        assert captured(str(release), row["id"], [folder]).id == row["id"]
        record = captured(str(release), row["url"], [folder])
        assert (record.url, record.kind) == (row["url"], "response")
    extract_page(Captured(read[0]["id"], str(release), [folder]), "vitrine", Options(), explained=False, as_json=False)
    assert len(capsys.readouterr().out.encode()) == read[0]["extracted_bytes"] + 1


def test_what_is_not_there_is_said(release: Path, tmp_path: Path) -> None:
    rows = pq.read_table(release / "ledger").to_pylist()
    row = next(row for row in rows if row["extracted_bytes"] and row["record_type"] == "response")
    place = Path(sample_inputs()[0])
    with pytest.raises(UsageError, match=r"no release\.json"):
        captured(str(tmp_path), row["url"], [str(place)])
    with pytest.raises(UsageError, match=r"got 'https://nowhere\.test/'"):
        captured(str(release), "https://nowhere.test/", [str(place)])
    with pytest.raises(UsageError, match="say where"):
        captured(str(release), row["url"], [])
    shutil.copy(place, tmp_path / "other.warc.gz")
    with pytest.raises(UsageError, match="none of that name and size"):
        captured(str(release), row["url"], [str(tmp_path)])
