"""A page's metadata: what is believed first, how values are read, what is left out and counted."""

import json
from dataclasses import FrozenInstanceError, fields, replace
from urllib.parse import urlsplit

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extraction.kernels.told import LONGEST
from pipelines.extraction.linked_data import DEEPEST, NODES, LinkedData, read_json
from pipelines.extraction.links import Links
from pipelines.extraction.metadata import LICENCES, OPEN_GRAPH, ROBOTS, Licence, Metadata, metadata
from pipelines.extraction.page import Scanner
from pipelines.extraction.statements import JSON_LD_BYTES, JSON_LD_SCRIPTS

URL = "https://www.ferry.test/lines/north.html"
SCANNER = Scanner(np.zeros(32, np.uint64), np.zeros(16, np.uint64))
#: what pages are made of, whole and broken
PIECES = st.sampled_from(
    [
        *("<meta ", "<link ", "<a ", "<base ", "<html ", "<time ", "<span ", "<title>", "</title>", ">", "/>", "<p>"),
        *(
            "name=",
            "property=",
            "itemprop=",
            "content=",
            "href=",
            "rel=",
            "lang=",
            "datetime=",
            "http-equiv=",
            '"',
            "'",
        ),
        *(
            "og:title",
            "author",
            "datePublished",
            "robots",
            "license",
            "canonical",
            "dc.rights",
            "og:locale",
            "article:x",
        ),
        *(
            "&amp;",
            "&#0;",
            "&#xD800;",
            "&",
            "//",
            "http://",
            "[",
            "]:",
            "@",
            "www.",
            ".",
            " ",
            "\0",
            "\u00e9",
            "\U0001f6a2",
        ),
        *('<script type="application/ld+json">', "</script>", '{"author":', "[", "{", "}", '"@graph"', '"\\ud800"'),
        *("2021-07-04", "x" * 9000),
    ]
)


def read(html: str, url: str | None = URL) -> Metadata:
    return metadata(SCANNER.scan(html.encode(errors="replace")), url)


def meta(name: str, value: str, attribute: str = "name") -> str:
    return f'<meta {attribute}="{name}" content="{value}">'


def script(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return f'<script type="application/ld+json">{text}</script>'


def test_a_page_that_says_nothing() -> None:
    assert read("<p>Ferries.") == Metadata()


def test_metadata_are_whole_and_stay_as_they_are() -> None:
    page = read("<title>Ferries</title><a href=/x>x</a>")
    assert replace(page) == page
    assert [*vars(page)] == [field.name for field in fields(Metadata)]
    with pytest.raises(FrozenInstanceError):
        page.title = ""  # pyright: ignore[reportAttributeAccessIssue]


def test_a_title_for_others_is_believed_before_the_headline_and_the_element() -> None:
    element = "<title>Ferries - Home - Shop</title>"
    headline = script({"@type": "Article", "headline": "Headline"})
    assert read(element).title == "Ferries - Home - Shop"
    assert read(element + headline).title == "Headline"
    assert read(element + headline + meta("og:title", "Shared", "property")).title == "Shared"
    assert read(element + meta("og:title", " ", "property") + meta("twitter:title", "Bird")).title == "Bird"
    assert read("<title> </title>").title is None
    assert read("<title> </title><svg><title>Icon</title></svg><title>Second</title>").title == "Second"


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Ferries | The Post", "Ferries"),
        ("Ferries \u2013 The Post", "Ferries"),
        ("Ferries at The Post", "Ferries at The Post"),
        ("The Post", "The Post"),
        ("| The Post", "| The Post"),
        ("FerriesThe Post", "FerriesThe Post"),
    ],
)
def test_a_title_ends_before_the_name_of_the_site(title: str, short: str) -> None:
    assert read(f"<title>{title}</title>" + meta("og:site_name", "The Post", "property")).title == short


def test_sources_say_what_said_it() -> None:
    page = read(
        "<title>T</title>"
        + meta("Author", "Ada")
        + meta("article:published_time", "soon", "property")
        + script({"@type": "NewsArticle", "datePublished": "2021-07-04", "dateModified": "2021"})
    )
    assert (page.published, page.modified) == ("2021-07-04", "2021")
    assert page.sources == {"title": "title", "author": "author", "published": "json-ld", "modified": "json-ld"}


def test_dates_fall_back_to_the_next_that_can_be_read() -> None:
    often = meta("date", "2020-01-01") + meta("article:published_time", "03/04/2021", "property")
    assert read(often).published == "2020-01-01"
    assert read('<time datetime="2019-05-05">May</time>').published == "2019-05-05"
    assert read('<time datetime="May">May</time><time datetime="2019-05-05">').published is None
    assert read('<time itemprop="datePublished" datetime="2018-01-02">').published == "2018-01-02"
    assert read(often + '<time datetime="2019-05-05">').sources["published"] == "date"


def test_authors() -> None:
    assert read(meta("citation_author", "A") + meta("citation_author", "B") + meta("author", "C")).author == "A; B"
    assert read(meta("article:author", "https://social.test/a", "property")).author is None
    label = meta("twitter:data1", "Ada") + meta("twitter:label1", "Verfasst von")
    assert read(label).author == "Ada"
    assert read(label.replace("Verfasst von", "Price")).author is None
    graph = [{"@type": "Article", "author": {"@id": "#a"}}, {"@type": "Person", "@id": "#a", "name": "Bo"}]
    assert read(script({"@graph": graph})).author == "Bo"
    assert read(script({"@type": "Article", "author": ["X", {"name": ["Y"]}, {"name": 3}, None, "X"]})).author == "X; Y"


def test_only_nodes_of_the_page_itself_are_read() -> None:
    comment = {"@type": "Comment", "author": "Troll", "datePublished": "2001-01-01"}
    page = read(script({"@type": "Article", "comment": comment, "publisher": {"author": "Boss"}}) + script(comment))
    assert (page.author, page.published) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", '{"author": }', "null", '"author"', "[[[[", "[" * 60_000, '{"author":' * 5_000),
        *('{"author": 1' + "0" * 5000 + "}", '{"@type": {"author": 1}, "author": {"name": {}}, "headline": []}'),
    ],
)
def test_json_that_is_none_says_nothing(text: str) -> None:
    page = read(script(text))
    assert (page.title, page.author, page.json_ld) == (None, None, (text,) if text else ())


def test_blank_scripts_are_none_and_there_are_only_so_many() -> None:
    page = read(script(" ") * 5_000 + script("1") * (JSON_LD_SCRIPTS + 9) + script(""))
    assert page.json_ld == ("1",) * JSON_LD_SCRIPTS
    assert page.left_out.json_ld == 9


def test_all_relative_links_lead_to_the_host_of_the_base() -> None:
    links = "<a href=x>a</a><a href=/y>b</a><a href=//c.example/>c</a>"
    assert read(f"<base href=//b.example/>{links}").links == Links(3, 0, 3, 0, 2)
    assert read(f"<base href=//c.example/>{links}").links == Links(3, 0, 3, 0, 1)
    assert read(f"<base href=/z/>{links}").links == Links(3, 2, 1, 0, 1)


def test_json_is_kept_as_whole_scripts_and_the_rest_is_counted() -> None:
    long, short = '"' + "x" * JSON_LD_BYTES + '"', '"short"'
    page = read(script(short) + script(long) + script(short))
    assert page.json_ld == (short, short)
    assert page.left_out.json_ld == 1


def test_json_is_bounded_in_nodes_and_depth() -> None:
    nested: object = {"@type": "Article", "headline": "deep"}
    for _ in range(DEEPEST + 1):
        nested = [nested]
    assert not [*LinkedData([json.dumps(nested)]).texts("headline")]
    many = [{"@type": "Article", "headline": str(number)} for number in range(NODES + 10)]
    assert [*LinkedData([json.dumps(many)]).texts("headline")] == [str(number) for number in range(NODES)]
    assert read_json("[" * 100_000) is None


@pytest.mark.parametrize(
    ("head", "url", "canonical"),
    [
        ('<link rel=canonical href="/a?b=1&amp;c">', URL, "https://www.ferry.test/a?b=1&c"),
        ('<link rel="nofollow CANONICAL" href="a">', URL, "https://www.ferry.test/lines/a"),
        ('<link rel=canonical href="//other.test/">', URL, "https://other.test/"),
        ('<link rel=canonical href="http://a.test/x">', None, "http://a.test/x"),
        ('<link rel=canonical href="/a">', None, None),
        ('<base href="/sub/"><link rel=canonical href="a">', URL, "https://www.ferry.test/sub/a"),
        ('<base href="http://b.test/d/"><link rel=canonical href="a">', None, "http://b.test/d/a"),
        (
            '<link rel=canonical href="javascript:x"><meta property=og:url content="/o">',
            URL,
            "https://www.ferry.test/o",
        ),
        ('<link rel=canonical href="http://[::1">', URL, None),
        ('<link rel=canonical href="">', URL, None),
        (f'<link rel=canonical href="/{"a" * 3000}">', URL, None),
        ('<link rel=uncanonical href="/a">', URL, None),
    ],
)
def test_canonical_addresses_are_absolute(head: str, url: str | None, canonical: str | None) -> None:
    assert read(head, url).canonical == canonical


@pytest.mark.parametrize(
    ("html", "language"),
    [
        ("<html lang=en-GB>" + meta("og:locale", "fr_FR", "property"), "en-GB"),
        ("<html lang=''>" + meta("content-language", "de", "http-equiv"), "de"),
        ("<html>" + meta("content-language", "de, en", "http-equiv") + meta("og:locale", "pt_BR", "property"), "pt-BR"),
        ("<html lang='{{ lang }}'>", None),
        ("<html lang=x-klingon>", "x-klingon"),
    ],
)
def test_languages(html: str, language: str | None) -> None:
    assert read(html).language == language


def test_references_in_values_are_resolved_as_in_attributes() -> None:
    page = read(meta("description", "a &amp; b&nbsp;&copy;=&copy &#x1F6A2; ?x&copy=1\n c") + "<title>&copy=1</title>")
    assert page.description == "a & b \u00a9=\u00a9 \U0001f6a2 ?x&copy=1 c"
    assert page.title == "\u00a9=1"
    assert read(meta("og&#x3a;title", "T", "property")).title == "T"


def test_licences_are_listed_with_their_place() -> None:
    page = read(
        meta("DC.Rights", "CC BY")
        + "<link rel=license href=/l>"
        + "<p>one<p><a rel='nofollow License' href='&#47;a'>x</a>"
        + "<p><span itemprop=copyrightHolder>Ada</span>"
    )
    assert page.licences == (
        Licence("meta", "dc.rights", "CC BY", 0),
        Licence("link", "license", "/l", 0),
        Licence("anchor", "nofollow license", "/a", 1),
        Licence("item", "copyrightholder", "", 2),
    )


def test_robots() -> None:
    said = [("robots", "noindex"), ("googlebot-news", "none"), ("ccbot", "x"), ("tdm-reservation", "1")]
    page = read("".join(meta(name.upper(), value) for name, value in said) + meta("bottom", "x"))
    assert page.robots == tuple(said)


@pytest.mark.parametrize(
    ("address", "links"),
    [
        ("/a", Links(1, internal=1)),
        ("https://ferry.test/x", Links(1, internal=1)),
        ("HTTP:\\\\Blog.Ferry.Test:80?x", Links(1, internal=1)),
        ("//user@other.test", Links(1, external=1, hosts=1)),
        ("http://ferry.test@other.test./", Links(1, external=1, hosts=1)),
        ("http://notferry.test/", Links(1, external=1, hosts=1)),
        ("https&#58;&#x2F;/other.test/", Links(1, external=1, hosts=1)),
        ("a.html&b=c", Links(1, internal=1)),
        ("http://[::1]:80/", Links(1, external=1, hosts=1)),
        ("mail&#116;o:a@b.test", Links(1)),
        ("javascript:void(0)", Links(1)),
        ("http://", Links(1)),
        (" #top", Links(1, within=1)),
        ("", Links(1, within=1)),
    ],
)
def test_where_an_anchor_leads(address: str, links: Links) -> None:
    assert read(f'<a href="{address}">x</a>').links == links


def test_hosts_are_counted_once() -> None:
    hosts = ("a.test", "www.a.test", "A.TEST.", "b.test:8080", "b.test")
    page = read("".join(f'<a href="https://{host}/{host}">x</a>' for host in hosts) + "<a href=/x></a><a name=x></a>")
    assert page.links == Links(6, internal=1, external=5, hosts=2)
    assert page.links.internal_share == 1 / 6
    assert Links(1, within=1).internal_share is None


@given(
    st.lists(
        st.sampled_from(
            [
                *("https://www.ferry.test/a", "https://www.ferry.test", "HTTPS://WWW.FERRY.TEST/b", "//ferry.test:80/"),
                *("https://www.ferry.test.evil.test/", "https://www.ferry.test@evil.test/", "//x.ferry.test/y", "a:b"),
                *("http://a.test/1", "http://a.test:8/2", "http&#58;//a.test", "https://www.ferry.test&#46;b.test/"),
                *("/x", "x", "#x", "", "http://[::1]/", "http://u:p@c.test/", "//\u00c4.test", "//\u00e4.test"),
            ]
        ),
        max_size=12,
    )
)
@settings(deadline=None)
def test_anchors_are_counted_one_by_one(addresses: list[str]) -> None:
    each = [f"<a href='{address}'>x</a>" for address in addresses]
    alone, together = [read(anchor).links for anchor in each], read("".join(each)).links
    for name in ("anchors", "internal", "external", "within"):
        assert getattr(together, name) == sum(getattr(links, name) for links in alone)
    leading = [anchor for anchor in each if read(anchor).links.hosts]
    new = [one for i, one in enumerate(leading) if all(read(one + other).links.hosts > 1 for other in leading[:i])]
    assert together.hosts == len(new)


def test_relative_links_lead_to_where_the_base_says() -> None:
    assert read("<base href='http://other.test/'><a href=x>x</a>").links == Links(1, external=1, hosts=1)
    assert read("<base href='/y/'><a href=x>x</a>").links == Links(1, internal=1)
    assert read("<link rel=canonical href='http://a.test/'><a href='http://a.test/b'>x</a>", None).links.internal == 1


@given(
    st.lists(st.sampled_from(["a.test", "b.test", "c.a.test", "ferry.test", "x.ferry.test", "test"]), max_size=8),
    st.sampled_from(["", "www.", "WWW."]),
)
def test_hosts_are_those_of_the_standard_library(names: list[str], www: str) -> None:
    addresses = [f"http://{www}{name}/p" for name in names]
    own = "ferry.test"
    found = [(urlsplit(address).hostname or "").removeprefix("www.") for address in addresses]
    outside = [host for host in found if not f".{host}".endswith(f".{own}") and not f".{own}".endswith(f".{host}")]
    links = read("".join(f"<a href='{address}'>x</a>" for address in addresses)).links
    assert (links.external, links.hosts) == (len(outside), len(set(outside)))


def test_long_values_are_cut_between_characters_and_counted() -> None:
    page = read(meta("description", "\u00e9" * LONGEST) + meta("author", "a" * 10**6))
    assert page.description == "\u00e9" * (LONGEST // 2)
    assert page.author is None
    assert page.left_out.values == 2


def test_many_statements_are_bounded_and_counted() -> None:
    number = 10_000
    page = read(
        "".join(meta(f"og:p{i}", "v", "property") + meta("robots", "v") + meta("rights", "v") for i in range(number))
        + "".join(meta("date", "never") + meta("author", f"A{i}") for i in range(number))
    )
    assert (len(page.open_graph), page.left_out.open_graph) == (OPEN_GRAPH, number - OPEN_GRAPH)
    assert (len(page.robots), page.left_out.robots) == (ROBOTS, number - ROBOTS)
    assert (len(page.licences), page.left_out.licences) == (LICENCES, number - LICENCES)
    assert (page.published, page.author) == (None, "; ".join(f"A{i}" for i in range(16)))


def test_values_outlast_the_scanner() -> None:
    page = read(meta("author", "Ada"))
    read(meta("author", "Bob"))
    assert page.author == "Ada"


@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from([URL, None, "", "http://[", "x"]))
@settings(deadline=None)
def test_no_page_is_an_error(html: str, url: str | None) -> None:
    page = read(html, url)
    repr(page).encode()
    links = page.links
    assert 0 <= links.hosts <= links.external <= links.anchors - links.internal - links.within
