"""What every filter is: a signal that measures, limits that decide, and the evidence for both."""

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar, Self

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import BaseModel, ConfigDict, Field, model_validator

from filters.texts import Texts
from filters.units import OwnUnits


class Filter(BaseModel, ABC):
    """One named judgement. Fields are limits; the file, the recipe word and the column carry its `name`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: ClassVar[str]
    #: the paper or the code that the rule comes from
    source: ClassVar[str]
    #: texts and whether the filter keeps them at its default limits: test and documentation at once
    examples: ClassVar[Mapping[str, bool]]
    #: the column of the document that it measures, and that its examples are of: `text` or `url`
    subject: ClassVar[str] = "text"
    #: the Arrow type of the signal
    kind: ClassVar[pa.DataType] = pa.float64()
    #: a costly filter is asked only about documents that every cheap one keeps
    costly: ClassVar[bool] = False
    #: distributions beyond Vitrine's own that it needs
    packages: ClassVar[tuple[str, ...]] = ()

    #: the ledger's column: give each its own where a recipe uses a filter twice; else it is the filter's name
    column: str = Field(default="", pattern=r"^([a-z][a-z0-9_]{0,62})?$")

    #: false: it only measures, and drops nothing
    enforced: bool = True

    #: what this step alone counts in, such as `units.words = "unicode"`; where it says nothing, `[units]` holds
    units: OwnUnits = OwnUnits()

    @model_validator(mode="before")
    @classmethod
    def _name_column(cls, limits: Any) -> Any:  # noqa: ANN401  # pydantic hands over what it was given
        return {**limits, "column": limits.get("column") or cls.name} if isinstance(limits, dict) else limits

    def resources(self) -> Mapping[str, Callable[[bytes], Any]]:
        """Name what is needed beyond the text, each with the function that makes it out of a file's bytes."""
        return {}

    def paths(self) -> Mapping[str, Callable[[Path], Any]]:
        """Name what is needed as a local file or folder, each with the function that loads it from its path."""
        return {}

    @abstractmethod
    def signal(self, texts: Texts) -> pa.Array:
        """Measure each text: an array of type `kind`, null where nothing can be measured."""

    def measure(self, texts: Texts) -> pa.Array:
        """Measure each text in the units of this step: its own, else those that `texts` are seen in."""
        return self.signal(texts.counted_in(self.units))

    @abstractmethod
    def keep(self, signal: pa.Array) -> pa.BooleanArray:
        """Judge each signal: true keeps. A null signal may give null; `pipelines.judge` decides it."""

    def mistakes(self) -> list[str]:
        """Say what is wrong with these limits beyond their types; nothing, for most."""
        return []


class Range(Filter):
    """Keeps what lies between `low` and `high`, both inclusive."""

    #: the least and the greatest value that the signal can take
    bounds: ClassVar[tuple[float, float]] = (0, math.inf)

    #: the least value that is kept
    low: float = -math.inf
    #: the greatest value that is kept
    high: float = math.inf

    @model_validator(mode="after")
    def _numbers(self) -> Self:
        if math.isnan(self.low) or math.isnan(self.high):
            raise ValueError("a limit is a number, not nan")
        return self

    def keep(self, signal: pa.Array) -> pa.BooleanArray:
        """Keep low <= signal <= high."""
        return pc.and_(pc.greater_equal(signal, self.low), pc.less_equal(signal, self.high))

    def mistakes(self) -> list[str]:
        """Find limits that keep everything or nothing: such a rule is dead, however alive it looks."""
        least, greatest = self.bounds
        if self.low > self.high:
            return [f"low = {self.low:g} lies above high = {self.high:g}: nothing would be kept"]
        if self.low > greatest or self.high < least:
            return [f"{self.name} lies between {least:g} and {greatest:g}: these limits would keep nothing"]
        if self.low <= least and self.high >= greatest:
            return [f"{self.name} lies between {least:g} and {greatest:g}: these limits would drop nothing"]
        return []


class Share(Range):
    """A range over a share of something: a number from 0 to 1."""

    bounds: ClassVar[tuple[float, float]] = (0, 1)
