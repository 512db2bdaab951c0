"""Gathers what a page says of its rights, each statement with its surroundings; nothing is judged here."""

from collections.abc import Sequence
from functools import cache
from html import unescape

import numpy as np

from pipelines.extraction.evidence import Evidence
from pipelines.extraction.kernels import told
from pipelines.extraction.kernels.keys import mixed_key
from pipelines.extraction.kernels.layout import (
    BLOCK_CONTAINER,
    BLOCK_END,
    BLOCK_SOURCE,
    BLOCK_START,
    KIND,
    KIND_ASIDE,
    KIND_COMMENTS,
    KIND_FIGURE,
    KIND_FOOTER,
    KIND_HIDDEN,
    KIND_MEDIA,
    KIND_NAVIGATION,
    KIND_NESTED_ARTICLE,
    MARK_ANCHOR,
    MARK_BADGE,
    MARK_BLOCK,
    MARK_CONTAINER,
    MARK_ITEM,
    MARK_KIND,
    MARK_LINK,
    MARK_META,
    MARK_SECOND,
    MARK_SECOND_END,
)
from pipelines.extraction.kernels.mention_words import BEGINNINGS
from pipelines.extraction.kernels.mentions import KINDS, MOST, find_linked, find_mentions
from pipelines.extraction.page import Page
from pipelines.extraction.values import plain
from rights.evidence import Around, Location, Statement
from rights.headers import RSL_TYPE
from rights.licence_sites import HOSTS
from rights.weigh import BADGE

#: characters before and after an anchor or a phrase that are looked at
NEARBY = 240
#: blocks at the end of a page that are its end, at most, and one in so many of all
END_BLOCKS, END_SHARE = 12, 8
_LOCATIONS: dict[int, Location] = {MARK_META: "meta", MARK_LINK: "link", MARK_ANCHOR: "rel", MARK_ITEM: "item"}
_AROUND: tuple[tuple[int, Around], ...] = (
    (KIND_FOOTER, "footer"),
    (KIND_FIGURE, "figure"),
    (KIND_COMMENTS, "comments"),
    (KIND_NAVIGATION, "navigation"),
    (KIND_ASIDE, "aside"),
    (KIND_NESTED_ARTICLE, "card"),
    (KIND_HIDDEN, "hidden"),
    (KIND_MEDIA, "media"),
)
#: mentions of each kind that are read: most notices of copyright are somebody's pictures, the page's own is the last
_KEPT = (MOST, 2, 1)
_ALL = sum(bit for bit, _ in _AROUND)
#: a link's type is not noted; no licence for people is XML
_RSL_ENDINGS = (".xml", ".rsl")
_END = frozenset[Around](["end"])
_KEYS = np.array([mixed_key(host.encode()) for host in HOSTS], np.uint64)


class Claims:
    """Gathers one page's statements after the other in the same memory."""

    def __init__(self) -> None:
        self._found = np.zeros((KINDS, MOST), np.int64)
        self._counts = np.zeros(KINDS, np.int64)

    def statements(self, page: Page, evidence: Evidence) -> tuple[list[Statement], int]:
        """Give what a page says in marks and in its text, and how many statements were left out."""
        surroundings, claims = _Surroundings(page), evidence.said(told.CLAIM)
        said = [_claim(evidence, surroundings, statement) for statement in claims]
        left = more = 0
        if find_linked(page.data, page.marks, _KEYS, self._found, self._counts):
            linked, left = self._kept((MOST, 0, 0))
            # An element may leave several marks of one address.
            known = {int(page.marks[evidence.mark(statement), MARK_SECOND]) for statement in claims}
            said += [
                _linked(page, surroundings, mark) for mark in linked if int(page.marks[mark, MARK_SECOND]) not in known
            ]
        if find_mentions(page.text, *BEGINNINGS, self._found, self._counts):
            mentioned, more = self._kept(_KEPT)
            said += [surroundings.mention(place) for place in mentioned]
        # An anchor may be both: a claim by its relation, and a link to a licence.
        return said, max(evidence.left_out[1], left) + more

    def _kept(self, most: Sequence[int]) -> tuple[list[int], int]:
        """Give the places that are kept, of each kind the last ones, and how many are not."""
        places: list[int] = []
        counts: list[int] = self._counts.tolist()
        for kind, count in enumerate(counts):
            if count and most[kind]:
                places += sorted(self._found[kind, : min(count, MOST)].tolist())[-most[kind] :]
        return places, sum(counts) - len(places)


class _Surroundings:
    """Tells what stands around a place of a page."""

    def __init__(self, page: Page) -> None:
        self._page = page
        count = len(page.blocks)
        self._ends = page.blocks[:, BLOCK_END]
        self._text = b""
        self._end = count - min(END_BLOCKS, count // END_SHARE)

    def of(self, block: int, container: int) -> frozenset[Around]:
        """Say what a place lies in, by its container and the block that it is in or before."""
        return _around(int(self._page.containers[container, KIND]) & _ALL, ends=block >= self._end)

    def described(self, mark: int) -> frozenset[Around]:
        """Say whether what a mark without a place in the text describes is a medium."""
        container = int(self._page.marks[mark, MARK_CONTAINER])
        return _around(int(self._page.containers[container, KIND]) & KIND_MEDIA, ends=False)

    def of_mark(self, mark: int) -> tuple[str, frozenset[Around]]:
        """Give the text of the block in which a mark stands, and say what it lies in."""
        row: list[int] = self._page.marks[mark].tolist()
        block, container = row[MARK_BLOCK], row[MARK_CONTAINER]
        return self._text_of(block, container, row[MARK_SECOND]), self.of(block, container)

    def _text_of(self, number: int, container: int, place: int) -> str:
        """Give the text of a block, as far as NEARBY goes; none if the place in the page only comes before it."""
        if number >= len(self._page.blocks):
            return ""
        row: list[int] = self._page.blocks[number].tolist()
        if row[BLOCK_CONTAINER] != container and row[BLOCK_SOURCE] > place:
            return ""
        start, end = row[BLOCK_START], row[BLOCK_END]
        raw = self._page.text[start:end].tobytes()
        half = 2 * NEARBY
        return (raw if len(raw) <= 2 * half else raw[:half] + b" ... " + raw[-half:]).decode("utf-8", "replace")

    def mention(self, place: int) -> Statement:
        """Give the text that begins at a place, and what stands before it in its block."""
        self._text = self._text or self._page.text.tobytes()
        block = int(self._ends.searchsorted(place, "right"))
        row: list[int] = self._page.blocks[block].tolist()
        before = self._text[max(row[BLOCK_START], place - NEARBY) : place].decode("utf-8", "ignore")
        value = self._text[place : min(row[BLOCK_END], place + NEARBY)].decode("utf-8", "ignore")
        return Statement("text", "", value, before, "", self.of(block, row[BLOCK_CONTAINER]))


@cache
def _around(kinds: int, *, ends: bool) -> frozenset[Around]:
    found = frozenset[Around]([name for bit, name in _AROUND if kinds & bit])
    return found | _END if ends else found


def _claim(evidence: Evidence, surroundings: _Surroundings, statement: int) -> Statement:
    """Give what a mark with a name says."""
    kind, _ = evidence.place(statement)
    location, value = _LOCATIONS[kind], evidence.value(statement)
    if location in {"meta", "link"}:
        is_rsl = location == "link" and value.lower().partition("?")[0].endswith(_RSL_ENDINGS)
        around = surroundings.described(evidence.mark(statement))
        return Statement(location, RSL_TYPE if is_rsl else evidence.name(statement), value, around=around)
    nearby, around = surroundings.of_mark(evidence.mark(statement))
    return Statement(location, evidence.name(statement), value or nearby, nearby, "", around)


def _linked(page: Page, surroundings: _Surroundings, mark: int) -> Statement:
    """Give an anchor that leads to a site of licences, or a badge."""
    row = page.marks[mark]
    value = page.data[row[MARK_SECOND] : row[MARK_SECOND_END]].tobytes().decode("utf-8", "replace")
    nearby, around = surroundings.of_mark(mark)
    name = BADGE if row[MARK_KIND] == MARK_BADGE else ""
    return Statement("anchor", name, plain(unescape(value) if "&" in value else value), nearby, "", around)
