"""Fingerprints of texts: a digest that finds the equal ones, a MinHash signature that finds the similar ones.

A signature holds, for each of `bands * rows` random orders of all shingles, the first of the text's shingles. Two
texts agree in each value with the probability of their Jaccard similarity s, so that a share s of the values is
equal, and a band of `rows` values is equal with probability s^rows. Texts that share any band are candidates: a
pair is one with probability 1 - (1 - s^rows)^bands, by default 0.5 at 0.68 and 0.92 at 0.8.

Broder 1997; bands after Indyk and Motwani 1998. The default numbers are FineWeb's (Penedo et al. 2024).
"""

from hashlib import blake2b
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field, model_validator

from pipelines.dedup.kernels.sign_minima import (
    HALVES,
    finish,
    odd_minima,
    prime_minima,
    small_minima,
    small_prime_minima,
)
from pipelines.dedup.lsh import choose
from pipelines.dedup.orders import NUMPY_SEEDS, STEP, draw, scramble
from pipelines.dedup.profiles import PROFILES, Name
from pipelines.dedup.resolved import Resolved
from pipelines.dedup.shingles import shingle_hashes, slices

Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
#: a count of which as many make sense as anybody needs
Few = Annotated[int, Field(ge=1, le=1024)]

DIGEST_BYTES = 16


class MinHash(BaseModel):
    """How near-duplicates are found; another number anywhere makes signatures that cannot be compared.

    What is left out is the profile's; `resolved` says what that comes to.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    #: whose signatures: Vitrine's; FineWeb's or FineWeb-2's, equal to datatrove 0.10's (extra `spacy`); datasketch's,
    #: equal to version 2's, or as `datasketch-1` to those before; or with Dolma 3's numbers
    profile: Name = "vitrine"
    #: what shingles are made of: `words`, where each character of a script without spaces is one, or `characters`
    unit: Literal["words", "characters"] | None = None
    #: whose rules spaCy splits by, as an ISO 639 code, where the profile splits as datatrove does: `en` if left out
    language: str | None = None
    #: tokens of a shingle
    ngram: Annotated[int, Field(ge=1, le=64)] | None = None
    #: more bands find more pairs, also less similar ones
    bands: Few | None = None
    #: more rows of a band leave out more of the less similar pairs
    rows: Few | None = None
    #: in place of bands and rows: the Jaccard similarity from which on pairs should be found
    similarity: Annotated[float, Field(gt=0, lt=1)] | None = None
    #: with `similarity`: how many values a signature has at most; those of the profile if left out
    values: Annotated[int, Field(ge=2, le=1024)] | None = None
    #: draws the random orders
    seed: Annotated[int, Field(ge=0, lt=1 << 64)] | None = None
    #: the Jaccard similarity that a pair which shares a band must have to be one of duplicates; 0 asks for none
    verify: Annotated[float, Field(ge=0, le=1)] | None = None

    @model_validator(mode="after")
    def _agree(self) -> Self:
        """Refuse what contradicts itself."""
        tokens, orders = PROFILES[self.profile].tokens, PROFILES[self.profile].orders
        if self.similarity is not None and (self.bands, self.rows) != (None, None):
            raise ValueError("expected either similarity and values, or bands and rows, got both")
        if self.similarity is None and self.values is not None:
            raise ValueError("expected values only with a similarity to choose bands and rows for")
        if tokens == "datatrove" and self.unit is not None:
            raise ValueError(f"expected no unit: the shingles of {self.profile} are of words")
        if tokens != "datatrove" and self.language is not None:
            raise ValueError(f"expected no language: {self.profile} splits all alike")
        if orders != "odd" and (self.seed or 0) >= NUMPY_SEEDS:
            raise ValueError(f"expected a seed below 2^32 for {self.profile}, got {self.seed}")
        return self

    @property
    def resolved(self) -> Resolved:
        """All numbers, those of the profile where the recipe names none."""
        own = PROFILES[self.profile]
        bands, rows = self.bands or own.bands, self.rows or own.rows
        if self.similarity is not None:
            bands, rows = choose(self.similarity, self.values or own.bands * own.rows)
        return Resolved(
            "characters" if self.unit == "characters" else own.tokens,
            self.language or "en",
            own.hash,
            own.orders,
            own.bits,
            own.short,
            self.ngram or own.ngram,
            bands,
            rows,
            own.seed if self.seed is None else self.seed,
            (own.verify if self.verify is None else self.verify) or None,
        )

    @property
    def packages(self) -> set[str]:
        """Name the distributions beyond Vitrine's own that this needs."""
        return {"spacy"} if PROFILES[self.profile].tokens == "datatrove" else set()


def text_digests(data: Bytes, offsets: Numbers) -> list[bytes]:
    """Give the 128-bit BLAKE2b of each text: equal if and only if the texts are, byte for byte.

    Text i is `data[offsets[i] : offsets[i + 1]]`.
    """
    view, bounds = data.data, offsets.tolist()
    return [blake2b(view[i:end], digest_size=DIGEST_BYTES).digest() for i, end in pairwise(bounds)]


def signatures(data: Bytes, offsets: Numbers, minhash: MinHash) -> tuple[npt.NDArray[Any], npt.NDArray[np.bool_]]:
    """Give the signature of each text, uint32[n, k] or uint64[n, k], and whether it has one, bool[n].

    Text i is the UTF-8 of `data[offsets[i] : offsets[i + 1]]`; k is `minhash.resolved.values`. A text without a
    shingle has no signature, and a row of ones that means nothing. Raises ModuleNotFoundError where the profile
    splits as datatrove does and spaCy is not installed, ValueError where spaCy has no rules for the language.
    """
    chosen = minhash.resolved
    orders = draw(chosen.orders, chosen.values, chosen.seed)
    values = np.empty((len(offsets) - 1, chosen.values), chosen.dtype)
    found = np.zeros(len(values), np.bool_)
    for first, last in slices(offsets):
        hashes, firsts = shingle_hashes(data, offsets[first : last + 1], chosen)
        _minima(hashes, firsts, orders, chosen, values[first:last])
        found[first:last] = firsts[1:] > firsts[:-1]
    return values, found


def _minima(
    hashes: Hashes, firsts: Numbers, orders: npt.NDArray[Any], chosen: Resolved, values: npt.NDArray[Any]
) -> None:
    """Fill the signatures of some texts."""
    if chosen.orders == "odd":
        odd_minima(hashes, firsts, orders, np.empty(HALVES, np.uint32), values)
    elif chosen.orders == "small":
        words = np.empty(len(hashes), np.uint32)
        finish(hashes, words)
        small_minima(words, firsts, orders, values)
    elif chosen.orders == "prime":
        prime_minima(hashes, firsts, orders, values)
    else:
        small_prime_minima(hashes, firsts, orders, values)


def band_hashes(signatures: npt.NDArray[Any], minhash: MinHash) -> Hashes:
    """Hash the rows of each band, uint64[n, bands]; equal bands have equal hashes, and bands do not share any."""
    chosen = minhash.resolved
    parts = signatures.reshape(-1, chosen.bands, chosen.rows)
    hashes = np.broadcast_to(scramble(np.arange(chosen.bands, dtype=np.uint64)), parts.shape[:2])
    for row in range(chosen.rows):
        hashes = scramble(hashes * STEP + parts[:, :, row])
    return hashes
