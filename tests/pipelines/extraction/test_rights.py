"""Whole pages and their responses: what is believed of their licence, and what is said of their use."""

# ruff: noqa: RUF001  # letters of other scripts are what it is about

import json
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.charset import to_utf8
from pipelines.extract import Reading, read_html
from pipelines.extraction.engine import extractor
from pipelines.extraction.evidence import Evidence
from pipelines.extraction.rights import MOST, Fields, Rights, page_rights
from pipelines.http import Fault
from pipelines.stated import EVIDENCE, RIGHTS, columns
from rights.consent.preference import combine
from rights.evidence import Scope
from rights.raw import RAW_BYTES

BY, SA = "https://creativecommons.org/licenses/by/4.0/", "https://creativecommons.org/licenses/by-sa/4.0/"
ZERO, MARK = "https://creativecommons.org/publicdomain/zero/1.0/", "https://creativecommons.org/publicdomain/mark/1.0/"
MIT, GFDL = "https://opensource.org/licenses/MIT", "https://www.gnu.org/licenses/fdl-1.3.html"
URL = "https://www.ferry.test/lines/north.html"
RSL_TYPE = "application/rsl+xml"
RESERVED = "LicenseRef-all-rights-reserved"
#: below this the filter `license` believes nothing
SURE = 0.7
#: a page's content, of more blocks than its end has
STORY = "".join(f"<p>Ferry {number} leaves at dawn and is back before the tide turns.</p>" for number in range(30))
PIECES = st.sampled_from(
    [
        *(
            "<p>",
            "<footer>",
            "</footer>",
            "<figure>",
            "<nav>",
            "<article>",
            "<a ",
            "<link ",
            "<meta ",
            "<span ",
            ">",
            "</a>",
        ),
        *('rel="license" ', f'href="{BY}" ', f'href="{SA}"', 'name="robots" ', 'content="noai"', 'itemprop="license" '),
        *(
            "CC BY 4.0",
            "licensed under ",
            "© 2020",
            "Alle Rechte vorbehalten",
            "Photo: ",
            "\0",
            "\x80",
            "é",
            "許可",
            " ",
        ),
        *(
            '<script type="application/ld+json">',
            f'{{"license": "{BY}"}}',
            "</script>",
            '{"@type": "ImageObject",',
            "[",
        ),
    ]
)
FIELDS = st.lists(
    st.tuples(
        st.sampled_from(["link", "x-robots-tag", "tdm-reservation", "tdm-policy", "content-usage", "server"])
        | st.text(),
        st.text()
        | st.sampled_from([f"<{BY}>; rel=license", "noai", "1", "train-ai=n", f"</r>; rel=license; type={RSL_TYPE}"]),
    )
)


def rights(html: str | bytes, fields: Fields = (), url: str | None = URL) -> Rights:
    page = extractor().scanner.scan(html.encode() if isinstance(html, str) else html)
    return page_rights(page, Evidence(page, url), fields, url)


def page(body: str = "", head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>Ferries</title>{head}</head><body>{STORY}{body}</body></html>"


def early(html: str) -> str:
    """Put something before a page's content."""
    return page().replace(STORY, html + STORY)


def linked_data(data: Any) -> str:
    return page(head=f'<script type="application/ld+json">{json.dumps(data)}</script>')


def believed(html: str, fields: Fields = ()) -> str | None:
    return rights(html, fields).licence.licence


def scopes(html: str) -> set[Scope]:
    return {item.scope for item in rights(html).items}


@pytest.mark.parametrize("address", [BY, BY.removeprefix("https:"), BY.replace("https", "http"), BY.upper()])
def test_machines_are_told_of_a_licence(address: str) -> None:
    pages = [
        page(head=f'<link rel=license href="{address}">'),
        page(head=f'<LINK REL="LICENSE" HREF="{address}">'),
        page(head=f'<meta name="dc.rights" content="{address}">'),
        page(head=f'<meta name="DCTERMS.license" content="{address}">'),
        page(head=f'<meta property="dct:license" content="{address}">'),
        page(head=f'<meta property="og:license" content="{address}">'),
        page(head=f'<meta name="citation_license" content="{address}">'),
        linked_data({"@type": "Article", "license": address}),
        linked_data([{"@type": "Person"}, {"@type": "NewsArticle", "license": address}]),
        linked_data({"@graph": [{"@type": "WebPage", "license": {"@id": address}}]}),
    ]
    for html in pages:
        found = rights(html)
        assert (found.licence.licence, found.licence.disagreement) == ("CC-BY-4.0", False), html[:200]
        assert found.licence.confidence >= SURE
        assert {item.scope for item in found.items} == {"page"}


def test_a_header_tells_of_a_licence() -> None:
    found = rights(page(), [("server", "x"), ("link", f'</a>; rel=next, <{BY}>; rel="license"')])
    assert (found.licence.licence, [item.location for item in found.items]) == ("CC-BY-4.0", ["header"])


@pytest.mark.parametrize(
    "html",
    [
        f'<div itemscope><link itemprop="license" href="{BY}"></div>',
        f'<div itemscope><meta itemprop="license" content="{BY}"></div>',
        f'<p itemscope>Text: <a itemprop="license" href="{BY}">free</a></p>',
        '<p itemscope>Text: <span itemprop="license">CC BY 4.0</span></p>',
        f'<p>Text: <a rel="cc:license" href="{BY}">free</a></p>',
        f'<p>Text: <a property="dct:license" href="{BY}">free</a></p>',
        f'<p>Text: <a rel="license" href="{BY}">free</a></p>',
        f'<a rel="license" href="{BY}"><img src="/by.png" alt="CC BY"></a>',
        f'<p>This page is licensed under <a href="{BY}">a free licence</a>.</p>',
        '<p>This page is licensed under <A HREF="//creativecommons.org/licenses/by/4.0/">a free licence</A>.</p>',
        "<p>Text licensed under CC BY 4.0.</p>",
    ],
)
def test_a_body_tells_of_a_licence(html: str) -> None:
    assert believed(early(html)) == "CC-BY-4.0"
    assert believed(page(f"<footer>{html}</footer>")) == "CC-BY-4.0"


@pytest.mark.parametrize(
    "html", [f'<div property="dct:license" resource="{BY}"></div>', f'<p property="cc:license" content="{BY}">x']
)
def test_attributes_of_rdfa_tell_of_a_licence(html: str) -> None:
    assert believed(early(html)) == "CC-BY-4.0"


def test_one_element_is_one_witness() -> None:
    for html in (f'<p><a itemprop="license" href="{BY}">x</a></p>', '<p><span itemprop="license">CC BY 4.0</span></p>'):
        found = rights(page(html))
        assert found.licence.confidence == max(item.confidence for item in found.items)


def test_a_foot_is_surer_than_a_body_and_a_relation_than_a_link() -> None:
    bare, named = f'<p>See <a href="{BY}">this</a>.</p>', f'<p>See <a rel="license" href="{BY}">this</a>.</p>'
    worth = [early(bare), page(f"<footer>{bare}</footer>"), page(f"<footer>{named}</footer>")]
    confidences = [rights(html).licence.confidence for html in worth]
    assert confidences == sorted(set(confidences))
    assert confidences[0] < SURE <= confidences[1]


@pytest.mark.parametrize(
    "html",
    [
        f'<figure><img src="x"><figcaption>Ann, <a rel="license" href="{BY}">CC BY 4.0</a></figcaption></figure>',
        f'<section id="comments" class="comment-list"><p>Mine: <a rel="license" href="{BY}">CC BY</a>.</p></section>',
        f'<article><p>x</p><article><p>This work is licensed under <a href="{BY}">CC BY</a>.</p></article></article>',
        f'<img src="x"><p>Photo: <a href="https://photos.test/">Ann</a>, <a href="{BY}">CC BY</a></p>',
        f'<figure><img src="x"><a rel="license" href="{BY}"><img src="/by.png"></a></figure>',
        f'<figure itemscope itemtype="https://schema.org/ImageObject"><link itemprop="license" href="{BY}"></figure>',
    ],
)
def test_what_is_shown_on_a_page_has_its_own_licence(html: str) -> None:
    assert scopes(early(html)) == {"embedded"}
    assert believed(early(html)) is None


@pytest.mark.parametrize(
    "kind", ["ImageObject", "http://schema.org/VideoObject", "dctype:StillImage", "A MusicRecording"]
)
@pytest.mark.parametrize(
    "said",
    [
        f'<link itemprop="license" href="{BY}">',
        f'<meta itemprop="license" content="{BY}">',
        f'<a itemprop="license" href="{BY}">CC BY</a>',
        f'<p><a property="license" href="{BY}">CC BY</a></p>',
        f'<a rel="license" href="{BY}">CC BY</a>',
    ],
)
def test_what_an_element_describes_as_a_medium_has_its_own_licence(said: str, kind: str) -> None:
    for around in (f'<div itemscope itemtype="{kind}">', f'<div vocab="http://schema.org/" typeof="{kind}">'):
        found = rights(page(f"{around}{said}</div>"))
        assert (found.licence.licence, {item.scope for item in found.items}) == (None, {"embedded"})
    found = rights(page(f'<div itemscope itemtype="{kind}">x</div><div itemscope itemtype="Article">{said}</div>'))
    assert found.licence.licence == "CC-BY-4.0"


@pytest.mark.parametrize("written", ["MIT OR Apache-2.0", "CC-BY-4.0 AND CC0-1.0"])
def test_a_licence_of_several_parts_is_one(written: str) -> None:
    pages = (page(head=f'<meta name="dcterms.license" content="{written.lower()}">'), linked_data({"license": written}))
    for html in pages:
        assert (believed(html), rights(html).licence.disagreement) == (written, False)


def test_pictures_in_linked_data_have_their_own_licence() -> None:
    image = {"@type": "ImageObject", "license": BY}
    for data in ({"@type": "Article", "image": image}, {"@graph": [{"@type": "Article"}, image]}, [image]):
        assert scopes(linked_data(data)) == {"embedded"}
        assert believed(linked_data(data)) is None


def test_works_that_are_cited_have_their_own_licence() -> None:
    assert believed(linked_data({"@type": "Article", "citation": {"@type": "CreativeWork", "license": BY}})) is None


def test_a_site_in_linked_data_is_a_site() -> None:
    assert scopes(linked_data({"@type": "WebSite", "license": BY})) == {"site"}
    assert believed(linked_data({"@type": "WebSite", "license": BY})) == "CC-BY-4.0"


@pytest.mark.parametrize(
    ("address", "licence"), [(ZERO, "CC0-1.0"), (MARK, "CC-PDM-1.0"), (GFDL, "GFDL-1.3-only"), (SA, "CC-BY-SA-4.0")]
)
def test_other_licences_are_read(address: str, licence: str) -> None:
    assert believed(page(f'<footer><a rel="license" href="{address}">x</a></footer>')) == licence
    assert believed(page(f'<footer>Available under <a href="{address}">this</a>.</footer>')) == licence


def test_a_page_about_a_program_names_the_program_s_licence() -> None:
    html = page(f'<footer><p>Released under the <a href="{MIT}">MIT License</a>. © 2020 Ann</p></footer>')
    assert {item.parsed for item in rights(html).items if item.kind == "licence"} == {"MIT"}
    assert rights(html).licence.confidence < SURE
    assert believed(page(head=f'<link rel="license" href="{MIT}">')) == "MIT"


@pytest.mark.parametrize(
    "words", ["All rights reserved", "ALL RIGHTS RESERVED.", "Alle Rechte vorbehalten", "Tous droits réservés"]
)
def test_reserved_rights_beside_a_licence_disagree(words: str) -> None:
    html = page(f'<footer><p>© 2020 Ferry Ltd. {words}</p><p><a rel="license" href="{BY}">CC BY</a></p></footer>')
    found = rights(html)
    assert RESERVED in {item.parsed for item in found.items}
    assert (found.licence.licence, found.licence.disagreement) == ("CC-BY-4.0", True)


def test_reserved_rights_alone_are_evidence_and_no_licence() -> None:
    found = rights(page("<footer><p>© 2020 Ferry Ltd. All rights reserved.</p></footer>"))
    assert {item.kind for item in found.items} == {"reserved"}
    assert RESERVED in {item.parsed for item in found.items}
    assert found.licence.licence is None


def test_a_notice_of_copyright_does_not_disagree() -> None:
    html = page(f'<footer><p>© 2020 Ferry Ltd.</p><p><a rel="license" href="{BY}">CC BY</a></p></footer>')
    assert not rights(html).licence.disagreement


def test_two_licences_disagree() -> None:
    found = rights(page(f'<footer><a rel="license" href="{SA}">x</a></footer>', f'<link rel="license" href="{BY}">'))
    assert found.licence.disagreement
    assert {found.licence.licence, *found.licence.others} == {"CC-BY-4.0", "CC-BY-SA-4.0"}


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (BY, "Creative Commons License"),
        (BY, "Creative Commons Attribution License"),
        (BY, "Creative Commons Attribution 4.0 International License"),
        ("https://creativecommons.org/licenses/by-sa/3.0/us/", "CC BY-SA 3.0"),
        (GFDL, "GNU Free Documentation License 1.3 or later"),
    ],
)
def test_a_link_and_its_words_do_not_disagree(address: str, words: str) -> None:
    html = page(f'<footer><p>This work is licensed under a <a rel="license" href="{address}">{words}</a>.</p></footer>')
    assert not rights(html).licence.disagreement


@pytest.mark.parametrize(
    ("text", "licence"),
    [
        ("This text is licensed under a Creative Commons Attribution 4.0 International License.", "CC-BY-4.0"),
        ("Licensed under CC\N{NO-BREAK SPACE}BY\N{NO-BREAK SPACE}4.0", "CC-BY-4.0"),
        (f"License: {BY}", "CC-BY-4.0"),
        (
            "Dieses Werk ist lizenziert unter einer Creative Commons Namensnennung 4.0 International Lizenz.",
            "CC-BY-4.0",
        ),
        ("Ce texte est mis à disposition sous licence Creative Commons Attribution 4.0.", "CC-BY-4.0"),
        ("Este texto está bajo una licencia Creative Commons Atribución 4.0 Internacional.", "CC-BY-4.0"),
        ("Произведение доступно по лицензии Creative Commons Атрибуция 4.0", "CC-BY-4.0"),
        ("Το κείμενο διατίθεται με άδεια Creative Commons Αναφορά 4.0", "CC-BY-4.0"),
        ("この文章はクリエイティブ・コモンズ 表示 4.0 国際 ライセンスの下に提供されています。", "CC-BY-4.0"),
        ("本文采用知识共享署名 4.0 国际许可协议进行许可。", "CC-BY-4.0"),
        ("이 글은 크리에이티브 커먼즈 저작자표시 4.0 국제 라이선스에 따라 이용할 수 있습니다.", "CC-BY-4.0"),
        ("هذا النص مرخص بموجب رخصة المشاع الإبداعي نسب المصنف 4.0", "CC-BY-4.0"),
        ("Bu metin Creative Commons Alıntı 4.0 Uluslararası Lisansı ile lisanslanmıştır.", "CC-BY-4.0"),
        ("This text is in the public domain.", "LicenseRef-public-domain"),
        ("CC0 1.0 Universal", "CC0-1.0"),
    ],
)
def test_words_alone_are_believed_where_they_grant(text: str, licence: str) -> None:
    assert believed(page(f"<footer><p>{text}</p></footer>")) == licence


@pytest.mark.parametrize(
    "html",
    [
        page("<p>Call a licensed plumber. Licensed and insured.</p><footer><p>Licensed plumber no. 12345</p></footer>"),
        page("<p>You need a driving licence.</p><footer><p>Driving licence: category B</p></footer>"),
        page("<footer><p>Licence agreement for users</p></footer>"),
        early(f'<p>This text is not licensed under <a href="{BY}">CC BY</a>.</p>'),
        early(f'<nav><ul><li><a href="{BY}">CC BY</a></li><li><a href="{SA}">CC BY-SA</a></li></ul></nav>'),
        early("<p>The museum released its pictures under CC BY-SA 4.0, it said.</p>"),
        early("<p>Creative Commons Attribution was published in 2002 by a foundation.</p>"),
        page(f'<!-- <a rel="license" href="{BY}">licensed under CC BY 4.0</a> -->'),
        page('<p>Licensed under <a href="https://creativecommons.org@ferry.test/licenses/by/4.0/">this</a></p>'),
        page('<footer><a rel="license" href="/terms">Terms</a></footer>'),
        "",
    ],
)
def test_of_other_pages_nothing_is_believed(html: str) -> None:
    assert believed(html) is None


def test_of_an_article_about_licences_nothing_is_believed() -> None:
    text = (
        f'<p>Many museums use <a href="{BY}">CC BY 4.0</a> today, others <a href="{SA}">CC BY-SA 4.0</a> instead.</p>'
    )
    html = early(f"<h1>What is Creative Commons?</h1><p>It publishes licences.</p>{text * 4}")
    assert believed(html) is None


def test_of_a_list_of_data_sets_nothing_is_believed() -> None:
    rows = "".join(f'<tr><td>Set {number}<td><a href="{BY}">CC BY 4.0</a>' for number in range(9))
    assert believed(early(f"<table>{rows}</table>")) is None


@pytest.mark.parametrize("relation", ["", 'rel="license"'])
def test_of_a_credit_at_the_foot_nothing_is_believed(relation: str) -> None:
    for words in ("Theme by Ann, licensed under", "Header photo by Ann,"):
        assert believed(page(f'<footer><p>{words} <a {relation} href="{BY}">CC BY 4.0</a></p></footer>')) is None


def test_a_photo_credit_that_stands_last_is_not_believed() -> None:
    assert believed(page(f'<img src="x"><p>Photo: Ann, <a href="{BY}">CC BY</a></p>')) is None


def test_a_page_in_another_charset_is_read_when_decoded() -> None:
    body = page("<footer><p>© 2003 Käthe. Alle Rechte vorbehalten.</p></footer>").encode("windows-1252")
    decoded = to_utf8(body, "windows-1252")
    assert not isinstance(decoded, Fault)
    found = rights(decoded[0])
    assert RESERVED in {item.parsed for item in found.items}
    assert all("Käthe" in item.raw for item in found.items)


@pytest.mark.parametrize(
    ("head", "fields", "signal", "verdict"),
    [
        ('<meta name="robots" content="index, NoAI, noimageai">', [], "robots_meta", "deny"),
        ('<meta http-equiv="X-Robots-Tag" content="noai">', [], "robots_meta", "deny"),
        ("", [("x-robots-tag", "noai")], "x_robots_tag", "deny"),
        ('<meta name="tdm-reservation" content="1">', [], "tdmrep", "deny"),
        ('<META NAME="TDM-Reservation" CONTENT="0">', [("tdm-reservation", "1")], "tdmrep", "allow"),
        ("", [("tdm-reservation", "1"), ("tdm-policy", "/p.json")], "tdmrep", "deny"),
        ("", [("content-usage", "train-ai=n")], "content_usage", "deny"),
        ("", [("content-usage", "train-ai=y")], "content_usage", "allow"),
        ("", [("link", f"</rsl.xml>; rel=license; type={RSL_TYPE}")], "rsl", "unknown"),
        (f'<link rel="license" type="{RSL_TYPE}" href="/rsl.xml">', [], "rsl", "unknown"),
    ],
)
def test_page_and_response_speak_of_training(head: str, fields: Fields, signal: str, verdict: str) -> None:
    found = rights(page(head=head), fields)
    assert signal in {preference.signal for preference in found.preferences}
    assert combine(found.preferences).verdict == verdict
    assert signal in {item.name for item in found.items if item.kind == "consent"}


def test_a_document_of_rsl_in_a_page_is_read() -> None:
    document = (
        '<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license>'
        '<prohibits type="usage">ai-train</prohibits></license></content></rsl>'
    )
    assert combine(rights(page(head=f'<script type="{RSL_TYPE}">{document}</script>')).preferences).verdict == "deny"


def test_a_crawler_that_is_named_is_told_of() -> None:
    found = rights(page(head='<meta name="GPTBot" content="noai">'), [("x-robots-tag", "ccbot: noai")])
    assert {preference.agent for preference in found.preferences} == {"gptbot", "ccbot"}
    assert "train_ai=deny (gptbot)" in {item.parsed for item in found.items}


def test_a_page_without_a_word_of_it_says_nothing() -> None:
    found = rights(page())
    assert (found.items, found.left_out, found.licence.licence, found.preferences) == ((), 0, None, ())


def test_a_page_depends_on_no_other() -> None:
    html = page(f'<p>See <a rel="license" href="{BY}">this</a>.</p>', '<meta name="robots" content="noai">')
    alone = rights(html)
    rights(page("<p>© 2020 Ann. Alle Rechte vorbehalten. CC BY 4.0</p>" * 9))
    assert rights(html) == alone
    assert alone.left_out == 0


def test_the_ledger_s_columns_hold_it() -> None:
    html = page(f'<footer><a rel="license" href="{BY}">x</a></footer>', '<meta name="robots" content="noai">')
    _, stated = read_html(html.encode(), URL, Reading("vitrine", 1 << 20, "fields"), [("tdm-reservation", "1")])
    assert stated is not None
    row = dict(zip([name for name, _, _ in columns("fields")], stated, strict=True))
    assert (row["stated_licence"], row["licence_disagreement"]) == ("CC-BY-4.0", False)
    assert row["stated_consent"] == "robots_meta/html/*=deny tdmrep/header/*=deny"
    assert pa.array([row["rights"]], pa.list_(EVIDENCE)).to_pylist()[0][0]["parsed"] == "CC-BY-4.0"
    assert {name for name, _, _ in RIGHTS} <= row.keys()


MANY = 10_000
NESTED = '{"license":' * 2000
HOSTILE: dict[str, tuple[str, Fields]] = {
    "relations": ("".join(f'<a rel="license" href="{BY}?{n}">x</a> ' for n in range(MANY)), ()),
    "anchors": ("".join(f'<p><a href="{BY}?{n}">x</a>' for n in range(MANY)), ()),
    "mentions": ("".join(f"<p>CC BY 4.0 number {n}" for n in range(MANY)), ()),
    "mentions in one block": ("".join(f"CC BY 4.0 number {n} " for n in range(MANY)), ()),
    "notices": ("".join(f"<p>© 2020 number {n}" for n in range(MANY)), ()),
    "robots": ("".join(f'<meta name="b{n}-bot" content="noai">' for n in range(MANY)), ()),
    "header of robots": ("", [("x-robots-tag", ", ".join(f"b{n}: noai" for n in range(MANY)))]),
    "headers of robots": ("", [("x-robots-tag", f"b{n}: noai") for n in range(MANY)]),
    "links in a header": ("", [("link", ", ".join(f"<{BY}?{n}>; rel=license" for n in range(MANY)))]),
    "headers of links": ("", [("link", f"<{BY}?{n}>; rel=license") for n in range(MANY)]),
    "nodes": (linked_data([{"@type": "Article", "license": f"{BY}?{n}"} for n in range(10 * MANY)]), ()),
    "nodes before the licence": (linked_data([*[{"@type": "Article"}] * 10 * MANY, {"license": BY}]), ()),
    "scripts": (f'<script type="application/ld+json">{json.dumps({"license": BY})}</script>' * MANY, ()),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_of_more_than_is_kept_it_is_told(name: str) -> None:
    found = rights(*HOSTILE[name])
    assert len(found.items) <= MOST
    assert found.left_out > 0


@pytest.mark.parametrize(
    ("html", "fields"),
    [
        (f'<a rel="license" href="{"a " * 500_000}">x</a>', ()),
        (f'<a rel="{"license " * 125_000}" href="{BY}">x</a>', ()),
        (f'<meta name="rights" content="{"cc by " * 170_000}">', ()),
        (f'<p itemprop="license">{"© " * 500_000}', ()),
        (f'<script type="application/ld+json">{"[" * 2000}{"]" * 2000}</script>', ()),
        (f'<script type="application/ld+json">{NESTED}1{"}" * 2000}</script>', ()),
        ("", [("link", '<a>;"' * 200_000)]),
        ("", [("link", "<" * 1_000_000)]),
        (
            "",
            [
                ("content-usage", "a=n, " * 200_000),
                ("tdm-reservation", "1," * 500_000),
                ("tdm-policy", "x" * 1_000_000),
            ],
        ),
        ("", [("x-robots-tag", "noai " * 200_000)]),
    ],
)
def test_a_megabyte_at_once_is_bounded(html: str, fields: Fields) -> None:
    found = rights(html, fields)
    assert len(found.items) <= MOST
    assert all(len(item.raw.encode()) <= RAW_BYTES for item in found.items)


@settings(max_examples=200)
@given(
    st.lists(PIECES | st.binary().map(lambda raw: raw.decode("utf-8", "replace"))).map("".join),
    FIELDS,
    st.none() | st.text(),
)
def test_any_page_has_its_rights(html: str, fields: list[tuple[str, str]], url: str | None) -> None:
    found = rights(html.encode("utf-8", "replace"), fields, url)
    assert len(found.items) <= MOST
    assert found.left_out >= 0
    assert 0 <= found.licence.confidence <= 1
    for item in found.items:
        assert item.parsed
        assert 0 <= item.confidence <= 1
        assert len(item.raw.encode()) <= RAW_BYTES
