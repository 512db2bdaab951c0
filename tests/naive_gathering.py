"""Where a page may speak of rights, the slow way: a kernel's rows from the places that others find."""

import numpy as np

from pipelines.extraction.kernels.gathering import AROUND, AT_END, END_BLOCKS, END_SHARE, LINKED, NEARBY
from pipelines.extraction.kernels.layout import BLOCK_CONTAINER, BLOCK_END, BLOCK_START, KIND
from pipelines.extraction.kernels.mention_words import BEGINNINGS
from pipelines.extraction.kernels.mentions import KINDS, LICENCE, MOST, find_linked, find_mentions
from pipelines.extraction.kernels.notices import NOTHING, UNREAD, notice
from pipelines.extraction.page import Page

Row = tuple[int, ...]
#: of each kind
KEPT = (MOST, 2, 1)


def gathered(page: Page, keys: np.ndarray) -> tuple[int, int, list[Row]]:
    """Give how many anchors and mentions are left out, and what each row says; of a mark its number alone."""
    found, counts = np.zeros((KINDS, MOST), np.int64), np.zeros(KINDS, np.int64)
    find_linked(page.data, page.marks, keys, found, counts)
    anchors = _kept(found, counts)[LICENCE]
    left_anchors = counts[LICENCE] - len(anchors)
    find_mentions(page.text, *BEGINNINGS, found, counts)
    places = [found[-most:] for found, most in zip(_kept(found, counts), KEPT, strict=True)]
    mentions = [_mention(page, kind, place) for kind in range(KINDS) for place in places[kind]]
    rows = [(LINKED, mark) for mark in anchors] + [row for row in mentions if row[0] != NOTHING]
    return left_anchors, counts.sum() - len(mentions), rows


def _kept(found: np.ndarray, counts: np.ndarray) -> list[list[int]]:
    return [sorted(found[kind, : min(counts[kind], MOST)].tolist()) for kind in range(KINDS)]


def _mention(page: Page, kind: int, place: int) -> Row:
    number = next(number for number, row in enumerate(page.blocks) if row[BLOCK_END] > place)
    block = page.blocks[number]
    before = max(block[BLOCK_START], place - NEARBY)
    read = UNREAD if kind == LICENCE else notice(page.text, before, place, np.int64(block[BLOCK_END]))
    around = page.containers[block[BLOCK_CONTAINER], KIND] & AROUND
    last = number >= len(page.blocks) - min(END_BLOCKS, len(page.blocks) // END_SHARE)
    return (read, place, before, min(block[BLOCK_END], place + NEARBY), around | AT_END if last else around)
