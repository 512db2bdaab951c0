"""All captures of an address; never seen is not the same as dropped."""

from pathlib import Path

import pytest

from pipelines.ledger_index.schema import NO_CAPTURES
from provenance.addresses import address
from provenance.opened import Opened
from tests.releases import ledger_rows

ARCH = "https://archesandspans.example/stone/how-an-arch-stands"


@pytest.mark.parametrize("url", [ARCH, ARCH.replace("https", "http"), f"{ARCH}#x", ARCH.upper(), "//" + ARCH[8:]])
def test_all_captures_are_listed(opened: Opened, url: str) -> None:
    found = address(opened, url)
    assert [(one.outcome, one.dropped_by) for one in found.captures] == [("kept", None), ("duplicate", "minhash")]
    assert found.captures[1].survivor == found.captures[0].id
    assert (found.known, found.count, found.surt) == (True, 2, "example,archesandspans)/stone/how-an-arch-stands")
    assert found.elsewhere is None


def test_every_address_finds_its_records(opened: Opened, indexed: Path) -> None:
    rows = [row for row in ledger_rows(indexed) if row["url"] and row["record_type"] not in NO_CAPTURES]
    for row in rows:
        assert row["id"] in {one.id for one in address(opened, row["url"]).captures}


def test_an_address_that_was_not_read_is_no_dropped_one(opened: Opened) -> None:
    found = address(opened, "https://archesandspans.example/nothing")
    assert (found.known, found.count, found.captures, found.elsewhere) == (False, 0, (), 7)
    assert "not in our inputs" in found.says
    assert found.says.endswith("Other pages of archesandspans.example have 7 captures here.")
    assert address(opened, "https://nobody.example/").elsewhere == 0
