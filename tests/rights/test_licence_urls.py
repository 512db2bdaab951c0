"""Addresses of licences: escaped, shortened, archived, ported, old, and those that only look like one."""

import json
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from rights.addresses import LONGEST, located
from rights.licence_urls import licence_of_url

COMMONS = {
    "https://creativecommons.org/licenses/by-sa/4.0/": "CC-BY-SA-4.0",
    "http://www.creativecommons.org/licences/BY-NC/3.0": "CC-BY-NC-3.0",
    "//creativecommons.org/licenses/by/2.5/deed.it": "CC-BY-2.5",
    "creativecommons.org/licenses/by-nc-nd/4.0/legalcode": "CC-BY-NC-ND-4.0",
    "HTTPS://CREATIVECOMMONS.ORG:443/Licenses/By/4.0/?ref=x#top": "CC-BY-4.0",
    "http://creativecommons.org./licenses/by-nd/3.0/.": "CC-BY-ND-3.0",
    "http://creativecommons.org/licenses/by/3.0/de/deed.en": "CC-BY-3.0-DE",
    "http://creativecommons.org/licenses/by/3.0/igo/": "CC-BY-3.0-IGO",
    "http://creativecommons.org/licenses/by-sa/2.5/scotland/": "LicenseRef-CC-BY-SA-2.5-SCOTLAND",
    "http://creativecommons.org/licenses/by/2.0/fr/legalcode": "LicenseRef-CC-BY-2.0-FR",
    "http://creativecommons.org/licenses/by/3.0/rdf": "CC-BY-3.0",
    "http://creativecommons.org/licenses/by/3.0/xx/": "CC-BY-3.0",
    "http://creativecommons.org/licenses/by/3.0deed.de": "CC-BY-3.0",
    "http://creativecommons.org/licenses/by-nd-nc/1.0/": "CC-BY-NC-ND-1.0",
    "http://creativecommons.org/licenses/nd-nc/1.0/": "LicenseRef-CC-NC-ND-1.0",
    "http://creativecommons.org/licenses/sa/1.0/": "CC-SA-1.0",
    "http://creativecommons.org/licenses/nc-sampling+/1.0/": "LicenseRef-CC-NC-Sampling-Plus-1.0",
    "http://creativecommons.org/licenses/by/": "LicenseRef-CC-BY",
    "http://creativecommons.org/licenses/by-nc/deed.fr": "LicenseRef-CC-BY-NC",
    "http://creativecommons.org/licenses/by/9.9/": "LicenseRef-CC-BY",
    "http://creativecommons.org/licenses/by-nd-sa/4.0/": "LicenseRef-CC",
    "http://creativecommons.org/licenses/": "LicenseRef-CC",
    "http://creativecommons.org/licenses/publicdomain/": "CC-PDDC",
    "https://creativecommons.org/publicdomain/zero/1.0/deed.nl": "CC0-1.0",
    "https://creativecommons.org/publicdomain/mark/1.0/": "CC-PDM-1.0",
    "http://i.creativecommons.org/l/by-sa/3.0/at/88x31.png": "CC-BY-SA-3.0-AT",
    "https://licensebuttons.net/l/by/4.0/80x15.png": "CC-BY-4.0",
    "http://creativecommons.org/licenses%2Fby-sa%2F3.0%2F": "CC-BY-SA-3.0",
    "http%3A%2F%2Fcreativecommons.org%2Flicenses%2Fby%2F4.0": "CC-BY-4.0",
    r"https:\/\/creativecommons.org\/licenses\/by\/4.0\/": "CC-BY-4.0",
    "http://creativecommons.org/licenses/by/2.0/&quot;&gt;CC": "CC-BY-2.0",
    "http://web.archive.org/web/20100203040506/http://creativecommons.org/licenses/by/3.0/at/": "CC-BY-3.0-AT",
    "https://web.archive.org/web/2010*/http:/creativecommons.org/licenses/by/3.0/": "CC-BY-3.0",
    "/web/2010im_/http://i.creativecommons.org/l/by/3.0/88x31.png": "CC-BY-3.0",
    "https://archive.ph/20200101/https://creativecommons.org/licenses/by/4.0": "CC-BY-4.0",
}
OTHERS = {
    "http://www.gnu.org/copyleft/fdl.html": "LicenseRef-GFDL",
    "https://www.gnu.org/licenses/fdl-1.3.html": "GFDL-1.3-only",
    "http://www.gnu.org/licenses/old-licenses/gpl-2.0.en.html": "GPL-2.0-only",
    "https://gnu.org/licenses/agpl-3.0.txt": "AGPL-3.0-only",
    "http://www.gnu.org/licenses/lgpl-2.1.html": "LGPL-2.1-only",
    "http://www.opensource.org/licenses/mit-license.php": "MIT",
    "https://opensource.org/license/apache-2-0": "Apache-2.0",
    "https://opensource.org/licenses/BSD-3-Clause": "BSD-3-Clause",
    "https://spdx.org/licenses/GPL-3.0-or-later.html": "GPL-3.0-or-later",
    "https://spdx.org/licenses/PostgreSQL": "PostgreSQL",
    "https://choosealicense.com/licenses/mit/": "MIT",
    "http://www.apache.org/licenses/LICENSE-2.0.txt": "Apache-2.0",
    "https://opendatacommons.org/licenses/odbl/1-0/": "ODbL-1.0",
    "http://opendatacommons.org/licenses/by/1.0/": "ODC-By-1.0",
    "http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/": "OGL-UK-3.0",
    "https://artlibre.org/licence/lal/en/": "LicenseRef-LAL",
    "https://www.govdata.de/dl-de/by-2-0": "DL-DE-BY-2.0",
    "https://www.govdata.de/dl-de/zero-2-0": "DL-DE-ZERO-2.0",
    "https://www.etalab.gouv.fr/uploads/ETALAB-Licence-Ouverte-v2.0.pdf": "etalab-2.0",
    "http://unlicense.org/": "Unlicense",
    "http://www.wtfpl.net/about/": "WTFPL",
    "http://opencontent.org/openpub/": "OPUBL-1.0",
    "https://www.mozilla.org/en-US/MPL/2.0/": "MPL-2.0",
    "http://rightsstatements.org/vocab/InC/1.0/": "LicenseRef-RS-InC",
}
NONE = (
    "",
    "https://creativecommons.org/",
    "https://creativecommons.org/about/",
    "https://creativecommons.org.evil.example/licenses/by/4.0/",
    "https://notcreativecommons.org/licenses/by/4.0/",
    "https://creativecommons.org@evil.example/licenses/by/4.0/",
    "https://a.example/?u=http://creativecommons.org/licenses/by/4.0/",
    "https://a.example/#https://creativecommons.org/licenses/by/4.0/",
    "https://a.example/2010/http://creativecommons.org/licenses/by/4.0/",
    "/licenses/by/4.0/",
    "https://www.gnu.org/philosophy/free-sw.html",
    "https://opensource.org/about",
    "https://spdx.org/licenses/no-such-licence",
    "https://www.apache.org/foundation/",
    "mailto:info@creativecommons.org",
)


@pytest.mark.parametrize(("url", "identifier"), (COMMONS | OTHERS).items())
def test_what_an_address_names(url: str, identifier: str) -> None:
    licence = licence_of_url(url)
    assert licence is not None
    assert licence.id == identifier


@pytest.mark.parametrize("url", NONE)
def test_addresses_of_no_licence(url: str) -> None:
    assert licence_of_url(url) is None


def test_every_part_of_a_ported_licence() -> None:
    licence = licence_of_url("http://creativecommons.org/licenses/by-nc-sa/2.0/FR/")
    assert licence is not None
    assert (licence.family, licence.version, licence.jurisdiction) == ("CC-BY-NC-SA", "2.0", "fr")
    assert licence.terms == ("attribution", "share-alike", "non-commercial")


def test_rights_statements_by_what_they_reserve() -> None:
    terms = {
        name: getattr(licence_of_url(f"http://rightsstatements.org/vocab/{name}/1.0/"), "terms", None)
        for name in ("InC", "NoC-US", "UND", "Nothing")
    }
    assert terms == {"InC": ("reserved",), "NoC-US": ("public-domain",), "UND": ("unknown",), "Nothing": None}


def test_an_archived_archive_is_opened_so_often_and_no_more() -> None:
    url = "http://creativecommons.org/licenses/by/4.0/"
    archived = "http://web.archive.org/web/2010/"
    assert licence_of_url(archived * 2 + url) == licence_of_url(url)
    assert licence_of_url(archived * 50 + url) is None


@given(st.text() | st.text("/.:?#@%&;*\\ 2creativommns.orgld-by").map("http://creativecommons.org/".__add__))
def test_any_text_is_read_without_an_error(url: str) -> None:
    licence = licence_of_url(url)
    assert licence is None or len(licence.id) < 100
    place = located(url * 50)
    assert place is None or len(place[1]) <= LONGEST


def test_the_real_addresses_of_licences(shared_data: Path) -> None:
    with zstandard.open(shared_data / "licence_truth.jsonl.zst", "rt", encoding="utf-8") as lines:
        rows: list[dict[str, Any]] = [json.loads(line) for line in lines]
    assert [url for row in rows for url in row["cc_urls"] if licence_of_url(url) is None] == []
    differing = list[tuple[str, str]]()
    alone = [row for row in rows if row["scope"] == "page" and len(row["cc_urls"]) == 1]
    for row in alone:
        licence = licence_of_url(row["cc_urls"][0])
        if licence is None or licence.id.removeprefix("LicenseRef-") != row["page_licence"]:
            differing.append((row["cc_urls"][0], row["page_licence"]))
    assert alone
    assert differing == []


def test_the_addresses_that_others_test_with(shared_data: Path) -> None:
    with zstandard.open(shared_data / "licence_fixtures.jsonl.zst", "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["kind"] == "url-parse"]
    families = {"certification": "CC-PDDC", "mark": "CC-PDM", "cc-unknown": "CC"}
    assert rows
    for row in rows:
        licence = licence_of_url(row["url"])
        code = row["expected"]["abbr"]
        assert licence is not None
        assert set(licence.family.split("-")) == set(families.get(code, f"CC-{code.upper()}").split("-"))
        assert licence.version in {row["expected"]["version"], None}
