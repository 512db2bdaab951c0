"""Groups are counted over what was read and what is kept; beyond the largest they are summed up, not cut off."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from datasheets.composition import HOST, HOSTS, MONTHS, charsets, hosts, languages, months, types
from pipelines.recipe import Recipe
from pipelines.store import Store
from provenance.release import open_ledger
from tests.datasheets.asking import answered, kept, section
from tests.provenance.ledgers import write_ledger


def test_languages(tmp_path: Path) -> None:
    assert answered(section(tmp_path, languages)) == (("en", 1, 5, 2, 31, 1.0), ("fr", 1, 2, 0, 0, 0.0))


def test_without_a_filter_no_language_is_known(tmp_path: Path) -> None:
    found = section(tmp_path, languages, Recipe.parse('name = "r"\npurpose = ""'), ([kept()],))
    assert found.answer is None
    assert found.words == ("The recipe has no filter `language`, so no language was measured.",)


def test_hosts(tmp_path: Path) -> None:
    assert answered(section(tmp_path, hosts)) == (
        ("b.example", 1, 1, 1, 16, 16 / 31),
        ("www.a.example", 1, 4, 1, 15, 15 / 31),
        ("c.example", 1, 1, 0, 0, 0.0),
        ("d.example", 1, 1, 0, 0, 0.0),
    )


def test_months_stand_in_order(tmp_path: Path) -> None:
    assert answered(section(tmp_path, months)) == (
        ("", 1, 3, 0, 0, 0.0),
        ("2026-01", 1, 3, 1, 15, 15 / 31),
        ("2026-02", 1, 1, 1, 16, 16 / 31),
    )


def test_types_count_every_answer_of_a_server(tmp_path: Path) -> None:
    assert answered(section(tmp_path, types)) == (
        ("text/html", 1, 8, 2, 31, 1.0),
        ("application/pdf", 1, 1, 0, 0, 0.0),
    )


def test_charsets(tmp_path: Path) -> None:
    assert answered(section(tmp_path, charsets)) == (("utf-8", 1, 7, 2, 31, 1.0),)


@pytest.mark.parametrize("room", [hosts, months, types, charsets])
def test_no_documents_are_said(tmp_path: Path, room: object) -> None:
    found = section(tmp_path, room, rows=((),))  # type: ignore[arg-type]
    assert answered(found) == ()
    assert len(found.words) == 1


def test_smaller_hosts_are_summed_up(tmp_path: Path) -> None:
    rows = [kept(url=f"http://h{number:02d}.example/", text_bytes=100 - number) for number in range(23)]
    found = section(tmp_path, hosts, rows=(rows,))
    table = answered(found)
    assert len(table) == HOSTS.most + 1
    assert [row[0] for row in table[:2]] == ["h00.example", "h01.example"]
    assert table[-1][:5] == (None, 3, 3, 3, 80 + 79 + 78)
    assert sum(row[5] for row in table) == pytest.approx(1)
    assert found.words[-1] == "The last row sums up the 3 hosts beyond the 20 largest."


def test_the_largest_months_stay_in_order(tmp_path: Path) -> None:
    dates = [datetime(1990 + number // 12, 1 + number % 12, 1, tzinfo=UTC) for number in range(40)]
    rows = [kept(date=date, text_bytes=1 + number % 7) for number, date in enumerate(dates)]
    table = answered(section(tmp_path, months, rows=(rows,)))
    named = [row[0] for row in table[:-1]]
    assert named == sorted(named)
    assert len(named) == MONTHS.most
    assert table[-1][:3] == (None, 4, 4)


def test_equal_hosts_stand_in_order_of_their_names(tmp_path: Path) -> None:
    names = [f"{letter}.example" for letter in "dbca"]
    table = answered(section(tmp_path, hosts, rows=([kept(url=f"http://{name}") for name in names],)))
    assert [row[0] for row in table] == sorted(names)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://Example.COM/a", "example.com"),
        ("https://user:secret@a.example:8080/@b", "a.example"),
        ("https://a.example?x=http://b.example/", "a.example"),
        ("https://a.example#@b.example", "a.example"),
        ("http://[2001:DB8::1]:80/", "[2001:db8::1]"),
        ("http://a.example\\@b.example/", "a.example"),
        ("http://a.example./", "a.example"),
        ("http://a.example:/", "a.example"),
        ("http://[::1]/", "[::1]"),
        ("http://a@b@c.example/", "c.example"),
        ("http://münchen.example/ü", "münchen.example"),
        ("a.example/path", ""),
        ("mailto:ann@a.example", ""),
        ("javascript:alert(1)//http://a.example", ""),
        ("http://", ""),
        ("", ""),
    ],
)
def test_a_host_is_what_a_browser_would_ask(tmp_path: Path, url: str, host: str) -> None:
    store = Store.at(tmp_path)
    write_ledger(store, rows=([{"url": url}],))
    with open_ledger(store, ("ledger/00000.parquet",)) as connection:
        assert connection.query("FROM ledger").project(HOST).fetchall() == [(host,)]
