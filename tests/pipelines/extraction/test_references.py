"""References are resolved as WHATWG's tokenizer does, whatever the bytes, and nothing else is read or written."""

import html
import re
from fractions import Fraction
from html.entities import html5
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extraction.kernels import references, references_build
from pipelines.extraction.kernels.references import GROWTH, NAMES, reference, room

GUARD = 0xA5
NUMBER = re.compile(rb"#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
#: names that begin as others do, alone and with what may make them longer or no name at all
ODD_NAMES = ("amp", "AMP", "not", "notin", "noti", "nGt", "Gt", "gtdot", "sup1", "sup", "frac12", "copysr", "ThickSpac")
PIECES = st.one_of(
    st.sampled_from([*b"&&&&#xX;;= 019afgqz\0\r/\xc3\xa9\xff"]).map(lambda byte: bytes([byte])),
    st.sampled_from(["&" + name for name in (*html5, *ODD_NAMES)]).map(str.encode),
    st.tuples(st.sampled_from(sorted(html5)), st.integers(0, 33)).map(lambda cut: b"&" + cut[0].encode()[: cut[1]]),
    st.integers(0, 0x120000).map(lambda point: b"&#%d" % point),
    st.integers(0, 2**80).map(lambda point: b"&#x%X;" % point),
    st.integers(0x70, 0xB0).map(lambda point: b"&#x%x;" % point),
    st.binary(max_size=3),
)
CONTENTS = st.lists(PIECES, max_size=8).map(b"".join)


def naive(content: bytes, attribute: bool) -> tuple[int, bytes]:
    """Read the reference at the start of `content` as the standard has it: how many bytes it has, and its text."""
    if number := NUMBER.match(content, 1):
        return number.end(), character(int(number[1], 16) if number[1] else int(number[2])).encode()
    name = max((name for name in html5 if content.startswith(name.encode(), 1)), key=len, default="")
    end = len(name) + 1
    follows = re.match(rb"[=0-9A-Za-z]", content[end : end + 1])
    if not name or (attribute and not name.endswith(";") and follows):
        return 1, b"&"
    return end, html5[name].encode()


def character(point: int) -> str:
    """Say for what character a number stands."""
    if point == 0 or 0xD800 <= point <= 0xDFFF or point > 0x10FFFF:
        return "\N{REPLACEMENT CHARACTER}"
    # Of the code points 0x80 to 0x9F, Python's decoder refuses those that Windows-1252 leaves out.
    return (bytes([point]).decode("cp1252", "ignore") if 0x80 <= point <= 0x9F else "") or chr(point)


def naive_text(content: bytes, attribute: bool) -> bytes:
    out, i = b"", 0
    while i < len(content):
        size, text = naive(content[i:], attribute) if content[i] == ord("&") else (1, content[i : i + 1])
        out, i = out + text, i + size
    return out


def resolved(content: bytes, *, attribute: bool = False, behind: bytes = b"", cut: bool = False) -> bytes:
    """Resolve a text that lies before other bytes; `out` has the room it may need, between guards.

    If `cut`, the data end with the text and the end that is told lies beyond them.
    """
    data, end = np.frombuffer(content + behind, np.uint8), len(content)
    if cut:
        data, end = data[:end], len(data)
    out = np.full(room(len(content)) + 16, GUARD, np.uint8)
    i, at = 0, 8
    while i < len(content):
        before = at
        if content[i] == ord("&"):
            i, at = reference(data, i, end, attribute, NAMES, out, at)
        else:
            out[at], i, at = content[i], i + 1, at + 1
        assert (out[at:] == GUARD).all()
        assert before < at <= len(out) - 8
    assert i == len(content)
    assert (out[:8] == GUARD).all()
    return out[8:at].tobytes()


@given(CONTENTS, st.booleans())
def test_text_is_resolved_as_by_the_naive_twin(content: bytes, attribute: bool) -> None:
    assert resolved(content, attribute=attribute) == naive_text(content, attribute)


@given(CONTENTS, CONTENTS, st.booleans())
def test_what_lies_behind_the_end_is_not_read(content: bytes, behind: bytes, attribute: bool) -> None:
    alone = naive_text(content, attribute)
    assert resolved(content, attribute=attribute, behind=behind) == alone
    assert resolved(content, attribute=attribute, behind=behind, cut=True) == alone


@pytest.mark.parametrize("name", ["amp;", "notin;", "CounterClockwiseContourIntegral;", "#x2019;", "#8217;", "#X41"])
@pytest.mark.parametrize("cut", [False, True])
def test_a_reference_ends_where_the_text_ends(name: str, cut: bool) -> None:
    content = f"&{name}".encode()
    for end in range(1, len(content) + 1):
        assert resolved(content[:end], behind=content[end:] + b";", cut=cut) == naive_text(content[:end], False)


@pytest.mark.parametrize("after", ["", ";", "x", "=", " ", "&", "1;", "é"])
def test_every_name_is_python_s(after: str) -> None:
    text = "".join(f"&{name}{after}\n" for name in html5)
    assert resolved(text.encode()).decode() == html.unescape(text)


@given(st.lists(st.sampled_from(["&", *(f"&{name}" for name in html5), *ODD_NAMES, ";", "=", " ", "&#39;", "é1"])))
def test_text_is_python_s(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert resolved(text.encode()).decode() == html.unescape(text)


def test_every_number_is_python_s_where_python_keeps_it() -> None:
    edges = (0x7FF, 0x800, 0xD7FF, 0xD800, 0xDFFF, 0xE000, 0xFFFD, 0x10000, 0x1F595, 0x10FFFD, 0x110000, 2**31, 2**64)
    for point in (*range(0x300), *edges):
        text = f"&#{point};&#x{point:x}!&#X{point:X};"
        # Python drops controls and characters that are none, the standard only complains.
        expected = html.unescape(text) if html.unescape(text) != "!" else f"{chr(point)}{chr(point)}!{chr(point)}"
        assert resolved(text.encode()).decode() == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # not what Python makes of them
        ("&#1;&#xB;&#127;", "\x01\x0b\x7f"),
        ("&#xFDD0;&#xFFFE;&#x10FFFF;", "\ufdd0\ufffe\U0010ffff"),
        (f"&#{'9' * 5000};", "\ufffd"),
        (f"&#{'0' * 5000}65;", "A"),
        # windows-1252, and the five bytes it leaves out
        ("&#128;&#x80;&#146;&#x9F;", "\u20ac\u20ac\u2019\u0178"),
        ("&#x81;&#x8D;&#x8F;&#x90;&#x9D;", "\x81\x8d\x8f\x90\x9d"),
        ("&#13;&#10;&#xA0;", "\r\n\xa0"),
        # no characters
        ("&#0;&#x0&#xD800;&#57343;&#x110000;&#4294967361;&#18446744073709551681;", "\ufffd" * 7),
        (f"&#x{'F' * 100};&#x1{'0' * 16}41;", "\ufffd\ufffd"),
        # no digits
        ("&#&#;&#x&#X;&#xg;&#a;&#-1;& #39;", "&#&#;&#x&#X;&#xg;&#a;&#-1;& #39;"),
        # where a number ends
        ("&#65&#65;;&#65a&#x41g&#X41;", "AA;AaAgA"),
        # the longest name
        ("&noti;&notin;&notinva;&notit;&not;&not", "¬i;∉∉¬it;¬¬"),
        ("&ampamp;&amp;amp;&AMPx&Amp;", "&amp;&amp;&x&Amp;"),
        ("&sup1&sup;&sup&gtrdot&gtrdot;", "¹⊃&sup>rdot⋗"),
        ("&quot &nbsp;&lt&gt;&hearts&hearts;", '" \xa0<>&hearts♥'),
        # no names
        ("&&;&a&xyz;&1;& &é;&;amp;", "&&;&a&xyz;&1;& &é;&;amp;"),
        (f"&a{'m' * 900}p;", f"&a{'m' * 900}p;"),
    ],
)
def test_what_the_standard_makes_of_text(text: str, expected: str) -> None:
    assert resolved(text.encode()).decode() == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("?a=1&copy=2&lang=de&reg1&notx&ampZ", "?a=1&copy=2&lang=de&reg1&notx&ampZ"),
        ("?a=1&copy;=2&amp;b&reg;1", "?a=1©=2&b®1"),
        ("&copy", "©"),
        ("&copy&copy &copy/&copy-&copyé&copy;", "©© ©/©-©é©"),
        # The longest name decides: where it is none, no shorter one is.
        ("&noti;&notin;&notin", "&noti;∉&notin"),
        ("&#65=&#65B&#x41Z", "A=ABAZ"),
    ],
)
def test_what_the_standard_makes_of_a_value(value: str, expected: str) -> None:
    assert resolved(value.encode(), attribute=True).decode() == expected


def test_growth_is_that_of_the_worst_name() -> None:
    growth = max(Fraction(len(text.encode()), len(name) + 1) for name, text in html5.items())
    assert growth == Fraction(*GROWTH)
    for count in range(5):
        assert len(resolved(b"&nLt;" * count + b"abcd")) == room(5 * count + 4)


def test_tables_are_small_and_read_only() -> None:
    assert not any(table.flags.writeable for table in NAMES)
    assert sum(table.nbytes for table in NAMES) < 50_000


def test_shipped_tables_are_the_built_ones(tmp_path: Path) -> None:
    references_build.build(tmp_path / "again.npz")
    with np.load(Path(references.__file__).with_name("references.npz")) as ours, np.load(tmp_path / "again.npz") as new:
        assert ours.files == new.files == [*NAMES._fields]
        for name in ours.files:
            np.testing.assert_array_equal(ours[name], new[name])
            assert ours[name].dtype == new[name].dtype
