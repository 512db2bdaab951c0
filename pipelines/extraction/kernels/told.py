"""What `telling` writes down of what a page says of itself: a head of numbers, and rows of statements.

All are int32, in one array; the names here are their places and columns. Plain numbers, because kernels take them as
constants.
"""

import numpy as np

from pipelines.extraction.kernels.anchors import COUNTS

# What is spoken of. Fields; of those before AUTHOR, and of titles, the first value that is not empty is enough. Then
# properties, labels of previews and what they label, crawlers, rights, elements.
TITLE, DESCRIPTION, SITE_NAME, PAGE_TYPE, AUTHOR, PUBLISHED, MODIFIED, LANGUAGE, ADDRESS = range(9)
OPEN_GRAPH, LABEL, LABELLED, AGENT, CLAIM, TITLE_TEXT, CANONICAL, BASE, HTML, TIME = range(9, 19)
GROUPS = 19
#: statements of each that are kept: values of a field that are tried; properties; crawlers; what may be licences
TRIES, PROPERTIES, AGENTS, CLAIMS = 16, 64, 32, 64
_ROOMS = (*(TRIES,) * 9, PROPERTIES, 1, 1, AGENTS, CLAIMS, TRIES, 1, 1, 1, 1)
#: int64[GROUPS + 1]: where the rows of each begin, and those at most
STARTS = np.array([sum(_ROOMS[:group]) for group in range(GROUPS + 1)], np.int64)
ROWS = int(STARTS[GROUPS])
# A statement, a row: its group; where its name and its value lie in `out`; where in the page a value begins that was
# cut, 0 for others; its mark. Until its value is read, its place in the order of its group stands in the last but one.
GROUP, NAME, NAME_END, VALUE, VALUE_END, CUT, MARK = range(7)
COLUMNS = 7
RANK = CUT
# The head, before the rows: what `anchors` counts; bytes of text; scripts of JSON-LD; statements that are left out;
# RSL documents.
SIZE, SCRIPTS, LEFT_PROPERTIES, LEFT_CLAIMS, LEFT_AGENTS, DOCUMENTS = range(COUNTS, COUNTS + 6)
HEAD = COUNTS + 6
#: bytes: no longer value is read whole, and no longer address at all
LONGEST, LONGEST_ADDRESS = 8192, 2048
#: there is too little room
NO_ROOM = -1
