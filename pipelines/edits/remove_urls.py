"""Addresses of pages."""

from functools import cache
from typing import ClassVar

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from filters.kernels.traits import traits
from filters.texts import Texts
from pipelines.edits.edit import Cuts, Edit
from pipelines.edits.kernels.page_addresses import MEMBERS, named, numbered
from pipelines.edits.kernels.splice import splice
from pipelines.edits.kernels.top_level import NAMES, tree

Places = tuple[NDArray[np.int64], NDArray[np.int64]]


class RemoveUrls(Edit):
    r"""Removes addresses of pages, and up to ten white space before each, as DCLM does.

    By name: `shop.example.com/now?a=1`, with a scheme or without, if after one of its dots stands a top-level domain of
    IANA's list, in small letters, and no letter after that. Names of files such as `setup.py` and sentences without
    a space, `end.so`, are addresses to it. By number: `10.0.0.1:80/`. Marks that an address may hold go with it: of
    `(see a.com).` the closing bracket and the full stop go.

    DCLM asks for a top-level domain at the place where the text begins: one that begins with `Common` (`com`), in any
    case, loses its addresses, one that begins with `Quiet` keeps those by name. That is as its code has it, not as it
    says; with `begun = false` every text is asked.
    """

    name: ClassVar = "remove_urls"
    source: ClassVar = "Li et al. 2024 (DCLM), url_removal_modifier, with its list of top-level domains by IANA"
    examples: ClassVar = {
        "See https://shop.example.com/now for it, or 10.0.0.1:80": "See for it, or",
        "Quiet: see shop.example.com": "Quiet: see shop.example.com",
    }

    #: whether addresses by name go only out of texts that begin with a top-level domain
    begun: bool = True

    def find(self, texts: Texts) -> Cuts:
        """Find addresses by name, then by number in what is left."""
        asked = _begun(texts) if self.begun else np.ones(len(texts), np.bool_)
        cut = named(texts.data, texts.offsets, asked, tuple(tree()), MEMBERS, traits())
        return Cuts.of(texts, *_united(cut, _numbered(texts, cut)))


def _begun(texts: Texts) -> NDArray[np.bool_]:
    return np.asarray(pc.fill_null(pc.match_substring_regex(texts.column, _beginning()), fill_value=False))


@cache
def _beginning() -> str:
    # To Python's expressions the two Turkish letters are an i, to RE2 they are not.
    return "(?i)^(?:" + "|".join(name.replace("i", "[i\u0130\u0131]") for name in NAMES) + ")"


def _numbered(texts: Texts, cut: Places) -> Places:
    """Find addresses by number as if what is `cut` were gone; give them in bytes of the texts as they are."""
    start, end = cut
    if len(start) == 0:
        return numbered(texts.data, texts.offsets, MEMBERS, traits())
    text = np.searchsorted(texts.offsets, start, side="right") - 1
    nothing = np.zeros(len(start), np.int64)
    data, bounds = splice(texts.data, texts.offsets, text, start, end, texts.data[:0], nothing, nothing)
    data.flags.writeable = False
    first, last = numbered(data, bounds.astype(np.int64), MEMBERS, traits())
    gone = np.concatenate([[0], np.cumsum(end - start)])
    places = start - texts.offsets[0] - gone[:-1]
    moved_first = first + gone[np.searchsorted(places, first, "right")] + texts.offsets[0]
    return moved_first, last + gone[np.searchsorted(places, last, "left")] + texts.offsets[0]


def _united(one: Places, other: Places) -> Places:
    """Put places in order; of `one`, those that lie in one of `other` are it."""
    start, end = one
    if len(other[0]) and len(start):
        around = np.searchsorted(other[0], start, side="right") - 1
        outside = (around < 0) | (other[1][around] < end)
        start, end = start[outside], end[outside]
    starts, ends = np.concatenate([start, other[0]]), np.concatenate([end, other[1]])
    order = np.argsort(starts, kind="stable")
    return starts[order], ends[order]
