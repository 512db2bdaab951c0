"""A Bloom filter and BFF's rules in plain Python."""

from tests import naive_passages

ONES = (1 << 64) - 1


def mix(value: int) -> int:
    """Finish a hash as splitmix64 does."""
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & ONES
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & ONES
    return value ^ (value >> 31)


def places(hash_: int, bits: int, probes: int) -> list[int]:
    """List the bits of a hash: equal steps among all numbers of 64 bits, scaled to the filter."""
    first = mix(hash_)
    step = mix(first ^ 0x9E3779B97F4A7C15) | 1
    return [(((first + probe * step) & ONES) * bits) >> 64 for probe in range(probes)]


class Filter:
    """A set of bits."""

    def __init__(self, bits: int, probes: int) -> None:
        self.bits, self.probes, self.set = bits, probes, set[int]()

    def knows(self, hash_: int) -> bool:
        """Say whether all bits of a hash are set."""
        return self.set.issuperset(places(hash_, self.bits, self.probes))

    def put(self, hash_: int) -> bool:
        """Set them; say whether they were."""
        known = self.knows(hash_)
        self.set.update(places(hash_, self.bits, self.probes))
        return known


def ngrams(text: str, fewest: int, most: int) -> list[tuple[str, ...]]:
    """List the runs of `most` tokens, or all of them where there are fewer, but at least `fewest`."""
    tokens = naive_passages.tokens(text)
    if len(tokens) < fewest:
        return []
    size = min(most, len(tokens))
    return [tuple(tokens[i : i + size]) for i in range(len(tokens) - size + 1)]


def sifted(
    text: str, seen: set[tuple[str, ...]], sizes: tuple[int, int], threshold: float, *, whole: bool
) -> tuple[list[tuple[int, int]], int, int]:
    """Say which paragraphs go, how many n-grams there are and how many were known; `seen` is an exact filter."""
    goes, total, known = [], 0, 0
    for start, end in [(0, len(text))] if whole else naive_passages.lines(text):
        parts = ngrams(text[start:end], *sizes)
        contained = sum(part in seen for part in parts)
        total, known = total + len(parts), known + contained
        if parts and contained / len(parts) > threshold:
            goes.append((start, end))
        else:
            seen.update(parts)
    return goes, total, known
