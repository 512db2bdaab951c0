"""Lengths are exact at the powers of two, and count kept texts alone."""

from pathlib import Path

from datasheets.lengths import histogram, quantiles
from tests.datasheets.asking import answered, kept, section


def test_quantiles_are_lengths_that_occur(tmp_path: Path) -> None:
    rows = [kept(text_bytes=number) for number in range(1, 101)] + [kept(outcome="dropped", text_bytes=10**9)]
    assert answered(section(tmp_path, quantiles, rows=(rows,))) == (
        ("shortest", 1),
        ("1%", 1),
        ("5%", 5),
        ("25%", 25),
        ("median", 50),
        ("75%", 75),
        ("95%", 95),
        ("99%", 99),
        ("longest", 100),
    )


def test_a_power_of_two_begins_a_row(tmp_path: Path) -> None:
    rows = [kept(text_bytes=size) for size in (4, 7, 8, 15, 15, 64)]
    found = answered(section(tmp_path, histogram, rows=(rows,)))
    assert [row[:4] for row in found] == [
        (4, 8, 2, 2 / 6),
        (8, 16, 3, 3 / 6),
        (16, 32, 0, None),
        (32, 64, 0, None),
        (64, 128, 1, 1 / 6),
    ]
    assert [row[4].rstrip() for row in found] == ["█" * 16, "█" * 24, "", "", "█" * 8]


def test_no_text_and_very_long_texts_have_rows(tmp_path: Path) -> None:
    rows = [kept(text_bytes=size) for size in (0, 1, 2**40)]
    found = answered(section(tmp_path, histogram, rows=(rows,)))
    assert found[0][:3] == (0, 2, 2)
    assert found[-1][:3] == (2**40, 2**41, 1)


def test_nothing_kept_is_said(tmp_path: Path) -> None:
    for room in (quantiles, histogram):
        found = section(tmp_path, room, rows=([kept(outcome="dropped")],))
        assert (found.words, answered(found)) == (("No document is kept.",), ())
