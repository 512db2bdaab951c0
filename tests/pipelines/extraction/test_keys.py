"""Keys of names: the kernel's are Python's, case is none, and different names have different ones."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numba import njit

from pipelines.extraction.kernels.keys import key_at, key_of, slot_of, slot_of_key

NAMES = st.text("azAZ09-_[`{@é中", max_size=30)


@njit
def computed(data: np.ndarray, at: int, end: int, slots: int) -> tuple[int, int]:
    """Compute a key, and where a table begins to look for it."""
    key = key_at(data, at, end)
    return key, slot_of(key, slots)


@given(NAMES, NAMES)
def test_a_kernel_computes_what_python_does(name: str, before: str) -> None:
    raw, first = (before + name + "tail of 8").encode(), len(before.encode())
    key, slot = computed(np.frombuffer(raw, np.uint8), first, first + len(name.encode()), 64)
    assert int(key) == key_of(name) == key_of(name.swapcase() if name.isascii() else name)
    assert slot == slot_of_key(key_of(name), 64)


@given(NAMES, NAMES)
def test_different_names_have_different_keys(one: str, other: str) -> None:
    same = one.encode().lower() == other.encode().lower()
    assert (key_of(one) == key_of(other)) == same
