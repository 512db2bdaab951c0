"""Telephone numbers."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from filters.kernels.phones import CODES, dolma_phones, vitrine_phones
from filters.kernels.traits import traits
from filters.texts import Texts
from pipelines.edits.mask import Mask, Places


class MaskPhones(Mask):
    """Masks telephone numbers. National numbers outside North America are left: too much else looks like them."""

    name: ClassVar = "mask_phones"
    source: ClassVar = (
        "Soldaini et al. 2024 (Dolma), tagger pii_regex_with_counts_fast_v2; one pattern is Vitrine's own, "
        "with the calling codes of ITU-T E.164"
    )
    examples: ClassVar = {
        "Call +49 30 901820 or (212) 555-0123.": "Call |||PHONE_NUMBER||| or |||PHONE_NUMBER|||.",
        "ISBN 978-3-16-148410-0, 10.000.000": "ISBN 978-3-16-148410-0, 10.000.000",
    }
    usual: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "vitrine": ("|||PHONE_NUMBER|||",),
        "dolma": (" |||PHONE_NUMBER||| ",),
    }

    #: what is a number. `vitrine`: 8 to 15 digits after a plus, with blanks and marks between, if a calling code begins
    #: them; or ten as North America writes them, marks between. `dolma`: any ten digits after white space, which goes
    #: too, with or without marks after the third and the sixth
    pattern: Literal["vitrine", "dolma"] = "vitrine"

    def places(self, texts: Texts) -> Places:
        """Find the numbers."""
        if self.pattern == "vitrine":
            return vitrine_phones(texts.data, texts.offsets, CODES)
        return dolma_phones(texts.data, texts.offsets, traits())
