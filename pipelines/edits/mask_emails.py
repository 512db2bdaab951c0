"""E-mail addresses."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from filters.kernels.dolma_emails import dolma_emails
from filters.kernels.emails import KINDS, datatrove_emails, vitrine_emails
from filters.kernels.traits import traits
from filters.texts import Texts
from pipelines.edits.mask import Mask, Places


class MaskEmails(Mask):
    """Masks e-mail addresses."""

    name: ClassVar = "mask_emails"
    source: ClassVar = (
        "Penedo et al. 2024 (FineWeb), section 3.7, with datatrove's PIIFormatter; "
        "Soldaini et al. 2024 (Dolma), tagger pii_regex_with_counts_fast_v2; one pattern is Vitrine's own"
    )
    examples: ClassVar = {
        "Write to ann@shop.example today": "Write to email@example.com today",
        "npm install lodash@4.17.21": "npm install lodash@4.17.21",
    }
    usual: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "vitrine": ("email@example.com",),
        "datatrove": ("email@example.com", "firstname.lastname@example.org"),
        "dolma": (" |||EMAIL_ADDRESS||| ",),
    }

    #: what is an address. `vitrine`: a name of up to 64 letters, digits and `_ . % + ' -` of ASCII, and a domain whose
    #: last label is of letters. `datatrove`: any name that a mail server takes, and a last label that may be a number,
    #: as in `lodash@4.17.21`. `dolma`: any characters with an at sign between and a dot behind it, if white space
    #: follows; marks and space around it go too, a newline among them
    pattern: Literal["vitrine", "datatrove", "dolma"] = "vitrine"

    def places(self, texts: Texts) -> Places:
        """Find the addresses."""
        if self.pattern == "vitrine":
            return vitrine_emails(texts.data, texts.offsets, KINDS)
        find = datatrove_emails if self.pattern == "datatrove" else dolma_emails
        return find(texts.data, texts.offsets, KINDS, traits())
