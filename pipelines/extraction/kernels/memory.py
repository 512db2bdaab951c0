"""What a scan remembers from one byte to the next: one array of int64, whose places have names here.

One array, and not ten: what a kernel is given costs time at each call, and much more when it is compiled.
"""

from pipelines.extraction.kernels.layout import BLOCK_COLUMNS
from pipelines.extraction.kernels.names import ATTRIBUTE

# The block that is being read, its columns first (see `layout`). Then: where to write; what white space waits;
# length and hash of the word so far; whether it ends with a full stop; whether it is in a link, and whether the word
# began before the link and nothing of it is in it yet; whether white space is text; whether `&` is text.
BLOCK = 0
OUT, WAITING, WORD, HASH, STOPPED, IN_LINK, OUTSIDE, IN_PRE, LITERAL = range(BLOCK_COLUMNS, BLOCK_COLUMNS + 9)
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
#: how many elements are open, by the last bits of their names' keys
COUNTS = STACK + OPEN_COLUMNS * DEEPEST
COUNTED = 1024
#: the same of those too deep to be remembered: only an end tag of their name ends one
DEEPER = COUNTS + COUNTED
#: what values of `class` and the like said, by the last bits of their hashes: hash, lowest and highest weight, bits
SAID = DEEPER + COUNTED
SAID_VALUES = 256
SAID_COLUMNS = 4
SIZE = SAID + SAID_COLUMNS * SAID_VALUES
