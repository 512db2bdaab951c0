"""Scores of detectors of rights, and the names by which licences are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.rights import outside
from benchmarks.rights.errors import MOST, errors
from benchmarks.rights.named import OTHER, UNSPECIFIED, Named, of_codes, of_identifier
from benchmarks.rights.ours import Told, answer
from benchmarks.rights.plain import PATTERNS
from benchmarks.rights.score import Answer, by_family, consent, exact, presence, rates, wrongly_taken
from benchmarks.rights.truth import Label
from rights.evidence import Item


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("cc_by", Named("CC-BY")),
        ("cc_by_4.0", Named("CC-BY", "4.0")),
        ("cc_publicdomain/zero_1.0_en", Named("CC0", "1.0")),
        ("cc_publicdomain", Named("CC-PDDC")),
        ("something", Named(OTHER)),
        (None, None),
    ],
)
def test_types_of_span_are_read(kind: str | None, expected: Named | None) -> None:
    assert outside.named(kind) == expected


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ("CC-BY-SA-3.0", Named("CC-BY-SA", "3.0")),
        ("LicenseRef-CC-BY-2.0-FR", Named("CC-BY", "2.0", "FR")),
        ("LicenseRef-CC", Named(UNSPECIFIED)),
        ("LicenseRef-somebody's-own", Named(OTHER)),
    ],
)
def test_identifiers_are_read(identifier: str, expected: Named) -> None:
    assert of_identifier(identifier) == expected


def test_codes_are_read_in_any_order() -> None:
    assert of_codes("by-nd-nc", "1.0") == Named("CC-BY-NC-ND", "1.0")
    assert of_codes("nd-sa") == Named(UNSPECIFIED)
    assert of_codes("publicdomain/mark", "1.0") == Named("CC-PDM", "1.0")


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<a href="//creativecommons.org/licenses/BY/4.0/">', (Named("CC-BY", "4.0"), Named("CC-BY", "4.0"), None)),
        ("<a rel=license href='/terms'>", (None, Named(OTHER), Named(OTHER))),
        ('<a rel="nofollow license" href="x">', (None, Named(OTHER), Named(OTHER))),
        ('<a rel="licensed" href="x">', (None, None, None)),
        ('<a href="http://creativecommons.org/licenses/by/2.0/uk/" rel="license">', (Named("CC-BY", "2.0", "UK"),) * 3),
        ('<a href="http://creativecommons.org/">', (None, None, None)),
    ],
)
def test_plain_patterns(markup: str, expected: tuple[Named | None, ...]) -> None:
    assert tuple(find(f"<p>{markup}x</a>") for find in PATTERNS.values()) == expected


def test_a_relation_is_named_by_its_own_element() -> None:
    other = '<a href="http://creativecommons.org/licenses/by/4.0/">'
    assert PATTERNS["rel=license"](f'{other}a</a><a rel="license" href="x">b</a>{other}') == Named(OTHER)


@given(st.lists(st.tuples(st.booleans(), st.booleans())))
def test_rates_are_as_defined(pairs: list[tuple[bool, bool]]) -> None:
    found = rates(pairs)
    right, said, wanted = pairs.count((True, True)), sum(a for a, _ in pairs), sum(b for _, b in pairs)
    precision, recall = right / max(said, 1), right / max(wanted, 1)
    assert (found.precision, found.recall) == pytest.approx((precision, recall))
    assert found.f1 == pytest.approx(2 * precision * recall / (precision + recall) if right else 0)


def _label(html: str, scope: str = "page", licence: Named | None = None, *, reserved: bool = False) -> Label:
    return Label(html, f"http://{html}.example/x", scope, licence, ("robots",) if reserved else ())


_BY = Named("CC-BY", "4.0")
_SOME = [
    _label("a", licence=_BY),
    _label("b", licence=Named("CC-BY-SA", "3.0", "DE")),
    _label("c", licence=Named("CC-BY")),
    _label("d", "images-only", reserved=True),
    _label("e", "images-only"),
]
_SAID = {
    "a": Answer(Named("CC-BY", "3.0")),
    "b": Answer(Named("CC-BY-SA", "3.0")),
    "c": Answer(None),
    "d": Answer(_BY),
    "e": Answer(None),
}


def test_scores_of_licences() -> None:
    yes = presence(_SOME, _SAID)
    assert (yes.right, yes.said, yes.wanted) == (2, 3, 3)
    family = by_family(_SOME, _SAID)["CC-BY"]
    assert (family.right, family.said, family.wanted) == (1, 2, 2)
    assert wrongly_taken(_SOME, _SAID) == {"images-only": (1, 2)}
    assert exact(_SOME, _SAID) == {"licensed": 3, "family": 2, "versioned": 2, "version": 1, "jurisdiction": 0}


def test_scores_of_wishes() -> None:
    assert consent(_SOME, _SAID) is None
    found = consent(_SOME, {html: Answer(None, denied=html in "de") for html in _SAID})
    assert found is not None
    assert (found.right, found.said, found.wanted) == (1, 2, 1)


def _told(licence: str | None, confidence: float = 0.8) -> Told:
    item = Item("licence", "anchor", "", "http://cc.example/", licence or "", "page", confidence)
    return Told(licence, confidence, (item,) if licence else (), denied=False)


def test_a_licence_of_less_confidence_counts_as_none() -> None:
    assert answer(_told("CC-BY-4.0"), 0.8).licence == _BY
    assert answer(_told("CC-BY-4.0"), 0.9).licence is None


def test_errors_are_told_worst_first() -> None:
    said = {"a": "CC-BY-3.0", "b": "CC-BY-SA-3.0", "c": None, "d": "CC-BY-4.0", "e": None}
    lines = [*errors(_SOME, {html: _told(licence) for html, licence in said.items()})]
    assert [line.split()[0] for line in lines if line[0] != " "] == ["taken", "missed", "version", "jurisdiction"]
    assert "d.example" in lines[0]
    assert "licence anchor - CC-BY-4.0 page 0.80  http://cc.example/" in lines[1]


def test_errors_beyond_the_most_are_counted() -> None:
    labels = [_label(f"p{number}", "none") for number in range(MOST + 3)]
    lines = [*errors(labels, {label.html: Told("CC-BY-4.0", 0.8, (), denied=False) for label in labels})]
    assert len(lines) == MOST + 1
    assert lines[-1] == "3 more pages are wrong"
