"""Clusters of duplicates: all members, and why the survivor was kept."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pipelines.dedup.settings import Dedup
from provenance.duplicates import CHAIN, duplicates, lost_by, order
from provenance.opened import Opened
from tests.releases import ledger_rows


def test_every_cluster_is_told_whole(opened: Opened, indexed: Path) -> None:
    rows = ledger_rows(indexed)
    clusters = {row["cluster"] for row in rows if row["cluster"]}
    assert len(clusters) > 5
    for row in rows:
        if row["cluster"]:
            found = duplicates(opened, row["id"])
            assert (found.cluster, found.size, found.status) == (row["cluster"], row["cluster_size"], row["outcome"])
            own = {one["id"] for one in rows if one["cluster"] == row["cluster"]}
            assert {one.id for one in found.members} == own
            assert found.members[0].outcome == "kept"
            assert {one.outcome for one in found.members[1:]} == {"duplicate"}


def test_the_survivor_won_by_a_criterion_that_its_values_show(opened: Opened, indexed: Path) -> None:
    named: set[str | None] = set()
    for row in ledger_rows(indexed):
        if row["outcome"] == "duplicate":
            found = duplicates(opened, row["id"])
            member = next(one for one in found.members if one.id == row["id"])
            named.add(member.lost_by)
            if member.lost_by == "longest":
                assert isinstance(member.survivor_has, int)
                assert isinstance(member.this_has, int)
                assert member.survivor_has > member.this_has == member.text_bytes
            elif member.lost_by == "earliest":
                assert str(member.survivor_has) < str(member.this_has) == member.date
            assert (member.method, member.similarity) == (row["dropped_by"], row["similarity"])
    assert {"longest"} <= named <= {"longest", "earliest", "id", "file", "offset"}


def test_who_was_never_compared_is_said_so(opened: Opened, indexed: Path) -> None:
    rows = ledger_rows(indexed)
    dropped = next(row for row in rows if row["outcome"] == "dropped")
    alone = next(row for row in rows if row["outcome"] == "kept" and not row["cluster"])
    assert (
        duplicates(opened, dropped["id"]).says == f"it was not compared with others: dropped, {dropped['dropped_by']}"
    )
    assert duplicates(opened, alone["id"]).says == "it has no duplicates"
    assert duplicates(opened, "nobody").status == "unknown"


JULY, JUNE = datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
BASE = {"text_bytes": 10, "language_score": 0.5, "date": JULY, "stated_licence": None, "licence_disagreement": None}
BASE |= {"id": "a", "file_path": "f", "offset": 0}


@pytest.mark.parametrize(
    ("survivor", "other", "criteria", "name"),
    [
        ({"text_bytes": 11}, {}, ("longest",), "longest"),
        ({"date": JUNE}, {"text_bytes": 11}, ("earliest", "longest"), "earliest"),
        ({"date": JUNE}, {"text_bytes": 11}, ("longest", "earliest"), CHAIN),
        ({"date": JULY}, {"date": None}, ("latest",), "latest"),
        ({"stated_licence": "CC0-1.0"}, {"stated_licence": "CC-BY-4.0"}, ("license",), "license"),
        (
            {"stated_licence": "CC-BY-4.0"},
            {"stated_licence": "CC0-1.0", "licence_disagreement": True},
            ("license",),
            "license",
        ),
        ({}, {"language_score": float("nan")}, ("language_score",), "language_score"),
        ({}, {"id": "b"}, ("longest", "earliest", "id"), "id"),
        ({}, {"offset": 5}, ("id", "file", "offset"), "offset"),
        ({}, {}, ("id",), CHAIN),
    ],
)
def test_the_first_criterion_that_differs_decides(
    survivor: dict[str, Any], other: dict[str, Any], criteria: tuple[str, ...], name: str
) -> None:
    assert lost_by(BASE | survivor, BASE | other, criteria)[0] == name


def test_the_address_round_prefers_its_capture_first() -> None:
    dedup = Dedup(exact=("url",), prefer=("longest",))
    assert order(dedup, "exact_url") == ("latest", "longest", "earliest", "id", "file", "offset")
