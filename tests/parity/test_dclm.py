"""The recipes `dclm-baseline` and `dolma-3` decide as the rules of DCLM and of OLMo 3's tool say, spelt out here.

Neither can be installed, so the rules stand here as plain Python, with the limits of their configurations and, rule by
rule, the words that they count: those between white space, or those of UAX 29. DCLM's own functions, run by hand on
1,599 English texts (2026), left the same lines and gave the same verdicts, but for one text in `words_removed` and one
in `repeated_5grams`.
"""

from collections import Counter
from collections.abc import Callable

import pytest

from filters.document import documents
from filters.texts import Texts
from filters.units import OwnUnits, WordKind
from filters.words_removed import WordsRemoved
from pipelines.edits.apply import edit
from pipelines.edits.edit import Edit
from pipelines.recipe import Recipe
from tests import naive_edits
from tests.naive_repetition import ngrams, size

STOP_WORDS = {"the", "be", "to", "of", "and", "that", "have", "with"}
#: for each n the greatest share of characters, of the most frequent n-gram or of all that occur more than once
NGRAMS = {2: 0.2, 3: 0.18, 4: 0.16, 5: 0.15, 6: 0.14, 7: 0.13, 8: 0.12, 9: 0.11, 10: 0.1}
BULLETS, ELLIPSES = ("●", "•", "*", "-"), ("...", ". . .", "…")
Verdicts = dict[str, bool]


@pytest.fixture(scope="module", params=["dclm-baseline", "dolma-3"])
def recipe(request: pytest.FixtureRequest) -> Recipe:
    """Load each recipe."""
    return Recipe.load(request.param)


@pytest.fixture(scope="module")
def texts(recipe: Recipe, real_texts: list[str]) -> Texts:
    """See the shorter half of the real texts as the recipe does."""
    return Texts(documents([text for text in real_texts if len(text) < 4000]), units=recipe.units)


def test_every_rule_decides_as_spelt_out(recipe: Recipe, texts: Texts) -> None:
    expected = [_spelt_out(recipe.name, *given) for given in _read(texts)]
    columns = {rule.column for rule in recipe.filters if rule.subject == "text"}
    assert columns - {"language", "language_score", "quality_score", "questionable_sentences"} == {
        *expected[0],
        "words_removed",
    }
    for rule in recipe.filters:
        if rule.column in expected[0]:
            wanted = [one[rule.column] for one in expected]
            kept = rule.keep(rule.measure(texts)).fill_null(False).to_pylist()
            # What has no words is dropped by other rules, whatever this one says of it.
            assert _differing(texts, kept, wanted) == [], rule.column
            assert any(wanted), rule.column


def test_most_rules_drop_some_of_these(recipe: Recipe, texts: Texts) -> None:
    dropped = Counter(
        name for given in _read(texts) for name, kept in _spelt_out(recipe.name, *given).items() if not kept
    )
    assert len(dropped) >= 16


def test_what_the_edits_leave_is_counted(recipe: Recipe, texts: Texts) -> None:
    (place,) = (place for place, step in enumerate(recipe.steps) if step.column == "words_removed")
    rule = recipe.steps[place]
    assert isinstance(rule, WordsRemoved)
    first, last = (texts, texts)
    for step in recipe.steps[:place]:
        if isinstance(step, Edit):
            first, last = last, edit(last, [step])[0]
    edited = last.left_of(first)
    named = [_edited(recipe.name, text) for text in texts.column.to_pylist()]
    assert edited.column.to_pylist() == named
    before, after = ([_removable(recipe.name, *given) for given in _read(seen)] for seen in (first, edited))
    wanted = [bool(old) and (len(old) - len(new)) / len(old) <= 0.05 for old, new in zip(before, after, strict=True)]
    assert rule.keep(rule.measure(edited)).fill_null(False).to_pylist() == wanted
    assert 0 < sum(wanted) < len(wanted)


def _edited(recipe: str, text: str) -> str:
    """Edit as DCLM does, or as OLMo 3's tool."""
    dclm = recipe == "dclm-baseline"
    capped = naive_edits.cap_newlines(naive_edits.remove_urls(text, begun=True) if dclm else text, 2)
    if not dclm:
        return naive_edits.drop_datamap_lines(capped, 0.5, 0.999999, 2, (True, True, True, True))
    parts = {"counters": True, "cart": True, "read_more": True, "sign_in": True}
    return naive_edits.drop_refinedweb_lines(
        capped, max_uppercase=0.5, max_digits=0.999999, min_words=2, max_words=10, **parts
    )


def _read(texts: Texts) -> list[tuple[list[str], list[str], str]]:
    """Give the words of each text between white space, those by UAX 29, and the text."""
    return [*zip(_words(texts, "whitespace"), _words(texts, "unicode"), texts.column.to_pylist(), strict=True)]


def _words(texts: Texts, kind: WordKind) -> list[list[str]]:
    data, words = bytes(texts.data), texts.counted_in(OwnUnits(words=kind)).words
    found = [data[start:end].decode() for start, end in zip(words.start, words.end, strict=True)]
    return [found[i:j] for i, j in zip(words.firsts[:-1], words.firsts[1:], strict=True)]


def _differing(texts: Texts, kept: list[bool], wanted: list[bool]) -> list[int]:
    rows = zip(_words(texts, "unicode"), kept, wanted, strict=True)
    return [number for number, (words, one, other) in enumerate(rows) if words and one != other]


def _removable(recipe: str, spaced: list[str], words: list[str], text: str) -> list[str]:
    """Give the words that `words_removed` counts."""
    del text
    return _counted(recipe, spaced if recipe == "dclm-baseline" else words)


def _counted(recipe: str, words: list[str]) -> list[str]:
    """Leave out the words that are no letters and digits: DCLM looks at the first sign, OLMo 3 at all."""
    if recipe == "dclm-baseline":
        return [word for word in words if word[0].isalnum()]
    return [word for word in words if any(one.isalnum() for one in word)]


def _spelt_out(recipe: str, spaced: list[str], words: list[str], text: str) -> Verdicts:
    """Ask all rules: true keeps."""
    dclm = recipe == "dclm-baseline"
    counted = _counted(recipe, words)
    # Of lines and paragraphs DCLM takes those that are not blank, without the space around them.
    every = text.split("\n")
    lines, paragraphs = (
        [part.strip() for part in parts if part.strip()] if dclm else [part for part in parts if part]
        for parts in (every, text.split("\n\n"))
    )
    length = sum(len(word if dclm else word.encode()) for word in spaced) / max(len(spaced), 1)
    own: Verdicts = {} if dclm else {"character_count": len(text) >= 150}
    return own | {
        "word_count": 50 <= len(_removable(recipe, spaced, words, text)) <= 100_000,
        "mean_word_length": 3 <= length <= 10,
        "symbols_per_word": sum(map(text.count, ("#", *ELLIPSES))) <= 0.1 * len(spaced),
        "bullet_lines": _share(lines if dclm else every, lambda line: line.startswith(BULLETS)) <= 0.9,
        "ellipsis_lines": _share(lines, lambda line: line.endswith(ELLIPSES)) <= 0.3,
        "alphabetic_words": _share(spaced, lambda word: any(map(str.isalpha, word))) >= 0.8,
        "stop_word_occurrences": sum(word.lower() in STOP_WORDS for word in spaced) >= 2,
        "repeated_lines": _repeated(lines, weighed=False) <= 0.3,
        "repeated_paragraphs": _repeated(paragraphs, weighed=False) <= 0.3,
        "repeated_line_characters": _repeated(lines, weighed=True) <= 0.2,
        "repeated_paragraph_characters": _repeated(paragraphs, weighed=True) <= 0.2,
        **{f"top_{n}gram": _top(counted, n) <= NGRAMS[n] for n in (2, 3, 4)},
        **{f"repeated_{n}grams": _covered(counted, n) <= NGRAMS[n] for n in (5, 6, 7, 8, 9, 10)},
    }


def _share(parts: list[str], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, parts)) / max(len(parts), 1)


def _repeated(parts: list[str], *, weighed: bool) -> float:
    counts = Counter(parts)
    weights = [len(part) if weighed else 1 for part in parts]
    copies = sum(weight for part, weight in zip(parts, weights, strict=True) if counts[part] > 1)
    return copies / max(sum(weights), 1)


def _top(words: list[str], n: int) -> float:
    counts = Counter(ngrams(words, n))
    most = max(counts.values(), default=0)
    longest = max((size(ngram) for ngram, count in counts.items() if count == most), default=0)
    return most * longest / sum(map(len, words)) if most > 1 else 0


def _covered(words: list[str], n: int) -> float:
    every = ngrams(words, n)
    counts = Counter(every)
    inside = {place + step for place, ngram in enumerate(every) if counts[ngram] > 1 for step in range(n)}
    return sum(len(words[place]) for place in inside) / max(sum(map(len, words)), 1)
