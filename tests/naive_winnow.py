"""The passage index in plain Python, one character, one shingle and one window at a time."""

import unicodedata
from collections.abc import Iterator, Sequence

from filters.kernels.characters import CLASSES, MARK, SINGLE, WORD
from pipelines.passage_index.scheme import Scheme
from tests.naive_minhash import is_single

ONES = (1 << 64) - 1
INVISIBLE = {
    *(0xAD, 0x34F, 0x61C, 0x640, *range(0x180B, 0x1810), *range(0x200B, 0x2010), *range(0x202A, 0x202F)),
    *(*range(0x2060, 0x2070), *range(0xFE00, 0xFE10), 0xFEFF, *range(0xE0000, 0xE01F0), 0x307),
    *(0x3099, 0x309A, 0x309B, 0x309C, 0xFF9E, 0xFF9F),
}
#: a token and its units
Token = tuple[str, int]


def kind(one: str) -> str:
    """Say what a character is: of a word, a token alone, a mark, skipped, or nothing."""
    if ord(one) in INVISIBLE:
        return "skipped"
    if one == "_":
        return ""
    hangul = unicodedata.name(one, "").startswith(("HANGUL", "HALFWIDTH HANGUL"))
    if CLASSES[ord(one)] & (WORD | SINGLE) and hangul and unicodedata.category(one).startswith("L"):
        return "word"
    if is_single(one):
        return "single"
    if CLASSES[ord(one)] & WORD:
        return "word"
    return "mark" if CLASSES[ord(one)] & MARK else ""


def folded(one: str) -> str:
    """Fold a character by itself."""
    if one == "\u0131":
        return "i"
    if kind(one) == "single":
        apart = unicodedata.normalize("NFKD", one.casefold()).replace("\u3099", "").replace("\u309a", "")
        composed = unicodedata.normalize("NFKC", apart)
        return composed if len(composed) == 1 else one
    spelt = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", one).casefold())
    kept = "".join(each for each in spelt if kind(each) in {"word", "mark"})
    return kept if 1 <= len(kept) <= 4 else one


def tokens(text: str) -> list[Token]:
    """Part a text."""
    found: list[Token] = []
    word = ""
    for one in text:
        what = kind(one)
        if what == "skipped" or (what == "mark" and not word):
            continue
        if what in {"word", "mark"}:
            word += folded(one)
            continue
        found += [(word, 2)] * bool(word)
        word = ""
        found += [(folded(one), 1)] * (what == "single")
    return [*found, *[(word, 2)] * bool(word)]


def mix(value: int) -> int:
    """Finish a hash as splitmix64 does."""
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & ONES
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & ONES
    return value ^ (value >> 31)


def token_hash(token: str) -> int:
    """Hash a token by eight bytes: a character of ASCII is one, another three."""
    spelt = b"".join(
        ord(one).to_bytes(1, "little") if one.isascii() else (ord(one) | 0x800000).to_bytes(3, "little")
        for one in token
    )
    value = 0
    for start in range(0, len(spelt) + 1, 8):
        value = ((value ^ int.from_bytes(spelt[start : start + 8], "little")) * 0x9E3779B97F4A7C15) & ONES
        value ^= value >> 32
    return mix(value ^ (len(spelt) * 0xBB67AE8584CAA73B & ONES))


def shingle_hashes(run: Sequence[Token], scheme: Scheme) -> Iterator[int]:
    """Hash what begins with each token, as few tokens as come to a shingle."""
    for first in range(len(run)):
        value, units = 0, 0
        for token, size in run[first:]:
            value = (value * 0x3C6EF372FE94F82B + token_hash(token)) & ONES
            units += size
            if units >= scheme.shingle:
                yield mix(value)
                break


def fingerprints(text: str, scheme: Scheme) -> list[tuple[int, int]]:
    """List where each fingerprint begins, and its hash: the least of each window, of equal ones the last."""
    run = tokens(text)
    hashes = list(shingle_hashes(run, scheme))
    units = [size for _, size in run[: len(hashes)]]
    windows: list[list[int]] = []
    for first in range(len(hashes)):
        inside = [at for at in range(first, len(hashes)) if sum(units[first:at]) < scheme.window]
        if sum(units[at] for at in inside) >= scheme.window:
            windows.append(inside)
    if hashes and not windows:
        windows = [list(range(len(hashes)))]
    chosen = sorted({min(window, key=lambda at: (hashes[at], -at)) for window in windows})
    return [(at, hashes[at] >> (64 - scheme.bits)) for at in chosen]
