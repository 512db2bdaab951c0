"""Every record becomes a text or a reason, and a text depends on its page alone."""

import pytest

from pipelines.extract import ENGINES, Page, Reading, finished, read_page
from pipelines.reason import Reason
from pipelines.stated import arrays
from tests.warcs import page, prose

MAX = 1_000_000


def _read(block: bytes, engine: str = "resiliparse") -> Page:
    return read_page("response", block, "https://river.test/", Reading(engine, MAX, "fields"))


def _response(status: str, headers: str, body: bytes) -> bytes:
    return f"HTTP/1.1 {status}\r\n{headers}\r\n\r\n".encode() + body


@pytest.mark.parametrize("engine", ENGINES)
def test_the_main_text_is_found(engine: str) -> None:
    html = "<html><head><title>T</title></head><body><nav><a href='/'>Home</a></nav>" + prose("bridge")[12:]
    read = _read(page(html), engine)
    assert "The bridge that we have seen" in (read.text or "")
    assert "Home" not in (read.text or "")
    assert (read.http_status, read.mime, read.charset) == (200, "text/html", "utf-8")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_text_does_not_depend_on_the_pages_before(engine: str) -> None:
    texts = {_read(page(prose("river", 400)), engine).text for _ in range(6)}
    assert len(texts) == 1


@pytest.mark.parametrize(
    ("block", "reason", "detail"),
    [
        (_response("301 Moved", "Location: /", b""), Reason.HTTP_STATUS, "got 301"),
        (_response("200 OK", "Content-Type: image/png", b"\x89PNG\r\n"), Reason.NOT_HTML, "image/png"),
        (_response("200 OK", "Content-Type: text/html", b" \n"), Reason.EMPTY, "no bytes"),
        (_response("200 OK", "Content-Type: text/html", b"<script>x()</script>"), Reason.EMPTY, "no text"),
        (b"not http at all", Reason.BAD_HTTP, ""),
        (page("<p>x</p>" * 200_000), Reason.TOO_LARGE, ""),
    ],
)
def test_what_is_no_document_says_why(block: bytes, reason: Reason, detail: str) -> None:
    read = _read(block)
    assert (read.text, read.reason) == (None, reason)
    assert detail in read.detail
    assert read.detail


def test_a_conversion_is_text_already() -> None:
    assert read_page("conversion", "  Grüße\n".encode(), None, Reading("resiliparse", MAX)).text == "Grüße"
    assert read_page("row", b"", None, Reading("resiliparse", MAX)).reason is Reason.EMPTY
    assert read_page("row", b"\xff\xfe\xfa", None, Reading("resiliparse", MAX)).reason is Reason.UNDECODABLE


def test_a_text_is_what_utf_8_can_carry() -> None:
    assert finished(Page(text=" a\0b \ud800 c\n")).text == "ab ? c"


def test_a_page_survives_the_pipe() -> None:
    for read in (_read(page(prose("hill"))), _read(b"no http")):
        assert Page.from_plain(read.to_plain()) == read


@pytest.mark.parametrize("engine", ENGINES)
def test_what_a_page_says_of_itself_is_read_beside_any_engine(engine: str) -> None:
    head = "<title>River</title><link rel=canonical href=/r><link rel=license href=https://creativecommons.org/licenses/by/4.0/>"
    block = page(f"<html lang=de-CH><head>{head}<meta name=robots content=noai>" + prose("river")[12:])
    for detail, expected in (("none", None), ("fields", 15), ("all", 20)):
        read = read_page("response", block, "https://river.test/a", Reading(engine, MAX, detail))
        assert (None if read.stated is None else len(read.stated)) == expected
    said = arrays([read.stated, None], "all")
    assert [said[name].to_pylist() for name in ("title", "canonical", "page_language")] == [
        ["River", None],
        ["https://river.test/r", None],
        ["de-CH", None],
    ]
    assert said["stated_licence"].to_pylist() == ["CC-BY-4.0", None]
    assert said["stated_consent"].to_pylist() == ["robots_meta/html/*=deny", None]
    assert {(item["location"], item["parsed"]) for item in said["rights"][0].as_py()} == {
        ("link", "CC-BY-4.0"),
        ("meta", "train_ai=deny"),
    }
    assert "river" in (read.text or "")
