"""How kernels are compiled: once, kept on disk, and run without Python's lock."""

from collections.abc import Callable
from typing import Any

from numba import njit

Kernel = Callable[..., Any]


def inner(function: Kernel) -> Kernel:
    """Compile a kernel that makes no array and keeps none: it need not count references to what it is given.

    Counting costs some 5 ns for each array and call, more than most of these do. An array that such a kernel made
    would never be given back. No kernel divides by zero, so none asks whether it does.
    """
    compiled: Any = njit(cache=True, nogil=True, _nrt=False, error_model="numpy")  # pyright: ignore[reportCallIssue]  # not in the stubs
    return compiled(function)


def inlined(function: Kernel) -> Kernel:
    """Compile such a kernel into those that call it."""
    compiled: Any = njit(cache=True, nogil=True, _nrt=False, error_model="numpy", forceinline=True)  # pyright: ignore[reportCallIssue]
    return compiled(function)
