"""Where a page may speak of rights: the kernel's rows are those of its naive twin."""

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from pipelines.extraction.claims import KEYS
from pipelines.extraction.kernels.gathering import COLUMNS, HEAD, LINKED, ROWS, gather
from pipelines.extraction.kernels.mention_words import BEGINNINGS
from pipelines.extraction.kernels.mentions import KINDS, MOST
from tests.naive_gathering import gathered
from tests.naive_pages import SCANNER

BY = "https://creativecommons.org/licenses/by/4.0/"
PIECES = st.sampled_from(
    [
        *(
            "<p>",
            "<footer>",
            "</footer>",
            "<figure>",
            "<nav>",
            "<aside>",
            "<article>",
            "<div hidden>",
            "</div>",
            "<p>x" * 9,
        ),
        *("CC BY 4.0", "CC0 " * 30, f'<a href="{BY}">x</a>', f'<a href="{BY}">x</a>' * 30, '<a href="/">y</a>'),
        *(
            "© 2020 Ann",
            "Copyright law",
            "All rights reserved. ",
            "Alle Rechte vorbehalten",
            "許可 ",
            "é" * 200,
            "z " * 200,
        ),
    ]
)


def rows(html: str) -> tuple[int, int, list[tuple[int, ...]]]:
    """Ask the kernel, whose memory holds what was there before."""
    page = SCANNER.scan(html.encode())
    found, counts = np.full((KINDS, MOST), -1, np.int64), np.full(KINDS, 99, np.int64)
    out = np.full(HEAD + ROWS * COLUMNS, -1, np.int64)
    parts = page.data, page.marks, page.text, page.blocks, page.containers
    size = gather(*parts, KEYS, *BEGINNINGS, found, counts, out)
    numbers = [tuple(row) for row in out[HEAD:size].reshape(-1, COLUMNS).tolist()] if size else []
    left = out[:HEAD].tolist() if size else [0, 0]
    return (*left, [row[:2] if row[0] == LINKED else row for row in numbers])


@given(st.lists(PIECES, max_size=12).map("".join))
@example("")
@example("Copyright law")
@example("<p>x" * 100 + "<p>© 2020 Ann. All rights reserved. CC BY 4.0")
def test_its_rows_are_those_of_the_naive_twin(html: str) -> None:
    assert rows(html) == gathered(SCANNER.scan(html.encode()), KEYS)


def test_a_page_that_says_nothing_has_no_numbers() -> None:
    assert rows('<p>Nothing is said here, <a href="/">there</a> neither.') == (0, 0, [])
