"""URLs within texts, each found in one pass over the bytes."""

import string

import numpy as np
import numpy.typing as npt
from numba import njit

from filters.kernels.compiled import inner

_H, _T, _P, _S = 0x68, 0x74, 0x70, 0x73
_COLON, _SLASH, _PERCENT = 0x3A, 0x2F, 0x25
_HEXADECIMAL = 2


def _allow() -> npt.NDArray[np.uint8]:
    allowed = np.zeros(256, np.uint8)
    allowed[[ord(one) for one in string.ascii_letters + string.digits + "$-_@.&+/:=?#~!*(),"]] = 1
    allowed[[ord(one) for one in string.hexdigits]] |= _HEXADECIMAL
    allowed.flags.writeable = False
    return allowed


#: uint8[256], 1 where a URL may have the byte, plus 2 where it may follow a percent sign
ALLOWED = _allow()


@njit(cache=True, nogil=True)
def url_characters(
    data: npt.NDArray[np.uint8], offsets: npt.NDArray[np.int64], allowed: npt.NDArray[np.uint8]
) -> npt.NDArray[np.int64]:
    """Count the characters of each text that belong to a URL: `http://` or `https://` and at least one more."""
    counts = np.zeros(len(offsets) - 1, np.int64)
    for text in range(len(offsets) - 1):
        i, stop = offsets[text], offsets[text + 1]
        while i < stop:
            start = _after_scheme(data, i, stop) if data[i] == _H else -1
            end = start
            while 0 <= end < stop:
                byte = data[end]
                if allowed[byte] & 1:
                    end += 1
                elif (
                    byte == _PERCENT
                    and end + 2 < stop
                    and allowed[data[end + 1]] & allowed[data[end + 2]] & _HEXADECIMAL
                ):
                    end += 3
                else:
                    break
            if end > start:
                counts[text] += end - i
                i = end
            else:
                i += 1
    return counts


@inner
def _after_scheme(data: npt.NDArray[np.uint8], i: int, stop: int) -> int:
    """Give the place after `http://` or `https://`, or -1 where neither stands at `i`, an `h`."""
    if i + 7 > stop or data[i + 1] != _T or data[i + 2] != _T or data[i + 3] != _P:
        return -1
    i += 5 if data[i + 4] == _S else 4
    if i + 3 > stop or data[i] != _COLON or data[i + 1] != _SLASH or data[i + 2] != _SLASH:
        return -1
    return i + 3
