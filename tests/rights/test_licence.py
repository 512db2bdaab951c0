"""The normal form of licences, held against SPDX's own list."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from license_expression import get_spdx_licensing

from rights.licence import Licence, licence_of
from rights.licence_kinds import SPDX, creative_commons
from rights.licence_tables import identifiers
from rights.spdx import LONGEST, licence_of_id, normal

KNOWN = frozenset(get_spdx_licensing().known_symbols)
OURS = tuple(identifiers().values())


@pytest.mark.parametrize("licence", OURS, ids=lambda licence: licence.id)
def test_identifiers_are_those_of_spdx_or_say_that_they_are_not(licence: Licence) -> None:
    assert licence.id.startswith("LicenseRef-") != (licence.id in KNOWN)
    assert licence_of_id(licence.id.upper()) == licence
    assert normal(licence.id.lower()) == licence.id


def test_the_commons_that_spdx_lists_are_all_there() -> None:
    listed = {key for key in KNOWN if key.startswith(("CC-BY", "CC-SA"))}
    assert listed == SPDX


@pytest.mark.parametrize(
    ("codes", "version", "jurisdiction", "identifier"),
    [
        (["sa", "by"], "3.0", "de", "CC-BY-SA-3.0-DE"),
        (["nd", "nc", "by"], "1.0", None, "CC-BY-NC-ND-1.0"),
        (["by"], "2.1", None, "LicenseRef-CC-BY-2.1"),
        (["by"], None, "de", "LicenseRef-CC-BY"),
        (["by"], "5.0", None, "LicenseRef-CC-BY"),
        (["by", "nd", "sa"], "4.0", None, "LicenseRef-CC"),
        ([], "4.0", None, "LicenseRef-CC"),
    ],
)
def test_elements_in_any_order(codes: list[str], version: str, jurisdiction: str, identifier: str) -> None:
    assert creative_commons(codes, version, jurisdiction).id == identifier


@pytest.mark.parametrize(
    ("value", "identifier"),
    [
        (" https://creativecommons.org/licenses/by/4.0/ ", "CC-BY-4.0"),
        ("creativecommons.org/licenses/by/4.0", "CC-BY-4.0"),
        ("see https://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0"),
        ("CC-BY-NC-4.0", "CC-BY-NC-4.0"),
        ("LicenseRef-CC-BY-2.0-FR", "LicenseRef-CC-BY-2.0-FR"),
        ("gpl-3.0-or-later", "GPL-3.0-or-later"),
        ("PHP-3.01", "PHP-3.01"),
        ("MIT License", "MIT"),
        ("MIT", None),
        ("https://example.org/licence", None),
        ("ask the author", None),
        ("", None),
    ],
)
def test_values_of_metadata(value: str, identifier: str | None) -> None:
    licence = licence_of(value)
    assert (licence.id if licence else None) == identifier


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("mit or apache-2.0", "MIT OR Apache-2.0"),
        ("cc-by-sa-4.0 and (gfdl-1.3-or-later or mit)", "CC-BY-SA-4.0 AND (GFDL-1.3-or-later OR MIT)"),
        ("gpl-2.0+", "GPL-2.0-or-later"),
        ("gpl-2.0-only with classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("licenseref-cc-by-2.0-fr OR licenseref-all-rights-reserved",
         "LicenseRef-CC-BY-2.0-FR OR LicenseRef-all-rights-reserved"),
        ("", None),
        ("mit apache-2.0", None),
        ("(mit", None),
        ("mit or", None),
        ("no-such-licence", None),
        ("mit/apache-2.0", None),
        ("(" * LONGEST + "mit" + ")" * LONGEST, None),
    ],
)  # fmt: skip
def test_expressions_in_normal_case(expression: str, expected: str | None) -> None:
    assert normal(expression) == expected


TOKENS = st.lists(
    st.sampled_from(["mit", "(", ")", "or", "AND", "with", "gpl-2.0+", "Classpath-exception-2.0", "x", "+"])
)


@given(st.text() | TOKENS.map(" ".join))
def test_what_is_normal_stays_so(expression: str) -> None:
    written = normal(expression)
    assert written is None or normal(written) == written
    found = licence_of(expression)
    assert found is None or found.id


def test_the_list_of_spdx_is_not_loaded_before_it_is_asked_for() -> None:
    code = "import sys, rights.licence; sys.exit('license_expression' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
