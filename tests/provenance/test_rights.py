"""Whose authors must be named."""

import pytest

from provenance.rights import asks_for_names


@pytest.mark.parametrize(
    ("licence", "asks"),
    [
        ("CC-BY-4.0", True),
        ("CC0-1.0", False),
        ("LicenseRef-public-domain", False),
        ("CC0-1.0 OR CC-BY-4.0", True),
        ("CC0-1.0 AND PDDL-1.0", False),
        ("MIT OR Apache-2.0", True),
        ("BUSL-1.1", True),
        ("nobody knows", True),
    ],
)
def test_a_licence_that_may_ask_for_names_is_listed(licence: str, asks: bool) -> None:
    assert asks_for_names(licence) == asks
