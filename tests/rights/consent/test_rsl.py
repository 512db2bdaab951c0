"""RSL documents and links to them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from rights.consent.preference import MOST, Preference, Verdict, combine
from rights.consent.rsl import DOCUMENT_BYTES, rsl_link, rsl_xml

SPACE = 'xmlns="https://rslstandard.org/rsl"'
OPEN = '<permits type="usage">all</permits>'


def document(*contents: str, attributes: str = SPACE) -> bytes:
    return f"<rsl {attributes}>{''.join(contents)}</rsl>".encode()


def content(*licences: str, url: str = "/", more: str = "") -> str:
    return f'<content url="{url}" {more}>' + "".join(f"<license>{terms}</license>" for terms in licences) + "</content>"


def verdicts(xml: bytes, path: str = "/a") -> dict[str, Verdict]:
    return {purpose: combine(rsl_xml(xml, path), purpose).verdict for purpose in ("train_ai", "ai_input", "search")}


def training(*licences: str) -> tuple[Verdict, str]:
    consent = combine(rsl_xml(document(content(*licences)), "/a"))
    return consent.verdict, consent.basis[0].detail


@pytest.mark.parametrize(
    ("permitted", "expected"),
    [
        ("all", ("allow", "allow", "allow")),
        ("ai-all", ("allow", "allow", "deny")),
        ("ai-train", ("allow", "deny", "deny")),
        ("train-ai", ("allow", "deny", "deny")),
        ("ai-input, search", ("deny", "allow", "allow")),
        ("ai-index", ("deny", "deny", "deny")),
        ("ai-train ai-input\n search", ("allow", "allow", "allow")),
        ("", ("deny", "deny", "deny")),
        ("AI-Train", ("deny", "deny", "deny")),
        ("\uff41ll", ("deny", "deny", "deny")),
    ],
)
def test_the_list_of_permitted_uses_is_closed(permitted: str, expected: tuple[Verdict, ...]) -> None:
    found = verdicts(document(content(f'<permits type="usage">{permitted}</permits>')))
    assert tuple(found.values()) == expected


@pytest.mark.parametrize(
    ("terms", "verdict", "detail"),
    [
        (OPEN + '<prohibits type="usage">ai-train</prohibits>', "deny", "prohibited"),
        (OPEN + '<prohibits type="usage">search, TRAIN-AI</prohibits>', "deny", "prohibited"),
        (OPEN + '<prohibits type="usage">ai-all</prohibits>', "deny", "prohibited"),
        (OPEN + "<prohibits>ai-train</prohibits>", "deny", "prohibited"),
        (OPEN + '<prohibits type="usage">search</prohibits>', "allow", ""),
        (OPEN + '<prohibits type="usage">ai-things</prohibits>', "unknown", "an unknown use ai-things is prohibited"),
        (OPEN + '<payment type="free"/>', "allow", ""),
        (OPEN + '<payment type="attribution"/>', "unknown", "attribution is asked for"),
        (OPEN + '<payment type="crawl"><amount currency="USD">1</amount></payment>', "deny", "payment: crawl"),
        (OPEN + '<payment type="contribution"/>', "deny", "payment: contribution"),
        (OPEN + '<payment type="inference"/>', "deny", "payment: inference"),
        (OPEN + "<payment/>", "deny", "payment: of no type"),
        (OPEN + '<payment type="free"/><payment type="training"/>', "deny", "payment: training"),
        (OPEN + '<reporting type="audit" profile="x"/>', "deny", "reporting is asked for"),
        (OPEN + '<permits type="user">education</permits>', "unknown", "limited by user"),
        (OPEN + '<prohibits type="geo">US</prohibits>', "unknown", "limited by geo"),
        (OPEN + '<legal type="disclaimer">as-is</legal>', "allow", ""),
        (OPEN + "<limit/>", "unknown", "an unknown element limit"),
        (OPEN + '<x:limit xmlns:x="urn:x"/>', "allow", ""),
        ("<permits>ai-train</permits>", "unknown", "a permits without type"),
        ('<payment type="free"/>', "unknown", "no permitted use is named"),
        ('<payment type="use"/>', "deny", "payment: use"),
        ("", "unknown", "no permitted use is named"),
        ("<permits type='usage'>&#97;i-train<!-- c --></permits>", "allow", ""),
        ("<permits type='usage'><![CDATA[ai-train]]></permits>", "allow", ""),
    ],
)
def test_terms(terms: str, verdict: Verdict, detail: str) -> None:
    assert training(terms) == (verdict, detail)


def test_of_several_licences_the_most_restrictive_decides() -> None:
    assert training(OPEN, OPEN + '<payment type="purchase"/>') == ("deny", "payment: purchase")
    assert training('<permits type="usage">search</permits>', OPEN)[0] == "deny"


@pytest.mark.parametrize("more", ['server="https://l.example"', 'encrypted="true"', 'encrypted="TRUE"'])
def test_a_licence_server_grants_nothing_yet(more: str) -> None:
    assert verdicts(document(content(OPEN, more=more)))["train_ai"] == "deny"
    assert verdicts(document(content(OPEN, more='encrypted="false"')))["train_ai"] == "allow"


@pytest.mark.parametrize(
    ("url", "asked", "met"),
    [
        ("/", "/a", True),
        ("", "/a", True),
        ("/a", "/a/b", True),
        ("/A", "/a", False),
        ("/*.pdf$", "/a.pdf", True),
        ("/*.pdf$", "/a.pdfs", False),
        ("*.pdf", "/a.pdf", True),
        ("https://a.example/*", "/a", True),
        ("https://a.example", "https://A.example/b", True),
        ("https://a.example/", "https://b.example/", False),
        ("/caf\u00e9", "/caf%C3%A9", True),
    ],
)
def test_which_content_governs(url: str, asked: str, met: bool) -> None:
    assert bool(rsl_xml(document(content(OPEN, url=url)), asked)) is met


def test_the_most_specific_content_decides() -> None:
    closed = '<prohibits type="usage">all</prohibits>'
    both = (content(closed, url="/"), content(OPEN, url="/open/"))
    for contents in (both, both[::-1]):
        assert verdicts(document(*contents), "/open/1")["train_ai"] == "allow"
        assert verdicts(document(*contents), "/a")["train_ai"] == "deny"
    assert verdicts(document(content(OPEN, url="/a"), content(closed, url="/a")))["train_ai"] == "deny"


@pytest.mark.parametrize(
    "broken",
    [
        '<content url="/a"/>',
        '<content url="/a"><license><limit/></license></content>',
        '<content url="/a"><license><permits>all</permits></license></content>',
    ],
)
def test_a_fault_hides_no_wider_content(broken: str) -> None:
    closed = content('<prohibits type="usage">all</prohibits>')
    assert verdicts(document(closed, broken))["train_ai"] == "deny"
    assert verdicts(document(content(OPEN), broken))["train_ai"] == "unknown"


@pytest.mark.parametrize("url", ["", 'url="a"', 'url="mailto:x"'])
def test_a_content_without_a_url_allows_nothing(url: str) -> None:
    open_ = document(f"<content {url}><license>{OPEN}</license></content>")
    shut = document(f'<content {url}><license><prohibits type="usage">all</prohibits></license></content>')
    assert verdicts(open_)["train_ai"] == "unknown"
    assert verdicts(shut)["train_ai"] == "deny"


@pytest.mark.parametrize(
    ("xml", "detail"),
    [
        (b"", "no XML: "),
        (b"<rsl>", "no XML: "),
        (b"\xff\xfe\x00", "no XML: "),
        (b'<?xml version="1.0" encoding="none"?><rsl/>', "no XML: "),
        (b"<html/>", "no rsl element at the root"),
        (b"<RSL/>", "no rsl element at the root"),
        (b'<rsl xmlns="urn:other"><content url="/"/></rsl>', "no rsl element at the root"),
        (b"<rsl/>", "an rsl element without a content"),
        (b'<!DOCTYPE rsl [<!ENTITY a "all">]><rsl/>', "a document type, which is not read"),
        ('<!DOCTYPE rsl [<!ENTITY a "all">]><rsl/>'.encode("utf-16"), "a document type, which is not read"),
        (b"<rsl>" + b"<a>" * 300 + b"</a>" * 300 + b"</rsl>", "no XML: "),
        (b"<rsl/>" + b" " * DOCUMENT_BYTES, f"{DOCUMENT_BYTES + 6} bytes, more than {DOCUMENT_BYTES}, are not read"),
    ],
)
def test_what_is_no_document(xml: bytes, detail: str) -> None:
    (fault,) = rsl_xml(xml, "/a")
    assert (fault.verdict, fault.purpose, fault.signal) == ("unknown", "train_ai", "rsl")
    assert fault.detail.startswith(detail)


def test_documents_in_other_dress() -> None:
    assert verdicts(document(content(OPEN), attributes=""))["train_ai"] == "allow"
    prefixed = (
        document(content(OPEN)).decode().replace("<", "<r:").replace("<r:/", "</r:").replace("xmlns=", "xmlns:r=")
    )
    assert verdicts(prefixed.encode())["train_ai"] == "allow"
    wide = '<?xml version="1.0" encoding="utf-16"?>' + document(content(OPEN)).decode()
    assert verdicts(wide.encode("utf-16"))["train_ai"] == "allow"


def test_a_link_is_a_document_that_is_not_held() -> None:
    (link,) = rsl_link("https://a.example/license.xml")
    assert (link.verdict, link.place, link.detail) == ("unknown", "header", "document not held")
    assert rsl_link("/license.xml", "file") == (
        Preference("rsl", "file", "*", "train_ai", "unknown", "/license.xml", "document not held; not an absolute URL"),
    )


def test_where_a_document_stands() -> None:
    assert {one.place for one in rsl_xml(document(content(OPEN)), "/a", "html")} == {"html"}
    assert rsl_xml(document(content(OPEN)), "/a")[0].raw.startswith("<license")


def test_a_flood_of_licences_is_bounded() -> None:
    flood = document(content(*(f"<prohibits>x{number}</prohibits>" for number in range(1200))))
    assert len(flood) < DOCUMENT_BYTES
    assert len(rsl_xml(flood, "/a")) == MOST + 1


@given(st.binary(max_size=99) | st.text().map(lambda text: text.encode("utf-8", "replace")), st.text())
def test_any_bytes_are_read_and_allow_nothing(xml: bytes, path: str) -> None:
    assert all(one.verdict == "unknown" for one in rsl_xml(xml, path))


WHOLE = document(content(OPEN + '<payment type="free"/>'))


@given(st.integers(0, len(WHOLE)), st.binary(max_size=2), st.integers(0, 2))
def test_a_broken_document_allows_nothing(place: int, inserted: bytes, lost: int) -> None:
    broken = WHOLE[:place] + inserted + WHOLE[place + lost :]
    if combine(rsl_xml(broken, "/a")).verdict == "allow":
        assert re.search(rb"<permits\s+type=[\"']\s*usage\s*[\"']\s*>(?:[^<]*[\s,;])?all[\s,;<]", broken)
        # Whole all the same: what was put in stands where it changes nothing.
        assert [node.tag.rpartition("}")[2] for node in etree.fromstring(broken).iter("{*}license", "{*}permits")] == [
            "license",
            "permits",
        ]


@given(st.text(st.characters(codec="utf-8", exclude_characters="<&>\r\x00", exclude_categories=["Cc"]), max_size=30))
def test_a_prohibition_is_heard_whatever_is_permitted(words: str) -> None:
    terms = f'<permits type="usage">{words}</permits><prohibits type="usage">ai-train</prohibits>'
    assert combine(rsl_xml(document(content(terms)), "/a")).verdict in {"deny", "unknown"}
