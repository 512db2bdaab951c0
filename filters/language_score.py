"""Language score."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import pyarrow as pa

from filters.filter import Share
from filters.language import LID_176, identify, read_model
from filters.texts import Texts


class LanguageScore(Share):
    """The probability of the most probable language; catches mixtures, code and what no model knows."""

    name: ClassVar = "language_score"
    source: ClassVar = "Penedo et al. 2024 (FineWeb), section 3.2"
    examples: ClassVar = {
        "The tide comes in twice a day along this coast.": True,
        "qx 0 zzv ekkk 77 pth": False,
    }
    kind: ClassVar = pa.float32()

    low: float = 0.65
    #: a fastText model: `package:NAME/PATH`, a path or a URL; name the same as `language` does
    model: str = LID_176

    def resources(self) -> Mapping[str, Callable[[bytes], Any]]:
        """Ask for the model."""
        return {self.model: read_model}

    def signal(self, texts: Texts) -> pa.Array:
        """Take the probability of the label that `language` names."""
        return identify(texts, self.model)[1]
