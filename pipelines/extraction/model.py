"""The judge of blocks: names of elements that hint at what they hold, and two forests, the second of which smooths.

`benchmarks.extraction.train` makes the file; its card lies beside it, and its name holds its digest.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Self

import numpy as np
from numpy.typing import NDArray

from pipelines.extraction.kernels.hints import BIAS, BITS
from pipelines.extraction.kernels.keys import key_of, slot_of_key
from pipelines.extraction.kernels.layout import (
    KIND_ASIDE,
    KIND_COMMENTS,
    KIND_DIALOG,
    KIND_FOOTER,
    KIND_NAVIGATION,
)
from pipelines.extraction.kernels.trees import Forest, forest

#: names that say outright what an element is
CUES = {
    KIND_COMMENTS: "comment comments commentlist comment-list disqus disqus_thread respond replies livefyre",
    KIND_NAVIGATION: "navigation navbar",
    KIND_ASIDE: "complementary sidebar",
    KIND_FOOTER: "contentinfo",
    KIND_DIALOG: "dialog alertdialog modal",
}


#: what a file holds of each forest, as `trees.forest` takes it
FILED = "features", "borders", "leaves"


@dataclass(frozen=True, slots=True)
class Model:
    """What the judge knows."""

    #: uint64[2 * 2^k], see `memory.hints_of`
    hints: NDArray[np.uint64]
    #: of the blocks alone, and of the blocks with the first forest's scores around them
    first: Forest
    second: Forest
    #: what each forest's scores begin with
    biases: tuple[float, float]
    #: a block is main text from this score on: the logarithm of the odds
    limit: float
    #: SHA-256 of the file
    digest: str

    @classmethod
    def read(cls, content: bytes) -> Self:
        """Read a model's file."""
        with np.load(BytesIO(content), allow_pickle=False) as parts:
            forests = [forest(*(parts[f"{place}_{name}"] for name in FILED)) for place in ("first", "second")]
            hints = hint_table(dict(zip(parts["names"].tolist(), parts["weights"].tolist(), strict=True)))
            biases = float(parts["biases"][0]), float(parts["biases"][1])
            limit = float(parts["limit"])
        return cls(hints, forests[0], forests[1], biases, limit, hashlib.sha256(content).hexdigest())


def hint_table(weights: dict[int, int]) -> NDArray[np.uint64]:
    """Make the table of hints from the weights of names' keys, and add the cues."""
    bits: dict[int, int] = {}
    for kind, names in CUES.items():
        for name in names.split():
            bits[key_of(name)] = bits.get(key_of(name), 0) | kind
    keys = sorted({*weights, *bits})
    count = 1 << (2 * len(keys)).bit_length()
    slots = np.zeros(2 * count, np.uint64)
    for key in keys:
        slot = slot_of_key(key, count)
        while slots[slot]:
            slot = (slot + 1) % count
        slots[slot], slots[count + slot] = key, (weights.get(key, 0) + BIAS) | bits.get(key, 0) << BITS
    slots.flags.writeable = False
    return slots


@cache
def bundled() -> Model:
    """Read the model that comes with Vitrine."""
    (place,) = (
        item for item in files("pipelines.extraction").joinpath("models").iterdir() if item.name.endswith(".npz")
    )
    return Model.read(place.read_bytes())
