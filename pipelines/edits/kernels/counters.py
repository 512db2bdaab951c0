"""Lines that only count something, such as `3 likes`."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from filters.kernels.characters import SPACE, WORD, decode
from filters.kernels.compiled import inner
from filters.kernels.traits import DECIMAL

#: uint8
Bytes = NDArray[Any]
Places = NDArray[Any]


@inner
def is_counter(
    data: Bytes, i: int, end: int, names: tuple[Places, Places], traits: Bytes, lower: NDArray[np.int32]
) -> bool:
    r"""Say whether a line in lower case is `\W*\d[\d,.]*[kmb]?\s+NAME\W*`."""
    stage, letters, bounds = 0, names[0], names[1]
    while i < end:
        point, after = data[i], i + 1
        if point > 127:
            point, after = decode(data, i, end)
        point = lower[point]
        digit = (traits[point] & DECIMAL) != 0
        # 0 before the number, 1 in it, 2 after its letter, 3 in the space, 4 after the name
        if stage in (0, 4):
            if digit and stage == 0:
                stage = 1
            elif traits[point] & WORD:
                return False
        elif stage == 1 and (digit or point in (44, 46)):
            pass
        elif stage == 1 and point in (98, 107, 109):
            stage = 2
        elif traits[point] & SPACE:
            stage = 3
        elif stage == 3:
            after = _past_name(data, i, end, letters, bounds, lower)
            stage = 4
            if after == 0:
                return False
        else:
            return False
        i = after
    return stage == 4


@inner
def _past_name(data: Bytes, start: int, end: int, letters: Places, bounds: Places, lower: NDArray[np.int32]) -> int:
    """Say where the name ends that begins at `start`, in any case; 0 where none of them does."""
    for name in range(len(bounds) - 1):
        i, place = start, bounds[name]
        while place < bounds[name + 1] and i < end:
            point, after = data[i], i + 1
            if point > 127:
                point, after = decode(data, i, end)
            # A capital I with a dot has two characters in lower case.
            if lower[point] != letters[place] or point == 0x130:
                break
            i, place = after, place + 1
        if place == bounds[name + 1]:
            return i
    return 0
