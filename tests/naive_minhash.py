"""Signatures in plain Python, one text and one shingle at a time."""

import unicodedata

import numpy as np

from filters.kernels.characters import CLASSES, LOWER, SINGLE, WORD
from pipelines.dedup.minhash import MinHash
from pipelines.dedup.orders import random_orders

ONES = (1 << 64) - 1
UNSPACED = (
    *("THAI ", "LAO ", "TIBETAN ", "MYANMAR ", "KHMER ", "TAI LE ", "NEW TAI LUE ", "TAI THAM ", "TAI VIET "),
    *("AHOM ", "BALINESE ", "JAVANESE "),
)
ASCII_MARKS = dict.fromkeys(map(ord, "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"))


def is_single(one: str) -> bool:
    """Say whether a character of words is a token: Han, kana, hangul, and scripts without spaces, marks included."""
    if CLASSES[ord(one)] & SINGLE:
        return True
    named = unicodedata.name(one, "").startswith(UNSPACED)
    return named and (one.isalnum() or unicodedata.category(one).startswith("M"))


def tokens(text: str, unit: str = "words") -> list[str]:
    """Part a text into lower-case words; each character of a script without spaces, or each of all, is one."""
    parted: list[str] = []
    for one in text.translate(ASCII_MARKS) if unit == "joined" else text:
        word = bool(CLASSES[ord(one)] & WORD)
        lower = chr(LOWER[ord(one)])
        parted.append(f" {lower} " if is_single(one) or (word and unit == "characters") else lower if word else " ")
    return "".join(parted).replace("\u03c2", "\u03c3").split(" ")


def words(text: str, unit: str = "words") -> list[str]:
    """Leave out the empty ones."""
    return [token for token in tokens(text, unit) if token]


def shingles(text: str, ngram: int, unit: str = "words") -> set[tuple[str, ...]]:
    """Collect the runs of `ngram` tokens; a shorter text is one."""
    run = words(text, unit)
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
    chosen = minhash.resolved
    hashes = [shingle_hash(shingle) for shingle in shingles(text, chosen.ngram, chosen.tokens)]
    if not hashes:
        return None
    orders = zip(*random_orders(chosen.values, chosen.seed).tolist(), strict=True)
    return [min((a * value + b) & ONES for value in hashes) >> 32 for a, b in orders]


def xxh64(data: bytes) -> int:
    """Hash bytes as xxHash64 with seed 0 does."""
    p1, p2, p3 = 0x9E3779B185EBCA87, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9
    p4, p5 = 0x85EBCA77C2B2AE63, 0x27D4EB2F165667C5

    def turn(value: int, bits: int) -> int:
        return (value << bits | value >> 64 - bits) & ONES

    def one_round(lane: int, more: int) -> int:
        return turn(lane + more * p2 & ONES, 31) * p1 & ONES

    value, rest = p5, data
    if len(data) >= 32:
        lanes = [p1 + p2 & ONES, p2, 0, -p1 & ONES]
        while len(rest) >= 32:
            block = [int.from_bytes(rest[i : i + 8], "little") for i in range(0, 32, 8)]
            lanes, rest = list(map(one_round, lanes, block)), rest[32:]
        value = sum(map(turn, lanes, (1, 7, 12, 18))) & ONES
        for lane in lanes:
            value = ((value ^ one_round(0, lane)) * p1 + p4) & ONES
    value = value + len(data) & ONES
    while len(rest) >= 8:
        value = (turn(value ^ one_round(0, int.from_bytes(rest[:8], "little")), 27) * p1 + p4) & ONES
        rest = rest[8:]
    if len(rest) >= 4:
        value = (turn(value ^ int.from_bytes(rest[:4], "little") * p1 & ONES, 23) * p2 + p3) & ONES
        rest = rest[4:]
    for byte in rest:
        value = turn(value ^ byte * p5 & ONES, 11) * p1 & ONES
    value = (value ^ value >> 33) * p2 & ONES
    value = (value ^ value >> 29) * p3 & ONES
    return value ^ value >> 32


def packed(texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Lay texts out as Arrow does: bytes and offsets."""
    contents = [text.encode() for text in texts]
    offsets = np.concatenate(([0], np.cumsum([len(content) for content in contents]))).astype(np.int64)
    return np.frombuffer(b"".join(contents), np.uint8), offsets
