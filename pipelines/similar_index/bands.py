"""How texts are signed for the index, and the postings of their bands; whoever asks signs a text in the same way."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from pipelines.dedup.lsh import chance
from pipelines.dedup.minhash import MinHash, band_hashes, signatures
from pipelines.dedup.profiles import PROFILES, Name
from pipelines.passage_index.scheme import NUMBER_BITS

Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int64]

#: key of the scheme in the metadata of a Parquet file
METADATA = b"vitrine.similar"
#: another one means that bands cannot be compared
VERSION = 1
#: upper bits of a band's hash that are kept: what is found is compared with the text
BITS = 40
_HASH_BITS = 64


@dataclass(frozen=True, slots=True)
class BandScheme:
    """All that decides the bands of a text; two texts can be compared where all of it is the same."""

    profile: Name
    tokens: str
    language: str
    hash: str
    orders: str
    value_bits: int
    #: whether a text of fewer tokens than `ngram` is one shingle; else it has no bands
    short: bool
    ngram: int
    bands: int
    rows: int
    seed: int
    bits: int = BITS
    version: int = VERSION

    @classmethod
    def by(cls, minhash: MinHash) -> Self:
        """Write out all numbers of a recipe's choice; what makes pairs duplicates is no part of it."""
        one = minhash.resolved
        return cls(
            profile=minhash.profile,
            tokens=one.tokens,
            language=one.language,
            hash=one.hash,
            orders=one.orders,
            value_bits=one.bits,
            short=one.short,
            ngram=one.ngram,
            bands=one.bands,
            rows=one.rows,
            seed=one.seed,
        )

    @property
    def minhash(self) -> MinHash:
        """Give what texts are signed by; ValueError where the numbers make no sense."""
        datatrove = PROFILES[self.profile].tokens == "datatrove"
        return MinHash(
            profile=self.profile,
            unit="characters" if self.tokens == "characters" else None,
            language=self.language if datatrove else None,
            ngram=self.ngram,
            bands=self.bands,
            rows=self.rows,
            seed=self.seed,
        )

    def chance(self, similarity: float) -> float:
        """Give the probability that a document of this Jaccard similarity shares a band with a text."""
        return chance(similarity, self.bands, self.rows)

    def metadata(self, more: Mapping[str, object]) -> dict[bytes, bytes]:
        """Write the scheme, and more about one file, as a Parquet file's metadata."""
        return {METADATA: json.dumps({"scheme": asdict(self), **more}, sort_keys=True).encode()}

    @classmethod
    def of(cls, metadata: Mapping[bytes, bytes] | None) -> tuple[Self, dict[str, int]]:
        """Read what `metadata` wrote; ValueError where it is none, or another code's."""
        if not metadata or METADATA not in metadata:
            raise ValueError("expected a file of the index of similar texts, got one without a scheme")
        facts = json.loads(metadata[METADATA])
        found = facts.pop("scheme")
        if found.get("version") != VERSION or found.get("profile") not in PROFILES:
            raise ValueError(f"expected bands by version {VERSION} of the scheme, got {found}: build the index again")
        scheme = cls(**found)
        own = cls.by(scheme.minhash)
        if scheme != own:
            raise ValueError(f"expected bands by the scheme {own}, got {scheme}: build the index again")
        return scheme, facts


def band_keys(data: Bytes, offsets: Numbers, scheme: BandScheme) -> tuple[Numbers, npt.NDArray[np.bool_]]:
    """Give the kept bits of each text's bands, int64[n, bands], and whether it has any, bool[n].

    Text i is the UTF-8 of `data[offsets[i] : offsets[i + 1]]`. Raises ModuleNotFoundError where the profile splits as
    datatrove does and spaCy is not installed.
    """
    minhash = scheme.minhash
    values, signed = signatures(data, offsets, minhash)
    keys = band_hashes(values, minhash) >> np.uint64(_HASH_BITS - scheme.bits)
    return keys.astype(np.int64), signed


def band_postings(data: Bytes, offsets: Numbers, first_row: int, scheme: BandScheme) -> Numbers:
    """Give the postings of texts, int64, in no order: the kept bits of each band, and below them the text's row.

    The row of text i is `first_row + i` and has the bits that a band leaves of 63; raises ValueError where it does not
    fit. A text without shingles has none.
    """
    row_bits = NUMBER_BITS - scheme.bits
    if first_row + len(offsets) - 1 > 1 << row_bits:
        raise ValueError(f"expected at most 2^{row_bits} texts beside bands of {scheme.bits} bits, got more")
    keys, signed = band_keys(data, offsets, scheme)
    rows = np.arange(first_row, first_row + len(keys))[signed]
    return ((keys[signed] << row_bits) | rows[:, None]).ravel()
