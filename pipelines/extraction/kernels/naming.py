"""Reads names of metas, items and relations: of what the value beside one speaks."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from filters.kernels.compiled import inlined
from pipelines.extraction.kernels.keys import key_at
from pipelines.extraction.kernels.names import number_of
from pipelines.extraction.kernels.plain import resolve
from pipelines.extraction.kernels.references import Names
from pipelines.extraction.kernels.tokens import lower

#: bytes of a name that are read, and those that it may have in `out`
LONGEST, ROOM = 256, 320
#: a name's number: its place in the order of its field, the field and one more (0: none), then what follows
FIELD, FIELD_BITS = 8, 4
#: from this bit on, of which the first counts: a property of Open Graph; the label of what a preview shows, and what is
#: labelled; speaks to crawlers, or reserves text and data mining
TOLD, TOLD_BITS = 12, 4
IS_PROPERTY, IS_LABEL, IS_LABELLED, IS_AGENT = (1 << bit for bit in range(TOLD, TOLD + TOLD_BITS))
#: speaks of rights, be it as evidence only; is or has the relation `canonical`; its field may be filled by an item
IS_CLAIM, IS_CANONICAL, IS_ITEM = (1 << bit for bit in range(16, 19))
_AMPERSAND, _COLON, _DASH, _T, _L = 0x26, 0x3A, 0x2D, 0x74, 0x6C


def _word(letters: bytes) -> np.uint64:
    return np.uint64(int.from_bytes(letters, "big"))


_BOT, _BOT_DASH, _LICEN, _RIGHTS = _word(b"bot"), _word(b"bot-"), _word(b"licen"), _word(b"rights")
_COPYRIGH, _CANONICA = _word(b"copyrigh"), _word(b"canonica")
_THREE, _FOUR, _FIVE, _SIX = (np.uint64((1 << 8 * length) - 1) for length in (3, 4, 5, 6))
_BYTE = np.uint64(8)


@inlined
def read_name(
    data: NDArray[np.uint8],
    first: int,
    end: int,
    names: NDArray[np.uint64],
    references: Names,
    out: NDArray[np.uint8],
    at: int,
) -> tuple[int, int, int]:
    """Write the name data[first:end] to `out`, in lower case and without space around it; gives where, and its number.

    `names` has, by their keys, the numbers of names that are known whole, and the flags of beginnings up to the first
    `:` or `-`. There is room for ROOM bytes.
    """
    end = _write(data, first, min(end, first + LONGEST), references, out, at)
    while at < end and _is_blank(out[at]):
        at += 1
    while at < end and _is_blank(out[end - 1]):
        end -= 1
    return at, end, _number(out, at, end, names)


@inlined
def _write(data: NDArray[np.uint8], first: int, end: int, references: Names, out: NDArray[np.uint8], at: int) -> int:
    """Write data[first:end], with what references stand for, to `out` from `at` on; gives where that ends."""
    while first < end and data[first] != _AMPERSAND:
        out[at] = data[first]
        first, at = first + 1, at + 1
    return resolve(data, first, end, references, out, at) if first < end else at


@inlined
def _number(name: NDArray[np.uint8], first: int, end: int, names: NDArray[np.uint64]) -> int:
    """Make name[first:end] lower-case, and say of what it speaks."""
    number, inside = np.int64(0), False
    last = before = np.uint64(0)
    for i in range(first, end):
        byte = lower(name[i])
        name[i] = byte
        before, last = last, last << _BYTE | np.uint64(byte)
        if not inside and (byte == _COLON or byte == _DASH):
            inside = True
            number |= number_of(key_at(name, first, i + 1), names)
        if last & _FIVE == _LICEN or last & _SIX == _RIGHTS or (before == _COPYRIGH and byte == _T):
            number |= IS_CLAIM
        elif last & _FOUR == _BOT_DASH:
            number |= IS_AGENT
        elif before == _CANONICA and byte == _L and _is_word(name, first, end, i - 8, i + 1):
            number |= IS_CANONICAL
    if last & _THREE == _BOT:
        number |= IS_AGENT
    return number | number_of(key_at(name, first, end), names)


@inlined
def _is_word(name: NDArray[np.uint8], first: int, end: int, at: int, past: int) -> bool:
    return (at == first or _is_blank(name[at - 1])) and (past == end or _is_blank(name[past]))


@inlined
def _is_blank(byte: Any) -> bool:  # noqa: ANN401  # a number of numpy's
    """Say whether a byte is what `bytes.split` takes for white space."""
    return byte == 32 or 9 <= byte <= 13
