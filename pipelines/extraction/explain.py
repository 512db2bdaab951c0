"""Says of each block of a page how it was judged, and what the judge had to go by."""

from typing import Any

from pipelines.extraction.engine import Extractor, Options
from pipelines.extraction.kernels.layout import (
    BLOCK_CONTAINER,
    BLOCK_END,
    BLOCK_LINK_WORDS,
    BLOCK_START,
    BLOCK_WORDS,
    HIGH,
    LOW,
    PARENT,
    TAG,
)
from pipelines.extraction.kernels.names import NAMES
from pipelines.extraction.page import Page


def explain(extractor: Extractor, html: bytes, options: Options) -> list[dict[str, Any]]:
    """Give each block's score (log odds of main text), what it is and where, in the page's order."""
    page = extractor.read(html, options)[1]
    scores = extractor.judge.scores(page)
    kept = extractor.choose(page, options)
    return [_row(page, number, float(scores[number]), kept=bool(kept[number])) for number in range(len(page.blocks))]


def _row(page: Page, number: int, score: float, *, kept: bool) -> dict[str, Any]:
    block = page.blocks[number].tolist()
    container = page.containers[block[BLOCK_CONTAINER]]
    return {
        "kept": kept,
        "score": score,
        "words": block[BLOCK_WORDS],
        "link_share": block[BLOCK_LINK_WORDS] / max(block[BLOCK_WORDS], 1),
        "lowest_hint": int(container[LOW]),
        "highest_hint": int(container[HIGH]),
        "path": path(page, block[BLOCK_CONTAINER]),
        "text": page.text[block[BLOCK_START] : block[BLOCK_END]].tobytes().decode(),
    }


def path(page: Page, container: int) -> str:
    """Name the elements around a block, from the outside; `*` is one that HTML does not know."""
    names: list[str] = []
    while container:
        tag = int(page.containers[container, TAG])
        names.append(NAMES[tag - 1] if tag else "*")
        container = int(page.containers[container, PARENT])
    return ">".join(reversed(names))
