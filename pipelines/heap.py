"""Keeps the memory that one batch gave back for the next one."""

import numpy as np

#: bytes; glibc's own limit (DEFAULT_MMAP_THRESHOLD_MAX) is 32 MiB, the bookkeeping of a piece included
_LARGEST = (32 << 20) - (8 << 10)


def keep() -> None:
    """Have glibc take arrays of up to 32 MiB from memory that it keeps, 64 MiB of it at most.

    Else it gives the larger arrays of each batch back to the system, which hands them out again page by page, each
    cleared: a tenth of the time that judging takes. Glibc moves its limit (M_MMAP_THRESHOLD) to the size of the largest
    piece that was given back; so one is asked for and given back, and no byte of it is ever used. Elsewhere this does
    nothing.
    """
    np.empty(_LARGEST, np.uint8)
