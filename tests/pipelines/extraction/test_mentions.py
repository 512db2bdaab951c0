"""Where a text may speak of rights: the kernels find what naive twins find."""

# ruff: noqa: RUF001  # letters that fold to others are what it is about

from collections.abc import Callable, Iterable
from random import Random
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipelines.extraction.kernels.keys import mixed_key
from pipelines.extraction.kernels.mention_words import BEGINNINGS
from pipelines.extraction.kernels.mentions import (
    COPYRIGHT,
    FIRSTS,
    KINDS,
    LASTS,
    LICENCE,
    MOST,
    RESERVED,
    Beginnings,
    beginnings,
    find_linked,
    find_mentions,
)
from rights.licence_names import licence_begins
from rights.licence_phrases import NAMED
from rights.licence_sites import HOSTS
from tests.naive_pages import SCANNER

BY = "https://creativecommons.org/licenses/by/4.0/"
WORDS = {"ab": LICENCE, "abc": RESERVED, "é": COPYRIGHT, "許可": LICENCE, "x y": RESERVED, "lengthy word": LICENCE}
SMALL = beginnings(WORDS)
#: as they are looked for: the last character may be cut
NEEDLES = sorted({row[:2].tobytes().rstrip(b"\0") for row in BEGINNINGS.rows})
KEYS = np.array([mixed_key(host.encode()) for host in HOSTS], np.uint64)
PIECES = [
    *(needle.decode("utf-8", "ignore") for needle in NEEDLES),
    *WORDS,
    *"abxyzZ (©.\0é許\u0130ſ",
    "Éé",
    "АЛ",
    "ligne",
    "\U0001f600",
]
#: pieces of needles, whole, cut and in other case, between other letters
TEXTS = st.lists(
    st.sampled_from(PIECES).flatmap(
        lambda piece: st.sampled_from([piece, piece.upper(), piece.title(), piece[:-1], piece[1:], f" {piece} "])
    )
    | st.text(max_size=3),
    max_size=30,
).map("".join)


def naive(text: bytes, table: Beginnings) -> list[list[int]]:
    """List, for each kind, where one of a table's words begins, but within a word of ASCII's letters."""
    words = [row[:2].tobytes() for row in table.rows]
    sizes = [row[2:].tobytes().count(b"\xff") for row in table.rows]
    found: list[list[int]] = [[] for _ in range(KINDS)]
    plain = text.lower()
    for place in range(len(text) - 1):
        for word, size, kind in zip(words, sizes, table.kinds.tolist(), strict=True):
            inside = text[place : place + 1].isascii() and text[max(0, place - 1) : place].isalpha()
            if plain[place : place + 16].ljust(16, b"\0")[:size] == word[:size] and not inside:
                found[kind].append(place)
                break
    return found


def kept(places: list[int]) -> list[int]:
    """Give the first and the last of more places than MOST."""
    return places if len(places) <= MOST else [*places[:FIRSTS], *places[-LASTS:]]


def mentions(text: bytes, table: Beginnings = BEGINNINGS) -> tuple[list[list[int]], list[int]]:
    """Find them by the kernel: places of each kind, in order, and how many there are."""
    # What stands behind a text must not matter: here it would make words of those that are cut.
    data = np.frombuffer(text + b"bc\xa9 y d", np.uint8)[: len(text)]
    found, counts = np.full((KINDS, MOST), -1, np.int64), np.full(KINDS, 99, np.int64)
    find_mentions(data, *table, found, counts)
    return [sorted(found[kind, : min(counts[kind], MOST)].tolist()) for kind in range(KINDS)], counts.tolist()


@given(TEXTS)
@example("")
@example("a")
@example("x AB")
@example("xab ab")
@example("Licens")
@example("licen")
@example("éab")
def test_it_finds_what_the_naive_twin_finds(text: str) -> None:
    raw = text.encode()
    for table in (BEGINNINGS, SMALL):
        expected = naive(raw, table)
        assert mentions(raw, table) == ([kept(places) for places in expected], [len(places) for places in expected])


@given(st.binary())
def test_any_bytes_are_read(raw: bytes) -> None:
    expected = naive(raw, BEGINNINGS)
    assert mentions(raw)[1] == [len(places) for places in expected]


@pytest.mark.parametrize("needle", NEEDLES)
def test_each_beginning_is_found(needle: bytes) -> None:
    for text in (b". " + needle, b". " + needle.upper() + b" and more"):
        assert 2 in [place for places in mentions(text)[0] for place in places]


@pytest.mark.parametrize(("family", "pattern"), NAMED)
def test_whatever_names_a_licence_is_looked_at(family: str, pattern: str) -> None:
    chance = Random(1)  # noqa: S311  # no secret
    # What a pattern wants to see behind itself is not spelt by it.
    names = {spelt(_parser.parse(pattern), chance) + chance.choice(BEHIND) for _ in range(100)}
    found = [name for name in sorted(names) if named(name) == family]
    assert found
    for name in found:
        text = f". {name}".encode()
        assert any(named(text[place:].decode()) for places in mentions(text)[0] for place in places), name


def spelt(parts: Iterable[tuple[Any, Any]], chance: Random) -> str:
    """Spell some text that the parts of a pattern match, but for what they only look at."""
    return "".join(SPELLERS.get(str(kind), lambda *_: "")(part, chance) for kind, part in parts)


def one_of_class(members: list[tuple[Any, Any]], chance: Random) -> str:
    kind, member = chance.choice(members)
    return chr(chance.randint(*member)) if str(kind) == "RANGE" else chr(member)


def repeated(part: tuple[int, int, Any], chance: Random) -> str:
    least, most, inner = part
    return "".join(spelt(inner, chance) for _ in range(chance.randint(least, min(most, least + 1))))


BEHIND = ("", " 2.0", "-2.0", " v2.0", " 1.0 licence", " 2 public licence", " v3", ".", " uk")
SPELLERS: dict[str, Callable[[Any, Random], str]] = {
    "LITERAL": lambda part, _: chr(part),
    "IN": one_of_class,
    "BRANCH": lambda part, chance: spelt(chance.choice(part[1]), chance),
    "SUBPATTERN": lambda part, chance: spelt(part[-1], chance),
    "MAX_REPEAT": repeated,
}


def named(text: str) -> str | None:
    """Name the family of the licence with whose name a text begins."""
    found = licence_begins("", text)
    return found.family if found else None


@pytest.mark.parametrize(
    "count", [0, 1, FIRSTS - 1, FIRSTS, FIRSTS + 1, MOST - 1, MOST, MOST + 1, MOST + LASTS + 1, 1000]
)
def test_of_many_the_first_and_the_last_are_kept(count: int) -> None:
    places, counts = mentions(b"ab " * count, SMALL)
    assert counts == [count, 0, 0]
    assert places[LICENCE] == kept([3 * number for number in range(count)])


def test_kinds_do_not_crowd_each_other_out() -> None:
    places, counts = mentions(b"ab " * 1000 + "abé é ".encode(), beginnings({"ab": LICENCE, "é": COPYRIGHT}))
    assert counts == [1001, 0, 2]
    assert places[COPYRIGHT] == [3002, 3005]


def test_a_word_counts_once_as_its_shortest_beginning() -> None:
    assert mentions(b" abc", SMALL)[1] == [1, 0, 0]


def test_counts_are_those_of_this_text_alone() -> None:
    assert mentions(b"nothing here")[1] == [0, 0, 0]


def linked(html: str, before: int = 0) -> tuple[list[int], list[int]]:
    """Find anchors to sites of licences by the kernel, after a text in which `before` of each kind were found."""
    page = SCANNER.scan(html.encode())
    found, counts = np.full((KINDS, MOST), -1, np.int64), np.full(KINDS, before, np.int64)
    find_linked(page.data, page.marks, KEYS, found, counts)
    return sorted(found[LICENCE, : min(counts[LICENCE], MOST)].tolist()), counts.tolist()


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("scheme", ["https://", "http://", "HTTP://", "//", "https://www.", "//WWW."])
def test_anchors_to_listed_hosts_are_found(host: str, scheme: str) -> None:
    for name in (host, host.upper(), f"{host}:443", f"ann:secret@{host}", f"ann@{host}:80", f"{host}."):
        assert linked(f'<a href="{scheme}{name}/x">y</a>')[0] == [0]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/licenses/by/4.0/",
        "creativecommons.org/licenses/by/4.0/",
        "#https://creativecommons.org/",
        "https://ferry.test/?creativecommons.org",
        "https://ferry.test/creativecommons.org/",
        "https://creativecommons.org.ferry.test/",
        "https://notcreativecommons.org/",
        "https://creativecommons.org@ferry.test/",
        "https://creativecommons.orga/",
        "mailto:info@creativecommons.org",
        "javascript://creativecommons.org/",
        "ftp://creativecommons.org/",
        "https://",
        "https:///",
        "//",
    ],
)
def test_anchors_to_elsewhere_are_not(address: str) -> None:
    assert linked(f'<a href="{address}">x</a>')[0] == []


@pytest.mark.parametrize("address", ["https:&#47;&#47;creativecommons.org/x", "https://creativecommons&period;org/x"])
def test_an_address_may_be_written_with_references(address: str) -> None:
    assert linked(f'<a href="{address}">x</a>')[0] == [0]


def test_only_anchors_count() -> None:
    assert linked(f'<link rel=x href="{BY}"><meta name=x content="{BY}"><base href="{BY}"><p>{BY}') == ([], [0, 0, 0])


def test_the_number_of_the_mark_is_given() -> None:
    assert linked(f'<title>x</title><a href="/">x</a><a href="{BY}">x</a>')[0] == [2]


def test_counts_of_a_text_before_are_forgotten() -> None:
    assert linked("<p>no anchor", before=7)[1] == [0, 0, 0]


@pytest.mark.parametrize("count", [FIRSTS, MOST, MOST + 1, 5 * MOST])
def test_of_many_anchors_the_first_and_the_last_are_kept(count: int) -> None:
    places, counts = linked(f'<a href="{BY}">x</a>' * count)
    assert (places, counts[LICENCE]) == (kept([*range(count)]), count)
