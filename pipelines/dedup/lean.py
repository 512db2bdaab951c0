"""Signatures as datasketch's objects, to be compared, stored and searched with datasketch."""

from typing import Any, Literal

import numpy.typing as npt
from datasketch import LeanMinHash

#: what version 2 of datasketch calls its orders, and those before it
Scheme = Literal["affine32", "legacy"]


def lean(values: npt.NDArray[Any], seed: int, scheme: Scheme = "affine32") -> list[LeanMinHash]:
    """Hand out each row of signatures of the profile `datasketch`, uint32[n, k], as a LeanMinHash.

    `seed` is the recipe's. Signatures of the profile `datasketch-1` have the scheme `legacy`.
    """
    return [LeanMinHash(seed=seed, hashvalues=row, scheme=scheme) for row in values]
