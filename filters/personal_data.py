"""Personal data."""

from typing import ClassVar, Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pydantic import Field

from filters.filter import Range
from filters.kernels.dolma_emails import dolma_emails
from filters.kernels.emails import KINDS, vitrine_emails
from filters.kernels.ips import SPECIAL, loose_ips, strict_ips
from filters.kernels.phones import CODES, dolma_phones, vitrine_phones
from filters.kernels.traits import traits
from filters.texts import Texts

Kind = Literal["emails", "phones", "ips"]
Pattern = Literal["vitrine", "dolma"]


class PersonalData(Range):
    """E-mail addresses, telephone numbers and IP addresses together; catches directories, lists of members, logs.

    They are what `mask_emails`, `mask_phones` and `mask_ips` find by the same pattern. Dolma drops the texts with more
    than five and masks the others: put this filter above the masks.
    """

    name: ClassVar = "personal_data"
    source: ClassVar = "Soldaini et al. 2024 (Dolma), tagger pii_regex_with_counts_fast_v2, its doc_count"
    examples: ClassVar = {
        "Write to ann@shop.example or call +49 30 901820.": True,
        "Members: a@x.example, b@x.example, c@x.example, d@x.example, e@x.example, f@x.example.": False,
    }
    kind: ClassVar = pa.int64()

    high: float = 5
    #: by whose rules they are found: Vitrine's own, or Dolma's
    pattern: Pattern = "vitrine"
    #: what is counted
    kinds: tuple[Kind, ...] = Field(default=("emails", "phones", "ips"), min_length=1)

    def signal(self, texts: Texts) -> pa.Array:
        """Count what is found; of two that overlap, each counts, if they are of different kinds."""
        starts = np.concatenate([_starts(texts, kind, self.pattern) for kind in dict.fromkeys(self.kinds)])
        owners = np.searchsorted(texts.offsets, starts, side="right") - 1
        return pa.array(np.bincount(owners, minlength=len(texts)).astype(np.int64))


def _starts(texts: Texts, kind: Kind, pattern: Pattern) -> NDArray[np.int64]:
    """Find where each of a kind begins, in bytes."""
    where, dolma = (texts.data, texts.offsets), pattern == "dolma"
    if kind == "emails":
        return (dolma_emails(*where, KINDS, traits()) if dolma else vitrine_emails(*where, KINDS))[0]
    if kind == "phones":
        return (dolma_phones(*where, traits()) if dolma else vitrine_phones(*where, CODES))[0]
    return (loose_ips(*where, SPECIAL, False) if dolma else strict_ips(*where, SPECIAL))[0]
