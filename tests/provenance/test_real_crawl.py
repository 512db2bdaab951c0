"""On a real crawl: every page is found by its address, where whoever packed the crawl says that it lies."""

import gzip
import json
from pathlib import Path

from pipelines.ledger_index.projections import build_index
from pipelines.recipe import Recipe
from pipelines.runner import LocalRunner
from pipelines.store import Store
from provenance.addresses import address
from provenance.opened import open_release
from provenance.questions import put
from provenance.show import raw
from provenance.why import why
from tests.releases import curate_sample, manifest

NAME = "bulk_small-00001.warc.gz"


def test_every_page_is_found_where_it_lies(shared_data: Path, tmp_path: Path) -> None:
    folder = shared_data / "bulk"
    curate_sample(tmp_path / "r", inputs=(str(folder / NAME),), recipe=Recipe.load("default"))
    with LocalRunner(1) as runner:
        build_index(Store.at(tmp_path / "r"), runner)
    with gzip.open(folder / "bulk_small.index.jsonl.gz", "rt") as lines:
        pages = [page for page in map(json.loads, lines) if page["file"] == NAME]
    assert len(pages) > 500
    with open_release(str(tmp_path / "r")) as opened:
        for page in pages[::12]:
            assert page["record_id"] in {one.id for one in address(opened, page["url"]).captures}
            told = why(opened, page["record_id"]).history
            assert told is not None
            place = (page["url"], page["file"], page["offset"], page["length"])
            assert (told.url, told.file, told.offset, told.length) == place
            read = raw({"file_path": told.file, "offset": told.offset, "length": told.length}, str(folder))
            assert page["record_id"] in (read.content or "")
        kept = manifest(tmp_path / "r")["counts"]["fates"]["kept:"][0]
        counted = [put(opened, "domain", name).answer for name in ("example.test", "archive.org")]
        assert 0 < sum(one.kept for one in counted) < kept
        assert sum(one.captures for one in counted) > len(pages) / 2
