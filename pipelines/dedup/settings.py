"""What a recipe says of duplicates: which documents are the same, which are nearly so, and which of them is kept.

Duplicates are looked for in rounds: first what the recipe calls exact, in its order, then near-duplicates. What one
round removes the next one does not see, so that nothing is removed for the sake of a document that is not kept, and
a document whose own survivor is removed later names the one that is kept in the end. Then repeated parts of what is
left are cut out, if the recipe says so.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from pipelines.dedup.minhash import MinHash
from pipelines.dedup.rehydration import Weights
from pipelines.dedup.repeated import Repeated, RepeatedSubstrings, bloom_of, method, packages
from pipelines.dedup.survivors import Preference

#: the same address; the same bytes of text; the same words, whatever stands between them and in whatever case
Exact = Literal["url", "text", "words"]
Name = Literal["url", "text", "words", "minhash"]
#: what the ledger calls a duplicate of each round
METHODS: dict[Name, str] = {"url": "exact_url", "text": "exact_text", "words": "exact_words", "minhash": "minhash"}


@dataclass(frozen=True, slots=True)
class Round:
    """One way to find duplicates."""

    name: Name
    #: the total order in which the first one of a cluster is kept
    prefer: tuple[Preference, ...]

    @property
    def method(self) -> str:
        """What the ledger calls it."""
        return METHODS[self.name]


class Dedup(BaseModel):
    """How duplicates are found, and which of them is kept."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    #: what makes documents the same, in the order of the rounds: `url` their address, without scheme and fragment;
    #: `text` its bytes; `words` their words, in lower case, whatever stands between them
    exact: tuple[Exact, ...] = ("text",)
    #: with `url`: which capture of an address is kept
    capture: Literal["latest", "earliest"] = "latest"
    #: folders or URLs of earlier releases, in order: what they hold is not kept again. They must have published their
    #: fingerprints, found in the same way; `vitrine run --earlier` takes the place of this
    earlier: tuple[str, ...] = ()
    #: how similar texts are found, after that; without it they are not
    minhash: MinHash | None = None
    #: parts of texts that are cut out where they repeat, after that: a table for each kind, in order
    passages: tuple[Repeated, ...] = ()
    #: `release`: among all documents; `dump`: among those of one crawl, each crawl by itself, as FineWeb does
    scope: Literal["release", "dump"] = "release"
    #: what to keep of a cluster, the first criterion first; date, id, file and offset break ties
    prefer: tuple[Preference, ...] = ()
    #: clusters of more documents than this are named after the run and in the manifest
    giant: Annotated[int, Field(ge=1)] = 1000
    #: how often to train on a survivor by the size of its cluster, as FineWeb-2 weights them: sizes that grow from 1,
    #: each with the copies from there on; stands in the ledger's column `copies`, and changes no text
    copies: Weights | None = None
    #: memory that one task of deduplication may take, beyond some 300 MB for what it runs on
    memory_bytes: Annotated[int, Field(ge=16_000_000)] = 1_000_000_000

    @model_validator(mode="after")
    def _agree(self) -> Self:
        """Refuse a round that would find nothing."""
        if len(set(self.exact)) < len(self.exact):
            raise ValueError(f"expected each kind of exact duplicates once, got {', '.join(self.exact)}")
        kinds = [one.kind for one in self.passages]
        if len(set(kinds)) < len(kinds):
            raise ValueError(f"expected each kind of passages once, got {', '.join(kinds)}")
        return self

    @model_validator(mode="after")
    def _fit(self) -> Self:
        """Refuse what a kind of passages cannot do."""
        for one in self.passages:
            bloom = bloom_of(one)
            if self.scope == "dump" and (bloom or isinstance(one, RepeatedSubstrings)):
                raise ValueError(f'{one.kind}: expected scope = "release": only exact hashes tell crawls apart')
            if bloom and bloom.size.bytes > self.memory_bytes:
                taken = f"{bloom.size.bytes} bytes, and memory_bytes is {self.memory_bytes}"
                raise ValueError(f"{one.kind}: its Bloom filter takes {taken}: allow more, or expect fewer items")
        return self

    @property
    def packages(self) -> set[str]:
        """Name the optional distributions that this needs."""
        signed = self.minhash.packages if self.minhash else set[str]()
        return signed.union(*map(packages, self.passages))

    @property
    def texts(self) -> str:
        """Name the part of unfinished work that holds the texts as they are left in the end."""
        return f"{self.passages[-1].kind}-cuts" if self.passages else "living"

    @property
    def told_by(self) -> list[Any]:
        """All that decides the fingerprints of documents; what is done with them is left out."""
        signature = self.minhash and asdict(self.minhash.resolved) | {"values": self.minhash.resolved.values}
        judged = {"bands", "rows", "verify"}
        return ["words" in self.exact, signature and {name: signature[name] for name in signature.keys() - judged}]

    @property
    def rounds(self) -> tuple[Round, ...]:
        """The rounds, in order."""
        exact = [Round(name, (self.capture, *self.prefer) if name == "url" else self.prefer) for name in self.exact]
        return (*exact, Round("minhash", self.prefer)) if self.minhash else tuple(exact)


def methods(dedup: Dedup | None) -> Iterable[str]:
    """Name what the ledger may call a duplicate, in the order of the rounds."""
    return [*(one.method for one in dedup.rounds), *map(method, dedup.passages)] if dedup else []
