"""Folds for cross-validation: what is made with some pages is measured on pages of other hosts."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence

from tld import get_fld

from benchmarks.extraction.truth import Page

FOLDS = 5
SEED = 0


def folds(pages: Sequence[Page], count: int = FOLDS, seed: int = SEED) -> dict[str, int]:
    """Give each page, by its id, a fold from 0 to `count` - 1; the same for the same pages in whatever order.

    Pages stay together if they share a registered domain (a guessed URL counts as a known one), bytes, cluster or true
    text, and so do pages that are together by way of others. Each such group goes where the hash of the least of its
    names and of the seed says, so that folds are of equal size only in the long run.
    """
    groups = _Groups()
    for page in pages:
        groups.join(names(page))
    return {page.id: _fold(groups.least(f"id {page.id}"), count, seed) for page in pages}


def names(page: Page) -> Iterator[str]:
    """Name everything by which a page may be tied to another."""
    yield f"id {page.id}"
    yield f"html {page.html}"
    yield f"cluster {page.cluster}"
    if page.host:
        yield f"domain {domain(page.host)}"
    if page.truth:
        yield f"truth {hashlib.sha256(' '.join(page.truth.split()).encode()).hexdigest()}"


def domain(host: str) -> str:
    """Give the domain that was registered, by the Public Suffix List; the host itself where there is none."""
    host = host.lower().partition(":")[0].rstrip(".")
    return get_fld(host, fix_protocol=True, fail_silently=True) or host


def _fold(name: str, count: int, seed: int) -> int:
    return int.from_bytes(hashlib.sha256(f"{seed} {name}".encode()).digest()[:8], "big") % count


class _Groups:
    """Names in disjoint groups, each known by its least name."""

    def __init__(self) -> None:
        self.parents: dict[str, str] = defaultdict(str)

    def join(self, names: Iterator[str]) -> None:
        """Put names into one group."""
        roots = sorted({self.least(name) for name in names})
        for root in roots[1:]:
            self.parents[root] = roots[0]

    def least(self, name: str) -> str:
        """Find the least name of a group."""
        path = []
        while self.parents[name] not in {"", name}:
            path.append(name)
            name = self.parents[name]
        self.parents.update(dict.fromkeys(path, name))
        return name
