"""Passages that two texts share, found by comparing every token with every token."""

from itertools import product

from tests import naive_winnow


def placed_tokens(text: str) -> list[tuple[str, int, int]]:
    """List the tokens of a text with their first character and the one after their last."""
    found: list[tuple[str, int, int]] = []
    word, start, end = "", 0, 0
    for at, one in enumerate([*text, " "]):
        what = naive_winnow.kind(one)
        if what in {"word", "mark"} and (word or what == "word"):
            start, end = (at if not word else start), at + 1
            word += naive_winnow.folded(one)
        elif what not in {"skipped", "mark"}:
            found += [(word, start, end)] * bool(word)
            word = ""
            found += [(naive_winnow.folded(one), at, at + 1)] * (what == "single")
    return found


def shared_tokens(one: str, other: str) -> list[tuple[int, int]]:
    """Give the maximal runs of equal tokens: first character and end in the one text."""
    first, second = placed_tokens(one), placed_tokens(other)
    found: list[tuple[int, int]] = []
    for i, j in product(range(len(first)), range(len(second))):
        if first[i][0] == second[j][0] and not (i and j and first[i - 1][0] == second[j - 1][0]):
            size = 1
            while i + size < len(first) and j + size < len(second) and first[i + size][0] == second[j + size][0]:
                size += 1
            found.append((first[i][1], first[i + size - 1][2]))
    return found


def placed_letters(text: str) -> list[tuple[str, int, int]]:
    """List the folded letters of all tokens, where each token begins and ends: -1 for what lies within."""
    letters: list[tuple[str, int, int]] = []
    for token, start, end in placed_tokens(text):
        last = len(token) - 1
        letters += [(one, start if at == 0 else -1, end if at == last else -1) for at, one in enumerate(token)]
    return letters


def shared_runs(one: str, other: str) -> set[tuple[int, int, int, int]]:
    """Give the maximal runs of equal letters from where tokens begin to where they end in both texts.

    First character and end in the one text, and in the other. Punctuation that is left out within a word makes one
    token of two, and the letters stay.
    """
    first, second = placed_letters(one), placed_letters(other)
    found: set[tuple[int, int, int, int]] = set()
    for i, j in product(range(len(first)), range(len(second))):
        if first[i][0] != second[j][0] or (i and j and first[i - 1][0] == second[j - 1][0]):
            continue
        size = 1
        while i + size < len(first) and j + size < len(second) and first[i + size][0] == second[j + size][0]:
            size += 1
        begins = [at for at in range(size) if first[i + at][1] >= 0 and second[j + at][1] >= 0]
        ends = [at for at in range(size) if first[i + at][2] >= 0 and second[j + at][2] >= 0]
        if begins and ends and begins[0] <= ends[-1]:
            low, high = begins[0], ends[-1]
            found.add((first[i + low][1], first[i + high][2], second[j + low][1], second[j + high][2]))
    return found


def units(text: str) -> int:
    """Count the units of a text."""
    return sum(size for _, size in naive_winnow.tokens(text))
