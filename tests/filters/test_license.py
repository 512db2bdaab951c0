"""Which stated licences are kept."""

from collections.abc import Sequence

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from filters.document import DOCUMENT
from filters.license import CLASSES, DISPUTED, UNKNOWN, License
from filters.texts import Texts
from rights.licence_kinds import SPDX
from rights.licence_tables import identifiers

#: a licence, how likely, whether evidence disagrees
Row = tuple[str | None, float | None, bool | None]
LICENCES = sorted({*(licence.id for licence in identifiers().values()), *SPDX})
FAMILIES = sorted({licence.family for licence in identifiers().values()} | {"CC-BY", "CC-BY-SA", "CC-BY-NC-ND"})
RESERVED = "LicenseRef-all-rights-reserved"


def texts(rows: Sequence[Row]) -> Texts:
    columns: dict[str, list[object]] = {name: [None] * len(rows) for name in DOCUMENT.names}
    names = ("stated_licence", "licence_confidence", "licence_disagreement")
    columns |= {name: [row[place] for row in rows] for place, name in enumerate(names)}
    columns |= {"id": [str(number) for number in range(len(rows))], "text": [""] * len(rows)}
    return Texts(pa.RecordBatch.from_pydict(columns, schema=DOCUMENT))


def signals(rule: License, *rows: Row) -> list[str]:
    return rule.signal(texts(rows)).to_pylist()


def kept(allowed: tuple[str, ...], *licences: str) -> list[str]:
    """Give those of some licences, each surely a page's, that are kept."""
    rule = License(allowed=allowed)
    rows = texts([(licence, 1.0, False) for licence in licences])
    return [licence for licence, keep in zip(licences, rule.keep(rule.signal(rows)).to_pylist(), strict=True) if keep]


def test_a_licence_is_kept_by_its_identifier() -> None:
    assert kept(("CC-BY-4.0",), "CC-BY-4.0", "CC-BY-3.0", "LicenseRef-CC-BY", "CC-BY-SA-4.0") == ["CC-BY-4.0"]


def test_a_licence_is_kept_by_its_family() -> None:
    licences = ("CC-BY-4.0", "LicenseRef-CC-BY", "CC-BY-3.0-DE", "LicenseRef-CC-BY-2.5-SE", "CC-BY-SA-4.0", "CC0-1.0")
    assert kept(("CC-BY",), *licences) == [*licences[:4]]


@pytest.mark.parametrize(
    ("allowed", "expected"),
    [
        (("public-domain",), ["CC0-1.0", "CC-PDM-1.0", "LicenseRef-public-domain"]),
        (("attribution",), ["CC-BY-4.0", "OGL-UK-3.0"]),
        (("share-alike",), []),
        (("attribution", "share-alike"), ["CC-BY-4.0", "OGL-UK-3.0", "CC-BY-SA-4.0", "GFDL-1.3-only"]),
        (("attribution", "non-commercial"), ["CC-BY-4.0", "OGL-UK-3.0", "CC-BY-NC-4.0"]),
        (("attribution", "software"), ["CC-BY-4.0", "OGL-UK-3.0", "Apache-2.0", "MIT"]),
        (("software",), []),
        (("reserved",), [RESERVED]),
        (("unknown",), ["LicenseRef-CC"]),
    ],
)
def test_a_licence_is_kept_if_all_that_it_asks_is_allowed(allowed: tuple[str, ...], expected: list[str]) -> None:
    licences = (
        *("CC0-1.0", "CC-PDM-1.0", "LicenseRef-public-domain", "CC-BY-4.0", "OGL-UK-3.0", "CC-BY-SA-4.0"),
        *("GFDL-1.3-only", "CC-BY-NC-4.0", "CC-BY-NC-ND-4.0", "Apache-2.0", "MIT", "GPL-3.0-only", RESERVED),
        "LicenseRef-CC",
    )
    assert kept(allowed, *licences) == expected


def test_of_a_choice_one_part_is_enough_of_a_combination_all_must_be_allowed() -> None:
    choices = ("MIT OR CC-BY-4.0", "CC-BY-NC-4.0 OR CC-BY-SA-4.0", "CC-BY-NC-4.0 OR CC-BY-ND-4.0")
    both = ("CC-BY-4.0 AND CC0-1.0", "CC-BY-4.0 AND CC-BY-NC-4.0", "(MIT OR CC0-1.0) AND CC-BY-4.0")
    open_ones = ("public-domain", "attribution", "share-alike")
    assert kept(open_ones, *choices, *both) == [choices[0], choices[1], both[0], both[2]]
    assert kept(("MIT OR CC-BY-4.0",), *choices) == []
    assert kept(("CC-BY",), "CC-BY-3.0 OR CC-BY-SA-3.0", "CC-BY-3.0 AND CC-BY-SA-3.0") == ["CC-BY-3.0 OR CC-BY-SA-3.0"]


def test_by_default_open_licences_are_kept() -> None:
    kept_ones = kept(License().allowed, "CC-BY-SA-4.0", "CC0-1.0", "CC-BY-NC-4.0", "CC-BY-ND-4.0", "MIT", RESERVED)
    assert kept_ones == ["CC-BY-SA-4.0", "CC0-1.0"]


def test_a_name_that_nobody_knows_is_not_kept() -> None:
    assert kept(("attribution", "public-domain", "software"), "LicenseRef-of-our-own", "", "CC-BY-9.9-XX") == []


def test_without_a_licence_it_is_unknown() -> None:
    assert signals(License(), (None, None, None), (None, 0.9, True)) == [UNKNOWN, UNKNOWN]


@pytest.mark.parametrize("allowed", [("unknown",), ("attribution", "unknown")])
def test_the_unknown_may_be_kept(allowed: tuple[str, ...]) -> None:
    rule = License(allowed=allowed)
    assert rule.keep(pa.array([UNKNOWN, DISPUTED, RESERVED])).to_pylist() == [True, False, False]


def test_the_disputed_may_be_kept() -> None:
    rule = License(allowed=("disputed",))
    assert rule.keep(pa.array([UNKNOWN, DISPUTED, "CC-BY-4.0"])).to_pylist() == [False, True, False]


def test_what_is_not_likely_enough_is_unknown() -> None:
    rows: list[Row] = [("CC-BY-4.0", 0.71, False), ("CC-BY-4.0", 0.69, False), ("CC-BY-4.0", 0.0, True)]
    assert signals(License(confidence=0.7), *rows) == ["CC-BY-4.0", UNKNOWN, UNKNOWN]
    assert signals(License(confidence=0), *rows) == ["CC-BY-4.0", "CC-BY-4.0", DISPUTED]


@pytest.mark.parametrize("limit", [0.55, 0.7, 0.75, 0.9, 0.95])
def test_a_licence_that_is_as_likely_as_the_limit_is_believed(limit: float) -> None:
    # The column is of single precision, where 0.9 is a little less than 0.9.
    assert signals(License(confidence=limit), ("CC-BY-4.0", limit, False)) == ["CC-BY-4.0"]


def test_a_bare_licence_is_what_it_says() -> None:
    assert signals(License(confidence=1), ("CC-BY-4.0", None, None)) == ["CC-BY-4.0"]


def test_evidence_that_disagrees_is_disputed_or_the_best() -> None:
    row: Row = ("CC-BY-4.0", 0.9, True)
    assert signals(License(), row) == [DISPUTED]
    assert signals(License(disagreement="best"), row) == ["CC-BY-4.0"]


def test_no_documents_are_judged_too() -> None:
    rule = License()
    assert rule.keep(rule.signal(texts([]))).to_pylist() == []


@pytest.mark.parametrize("word", ["CC-BI", "atribution", "MITT", "Apache-2.1", "unknow", "", "LicenseRef-foo", "by"])
def test_a_misspelt_word_is_a_mistake(word: str) -> None:
    mistakes = License(allowed=("CC-BY", word)).mistakes()
    assert len(mistakes) == 1
    assert repr(word) in mistakes[0]


@pytest.mark.parametrize("word", [*CLASSES, *FAMILIES, *LICENCES])
def test_every_licence_family_and_class_is_a_word(word: str) -> None:
    assert License(allowed=(word,)).mistakes() == []


@pytest.mark.parametrize(
    "word",
    [
        *(
            "cc-by-4.0",
            "CC BY",
            "cc0-1.0",
            "GFDL-1.3",
            "GPL-2.0+",
            "MIT AND Apache-2.0",
            "CC BY 4.0",
            "licenseref-cc-by",
        ),
        "https://creativecommons.org/licenses/by/4.0/",
    ],
)
def test_a_word_that_keeps_nothing_is_a_mistake(word: str) -> None:
    assert License(allowed=(word,)).mistakes() or kept((word,), *LICENCES)


@given(
    st.lists(
        st.tuples(
            st.none() | st.sampled_from(LICENCES) | st.text(), st.none() | st.floats(0, 1), st.none() | st.booleans()
        )
    ),
    st.lists(st.sampled_from([*CLASSES, *FAMILIES]), min_size=1).map(tuple),
)
def test_any_row_is_judged(rows: list[Row], allowed: tuple[str, ...]) -> None:
    rule = License(allowed=allowed)
    signal = rule.signal(texts(rows))
    judged = rule.keep(signal).to_pylist()
    assert None not in judged
    assert all(keep in {True, False} for keep in judged)
    assert all(one in {row[0], UNKNOWN, DISPUTED} for one, row in zip(signal.to_pylist(), rows, strict=True))
