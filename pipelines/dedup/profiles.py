"""Ways to sign a text that a recipe chooses by name: Vitrine's own, and those of others."""

from dataclasses import dataclass
from typing import Literal

from pipelines.dedup.tokens import Tokens

Name = Literal["vitrine", "fineweb", "fineweb-2", "datasketch", "datasketch-1", "dolma-3"]
#: how a shingle is hashed: `mixed` from the hashes of its tokens; or its UTF-8, a blank between tokens: the first 8 or
#: 4 bytes of SHA-1, or xxHash64
Hash = Literal["mixed", "sha1-64", "sha1-32", "xxhash64"]
#: the orders of shingles: `odd`: a * h + b modulo 2^64, a being odd; `prime`: modulo 2^61 - 1, after it was taken
#: modulo 2^64, as datatrove draws them; `small`: modulo 2^32, a being odd, as datasketch 2 draws them; `small-prime`:
#: the lower half of `prime`, as datasketch drew them before
Orders = Literal["odd", "prime", "small", "small-prime"]


@dataclass(frozen=True, slots=True)
class Profile:
    """All that decides a signature, and which pairs are duplicates, where the recipe says nothing else."""

    tokens: Tokens
    hash: Hash
    orders: Orders
    #: of one value
    bits: Literal[32, 64]
    #: whether a text of fewer tokens than `ngram` is one shingle; else it has no signature
    short: bool
    ngram: int = 5
    bands: int = 14
    rows: int = 8
    seed: int = 1
    #: the Jaccard similarity that a candidate pair must have; None where being a candidate is enough
    verify: float | None = None


PROFILES: dict[Name, Profile] = {
    "vitrine": Profile("words", "mixed", "odd", 32, short=True),
    # Penedo et al. 2024, and the script of the release, which hashes by SHA-1; datatrove's own default is the next.
    "fineweb": Profile("datatrove", "sha1-64", "prime", 64, short=False),
    "fineweb-2": Profile("datatrove", "xxhash64", "prime", 64, short=False),
    "datasketch": Profile("words", "sha1-32", "small", 32, short=True),
    "datasketch-1": Profile("words", "sha1-32", "small-prime", 32, short=True),
    # The numbers that Dolma 3 documents. Its tool, duplodocus, cleans texts as here, but its tokens are those of a
    # language model's vocabulary, and its hashes and orders are of its own: values are not equal.
    "dolma-3": Profile("joined", "mixed", "odd", 32, short=True, bands=26, rows=11, seed=42, verify=0.8),
}
