"""Bands and rows: what they find, and which to choose (locality-sensitive hashing).

Two texts of Jaccard similarity s agree in each value with probability s, in a band of r values with s^r, and in any
of b bands with 1 - (1 - s^r)^b, which is the S-curve. Broder 1997; bands after Indyk and Motwani 1998.
"""

from functools import cache

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

#: similarities of the table
_STEPS = 20
#: nodes and weights of Gauss and Legendre on [-1, 1]: exact for polynomials of twice as high a degree
_NODES = 64


def chance(similarity: float, bands: int, rows: int) -> float:
    """Give the probability that two texts of this Jaccard similarity share a band."""
    return 1 - (1 - similarity**rows) ** bands


def curve(bands: int, rows: int) -> list[tuple[float, float]]:
    """Tabulate the S-curve in steps of 0.05: Jaccard similarity, and the probability to share a band."""
    return [(step / _STEPS, chance(step / _STEPS, bands, rows)) for step in range(_STEPS + 1)]


@cache
def choose(similarity: float, values: int) -> tuple[int, int]:
    """Choose bands and rows, of at most so many values, for pairs that are at least so similar to be found.

    The choice is that of datasketch's MinHashLSH: the least sum of the areas under the curve below the similarity,
    and over it above, both weighted equally; the fewest bands, then the fewest rows, of those with the same sum.
    """
    sizes = [(bands, rows) for bands in range(1, values + 1) for rows in range(1, values // bands + 1)]
    bands, rows = np.array(sizes, np.float64).T
    below = _area(0, similarity, bands, rows)
    above = (1 - similarity) - _area(similarity, 1, bands, rows)
    best = int(np.argmin(below * 0.5 + above * 0.5))
    return sizes[best]


def _area(low: float, high: float, bands: Floats, rows: Floats) -> Floats:
    """Integrate the S-curves between two similarities."""
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    places = low + (high - low) * (nodes + 1) / 2
    total = np.zeros_like(bands)
    for place, weight in zip(places, weights, strict=True):
        total += weight / 2 * (high - low) * (1 - (1 - place**rows) ** bands)
    return total
