"""The URLs that stand in each text, copied out of it."""

import numpy as np
from numba import njit

from filters.kernels.addresses import Bytes, Offsets
from filters.kernels.compiled import inner

#: set in `urls.ALLOWED` where a URL may have the byte, and where it may follow a percent sign
_ALLOWED, _HEXADECIMAL = 1, 2


@njit(cache=True, nogil=True)
def mentioned(data: Bytes, offsets: Offsets, allowed: Bytes) -> tuple[Bytes, Offsets]:
    """Copy the URLs of each text, each with a space after it: their bytes and int64[texts + 1] offsets.

    A URL is `http://` or `https://` and at least one byte that `urls.ALLOWED` has, or an escape of two digits.
    """
    copied, places = np.empty(offsets[-1] - offsets[0] + len(offsets), np.uint8), np.zeros(len(offsets), np.int64)
    out = 0
    for text in range(len(offsets) - 1):
        i, stop = offsets[text], offsets[text + 1]
        while i < stop:
            begin = _after_scheme(data, i, stop)
            end = begin
            while begin > i and end < stop:
                if allowed[data[end]] & _ALLOWED:
                    end += 1
                elif (
                    data[end] == 0x25
                    and end + 2 < stop
                    and allowed[data[end + 1]] & allowed[data[end + 2]] & _HEXADECIMAL
                ):
                    end += 3
                else:
                    break
            if end == begin:
                i += 1
                continue
            while i < end:
                copied[out] = data[i]
                i, out = i + 1, out + 1
            copied[out] = 0x20
            out += 1
        places[text + 1] = out
    return copied[:out], places


@inner
def _after_scheme(data: Bytes, i: int, stop: int) -> int:
    """Give the place after `http://` or `https://`; `i` where neither stands there."""
    if i + 7 >= stop or data[i] != 0x68 or data[i + 1] != 0x74 or data[i + 2] != 0x74 or data[i + 3] != 0x70:
        return i
    after = i + 5 if data[i + 4] == 0x73 else i + 4
    if after + 2 < stop and data[after] == 0x3A and data[after + 1] == 0x2F and data[after + 2] == 0x2F:
        return after + 3
    return i
