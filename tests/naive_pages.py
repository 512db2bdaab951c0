"""A page's blocks as text, for tests of the scanner."""

import numpy as np

from pipelines.extraction.kernels.layout import BLOCK_END, BLOCK_START
from pipelines.extraction.page import Scanner

SCANNER = Scanner(np.zeros(32, np.uint64), np.zeros(16, np.uint64))


def texts(html: str) -> list[str]:
    """Scan a page: the texts of its blocks."""
    page = SCANNER.scan(html.encode())
    return [page.text[row[BLOCK_START] : row[BLOCK_END]].tobytes().decode() for row in page.blocks]


def text(html: str) -> str:
    """Scan a page: its text, blocks apart by a stroke."""
    return "|".join(texts(html))
