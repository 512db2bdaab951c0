"""What a scan remembers from one byte to the next: one array of int64, whose places have names here.

Kernels are handed the array's address, `page`, and find in it whatever else they read and write.
"""

import numpy as np

from filters.kernels.handles import itself, table
from pipelines.extraction.kernels.layout import BLOCK_COLUMNS, CONTAINER_COLUMNS, MARK_COLUMNS
from pipelines.extraction.kernels.names import ATTRIBUTE

# The block that is being read, its columns first (see `layout`). Then: where to write; what white space waits; where
# the word that is being read begins in the text, plus 1, and 0 without a word; whether it ends with a full stop;
# whether it is in a link, and whether the word began before the link and nothing of it is in it yet; whether white
# space is text; whether `&` is text.
BLOCK = 0
OUT, WAITING, WORD, STOPPED, IN_LINK, OUTSIDE, IN_PRE, LITERAL = range(BLOCK_COLUMNS, BLOCK_COLUMNS + 8)
NOTHING, A_SPACE, A_BREAK = 0, 1, 2
# How many elements are open, and how many more there are too deep to be remembered; how many containers, table rows
# and cells, blocks and marks there are; what the innermost open element is, see OPEN_FOREIGN; the height of the stack
# at which a link began; whether a line feed that follows is left out.
HEIGHT, OVERFLOW, CONTAINERS, ROWS, CELLS, BLOCKS, MARKS, FOREIGN, LINK_HEIGHT, SKIP_FEED = range(
    LITERAL + 1, LITERAL + 11
)
# What `read_hints` finds: lowest and highest weight, KIND_ bits, how many are listed, and the container's row.
LOWEST, HIGHEST, BITS_FOUND, LISTED, LISTED_FOR = range(SKIP_FEED + 1, SKIP_FEED + 6)
#: the set of the last tag's attributes, as bits by number; then where the value of each begins and ends
SEEN = LISTED_FOR + 1
VALUES = SEEN + 1
#: the open elements: key of the name, its number (of one of SVG or MathML what it is to those of HTML), its container,
#: and whether it is of SVG, of MathML, or one of these that holds HTML
STACK = VALUES + 2 * (len(ATTRIBUTE) + 1)
OPEN_KEY, OPEN_TAG, OPEN_CONTAINER, OPEN_FOREIGN = range(4)
IN_HTML, IN_SVG, IN_MATH, HOLDS_HTML = range(4)
OPEN_COLUMNS = 4
#: open elements that are remembered; deeper ones are only counted
DEEPEST = 512
#: how many elements are open, by `slot_of` the keys of their names
COUNTS = STACK + OPEN_COLUMNS * DEEPEST
COUNTED = 256
#: the same of those too deep to be remembered: only an end tag of their name ends one
DEEPER = COUNTS + COUNTED
#: what values of `class` and the like said, by the last bits of their hashes: hash, lowest and highest weight, bits
SAID = DEEPER + COUNTED
SAID_VALUES = 256
SAID_COLUMNS = 4
#: from here on lies what a page does not change: addresses, each with the number of rows
HANDED = SAID + SAID_COLUMNS * SAID_VALUES
SIZE = HANDED + 32
_PLACES = range(HANDED, SIZE, 2)
(DATA, TEXT, BLOCK_ROWS, CONTAINER_ROWS, MARK_ROWS, SCRATCH, LISTED_NAMES, HINTS, FREQUENT) = _PLACES[:9]
ELEMENT_NAMES, ATTRIBUTE_NAMES, TREE, TEXTS, CONTROLS = _PLACES[9:14]
#: whether `noscript` is read as markup, as browsers without scripts read it; else it is no text of the page
SCRIPTLESS = _PLACES[14]
#: uint8: the page's bytes and PADDING more; the text of all blocks; what a reference stands for
data_of, text_of, scratch_of = (table(np.uint8, 0, place, place + 1) for place in (DATA, TEXT, SCRATCH))
#: int32, columns as in `layout`
blocks_of = table(np.int32, BLOCK_COLUMNS, BLOCK_ROWS, BLOCK_ROWS + 1)
containers_of = table(np.int32, CONTAINER_COLUMNS, CONTAINER_ROWS, CONTAINER_ROWS + 1)
marks_of = table(np.int32, MARK_COLUMNS, MARK_ROWS, MARK_ROWS + 1)
#: uint64[n, 2]: containers and the keys of their names, where somebody learns from them; else empty
listed_of = table(np.uint64, 2, LISTED_NAMES, LISTED_NAMES + 1)
#: uint64[2 * 2^k]: keys of hints; then, as far behind, their weights + BIAS, and KIND_ bits shifted by BITS
hints_of = table(np.uint64, 0, HINTS, HINTS + 1)
#: uint64[2^k]: keys of words that are frequent in some language
frequent_of = table(np.uint64, 0, FREQUENT, FREQUENT + 1)
#: uint64[2^k, 2] each, of `names`
elements_of = table(np.uint64, 2, ELEMENT_NAMES, ELEMENT_NAMES + 1)
attributes_of = table(np.uint64, 2, ATTRIBUTE_NAMES, ATTRIBUTE_NAMES + 1)
#: the tables of `references`
tree_of, texts_of = table(np.int32, 0, TREE, TREE + 1), table(np.uint8, 0, TEXTS, TEXTS + 1)
controls_of = table(np.int32, 0, CONTROLS, CONTROLS + 1)
#: int64[SIZE]: all of this
memory_of = itself(SIZE)
