"""One verdict of the evidence."""

from itertools import permutations
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rights.evidence import Item, Kind, Location, Scope
from rights.verdict import BELIEVED, DISPUTED, RESERVED, Verdict, verdict

NAMES = (
    *("CC-BY-4.0", "LicenseRef-CC-BY", "CC-BY-SA-3.0", "LicenseRef-CC-BY-SA-3.0-US", "LicenseRef-CC", "GFDL-1.3-only"),
    *("LicenseRef-GFDL", "MIT", RESERVED, "LicenseRef-copyright-notice", "LicenseRef-", "CC-", "-", "é"),
)
ITEMS = st.builds(
    Item,
    st.sampled_from(get_args(Kind)),
    st.sampled_from(get_args(Location)),
    st.just(""),
    st.just(""),
    st.sampled_from(NAMES) | st.text(min_size=1),
    st.sampled_from(get_args(Scope)),
    st.floats(0, 1),
)


def item(parsed: str, location: Location = "link", confidence: float = 0.9, scope: Scope = "page") -> Item:
    kind = "reserved" if parsed in {RESERVED, "LicenseRef-copyright-notice"} else "licence"
    return Item(kind, location, "", "", parsed, scope, confidence)


def test_without_evidence_nothing_is_believed() -> None:
    assert verdict([]) == Verdict(None, 0.0, False, ())


@pytest.mark.parametrize("scope", ["page", "site"])
def test_one_item_is_believed_as_it_stands(scope: Scope) -> None:
    assert verdict([item("CC-BY-4.0", scope=scope)]) == Verdict("CC-BY-4.0", 0.9)


@pytest.mark.parametrize("scope", ["embedded", "unknown"])
def test_what_is_not_of_the_page_does_not_count(scope: Scope) -> None:
    assert verdict([item("CC-BY-4.0", scope=scope)]).licence is None
    assert not verdict([item("CC-BY-4.0", scope=scope), item("MIT")]).disagreement


def test_what_is_less_likely_than_not_does_not_count() -> None:
    assert verdict([item("CC-BY-4.0", confidence=BELIEVED - 0.01)]).licence is None
    assert verdict([item("CC-BY-4.0", confidence=BELIEVED)]).licence == "CC-BY-4.0"


def test_consent_is_no_licence() -> None:
    assert verdict([Item("consent", "meta", "robots_meta", "noai", "train_ai=deny", "page", 0.95)]) == Verdict()


def test_independent_witnesses_make_it_more_likely() -> None:
    assert verdict([item("CC-BY-4.0", "link", 0.9), item("CC-BY-4.0", "json-ld", 0.9)]).confidence == pytest.approx(
        0.99
    )


def test_what_readers_see_is_one_witness() -> None:
    seen = [item("CC-BY-4.0", location, 0.8) for location in ("rel", "anchor", "text", "text")]
    assert verdict(seen).confidence == pytest.approx(0.8)


def test_a_place_is_one_witness_however_often_it_speaks() -> None:
    assert verdict([item("CC-BY-4.0", "meta", 0.8)] * 9).confidence == pytest.approx(0.8)
    assert verdict([item("CC-BY-4.0", "meta", worth) for worth in (0.6, 0.9, 0.7)]).confidence == pytest.approx(0.9)


def test_two_licences_disagree() -> None:
    found = verdict([item("MIT", confidence=0.6), item("CC-BY-4.0", "rel")])
    assert found == Verdict("CC-BY-4.0", 0.9, True, ("MIT",))


def test_many_small_witnesses_outweigh_one() -> None:
    locations: tuple[Location, ...] = ("meta", "item", "rel")
    assert verdict([item("MIT"), *(item("CC-BY-4.0", place, 0.8) for place in locations)]).licence == "CC-BY-4.0"


def test_all_rights_reserved_is_disagreement() -> None:
    found = verdict([item("CC-BY-4.0"), item(RESERVED, "text")])
    assert found == Verdict("CC-BY-4.0", round(0.9 * DISPUTED, 3), True)


def test_a_notice_of_copyright_is_none() -> None:
    assert verdict([item("CC-BY-4.0"), item("LicenseRef-copyright-notice", "text")]) == Verdict("CC-BY-4.0", 0.9)


def test_reserved_rights_alone_are_no_licence() -> None:
    assert verdict([item(RESERVED)]) == Verdict()


@pytest.mark.parametrize(
    ("vague", "exact"),
    [
        ("LicenseRef-CC-BY", "CC-BY-4.0"),
        ("LicenseRef-CC-BY-SA", "LicenseRef-CC-BY-SA-3.0-US"),
        ("LicenseRef-GFDL", "GFDL-1.3-or-later"),
        ("LicenseRef-Apache", "Apache-2.0"),
        ("LicenseRef-OGL-UK", "OGL-UK-3.0"),
    ],
)
def test_a_licence_without_a_version_is_the_one_that_has_one(vague: str, exact: str) -> None:
    assert verdict([item(vague, "text", 0.75), item(exact, "rel")]) == Verdict(exact, 0.9)
    assert verdict([item(vague, "meta", 0.9), item(exact, "rel", 0.9)]) == Verdict(exact, 0.99)


@pytest.mark.parametrize("other", ["CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-ND-4.0"])
def test_other_elements_are_another_licence(other: str) -> None:
    assert verdict([item("LicenseRef-CC-BY", "text", 0.75), item(other)]).disagreement


def test_of_two_versions_none_is_the_vague_one() -> None:
    found = verdict([item("LicenseRef-CC-BY", "text", 0.6), item("CC-BY-4.0"), item("CC-BY-3.0", "rel", 0.8)])
    assert (found.licence, found.others) == ("CC-BY-4.0", ("CC-BY-3.0", "LicenseRef-CC-BY"))


def test_creative_commons_without_a_code_does_not_disagree_with_one() -> None:
    # "under a Creative Commons License", and what that links to, are one statement.
    assert verdict([item("LicenseRef-CC", "text", 0.75), item("CC-BY-4.0", "rel")]) == Verdict("CC-BY-4.0", 0.9)


@pytest.mark.parametrize(
    ("said", "linked"),
    [
        ("CC-BY-SA-3.0", "LicenseRef-CC-BY-SA-3.0-US"),
        ("CC-BY-3.0", "CC-BY-3.0-DE"),
    ],
)
def test_a_licence_without_a_jurisdiction_does_not_disagree_with_one(said: str, linked: str) -> None:
    assert verdict([item(said, "text", 0.75), item(linked, "rel")]) == Verdict(linked, 0.9)


def test_or_later_does_not_disagree_with_the_same_version() -> None:
    found = verdict([item("GFDL-1.3-or-later", "text", 0.75), item("GFDL-1.3-only", "anchor", 0.75)])
    assert not found.disagreement


def test_two_jurisdictions_disagree() -> None:
    assert verdict([item("CC-BY-3.0-DE"), item("CC-BY-3.0-AT", "rel")]).disagreement


def test_the_order_of_the_evidence_does_not_matter() -> None:
    items = [item("MIT"), item("CC-BY-4.0"), item("LicenseRef-CC-BY", "text", 0.6), item(RESERVED, "text")]
    assert len({verdict(order) for order in permutations(items)}) == 1


@given(st.lists(ITEMS, max_size=12))
def test_any_evidence_gives_a_verdict(items: list[Item]) -> None:
    found = verdict(iter(items))
    licences = {item.parsed for item in items if item.kind == "licence"}
    assert 0 <= found.confidence <= 1
    assert found.licence is None or found.licence in {item.parsed for item in items}
    assert set(found.others) <= {item.parsed for item in items}
    assert found.licence not in found.others
    assert (found.licence is None) <= (found == Verdict())
    assert found.licence is None or licences
