"""Gathers what a page says of its rights, each statement with its surroundings; nothing is judged here."""

from functools import cache
from html import unescape

import numpy as np

from pipelines.extraction.evidence import Evidence
from pipelines.extraction.kernels import told
from pipelines.extraction.kernels.gathering import (
    AROUND,
    AROUND_IT,
    AT_END,
    BEFORE,
    COLUMNS,
    END,
    END_BLOCKS,
    END_SHARE,
    HEAD,
    LEFT_LINKED,
    LEFT_MENTIONS,
    LINKED,
    NEARBY,
    PLACE,
    READ,
    ROWS,
    gather,
)
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
from pipelines.extraction.kernels.mentions import KINDS, MOST
from pipelines.extraction.kernels.notices import ALL_RESERVED, NOTICE, UNREAD
from pipelines.extraction.page import Page
from pipelines.extraction.values import plain
from rights.evidence import Around, Item, Location, Statement
from rights.headers import RSL_TYPE
from rights.licence_sites import HOSTS
from rights.weigh import BADGE, reserved

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
    (AT_END, "end"),
)
_FAMILIES = {NOTICE: "copyright-notice", ALL_RESERVED: "all-rights-reserved"}
#: a link's type is not noted; no licence for people is XML
_RSL_ENDINGS = (".xml", ".rsl")
#: hosts of licences
KEYS = np.array([mixed_key(host.encode()) for host in HOSTS], np.uint64)


class Claims:
    """Gathers one page's statements after the other in the same memory."""

    def __init__(self) -> None:
        self._found = np.zeros((KINDS, MOST), np.int64)
        self._counts = np.zeros(KINDS, np.int64)
        self._out = np.zeros(HEAD + ROWS * COLUMNS, np.int64)

    def statements(self, page: Page, evidence: Evidence) -> tuple[list[Statement | Item], int]:
        """Give what a page says in marks and in its text, and how many statements were left out.

        What a kernel has read, as it has most notices of copyright, is an item already.
        """
        claims, numbers, left = evidence.said(told.CLAIM), self._gather(page), evidence.left_out[1]
        if not (claims or numbers):
            return [], left
        surroundings = _Surroundings(page)
        said: list[Statement | Item] = [_claim(evidence, surroundings, statement) for statement in claims]
        # An element may leave several marks of one address.
        known = {int(page.marks[evidence.mark(statement), MARK_SECOND]) for statement in claims}
        for row in range(HEAD, len(numbers), COLUMNS):
            if numbers[row + READ] != LINKED:
                said.append(_mention(page, numbers[row : row + COLUMNS]))
            elif int(page.marks[numbers[row + PLACE], MARK_SECOND]) not in known:
                said.append(_linked(page, surroundings, numbers[row + PLACE]))
        # An anchor may be both: a claim by its relation, and a link to a licence.
        return said, max(left, numbers[LEFT_LINKED]) + numbers[LEFT_MENTIONS] if numbers else left

    def _gather(self, page: Page) -> list[int]:
        parts = page.data, page.marks, page.text, page.blocks, page.containers
        size = gather(*parts, KEYS, *BEGINNINGS, self._found, self._counts, self._out)
        return self._out[:size].tolist() if size else []


class _Surroundings:
    """Tells what stands around a mark of a page."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def described(self, mark: int) -> frozenset[Around]:
        """Say whether what a mark without a place in the text describes is a medium."""
        container = int(self._page.marks[mark, MARK_CONTAINER])
        return _around(int(self._page.containers[container, KIND]) & KIND_MEDIA)

    def of_mark(self, mark: int) -> tuple[str, frozenset[Around]]:
        """Give the text of the block in which a mark stands, and say what it lies in."""
        row: list[int] = self._page.marks[mark].tolist()
        block, container = row[MARK_BLOCK], row[MARK_CONTAINER]
        around, count = int(self._page.containers[container, KIND]) & AROUND, len(self._page.blocks)
        is_end = block >= count - min(END_BLOCKS, count // END_SHARE)
        return self._text_of(block, container, row[MARK_SECOND]), _around(around | AT_END * is_end)

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


@cache
def _around(kinds: int) -> frozenset[Around]:
    return frozenset([name for bit, name in _AROUND if kinds & bit])


def _mention(page: Page, row: list[int]) -> Statement | Item:
    """Give the text that begins at a place, and what stands before it in its block."""
    start, place, end, around = row[BEFORE], row[PLACE], row[END], _around(row[AROUND_IT])
    raw = page.text[start:end].tobytes()
    if row[READ] != UNREAD:
        return reserved(raw.decode("utf-8", "ignore"), _FAMILIES[row[READ]], around)
    before, value = raw[: place - start].decode("utf-8", "ignore"), raw[place - start :].decode("utf-8", "ignore")
    return Statement("text", "", value, before, "", around)


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
