"""How much of a benchmark the kept texts hold: n-gram coverage, by one scan of all texts, exact.

An index that holds winnowed fingerprints finds any shared run of 15 words, and may miss one of 13, which is the size
that the field counts (Brown et al. 2020, appendix C); so here every n-gram of every text is looked for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from pipelines.dedup.shingles import slices
from pipelines.passage_index.kernels.parting import token_hashes
from pipelines.passage_index.parts import texts_of
from pipelines.passage_index.tokens import tables
from pipelines.passage_index.winnow import bytes_of, room_for
from pipelines.store import Store
from provenance.passages.benchmark_items import Item
from provenance.passages.kernels.ngrams import fill, ngram_hashes, scan
from provenance.passages.tables import Tables

Numbers = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]

#: tokens of an n-gram
NGRAM = 13
#: documents of one n-gram that are told from each other: the first ones in order
FOLLOWED = 100
#: bits of the filter for each n-gram
_FILTER_BITS = 16
_FACT_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class Overlap:
    """A document that holds n-grams of an item."""

    id: str
    url: str | None
    data_file: str
    data_row: int
    #: different n-grams of the item that it holds, and what share of them that is
    ngrams: int
    share: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the texts hold of one item."""

    line: int
    #: fields of the item that were read
    fields: tuple[str, ...]
    #: words, and characters of scripts without spaces
    tokens: int
    #: n-grams in all, and those that occur in some document
    ngrams: int
    found: int
    #: the same as a share; None where the item has fewer tokens than an n-gram
    share: float | None
    #: share of tokens that lie in an n-gram that occurs
    covered: float | None
    #: the most n-grams first
    documents: tuple[Overlap, ...]


@dataclass(frozen=True, slots=True)
class Contamination:
    """What the texts hold of a benchmark."""

    items: tuple[Coverage, ...]
    ngram: int
    #: documents that were scanned
    documents: int
    #: items with fewer tokens than an n-gram: nothing is known of them
    too_short: int
    #: n-grams in more documents than are told from each other; shares do not depend on it, lists of documents may
    common_ngrams: int
    guarantee: str


def contamination(
    store: Store, names: Sequence[str], items: Sequence[Item], ngram: int = NGRAM, most: int = 5
) -> Contamination:
    """Measure the share of each item's n-grams that occur in the texts of data files, and list `most` documents.

    Tokens are compared as the passage index compares them: whatever case, white space and punctuation. ValueError for
    n-grams of no tokens.
    """
    if ngram < 1:
        raise ValueError(f"expected n-grams of at least one token, got {ngram}")
    hashed = [_ngrams(item.text, ngram) for item in items]
    known = np.unique(np.concatenate([np.empty(0, np.uint64), *(hashes for _, hashes in hashed)]))
    sizes, times, pairs = _scan(store, names, known, ngram)
    numbers = [np.searchsorted(known, hashes) for _, hashes in hashed]
    overlaps = _overlaps(store, dict(zip(names, sizes, strict=True)), numbers, pairs, most)
    coverage = tuple(
        _coverage(item, tokens, times[mine] > 0, ngram, documents)
        for item, (tokens, _), mine, documents in zip(items, hashed, numbers, overlaps, strict=True)
    )
    return Contamination(
        coverage,
        ngram,
        sum(sizes),
        sum(1 for one in coverage if one.share is None),
        int((times > FOLLOWED).sum()),
        f"Exact: all runs of {ngram} tokens of all {sum(sizes)} kept documents were compared with those of the items, "
        "whatever case, white space and punctuation, by hashes of 64 bits.",
    )


def _ngrams(text: str, ngram: int) -> tuple[int, Hashes]:
    """Count the tokens of a text, and hash its n-grams."""
    data = np.frombuffer(text.encode(errors="surrogatepass"), np.uint8)
    hashes, found = np.empty((2, room_for(len(data))), np.uint64)
    tokens = token_hashes(data, 0, len(data), tables(), hashes, np.empty(len(hashes), np.uint8))
    return tokens, found[: ngram_hashes(hashes, tokens, ngram, found)].copy()


def _scan(store: Store, names: Sequence[str], known: Hashes, ngram: int) -> tuple[list[int], Numbers, Numbers]:
    """Scan data files: rows of each, documents that have each n-gram, and pairs of both, `FOLLOWED` of each n-gram."""
    times, kept, sizes = np.zeros(len(known), np.int64), [np.empty((0, 2), np.int64)], list[int]()
    last = np.full(len(known), -1, np.int64)
    table = _table(known)
    for name in names:
        first = start = sum(sizes)
        for array in texts_of(store, name):
            data, offsets = bytes_of(array)
            for pairs in _pairs(data, offsets, first, table, last, ngram):
                # In order of documents, each pair once.
                order = np.argsort(pairs[:, 0], kind="stable")
                ngrams, begins, counts = np.unique(pairs[order, 0], return_index=True, return_counts=True)
                place = np.arange(len(order)) - np.repeat(begins, counts) + np.repeat(times[ngrams], counts)
                kept.append(pairs[order[place < FOLLOWED]])
                times[ngrams] += counts
            first += len(array)
        sizes.append(first - start)
    return sizes, times, np.concatenate(kept)


def _table(known: Hashes) -> tuple[Hashes, Numbers, Hashes]:
    slots = 1 << max(4, (2 * len(known)).bit_length())
    made = (
        np.zeros(slots, np.uint64),
        np.zeros(slots, np.int64),
        np.zeros(max(1, slots * _FILTER_BITS // 128), np.uint64),
    )
    fill(known, *made)
    return made


def _pairs(  # noqa: PLR0913, PLR0917  # texts, where they lie, and what is looked for
    data: npt.NDArray[np.uint8], offsets: Numbers, first: int, table: tuple[Any, ...], last: Numbers, ngram: int
) -> Iterator[Numbers]:
    for start, stop in slices(offsets):
        inside = offsets[start : stop + 1]
        most = room_for(int(np.diff(inside).max(initial=0)))
        room = np.empty(most, np.uint64), np.empty(most, np.uint8), np.empty(most, np.uint64)
        pairs = np.empty((room_for(int(inside[-1] - inside[0])) + len(inside), 2), np.int64)
        count = scan(data, inside, tables(), ngram, table, room, first + start, last, pairs)
        if count:
            yield pairs[:count]


def _overlaps(
    store: Store, rows: dict[str, int], numbers: Sequence[Numbers], pairs: Numbers, most: int
) -> list[tuple[Overlap, ...]]:
    """Find the documents that hold most of each item."""
    distinct = [np.unique(mine) for mine in numbers]
    sizes = [len(mine) for mine in distinct]
    items = pl.DataFrame(
        {"item": np.repeat(np.arange(len(sizes)), sizes), "ngram": np.concatenate([np.empty(0, np.int64), *distinct])}
    )
    held = items.join(pl.DataFrame(pairs, ["ngram", "document"], orient="row"), on="ngram")
    counted = held.group_by("item", "document").len().sort(["item", "len", "document"], descending=[False, True, False])
    best = counted.filter(pl.int_range(pl.len()).over("item") < most)
    found: list[list[Overlap]] = [[] for _ in sizes]
    names, firsts = list(rows), np.cumsum([0, *rows.values()])
    facts = Tables(store, _FACT_BYTES)
    for item, document, count in best.iter_rows():
        file = int(np.searchsorted(firsts, document, "right")) - 1
        name, row = names[file], int(document - firsts[file])
        about = {column: facts.plain(name, row, column) for column in ("id", "url")}
        found[item].append(Overlap(**about, data_file=name, data_row=row, ngrams=count, share=count / sizes[item]))
    facts.close()
    return [tuple(documents) for documents in found]


def _coverage(
    item: Item, tokens: int, found: npt.NDArray[np.bool_], ngram: int, documents: tuple[Overlap, ...]
) -> Coverage:
    covered = np.zeros(tokens, np.bool_)
    for start in np.flatnonzero(found):
        covered[start : start + ngram] = True
    some = len(found) > 0
    share, inside = (float(found.mean()), float(covered.mean())) if some else (None, None)
    return Coverage(item.line, item.fields, tokens, len(found), int(found.sum()), share, inside, documents)
