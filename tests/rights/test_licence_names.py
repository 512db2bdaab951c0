"""Names of licences in many languages, and words that only look like one."""

# ruff: noqa: RUF001  # letters of other scripts are what it is about

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rights import licence_words
from rights.folding import folded
from rights.licence_names import BEGIN, MOST, licence_of_name, licences_in
from rights.licence_names import NAMES as PATTERN
from rights.licence_words import words

NAMES = {
    "CC BY-SA 4.0": "CC-BY-SA-4.0",
    "cc-by-nc": "LicenseRef-CC-BY-NC",
    "CC-BY": "LicenseRef-CC-BY",
    "ccbyncsa 3.0": "CC-BY-NC-SA-3.0",
    "CC_BY_ND_2.0": "CC-BY-ND-2.0",
    "CC BY 4": "CC-BY-4.0",
    "CC BY-SA 3.0 DE": "CC-BY-SA-3.0-DE",
    "CC BY-SA 3.0 de Ana": "CC-BY-SA-3.0",
    "CC-BY-3.0-US": "CC-BY-3.0-US",
    "by-nc-sa": "LicenseRef-CC-BY-NC-SA",
    "CC0": "CC0-1.0",
    "Creative Commons Zero v1.0": "CC0-1.0",
    "Public Domain Mark 1.0": "CC-PDM-1.0",
    "Creative Commons License": "LicenseRef-CC",
    "Attribution 4.0 International": "CC-BY-4.0",
    "a Creative Commons licence (BY-NC 3.0)": "CC-BY-NC-3.0",
    "The MIT License (MIT)": "MIT",
    "licensed under the MIT.": "MIT",
    "Apache License, Version 2.0": "Apache-2.0",
    "BSD 2-Clause": "BSD-2-Clause",
    "3-clause BSD license": "BSD-3-Clause",
    "GNU General Public License v3 or later": "GPL-3.0-or-later",
    "GPLv2+": "GPL-2.0-or-later",
    "GNU LGPL 2.1": "LGPL-2.1-only",
    "AGPLv3": "AGPL-3.0-only",
    "MPL 2.0": "MPL-2.0",
    "GFDL 1.2 or any later version": "GFDL-1.2-or-later",
    "GNU Free Documentation License": "LicenseRef-GFDL",
    "Open Government Licence v3.0": "OGL-UK-3.0",
    "Open Database License": "ODbL-1.0",
    "Licence Art Libre 1.3": "LAL-1.3",
    "The Unlicense": "Unlicense",
    "Datenlizenz Deutschland – Namensnennung – Version 2.0": "DL-DE-BY-2.0",
    "Some rights reserved": "LicenseRef-some-rights-reserved",
    "Copyright (c) 2020 Ann Example": "LicenseRef-copyright-notice",
    "© Ann Example": "LicenseRef-copyright-notice",
    "© 2020 Ann Example. TOUS DROITS RESERVES": "LicenseRef-all-rights-reserved",
    "© 2020 Ann Example, CC BY 4.0": "CC-BY-4.0",
}
COMMONS = {
    "en": ("Creative Commons Attribution-NonCommercial-ShareAlike 3.0 Unported", "CC-BY-NC-SA-3.0"),
    "de": ("Creative Commons Namensnennung - Keine Bearbeitungen 3.0 Deutschland", "CC-BY-ND-3.0-DE"),
    "fr": ("Licence Creative Commons Attribution – Pas d’Utilisation Commerciale 4.0", "CC-BY-NC-4.0"),
    "es": ("Creative Commons Reconocimiento-CompartirIgual 3.0 España", "LicenseRef-CC-BY-SA-3.0-ES"),
    "pt": ("Creative Commons Atribuição-NãoComercial-SemDerivações 4.0", "CC-BY-NC-ND-4.0"),
    "it": ("Creative Commons Attribuzione - Condividi allo stesso modo 4.0", "CC-BY-SA-4.0"),
    "nl": ("Creative Commons Naamsvermelding-GelijkDelen 4.0", "CC-BY-SA-4.0"),
    "pl": ("Creative Commons Uznanie autorstwa-Użycie niekomercyjne 4.0", "CC-BY-NC-4.0"),
    "ru": ("Creative Commons С указанием авторства-С сохранением условий 4.0", "CC-BY-SA-4.0"),
    "uk": ("Creative Commons Із зазначенням авторства-Некомерційна 4.0", "CC-BY-NC-4.0"),
    "cs": ("Creative Commons Uveďte původ-Zachovejte licenci 4.0", "CC-BY-SA-4.0"),
    "sv": ("Creative Commons Erkännande-IckeKommersiell 4.0", "CC-BY-NC-4.0"),
    "da": ("Creative Commons Navngivelse-DelPåSammeVilkår 4.0", "CC-BY-SA-4.0"),
    "no": ("Creative Commons Navngivelse-IkkeKommersiell 4.0", "CC-BY-NC-4.0"),
    "fi": ("Creative Commons Nimeä-EiMuutoksia 4.0", "CC-BY-ND-4.0"),
    "el": ("Creative Commons Αναφορά Δημιουργού - Μη Εμπορική Χρήση 4.0", "CC-BY-NC-4.0"),
    "hu": ("Creative Commons Nevezd meg! - Így add tovább! 4.0", "CC-BY-SA-4.0"),
    "ro": ("Creative Commons Atribuire-Necomercial 4.0", "CC-BY-NC-4.0"),
    "tr": ("Creative Commons Atıf-Gayriticari-Türetilemez 4.0", "CC-BY-NC-ND-4.0"),
    "ja": ("クリエイティブ・コモンズ 表示 - 継承 4.0 国際", "CC-BY-SA-4.0"),
    "zh-hans": ("知识共享署名-非商业性使用-相同方式共享 4.0 国际许可协议", "CC-BY-NC-SA-4.0"),
    "zh-hant": ("創用 CC 姓名標示-非商業性-禁止改作 3.0 台灣", "LicenseRef-CC-BY-NC-ND-3.0-TW"),
    "ko": ("크리에이티브 커먼즈 저작자표시-비영리-변경금지 4.0", "CC-BY-NC-ND-4.0"),
    "ar": ("المشاع الإبداعي نسب المصنف - غير تجاري 4.0", "CC-BY-NC-4.0"),
    "he": ("Creative Commons ייחוס-שיתוף זהה 4.0", "CC-BY-SA-4.0"),
    "id": ("Lisensi Creative Commons Atribusi-BerbagiSerupa 4.0", "CC-BY-SA-4.0"),
    "vi": ("Creative Commons Ghi công-Phi thương mại 4.0", "CC-BY-NC-4.0"),
    "ca": ("Creative Commons Reconeixement-NoComercial 4.0", "CC-BY-NC-4.0"),
}
RESERVED = words(
    "All Rights Reserved.|Alle Rechte vorbehalten|Tous droits réservés|Todos los derechos reservados|"
    "Todos os direitos reservados|Tutti i diritti riservati|Alle rechten voorbehouden|Wszelkie prawa zastrzeżone|"
    "Все права защищены|Усі права захищені|Všechna práva vyhrazena|Alla rättigheter förbehållna|"
    "Alle rettigheder forbeholdes|Alle rettigheter forbeholdt|Kaikki oikeudet pidätetään|Minden jog fenntartva|"
    "ΜΕ ΕΠΙΦΥΛΑΞΗ ΠΑΝΤΟΣ ΔΙΚΑΙΩΜΑΤΟΣ|Toate drepturile rezervate|TÜM HAKLARI SAKLIDIR|無断転載を禁じます|版权所有|"
    "保留所有權利|모든 권리 보유|جميع الحقوق محفوظة|כל הזכויות שמורות|تمامی حقوق محفوظ است|Hak cipta dilindungi|"
    "Mọi quyền được bảo lưu|Tots els drets reservats|สงวนลิขสิทธิ์|सर्वाधिकार सुरक्षित|Všetky práva vyhradené"
)
FREE = words(
    "public domain|gemeinfrei|domaine public|dominio público|パブリックドメイン|公有领域|общественное достояние"
)
NONE = (
    "",
    "MIT",
    "researchers at MIT said",
    "BY",
    "by-pass",
    "a cc by mail",
    "CC by Jane",
    "the creative commons of ideas",
    "attribution of the painting",
    "attribution and non-commercial motives of a painter",
    "not in the public domain",
    "copyright law",
    "an Apache helicopter",
    "Apache 2.0 was a web server",
    "表示 4.0",
    "https://example.org/mit-license/gpl-3.0/all-rights-reserved",
)


@pytest.mark.parametrize(("name", "identifier"), [*NAMES.items(), *COMMONS.values()])
def test_what_a_name_means(name: str, identifier: str) -> None:
    licence = licence_of_name(name)
    assert licence is not None
    assert licence.id == identifier


@pytest.mark.parametrize("text", RESERVED)
def test_every_right_is_reserved(text: str) -> None:
    licence = licence_of_name(text)
    assert licence is not None
    assert (licence.family, licence.terms) == ("all-rights-reserved", ("reserved",))


@pytest.mark.parametrize("text", FREE)
def test_the_public_domain(text: str) -> None:
    assert getattr(licence_of_name(text), "terms", None) == ("public-domain",)


@pytest.mark.parametrize("text", NONE)
def test_words_that_name_no_licence(text: str) -> None:
    assert licences_in(text) == ()


@pytest.mark.parametrize(
    ("text", "identifiers"),
    [
        ("Text: CC BY-SA 3.0 and GFDL 1.3.", ["CC-BY-SA-3.0", "GFDL-1.3-only"]),
        ("GPL-3.0, else CC-BY-4.0, else GPL-3.0", ["GPL-3.0-only", "CC-BY-4.0"]),
        ("Creative Commons Attribution 4.0 International (CC BY 4.0)", ["CC-BY-4.0"]),
        ("A Creative Commons licence: CC BY. See CC BY 3.0.", ["CC-BY-3.0"]),
        ("CC0 1.0 Universal Public Domain Dedication", ["CC0-1.0"]),
        ("see http://creativecommons.org/licenses/by/3.0/de/ for CC0 too", ["CC-BY-3.0-DE", "CC0-1.0"]),
        ("本站采用CC BY-NC-SA 4.0许可", ["CC-BY-NC-SA-4.0"]),
        ("CC BY-NC, BY-SA 4.0", ["LicenseRef-CC-BY-NC", "CC-BY-SA-4.0"]),
    ],
)
def test_several_in_one_text(text: str, identifiers: list[str]) -> None:
    assert [licence.id for licence in licences_in(text)] == identifiers


def test_no_more_than_so_many_are_listed() -> None:
    ports = "at be br ca ch cl cn co cr de dk ec es fi fr gr hk hr hu".upper().split()
    assert len(licences_in("; ".join(f"CC BY-NC 2.5 {port}" for port in ports))) == MOST


PIECES = ["cc", " by", "-nc", " creative commons ", "attribution", " 4.0", "©", "版权", "gpl", "(c)", " or later", " "]


@given(st.text() | st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_text_is_read_without_an_error(text: str) -> None:
    found = licences_in(text)
    assert len(set(found)) == len(found) <= MOST
    assert (licence_of_name(text) is None) == (not found)


@pytest.mark.parametrize("piece", [*PIECES, "attribution ", "http://", "v1 ", "知识共享 ", "[-_ ", "bsd 2 "])
def test_time_is_linear_in_the_text(piece: str) -> None:
    licences_in(piece)
    began = time.perf_counter()
    licences_in(piece * (100_000 // len(piece)))
    assert time.perf_counter() - began < 5


ANYWHERE, WHERE_ONE_MAY_BEGIN = re.compile(PATTERN), re.compile(f"{BEGIN}(?:{PATTERN})")
LISTS = (licence_words.COMMONS, *licence_words.ELEMENTS.values(), licence_words.PUBLIC_DOMAIN, licence_words.RESERVED)
PHRASES = [word.rstrip("*") for listed in (*LISTS, licence_words.SOME) for word in words(listed)]
BETWEEN = [
    "",
    " ",
    "x",
    "_",
    "7",
    ".",
    "版",
    "ب",
    "https://a.b/",
    "//a/b",
    "www.creativecommons.org/x",
    "(c) 2020",
    "by-nc",
]


@given(st.lists(st.sampled_from([*PHRASES, *NAMES, *BETWEEN]) | st.text(max_size=2), max_size=8).map("".join))
def test_a_name_begins_only_where_it_is_looked_for(text: str) -> None:
    plain = folded(text)
    expected = ANYWHERE.search(plain)
    found = WHERE_ONE_MAY_BEGIN.search(plain)
    assert (found and (found.span(), found.lastgroup)) == (expected and (expected.span(), expected.lastgroup))
