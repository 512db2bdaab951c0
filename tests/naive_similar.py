"""Documents that are alike a text, in plain Python: each text signed by itself, and each pair compared."""

from collections.abc import Sequence

from pipelines.dedup.minhash import MinHash
from tests import naive_minhash as naive


def bands(text: str, minhash: MinHash) -> list[tuple[int, ...]]:
    """Part a text's signature into bands; a text without shingles has none."""
    chosen, signed = minhash.resolved, naive.signature(text, minhash)
    if signed is None:
        return []
    return [tuple(signed[band * chosen.rows : (band + 1) * chosen.rows]) for band in range(chosen.bands)]


def similar(texts: Sequence[str], text: str, minhash: MinHash, least: float) -> dict[int, tuple[float, int]]:
    """Give the texts that share a band and are similar enough: true similarity, and how many bands."""
    chosen, own, found = minhash.resolved, bands(text, minhash), dict[int, tuple[float, int]]()
    mine = naive.shingles(text, chosen.ngram, chosen.tokens)
    for number, other in enumerate(texts):
        shared = sum(one == two for one, two in zip(own, bands(other, minhash), strict=False))
        if shared:
            likeness = naive.jaccard(mine, naive.shingles(other, chosen.ngram, chosen.tokens))
            if likeness >= least:
                found[number] = likeness, shared
    return found
