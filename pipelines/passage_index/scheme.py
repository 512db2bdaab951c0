"""How texts are fingerprinted: what a token is, how many make a shingle, and which shingles are kept.

Winnowing (Schleimer, Wilkerson and Aiken 2003): of the hashes of all shingles the least one of each window is kept, so
that two texts which share a run of a shingle and a window share what is kept there. Lengths are in units: a word is
`WORD_UNITS`, a character of a script that is written without spaces is one, so that a text of both needs no parting:
what is kept in a run of tokens depends on that run alone.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Protocol, Self

#: key of the scheme in the metadata of a Parquet file
METADATA = b"vitrine.passages"
#: units of a word; a character of a script without spaces is one
WORD_UNITS = 2
#: bits of a number that a Parquet column of whole numbers holds without a sign
NUMBER_BITS = 63

_TOKENS = (
    "runs of letters, marks and numbers, or one character of Han, kana, Thai, Lao, Khmer, Myanmar, Tibetan and their "
    "like; NFKD and case-folded one by one, without dot above, marks of voice and invisible characters"
)
_HASH = "eight bytes at a time and splitmix64 of a token, a polynomial of tokens and splitmix64 of a shingle"


class PostingScheme(Protocol):
    """All that decides a hash, as files of postings need to know it; `Scheme` is that of passages."""

    @property
    def bits(self) -> int:
        """Upper bits of a hash that are kept."""
        ...

    def metadata(self, more: Mapping[str, object]) -> dict[bytes, bytes]:
        """Write the scheme, and more about one file, as a Parquet file's metadata."""
        ...

    @classmethod
    def of(cls, metadata: Mapping[bytes, bytes] | None) -> tuple[Self, dict[str, int]]:
        """Read what `metadata` wrote; ValueError where it is none, or another code's."""
        ...


@dataclass(frozen=True, slots=True)
class Scheme:
    """All that decides a fingerprint; two texts can be compared where all of it is the same."""

    #: units of a shingle: as few tokens as come to as many
    shingle: int = 16
    #: units of a window, in which the least shingle is kept; more is a smaller index and a weaker guarantee
    window: int = 16
    #: upper bits of a hash that are kept: what is found is compared with the text
    bits: int = 40
    version: int = 2
    tokens: str = _TOKENS
    hash: str = _HASH

    def __post_init__(self) -> None:
        """Refuse what would not work."""
        if self.shingle < 1 or self.window < WORD_UNITS or not 8 <= self.bits <= 56:  # noqa: PLR2004  # room for a number
            raise ValueError(f"expected a shingle of 1 unit, a window of 2 and 8 to 56 bits at least, got {self}")

    @property
    def words(self) -> int:
        """Words of the shortest run that is always found."""
        return -(-self.shingle // WORD_UNITS) + -(-self.window // WORD_UNITS) - 1

    @property
    def characters(self) -> int:
        """Characters of the shortest such run in a script without spaces."""
        return self.shingle + self.window - 1

    @property
    def guarantee(self) -> str:
        """What is promised, as a sentence."""
        return (
            f"Any shared run of at least {self.words} words is found, and of at least {self.characters} characters "
            f"where words are not spaced (in a mixture of both, of {self.characters + 1}, a word counting as two), "
            "whatever the case, white space and punctuation; shorter ones may be missed."
        )

    def metadata(self, more: Mapping[str, object]) -> dict[bytes, bytes]:
        """Write the scheme, and more about one file, as a Parquet file's metadata."""
        return {METADATA: json.dumps({"scheme": asdict(self), **more}, sort_keys=True).encode()}

    @classmethod
    def of(cls, metadata: Mapping[bytes, bytes] | None) -> tuple[Self, dict[str, int]]:
        """Read what `metadata` wrote; ValueError where it is none, or another code's."""
        if not metadata or METADATA not in metadata:
            raise ValueError("expected a file of the passage index, got one without a scheme")
        facts = json.loads(metadata[METADATA])
        scheme = cls(**facts.pop("scheme"))
        own = cls(scheme.shingle, scheme.window, scheme.bits)
        if scheme != own:
            raise ValueError(f"expected a passage index by the scheme {own}, got {scheme}: build it again")
        return scheme, facts


#: any shared run of 15 words
SCHEME = Scheme()
#: any shared run of 31 words, in a third of the room: for texts that are not in a release
SPARSE = Scheme(window=48)
