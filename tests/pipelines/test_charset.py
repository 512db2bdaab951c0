"""Charsets declared, undeclared and misdeclared."""

import io
import json
import tarfile
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from pipelines.charset import decode
from pipelines.http import Fault, Response, read_response
from pipelines.readers.limits import ReadLimits
from pipelines.readers.warc import read_warc
from pipelines.reason import Reason

RUSSIAN = (
    "\u041f\u0440\u043e\u0432\u0435\u0440\u043a\u0430 \u043a\u043e\u0434\u0438\u0440\u043e\u0432\u043a\u0438. " * 9
)
FRENCH = "<p>\u00e9t\u00e9, d\u00e9j\u00e0 vu, na\u00efve, fa\u00e7ade</p>"


@pytest.mark.parametrize(
    ("label", "codec", "name"),
    [
        ("utf-8", "utf-8", "utf-8"),
        ("UTF8", "utf-8", "utf-8"),
        ("windows-1251", "cp1251", "windows-1251"),
        ("koi8-r", "koi8-r", "koi8-r"),
        ("iso-8859-5", "iso-8859-5", "iso-8859-5"),
        ("x-mac-cyrillic", "mac_cyrillic", "x-mac-cyrillic"),
        ("gb2312", "gbk", "gbk"),
        ("Shift_JIS", "cp932", "shift_jis"),
        ("utf-16le", "utf-16-le", "utf-16le"),
    ],
)
def test_the_header_names_the_charset(label: str, codec: str, name: str) -> None:
    assert decode(RUSSIAN.encode(codec), label) == (RUSSIAN, name)


@pytest.mark.parametrize(
    "meta",
    [
        "<meta charset=windows-1251>",
        '<META name=a><meta\n charset = "Windows-1251" />',
        '<meta http-equiv="Content-Type" content="text/html; charset=cp1251">',
        '<?xml version="1.0" encoding="windows-1251"?>',
        "<!-- <meta charset=utf-8> --><meta charset='windows-1251'>",
    ],
)
def test_the_page_names_the_charset(meta: str) -> None:
    assert decode((meta + RUSSIAN).encode("cp1251"), None) == (meta + RUSSIAN, "windows-1251")
    assert decode((meta + RUSSIAN).encode("cp1251"), "nonsense") == (meta + RUSSIAN, "windows-1251")


def test_utf_16_in_meta_is_utf_8() -> None:
    page = '<meta charset="utf-16">' + FRENCH
    assert decode(page.encode(), None) == (page, "utf-8")


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16le"),
        (b"\xfe\xff", "utf-16be"),
        (b"\xff\xfe\0\0", "utf-32le"),
        (b"\0\0\xfe\xff", "utf-32be"),
    ],
)
def test_a_byte_order_mark_beats_everything(mark: bytes, name: str) -> None:
    for header in ("windows-1252", "utf-8", None):
        assert decode(mark + FRENCH.encode(name), header) == (FRENCH, name)


def test_latin_1_means_windows_1252() -> None:
    text = FRENCH + "\u201cquoted\u201d"
    assert decode(text.encode("cp1252"), "iso-8859-1") == (text, "windows-1252")


def test_valid_utf_8_beats_a_header_that_says_latin_1() -> None:
    assert decode(FRENCH.encode(), "iso-8859-1") == (FRENCH, "utf-8")


def test_a_header_that_does_not_fit_gives_way() -> None:
    page = "<meta charset=windows-1251>" + RUSSIAN
    assert decode(page.encode("cp1251"), "utf-8") == (page, "windows-1251")


def test_a_few_wrong_bytes_do_not_change_the_charset() -> None:
    body = RUSSIAN.encode() + b"\xff" + RUSSIAN.encode()
    for header in ("utf-8", None):
        assert decode(body, header) == (RUSSIAN + "\ufffd" + RUSSIAN, "utf-8")
    text, name = must(decode(FRENCH.encode("cp1252") + b"\x81", "windows-1252"))
    assert (text, name) == (FRENCH + "\ufffd", "windows-1252")


def must(answer: tuple[str, str] | Fault) -> tuple[str, str]:
    assert not isinstance(answer, Fault), answer
    return answer


@pytest.mark.parametrize("body", [b"\0" * 99, "page".encode("utf-16-le") * 9, b"\x89PNG\r\n\x1a\n" + b"\0" * 64])
@pytest.mark.parametrize("header", [None, "utf-8"])
def test_what_is_no_text_is_undecodable(body: bytes, header: str | None) -> None:
    answer = decode(body, header)
    assert isinstance(answer, Fault)
    assert answer.reason is Reason.UNDECODABLE


def test_an_empty_page_has_a_charset() -> None:
    assert decode(b"", None) == ("", "utf-8")


@given(
    st.binary(max_size=300), st.sampled_from([None, "utf-8", "gbk", "iso-2022-jp", "utf-16", "euc-kr", "", "\u00e9"])
)
def test_any_bytes_give_an_answer(body: bytes, header: str | None) -> None:
    answer = decode(body, header)
    assert isinstance(answer, Fault) or isinstance(answer[0], str)


@given(st.text(max_size=100))
def test_valid_utf_8_that_is_declared_comes_back(text: str) -> None:
    body = text.encode()
    answer = decode(body, "utf-8")
    hopeless = (text.count("\0") + text.count("\ufffd")) * 10 > len(text)
    if not hopeless and not text.startswith("\ufeff") and not body.startswith((b"\0\0\xfe\xff",)):
        assert answer == (text, "utf-8")


def test_real_charsets(shared_data: Path, tmp_path: Path) -> None:
    packed = (shared_data / "warc/derived_bad.tar.zst").open("rb")
    with packed, zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(packed) as stream:
        content = io.BytesIO(stream.read())
    with tarfile.open(fileobj=content) as tar:
        tar.extractall(tmp_path, filter="data")
    cases = json.loads((shared_data / "warc/derived_bad_cases.json").read_text())
    wrong = [
        case["file"].rpartition("/")[2] for case in cases if case.get("expected_text") and not right(case, tmp_path)
    ]
    # uchardet takes this short text in ISO 8859-2 for windows-1250; everything else comes out right.
    assert wrong == ["http_charset_iso-8859-2_none.warc.gz"]


def right(case: dict[str, str], folder: Path) -> bool:
    path = folder / "derived" / case["file"].rpartition("/")[2]
    (record,) = read_warc(str(path), ReadLimits(1 << 20))
    answer = read_response(record.content, 1 << 20)
    assert isinstance(answer, Response)
    return case["expected_text"].strip() in must(decode(answer.body, answer.charset))[0]
