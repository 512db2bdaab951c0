"""What a scan writes down: blocks of text, the elements that contain them, and marks where metadata lies.

All are rows of int32; the names here are their columns. Plain numbers, because kernels take them as constants.
"""

# A block: text that no element breaks. Where its text lies in the scan's text, in bytes; the open element that holds
# it (a container's row); its KIND_ bits, those of all open elements around it.
BLOCK_START, BLOCK_END, BLOCK_CONTAINER, BLOCK_KIND = range(4)
# Words: runs of letters and digits, where a Chinese or Japanese character is one by itself; characters but white space;
# both also of what is in links, to which a word belongs if some of its characters do.
BLOCK_WORDS, BLOCK_LINK_WORDS, BLOCK_CHARACTERS, BLOCK_LINK_CHARACTERS = range(4, 8)
# Capitals and digits of ASCII's; full stops and their like in all scripts; commas and their like; other signs.
BLOCK_UPPER, BLOCK_DIGITS, BLOCK_STOPS, BLOCK_COMMAS, BLOCK_SIGNS = range(8, 13)
# Words that are frequent in some language; links that begin in it; line breaks; elements within it that only show how
# text looks.
BLOCK_FREQUENT, BLOCK_LINKS, BLOCK_BREAKS, BLOCK_INLINE = range(13, 17)
# Where it begins and ends in the page, in bytes.
BLOCK_SOURCE, BLOCK_SOURCE_END = range(17, 19)
BLOCK_COLUMNS = 19

# A container: an element that was open while text was read; row 0 is the page. The element around it, the number of
# its name, its KIND_ bits with those of all elements around it, and how deep it lies.
PARENT, TAG, KIND, DEPTH = range(4)
# Row and cell of a table, list item (a container's row), the item's number in an ordered list; 0: none.
ROW, CELL, ITEM, NUMBER_IN_LIST = range(4, 8)
# Hints of its own names, the lowest and the highest; of all names around it, and the sum of these.
OWN_LOW, OWN_HIGH, LOW, HIGH, SUM = range(8, 13)
# What it holds: words, words in links, words of paragraphs, frequent words, full stops, blocks; list items begun.
HELD_WORDS, HELD_LINK_WORDS, HELD_PARAGRAPH_WORDS, HELD_FREQUENT, HELD_STOPS, HELD_BLOCKS, ITEMS = range(13, 20)
CONTAINER_COLUMNS = 20
#: columns that an element adds to those of the element around it
HELD = range(HELD_WORDS, HELD_BLOCKS + 1)

# What the elements around a text are.
(
    KIND_DROPPED,
    KIND_HIDDEN,
    KIND_FOREIGN,
    KIND_PRE,
    KIND_NAVIGATION,
    KIND_ASIDE,
    KIND_FOOTER,
    KIND_HEADER,
    KIND_ARTICLE,
    KIND_MAIN,
    KIND_SECTION,
    KIND_FORM,
    KIND_TABLE,
    KIND_LIST,
    KIND_QUOTE,
    KIND_FIGURE,
    KIND_HEADING,
    KIND_PARAGRAPH,
    KIND_BUTTON,
    KIND_COMMENTS,
    KIND_DIALOG,
    KIND_DEFINITION,
    KIND_CELL,
    KIND_ITEM,
    KIND_ADDRESS,
    KIND_ORDERED,
    KIND_NESTED_ARTICLE,
    KIND_MEDIA,
) = (1 << bit for bit in range(28))
#: kinds that end with the nearest element: a heading in a list item is a heading, a list in it is none
NEAREST = KIND_HEADING | KIND_PARAGRAPH | KIND_DEFINITION | KIND_CELL | KIND_ITEM

# A mark: its MARK_ kind, two spans of the page's bytes (empty: none), how many blocks were finished before it, and the
# container around it.
MARK_KIND, MARK_FIRST, MARK_FIRST_END, MARK_SECOND, MARK_SECOND_END, MARK_BLOCK, MARK_CONTAINER = range(7)
MARK_COLUMNS = 7
#: a title and its text
MARK_TITLE = 1
#: `name`, `property`, `itemprop` or `http-equiv`; `content`
MARK_META = 2
#: `rel`; `href` of a link element, and of an anchor
MARK_LINK, MARK_ANCHOR = 3, 4
#: a script's text
MARK_JSON_LD = 5
#: `lang` of the page
MARK_LANGUAGE = 6
#: nothing; `datetime`
MARK_TIME = 7
#: `itemprop`; `content`, `datetime` or `href`
MARK_ITEM = 8
#: nothing; `href`
MARK_BASE = 9
#: nothing; `src` of an image that is a licence's badge
MARK_BADGE = 10
#: a script's text, which is an RSL document
MARK_RSL = 11
