"""What the first scores of the blocks around it say of a block."""

import numpy as np
from numpy.typing import NDArray

from filters.kernels.compiled import inner

#: blocks before and behind whose scores are looked at
NEAR = (-3, -2, -1, 0, 1, 2, 3)
#: and blocks on either side over which scores are averaged
WIDE = 8
CONTEXT = (*(f"score of {place:+d}" for place in NEAR), "mean score nearby", "highest score")
_NEAR = np.array(NEAR, np.int64)
#: a score beyond it says nothing more
_SURE = np.float32(6)


@inner
def surround(scores: NDArray[np.float32], found: NDArray[np.float32], row: int) -> None:
    """Write rows of `found` from `row` on: scores of near blocks, the lowest beyond the page's ends."""
    count, highest, total = len(scores), -_SURE, np.float64(0)
    here = row + len(_NEAR) // 2
    for b in range(count):
        # No exponential: what it gives differs in the last bit from one machine's library to the next.
        found[here, b] = min(max(scores[b], -_SURE), _SURE)
        highest = max(highest, found[here, b])
    for b in range(min(WIDE, count)):
        total += found[here, b]
    for b in range(count):
        for place in range(len(_NEAR)):
            other = b + _NEAR[place]
            found[row + place, b] = found[here, other] if 0 <= other < count else -_SURE
        first, last = max(b - WIDE, 0), min(b + WIDE + 1, count)
        total += found[here, b + WIDE] if b + WIDE < count else 0
        total -= found[here, b - WIDE - 1] if b > WIDE else 0
        found[row + len(_NEAR), b] = total / (last - first)
        found[row + len(_NEAR) + 1, b] = highest
