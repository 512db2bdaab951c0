"""Licences are ranked by what they ask."""

import pytest

from pipelines.dedup.freedom import freedom


@pytest.mark.parametrize(
    ("licence", "rank"),
    [
        ("CC0-1.0", 0),
        ("LicenseRef-public-domain", 0),
        ("CC-BY-4.0", 1),
        ("MIT", 1),
        ("LicenseRef-CC-BY-SA", 2),
        ("CC-BY-4.0 AND CC-BY-SA-4.0", 2),
        ("CC-BY-NC-4.0", 3),
        ("CC-BY-ND-4.0", 4),
        ("CC-BY-NC-ND-3.0-DE", 4),
        ("LicenseRef-CC", None),
        ("LicenseRef-all-rights-reserved", None),
        ("nobody knows", None),
        ("", None),
        (None, None),
    ],
)
def test_the_less_it_asks_the_freer_it_is(licence: str | None, rank: int | None) -> None:
    assert freedom(licence) == rank
