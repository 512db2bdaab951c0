"""Passages in plain Python, one text at a time: what is compared, what goes, what is left."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from filters.kernels.characters import CLASSES, SPACE
from filters.kernels.punctuation import MARKS, characters
from tests.naive_breaks import word_segments

#: a part of a text: its characters from here to there
Part = tuple[int, int]
#: what stands for characters that no two of Unicode's versions know alike: none of these is changed by any rule
CONTROLS = [chr(point) for point in (*range(32), *range(127, 160))]
CCNET_MARKS = "".join(sorted(one for one in characters(MARKS) if not one.isascii() and one not in CONTROLS))


def lower(text: str) -> str:
    """Give the lower case, with one letter for both sigmas."""
    return text.lower().replace("\u03c2", "\u03c3")


def ccnet(line: str) -> str:
    """Normalise a paragraph as CCNet does: no mark of ASCII and no accent goes."""
    line = re.sub(r"\d", "0", lower(line.strip()))
    return "".join(one for one in line if one not in CCNET_MARKS and one not in CONTROLS)


def simplified(text: str) -> str:
    """Normalise a sentence as datatrove does."""
    text = re.sub(r"\d+([.,\u060c\u2396\u2397\u2398\u066b]\d+)?", "0", lower(text))
    text = text.translate({ord(one): " " for one in characters(MARKS)})
    text = re.sub(r"\s+", " ", text.strip())
    return "".join(one for one in unicodedata.normalize("NFD", text) if unicodedata.category(one) != "Mn").strip()


def lines(text: str) -> list[Part]:
    """Say where each line stands."""
    ends = [-1, *(place for place, one in enumerate(text) if one == "\n"), len(text)]
    return [(before + 1, end) for before, end in pairwise(ends)]


def tokens(text: str) -> list[str]:
    """List what stands between word boundaries and is not blank."""
    return [segment for segment in word_segments(text) if not is_blank(segment)]


def is_blank(text: str) -> bool:
    """Say whether a text has nothing but white space."""
    return all(CLASSES[ord(one)] & SPACE for one in text)


def repeated(keys: Sequence[tuple[object, int, int]], keep: str) -> set[tuple[int, int]]:
    """Choose from (key, place, start) those that go."""
    found = defaultdict(list)
    for key, place, start in keys:
        found[key].append((place, start))
    gone = [sorted(places)[1 if keep == "first" else 0 :] for places in found.values() if len(places) > 1]
    return {place for places in gone for place in places}


def without(text: str, parts: list[Part]) -> str:
    """Take parts out; white space is joined as `cut` says."""
    goes = [any(start <= place < end for start, end in parts) for place in range(len(text))]
    kinds = ["s" if is_blank(one) else "x" if gone else "k" for one, gone in zip(text, goes, strict=True)]
    left, place = "", 0
    # What goes, from its first to its last character that is no space.
    for match in re.finditer("x[xs]*x|x", "".join(kinds)):
        left, more = _joined(left + text[place : match.start()], text[match.end() :])
        place = match.end() + more
    return left + text[place:]


def _joined(left: str, right: str) -> tuple[str, int]:
    """Give what stays on the left, and how many characters of the right go."""
    above, below = _space_after(left), _space_before(right)
    if above == left:
        return "", len(below) if below == right else _through_newline(below)
    if below == right:
        return left[: len(left) - _from_newline(above)], len(below)
    up, down = above.count("\n"), below.count("\n")
    if down > up or (down == up and below):
        return left[: len(left) - _from_newline(above)], below.find("\n") if up else 0
    if down == 0:
        return left, len(below)
    return left[: len(left) - len(above) + above.rfind("\n") + 1], _through_newline(below)


def _through_newline(space: str) -> int:
    """Count the characters up to the last newline, it too; all where there is none."""
    return space.rfind("\n") + 1 or len(space)


def _from_newline(space: str) -> int:
    """Count the characters from the first newline on; all where there is none."""
    return len(space) - max(space.find("\n"), 0)


def _space_before(text: str) -> str:
    return text[: next((i for i, one in enumerate(text) if not is_blank(one)), len(text))]


def _space_after(text: str) -> str:
    return _space_before(text[::-1])[::-1]


def repeated_parts(texts: list[bytes], places: list[int], size: int, keep: str) -> list[set[int]]:
    """Say which bytes of each text lie in a repeated run of so many bytes that goes."""
    found = defaultdict(list)
    for number, text in enumerate(texts):
        for start in range(len(text) - size + 1):
            found[text[start : start + size]].append((places[number], start, number))
    gone = [set[int]() for _ in texts]
    for runs in found.values():
        _, first, owner = min(runs)
        for _, start, number in runs if len(runs) > 1 else []:
            stays = range(first, first + size) if keep == "first" and number == owner else ()
            gone[number].update(set(range(start, start + size)) - set(stays))
    return gone
