"""How many copies to keep of a document by the size of its cluster, as FineWeb-2 does (Penedo et al. 2025).

What was found several times is often better than what was found once, and what was found a thousand times is often
worse. FineWeb-2 removes all duplicates, keeps the size of each cluster, and lets whoever trains repeat the survivor.
"""

from typing import Annotated

import numpy as np
import numpy.typing as npt
from pydantic import AfterValidator, Field

Numbers = npt.NDArray[np.int64]


def _in_order(steps: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    sizes = [size for size, _ in steps]
    if sizes[:1] != [1] or sizes != sorted(set(sizes)):
        raise ValueError(f"expected sizes of clusters that grow from 1, got {sizes}")
    return steps


_Count = Annotated[int, Field(ge=0, le=1000)]

#: sizes of clusters, growing from 1, each with the copies to keep from this size on
Weights = Annotated[tuple[tuple[Annotated[int, Field(ge=1)], _Count], ...], AfterValidator(_in_order)]

#: from the dataset's documentation; its own files have others for each language, from how many documents of each
#: size its filters removed
FINEWEB_2: Weights = ((1, 1), (2, 2), (3, 3), (5, 5), (100, 8), (1000, 1))


def copies(sizes: Numbers, weights: Weights) -> npt.NDArray[np.int16]:
    """Say for each size of a cluster how often to keep its survivor: as the largest step says that is not above it."""
    steps = np.array(weights, np.int64)
    return steps[np.searchsorted(steps[:, 0], sizes, "right") - 1, 1].astype(np.int16)
