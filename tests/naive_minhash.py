"""Signatures in plain Python, one text and one shingle at a time."""

import numpy as np

from filters.kernels.characters import CLASSES, LOWER, SINGLE, WORD
from pipelines.dedup.minhash import MinHash, random_orders

ONES = (1 << 64) - 1


def tokens(text: str) -> list[str]:
    """Part a text into lower-case words; each character of Han, kana and hangul is one."""
    parted: list[str] = []
    for one in text:
        kind = int(CLASSES[ord(one)]) & (WORD | SINGLE)
        parted.append(f" {one} " if kind & SINGLE else chr(LOWER[ord(one)]) if kind else " ")
    return "".join(parted).replace("\u03c2", "\u03c3").split(" ")


def words(text: str) -> list[str]:
    """Leave out the empty ones."""
    return [token for token in tokens(text) if token]


def shingles(text: str, ngram: int) -> set[tuple[str, ...]]:
    """Collect the runs of `ngram` tokens; a shorter text is one."""
    run = words(text)
    return {tuple(run[i : i + ngram]) for i in range(max(1, len(run) - ngram + 1))} if run else set()


def jaccard(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> float:
    """Give the share of shingles that both have."""
    return len(one & other) / len(one | other)


def mix(value: int) -> int:
    """Finish a hash as splitmix64 does."""
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & ONES
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & ONES
    return value ^ (value >> 31)


def token_hash(token: str) -> int:
    """Hash the code points of a token."""
    value = 0
    for one in token:
        value = ((value ^ ord(one)) * 0xBB67AE8584CAA73B) & ONES
        value ^= value >> 32
    return mix(value)


def shingle_hash(shingle: tuple[str, ...]) -> int:
    """Hash the tokens of a shingle."""
    value = 0
    for token in shingle:
        value = (value * 0x3C6EF372FE94F82B + token_hash(token)) & ONES
    return mix(value)


def signature(text: str, minhash: MinHash) -> list[int] | None:
    """Give the upper half of the first place in each order, or None for a text without a token."""
    hashes = [shingle_hash(shingle) for shingle in shingles(text, minhash.ngram)]
    if not hashes:
        return None
    orders = zip(*random_orders(minhash.values, minhash.seed).tolist(), strict=True)
    return [min((a * value + b) & ONES for value in hashes) >> 32 for a, b in orders]


def packed(texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Lay texts out as Arrow does: bytes and offsets."""
    contents = [text.encode() for text in texts]
    offsets = np.concatenate(([0], np.cumsum([len(content) for content in contents]))).astype(np.int64)
    return np.frombuffer(b"".join(contents), np.uint8), offsets
