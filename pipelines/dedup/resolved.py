"""What a recipe's choice of a profile, and of numbers in place of its own, comes to."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from pipelines.dedup.lsh import chance
from pipelines.dedup.profiles import Hash, Orders
from pipelines.dedup.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Resolved:
    """All that decides a signature, and which pairs are duplicates."""

    tokens: Tokens
    #: whose rules spaCy parts a text by, where the tokens are datatrove's
    language: str
    hash: Hash
    orders: Orders
    bits: int
    short: bool
    ngram: int
    bands: int
    rows: int
    seed: int
    verify: float | None

    @property
    def values(self) -> int:
        """Count the values of a signature."""
        return self.bands * self.rows

    @property
    def dtype(self) -> np.dtype[Any]:
        """Type of a value."""
        return np.dtype(np.uint64 if self.bits == 64 else np.uint32)  # noqa: PLR2004  # bits

    def chance(self, similarity: float) -> float:
        """Give the probability that two texts of this Jaccard similarity share a band."""
        return chance(similarity, self.bands, self.rows)
