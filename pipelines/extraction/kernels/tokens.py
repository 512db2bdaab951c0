"""Reads markup as the WHATWG tokenizer does: tags with their attributes, comments, and content that is no markup.

`data` ends with `PADDING` bytes more than what is read, so that as many may be loaded at any place before `end`.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from filters.kernels.compiled import inlined, inner
from filters.kernels.intrinsics import trailing_zeros
from filters.kernels.vectors import WIDTH, equal_to, kinds
from pipelines.extraction.kernels.keys import key_at
from pipelines.extraction.kernels.memory import SEEN, VALUES, attributes_of, data_of, memory_of
from pipelines.extraction.kernels.names import SCRIPT, number_of

PADDING = WIDTH
#: what `read_tag` says of a tag, beside its place and key: it ends with `/>`
SELF_CLOSING = 1
_ALL = np.uint64((1 << WIDTH) - 1)
_DASH, _SLASH, _EQUALS, _BANG, _QUOTE, _APOSTROPHE = 45, 47, 61, 33, 34, 39
#: numbers of numpy's: a kernel is compiled anew for each of Python's that it is given
_LESS, _GREATER, _BRACKET = np.int64(60), np.int64(62), np.int64(93)
_CDATA = b"[CDATA["
#: tab, line feed, form feed, carriage return, blank
SPACES = (9, 10), (12, 13), (32, 32)
_TAG_ENDS = *SPACES, (_SLASH, _SLASH), (62, 62)
_spaces, _ends_of_values = kinds(SPACES), kinds((*SPACES, (62, 62)))
_ends_of_tags, _ends_of_names = kinds(_TAG_ENDS), kinds((*_TAG_ENDS, (_EQUALS, _EQUALS)))
_equal = equal_to()


@inlined
def is_space(byte: Any) -> bool:  # noqa: ANN401  # a number of numpy's
    """Say whether a byte is HTML's white space: tab, line feed, form feed, carriage return, space."""
    return byte <= 32 and (byte == 32 or byte == 10 or byte == 9 or byte == 13 or byte == 12)


@inlined
def is_letter(byte: Any) -> bool:  # noqa: ANN401  # likewise
    """Say whether a byte is a letter of ASCII's."""
    return 97 <= (byte | 32) <= 122


@inlined
def lower(byte: Any) -> Any:  # noqa: ANN401  # likewise
    """Give an ASCII capital its lower case, and any other byte itself."""
    return byte | 32 if 65 <= byte <= 90 else byte


@inlined
def find(data: NDArray[np.uint8], at: int, end: int, byte: int) -> int:
    """Find a byte from `at` on: its place, or `end`."""
    while at < end:
        found = _equal(data, at, np.uint8(byte))
        if found:
            return min(at + trailing_zeros(found), end)
        at += WIDTH
    return end


@inlined
def past_space(data: NDArray[np.uint8], at: int, end: int) -> int:
    """Find the first byte from `at` on that is no white space: its place, or `end`."""
    while at < end:
        (space,) = _spaces(data, at)
        if space != _ALL:
            return min(at + trailing_zeros(~space), end)
        at += WIDTH
    return end


@inner
def past_comment(data: NDArray[np.uint8], at: int, end: int) -> int:
    """Find the end of a comment whose text begins at `at`; one that is never closed takes all that follows."""
    if at < end and data[at] == _GREATER:
        return at + 1
    if at + 1 < end and data[at] == _DASH and data[at + 1] == _GREATER:
        return at + 2
    first = at
    while at < end:
        at = find(data, at, end, _GREATER)
        if at >= end:
            return end
        dashes = data[at - 1] == _DASH and data[at - 2] == _DASH and at - 2 >= first
        if dashes or (at - 3 >= first and data[at - 1] == _BANG and data[at - 2] == _DASH and data[at - 3] == _DASH):
            return at + 1
        at += 1
    return end


@inner
def _is_named(data: NDArray[np.uint8], at: int, end: int, name: int, name_end: int) -> bool:
    """Say whether the tag name that begins at `at` is the one at `name`, in any case."""
    length = name_end - name
    if at + length >= end:
        return False
    for i in range(length):
        if lower(data[at + i]) != lower(data[name + i]):
            return False
    after = data[at + length]
    return is_space(after) or after == _SLASH or after == _GREATER


@inner
def raw_end(data: NDArray[np.uint8], at: int, end: int, name: int, name_end: int) -> int:
    """Find the end tag that closes an element of raw text: its place, or `end`."""
    while at < end:
        at = find(data, at, end, _LESS)
        if at + 1 < end and data[at + 1] == _SLASH and _is_named(data, at + 2, end, name, name_end):
            return at
        at += 1
    return end


@inner
def script_end(data: NDArray[np.uint8], at: int, end: int, name: int, name_end: int) -> int:
    """Find the end tag that closes a script: one in a comment with a script of its own closes only that."""
    depth = 0
    while at < end:
        if depth == 0:
            at = find(data, at, end, _LESS)
        if at >= end:
            return end
        byte = data[at]
        if byte == _DASH and depth > 0:
            if at + 2 < end and data[at + 1] == _DASH and data[at + 2] == _GREATER:
                depth = 0
        elif byte == _LESS and at + 1 < end:
            if data[at + 1] == _SLASH and _is_named(data, at + 2, end, name, name_end):
                if depth < 2:
                    return at
                depth = 1
            elif depth == 1 and _is_named(data, at + 1, end, name, name_end):
                depth = 2
            elif (
                depth == 0
                and at + 3 < end
                and data[at + 1] == _BANG
                and data[at + 2] == _DASH
                and data[at + 3] == _DASH
            ):
                depth = 1
                at += 1  # Its own dashes may be the end's: `<!-->`.
        at += 1
    return end


@inner
def raw_text_end(data: NDArray[np.uint8], at: int, end: int, name: int, name_end: int, content: int) -> int:
    """Find where the text of an element ends that holds no markup."""
    if content == SCRIPT:
        return script_end(data, at, end, name, name_end)
    return raw_end(data, at, end, name, name_end)


@inlined
def read_tag(page: int, at: int, end: int) -> tuple[int, int, np.uint64, int]:
    """Read a tag from the first letter of its name on.

    Gives where the tag ends (-1: the page ends within it, and it is none), where its name ends, the name's key, and
    SELF_CLOSING or 0. Where the values of listed attributes lie is noted in the memory, for the first of each name.
    """
    data, memory = data_of(page), memory_of(page)
    name_end = _tag_name_end(data, at, end)
    key = key_at(data, at, name_end)
    at = name_end
    memory[SEEN] = 0
    while at < end:
        byte = data[at]
        if byte == _GREATER:
            return at + 1, name_end, key, 0
        if byte == _SLASH:
            if at + 1 < end and data[at + 1] == _GREATER:
                return at + 2, name_end, key, SELF_CLOSING
            at += 1
        elif is_space(byte):
            at += 1
        else:
            at = _read_attribute(page, at, end)
    return -1, name_end, key, 0


@inlined
def _tag_name_end(data: NDArray[np.uint8], at: int, end: int) -> int:
    while at < end:
        (found,) = _ends_of_tags(data, at)
        if found:
            return min(at + trailing_zeros(found), end)
        at += WIDTH
    return end


@inlined
def _attribute_name_end(data: NDArray[np.uint8], at: int, end: int) -> int:
    while at < end:
        (found,) = _ends_of_names(data, at)
        if found:
            return min(at + trailing_zeros(found), end)
        at += WIDTH
    return end


@inlined
def _value_end(data: NDArray[np.uint8], at: int, end: int) -> int:
    """Find where a value without quotes ends."""
    while at < end:
        (found,) = _ends_of_values(data, at)
        if found:
            return min(at + trailing_zeros(found), end)
        at += WIDTH
    return end


@inner
def _read_attribute(page: int, at: int, end: int) -> int:
    """Read one attribute and say where it ends."""
    data, memory = data_of(page), memory_of(page)
    name_end = _attribute_name_end(data, at + 1, end)  # Even `=` may begin a name.
    number = number_of(key_at(data, at, name_end), attributes_of(page))
    first = last = at = name_end
    if at < end and is_space(data[at]):
        at = past_space(data, at, end)
    if at < end and data[at] == _EQUALS:
        at += 1
        if at < end and is_space(data[at]):
            at = past_space(data, at, end)
        if at >= end:
            return end
        byte = data[at]
        if byte == _QUOTE or byte == _APOSTROPHE:
            first = at + 1
            last = find(data, first, end, byte)
            at = last + 1
        else:
            first = at
            at = last = _value_end(data, at, end)
    if number > 0 and not (memory[SEEN] >> number) & 1:
        memory[SEEN] |= 1 << number
        memory[VALUES + 2 * number], memory[VALUES + 2 * number + 1] = first, last
    return at


@inner
def past_markup(data: NDArray[np.uint8], at: int, end: int, foreign: bool) -> tuple[int, int, int]:
    """Read `<!…`, `<?…` or `</…` that is no tag, from its `<` on; give where it ends, and the text that it holds.

    Only a CDATA section holds text, and only in SVG and MathML; for all others the text is empty.
    """
    if data[at + 1] == _BANG:
        if at + 3 < end and data[at + 2] == _DASH and data[at + 3] == _DASH:
            return past_comment(data, at + 4, end), at, at
        if foreign and at + 8 < end and _is_cdata(data, at + 2):
            first = at + 9
            last = first
            while last < end:
                last = find(data, last, end, _BRACKET)
                if last + 2 < end and data[last + 1] == _BRACKET and data[last + 2] == _GREATER:
                    return last + 3, first, last
                last += 1
            return end, first, end
    return min(find(data, at + 2, end, _GREATER) + 1, end), at, at


@inner
def _is_cdata(data: NDArray[np.uint8], at: int) -> bool:
    for i in range(7):
        if data[at + i] != _CDATA[i]:
            return False
    return True
