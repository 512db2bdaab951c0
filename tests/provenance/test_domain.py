"""A domain summed up, counted once more from the ledger."""

from pathlib import Path

import pytest

from pipelines.ledger_index.registered import domain_of
from pipelines.ledger_index.schema import NO_CAPTURES
from provenance.domain import domain
from provenance.opened import Opened
from tests.releases import ledger_rows, manifest


def test_every_domain_counts_what_the_ledger_has(opened: Opened, indexed: Path) -> None:
    rows = [row for row in ledger_rows(indexed) if row["url"] and row["record_type"] not in NO_CAPTURES]
    owned = {row["id"] + str(row["offset"]): domain_of(row["url"]) or "" for row in rows}
    kept, _, text = manifest(indexed)["counts"]["fates"]["kept:"]
    share = 0.0
    for name in sorted({*owned.values()} - {""}):
        own = [row for row in rows if owned[row["id"] + str(row["offset"])] == name]
        found = domain(opened, name)
        here = [row for row in own if row["outcome"] == "kept"]
        assert (found.captures, found.kept) == (len(own), len(here)), name
        assert found.kept_bytes == sum(row["text_bytes"] for row in here)
        assert found.share_of_bytes == pytest.approx(found.kept_bytes / text)
        assert sum(fate.captures for fate in found.fates) == len(own)
        assert sum(said.documents for said in found.said) == len([row for row in own if row["outcome"] != "error"])
        assert (found.rank is None) == (not here)
        assert found.domains == len({*owned.values()})
        share += found.kept / kept
    assert share == pytest.approx(1.0)


def test_a_domain_by_hand(opened: Opened) -> None:
    found = domain(opened, "ArchesAndSpans.example.")
    assert (found.captures, found.kept, found.rank) == (7, 3, 5)
    assert {(fate.outcome, fate.dropped_by): fate.captures for fate in found.fates} == {
        ("kept", None): 3,
        ("duplicate", "minhash"): 2,
        ("error", "bad_record"): 2,
    }
    assert [example.outcome for example in found.examples] == ["duplicate"] * 2 + ["error"] * 2 + ["kept"] * 3
    denied = domain(opened, "starfinder.example")
    assert "x_robots_tag/header/*=deny" in " ".join(said.consent or "" for said in denied.said)


def test_a_host_is_a_part_of_its_domain(opened: Opened) -> None:
    for wanted in ("www.archesandspans.example", "https://archesandspans.example:443/x?y", "ARCHESANDSPANS.example:80"):
        assert domain(opened, wanted).captures == 7
    assert not domain(opened, "shop.archesandspans.example").known


@pytest.mark.parametrize(
    "wanted", ["nobody.example", "example", "archesandspans", "'; --", "%", "chesandspans.example", "\x00"]
)
def test_what_was_not_read_is_unknown(opened: Opened, wanted: str) -> None:
    found = domain(opened, wanted)
    assert (found.known, found.captures, found.rank) == (False, 0, None)
    assert found.says.startswith("not in our inputs")
