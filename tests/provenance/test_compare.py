"""Two pages side by side."""

from pathlib import Path

from provenance.compare import compare
from provenance.opened import Opened
from tests.releases import ledger_rows


def test_a_kept_and_a_dropped_page_are_told_apart_by_what_dropped_it(opened: Opened, indexed: Path) -> None:
    rows = ledger_rows(indexed)
    kept = next(row for row in rows if row["outcome"] == "kept")
    for row in rows:
        if row["outcome"] == "dropped":
            found = compare(opened, kept["id"], row["id"])
            assert found.told_apart_by == row["failed"][0] == row["dropped_by"]
            step = next(step for step in found.steps if not step.same)
            assert (step.a_verdict, step.b_verdict) == ("keeps", "drops")
            assert (step.a_signal, step.b_signal) == (kept[step.step], row[step.step])


def test_of_two_duplicates_the_recipe_preferred_one(opened: Opened) -> None:
    arch = "https://archesandspans.example/stone/how-an-arch-stands"
    found = compare(opened, arch, f"{arch}/amp")
    assert (found.told_apart_by, found.preferred_by) == ("minhash", "longest")
    assert found.says == (
        "A is kept, B is duplicate: minhash is the first step that tells them apart; of the two the recipe prefers one "
        "by `longest`"
    )
    assert compare(opened, f"{arch}/amp", arch).preferred_by == "longest"


def test_the_same_page_is_not_told_apart(opened: Opened) -> None:
    tides = "https://harbourtides.example/2026/03/how-tides-work/"
    found = compare(opened, tides, tides)
    assert (found.told_apart_by, {step.same for step in found.steps}) == (None, {True})


def test_an_error_has_no_text(opened: Opened) -> None:
    found = compare(
        opened, "https://harbourtides.example/2026/03/how-tides-work/", "http://claypath.example/booking/empty"
    )
    assert found.says.endswith("no text came of one of them (empty)")


def test_what_was_not_read_is_named(opened: Opened) -> None:
    found = compare(opened, "https://nobody.example/", "https://harbourtides.example/2026/03/how-tides-work/")
    assert found.says == "not in our inputs: 'https://nobody.example/'"
    assert found.steps == ()
