"""The engine `vitrine`: from a page's bytes to its main text."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pipelines.extraction.frequent import frequent_words
from pipelines.extraction.judge import Judge
from pipelines.extraction.kernels.layout import (
    BLOCK_KIND,
    BLOCK_LINK_WORDS,
    BLOCK_WORDS,
    KIND_CELL,
    KIND_COMMENTS,
    KIND_HIDDEN,
    KIND_PRE,
)
from pipelines.extraction.kernels.rendering import BEFORE, render
from pipelines.extraction.model import Model, bundled
from pipelines.extraction.page import Page, Scanner


@dataclass(frozen=True, slots=True)
class Options:
    """What is taken of a page."""

    #: `main`: what the judge takes for the main text; `full`: all that is not hidden
    text: Literal["main", "full"] = "main"
    #: take readers' comments too, which the judge leaves out
    comments: bool = False
    #: take cells of tables, and preformatted text such as code
    tables: bool = True
    code: bool = True


class Extractor:
    """Extracts pages one after the other in the same memory."""

    def __init__(self, model: Model | None = None) -> None:
        self.model = model or bundled()
        self.scanner = Scanner(self.model.hints, frequent_words())
        self.judge = Judge(self.model)
        self._known = np.zeros(2, np.int64)

    def extract(self, html: bytes, options: Options = Options()) -> str:
        """Give the text of a page, whose bytes must be valid UTF-8."""
        return self.read(html, options)[0]

    def read(self, html: bytes, options: Options = Options()) -> tuple[str, Page]:
        """Give the text of a page, and the page as it was scanned for that.

        A page that has no text is read again as a browser without scripts reads it: forums that are programs put what
        is for search engines into `noscript`.
        """
        page = self.scanner.scan(html)
        text = self.render(page, self.choose(page, options))
        if not text and b"<noscript" in html.lower():
            page = self.scanner.scan(html, scripts=False)
            text = self.render(page, self.choose(page, options))
        return text, page

    def choose(self, page: Page, options: Options) -> NDArray[np.bool_]:
        """Say which blocks are taken."""
        kinds = page.blocks[:, BLOCK_KIND]
        kept = self.main(page, self.judge.scores(page)) if options.text == "main" else kinds & KIND_HIDDEN == 0
        if options.comments:
            kept |= (kinds & KIND_COMMENTS > 0) & (kinds & KIND_HIDDEN == 0) & ~_linked(page)
        left = (0 if options.tables else KIND_CELL) | (0 if options.code else KIND_PRE)
        return kept & (kinds & left == 0) if left else kept

    def main(self, page: Page, scores: NDArray[np.float32]) -> NDArray[np.bool_]:
        """Take the blocks whose score reaches the limit; where none does, the best one, unless it is a link."""
        highest = scores.max(initial=-np.inf)
        if highest >= self.model.limit:
            return scores >= self.model.limit
        return (scores == highest) & ~_linked(page)

    def render(self, page: Page, kept: NDArray[np.bool_]) -> str:
        """Write the text of the blocks that are taken."""
        out = np.empty(len(page.text) + BEFORE * len(page.blocks), np.uint8)
        size = render(page.blocks, page.containers, page.text, kept, out, self._known)
        return out[:size].tobytes().decode()


def _linked(page: Page) -> NDArray[np.bool_]:
    """Say which blocks are mostly links."""
    return 2 * page.blocks[:, BLOCK_LINK_WORDS] > page.blocks[:, BLOCK_WORDS]


@cache
def extractor() -> Extractor:
    """Give this process's own extractor."""
    return Extractor()
