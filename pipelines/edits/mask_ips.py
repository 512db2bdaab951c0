"""IP addresses."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from filters.kernels.ips import SPECIAL, loose_ips, strict_ips
from filters.texts import Texts
from pipelines.edits.mask import Mask, Places


class MaskIps(Mask):
    """Masks IP addresses that can name somebody: not those of private networks, of documentation and the like."""

    name: ClassVar = "mask_ips"
    source: ClassVar = (
        "Penedo et al. 2024 (FineWeb), section 3.7, with datatrove's PIIFormatter; "
        "Soldaini et al. 2024 (Dolma), tagger pii_regex_with_counts_fast_v2; one pattern is Vitrine's own"
    )
    examples: ClassVar = {
        "Ask 8.8.8.8, not 192.168.0.1": "Ask 22.214.171.124, not 192.168.0.1",
        "version 1.2.3.4.5": "version 1.2.3.4.5",
    }
    usual: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "vitrine": ("22.214.171.124",),
        "datatrove": (
            *("22.214.171.124", "126.96.36.199", "188.8.131.52"),
            *("184.108.40.206", "220.127.116.11", "18.104.22.168"),
        ),
        "dolma": (" |||IP_ADDRESS||| ",),
    }

    #: what is an address. `vitrine`: IPv4 that is no part of a longer word or number, and IPv6. `datatrove`: IPv4, also
    #: inside longer numbers, such as the first four of `1.2.3.4.5`. `dolma`: the same, private addresses too
    pattern: Literal["vitrine", "datatrove", "dolma"] = "vitrine"

    def places(self, texts: Texts) -> Places:
        """Find the addresses."""
        if self.pattern == "vitrine":
            return strict_ips(texts.data, texts.offsets, SPECIAL)
        return loose_ips(texts.data, texts.offsets, SPECIAL, self.pattern == "datatrove")
