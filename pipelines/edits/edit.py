"""What every edit is: it finds the places of a text that are to be cut, and what is put there instead."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, model_validator

from filters.texts import Texts


@dataclass(frozen=True, slots=True)
class Cuts:
    """The places that one edit changes in a batch, in order: ascending, on character boundaries, none over another."""

    #: the text that each lies in
    text: NDArray[np.int64]
    #: bytes of `Texts.data`
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    #: what is put there: the same for all, or one for each; None leaves the texts as they are and only counts
    put: bytes | Sequence[bytes] | None = b""
    #: where it is the same for many, which of `put` each of them gets
    choice: NDArray[np.int64] | None = None

    def __len__(self) -> int:
        """Count the places."""
        return len(self.text)

    @classmethod
    def of(cls, texts: Texts, start: NDArray[Any], end: NDArray[Any], put: bytes | None = b"") -> Self:
        """Make cuts of places that are not empty, and so lie in one text each."""
        text = np.searchsorted(texts.offsets, start, side="right") - 1
        return cls(text.astype(np.int64), start.astype(np.int64), end.astype(np.int64), put)


class Edit(BaseModel, ABC):
    """One change to texts. The file and the recipe word carry its `name`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: ClassVar[str]
    #: the paper or the code that it comes from
    source: ClassVar[str]
    #: texts and what becomes of them by default: test and documentation at once
    examples: ClassVar[Mapping[str, str]]
    #: distributions beyond Vitrine's own that it needs
    packages: ClassVar[tuple[str, ...]] = ()

    #: what the ledger calls it: give each its own where a recipe uses an edit twice; else it is the edit's name
    column: str = Field(default="", pattern=r"^([a-z][a-z0-9_]{0,62})?$")

    @model_validator(mode="before")
    @classmethod
    def _name_column(cls, fields: Any) -> Any:  # noqa: ANN401  # pydantic hands over what it was given
        return {**fields, "column": fields.get("column") or cls.name} if isinstance(fields, dict) else fields

    def resources(self) -> Mapping[str, Callable[[bytes], Any]]:
        """Name what is needed beyond the text, each with the function that makes it out of a file's bytes."""
        return {}

    @abstractmethod
    def find(self, texts: Texts) -> Cuts:
        """Find the places to change; what is found in a text depends on that text alone."""

    def mistakes(self) -> list[str]:
        """Say what is wrong with these fields beyond their types; nothing, for most."""
        return []
