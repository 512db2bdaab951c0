"""Licences of several parts: read as one, and allowed by what they offer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rights.expression import LONGEST, compound, parts, satisfied
from rights.spdx import normal

TREES = st.recursive(
    st.sampled_from(["MIT", "Apache-2.0", "CC-BY-4.0", "GPL-2.0-only", "LicenseRef-CC-BY"]),
    lambda inner: st.tuples(inner, st.sampled_from(["OR", "AND"]), inner),
    max_leaves=6,
)


def written(tree: object) -> str:
    return f"({written(tree[0])} {tree[1]} {written(tree[2])})" if isinstance(tree, tuple) else str(tree)


def naive(tree: object, allowed: frozenset[str]) -> bool:
    if not isinstance(tree, tuple):
        return tree in allowed
    one, other = naive(tree[0], allowed), naive(tree[2], allowed)
    return one or other if tree[1] == "OR" else one and other


@pytest.mark.parametrize(
    ("text", "identifier", "terms"),
    [
        ("MIT OR Apache-2.0", "MIT OR Apache-2.0", ("attribution", "software")),
        ("mit or apache-2.0", "MIT OR Apache-2.0", ("attribution", "software")),
        ("CC-BY-4.0 AND\n CC0-1.0", "CC-BY-4.0 AND CC0-1.0", ("public-domain", "attribution")),
        ("(cc-by-sa-4.0 OR gpl-3.0+) AND mit", "(CC-BY-SA-4.0 OR GPL-3.0-or-later) AND MIT",
         ("attribution", "share-alike", "software")),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0",
         ("attribution", "share-alike", "software")),
        ("MIT OR BUSL-1.1", "MIT OR BUSL-1.1", ("attribution", "software", "unknown")),
    ],
)  # fmt: skip
def test_an_expression_is_one_licence(text: str, identifier: str, terms: tuple[str, ...]) -> None:
    found = compound(text)
    assert found is not None
    assert (found.id, found.terms) == (identifier, terms)


@pytest.mark.parametrize(
    "text",
    ["", "MIT", "MIT OR", "or MIT", "MIT or whatever", "Ann and Bob", "(MIT OR Apache-2.0", "MIT Apache-2.0",
     "a with b", "MIT OR Apache-2.0 " * LONGEST, "MIT OR " * (LONGEST // 7) + "MIT.", "CC BY 4.0 and CC BY-SA 4.0"],
)  # fmt: skip
def test_what_is_no_expression_is_none(text: str) -> None:
    assert compound(text) is None


@given(TREES, st.frozensets(st.sampled_from(["MIT", "Apache-2.0", "CC-BY-4.0", "GPL-2.0-only", "LicenseRef-CC-BY"])))
def test_an_expression_is_allowed_as_its_operators_say(tree: object, allowed: frozenset[str]) -> None:
    name = normal(written(tree))
    assert name is not None
    assert satisfied(name, allowed.__contains__) == naive(tree, allowed)


def test_an_exception_gives_more() -> None:
    assert satisfied("GPL-2.0-only WITH Classpath-exception-2.0", {"GPL-2.0-only"}.__contains__)


def test_parts_are_listed() -> None:
    assert [part.id for part in parts("(MIT OR CC-BY-4.0) AND BUSL-1.1")] == ["MIT", "CC-BY-4.0", "BUSL-1.1"]
    assert [part.id for part in parts("CC-BY-4.0")] == ["CC-BY-4.0"]
    assert parts("nobody knows") == ()


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    found = compound(text)
    assert found is None or normal(found.id) == found.id
