"""Thirty-two bytes at once are what they are one by one; arrays found by an address are those that lie there."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numba import njit

from filters.kernels.handles import itself, table
from filters.kernels.vectors import WIDTH, copy_plain, equal_to, kinds

RANGES = (((48, 57), (97, 122)), ((0, 8),), ((128, 255), (64, 64)))
_kinds, _equal, _plain = kinds(*RANGES), equal_to(), copy_plain(((9, 10), (32, 32)))
_grid, _memory = table(np.int32, 3, 0, 1), itself(4)
BYTES = st.binary(min_size=WIDTH, max_size=3 * WIDTH)


@njit
def marked(data: np.ndarray, at: int, byte: int) -> tuple[int, int, int, int]:
    """Mark bytes of three kinds, and those that are one byte."""
    return (*_kinds(data, at), _equal(data, at, np.uint8(byte)))


@njit
def copied(data: np.ndarray, at: int, out: np.ndarray, to: int) -> None:
    """Copy with blanks for white space."""
    _plain(data, at, out, to)


@njit
def added(handle: int, row: int) -> int:
    """Add to a cell of the array that a handle leads to, and say how many cells there are."""
    grid, memory = _grid(handle), _memory(handle)
    grid[row, 2] += memory[2]
    memory[3] += 1
    return grid.size


def bits(places: list[bool]) -> int:
    return sum(bool(there) << place for place, there in enumerate(places))


@given(BYTES, st.integers(0, 255), st.data())
def test_marks_are_of_the_bytes(content: bytes, byte: int, draw: st.DataObject) -> None:
    at = draw.draw(st.integers(0, len(content) - WIDTH))
    block = content[at : at + WIDTH]
    expected = [bits([any(low <= one <= high for low, high in ranges) for one in block]) for ranges in RANGES]
    assert marked(np.frombuffer(content, np.uint8), at, byte) == (*expected, bits([one == byte for one in block]))


@given(BYTES)
def test_copies_are_plain(content: bytes) -> None:
    out = np.full(WIDTH + 9, 7, np.uint8)
    copied(np.frombuffer(content, np.uint8), 0, out, 5)
    plain = bytes(32 if byte in b"\t\n " else byte for byte in content[:WIDTH])
    assert out.tobytes() == b"\7" * 5 + plain + b"\7" * 4


def test_an_array_is_found_by_its_address() -> None:
    grid, memory = np.arange(12, dtype=np.int32).reshape(4, 3), np.array([0, 4, 100, 0])
    memory[0] = grid.ctypes.data
    assert added(memory.ctypes.data, 1) == 12
    assert (grid[1, 2], memory[3]) == (105, 1)
