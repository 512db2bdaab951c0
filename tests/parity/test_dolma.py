"""The recipe `dolma-1.6` measures, decides and edits as Dolma's own taggers say, rule by rule, on real texts.

The taggers run in an environment of their own, which `uv` makes. Of 12,091 texts (extract_truth, a sixth of
langid_truth, and the bulk; 2026) each value was the same, and so was each place to mask. Eleven texts keep other
characters, all of the kind that `test_lines_go_where_dolma_has_them` names.
"""

import json
import math
import shutil
import subprocess
from typing import Any

import pytest

from filters.document import documents
from filters.filter import Range
from filters.texts import Texts
from pipelines.edits.apply import edit
from pipelines.edits.mask import Mask
from pipelines.recipe import Recipe
from tests.conftest import ROOT

SCRIPT = ROOT / "benchmarks" / "peers" / "dolma_taggers.py"
RECIPE = Recipe.load("dolma-1.6")
C4, PII, REPETITIONS = "c4_v2", "pii_regex_with_counts_fast_v2", "word_repetitions"

#: by the columns of the recipe: gopher_v1's attribute, and what configs/dolma-v1_6/mixing/cc-head.yaml drops: what is
#: less than the first number or greater than the second
RULES = {
    "word_count": ("word_count", 50, 100_000),
    "median_word_length": ("median_word_length", 3, 10),
    "symbol_words": ("symbol_to_word_ratio", 0, 0.1),
    "alphabetic_words": ("fraction_of_words_with_alpha_character", 0.8, 1),
    "stop_word_occurrences": ("required_word_count", 2, math.inf),
    "bullet_lines": ("fraction_of_lines_starting_with_bullet_point", 0, 0.9),
    "ellipsis_lines": ("fraction_of_lines_ending_with_ellipsis", 0, 0.3),
    "repeated_lines": ("fraction_of_duplicate_lines", 0, 0.3),
    "repeated_line_characters": ("fraction_of_characters_in_duplicate_lines", 0, 0.3),
    "top_2gram": ("fraction_of_characters_in_most_common_2grams", 0, 0.2),
    "top_3gram": ("fraction_of_characters_in_most_common_3grams", 0, 0.18),
    "top_4gram": ("fraction_of_characters_in_most_common_4grams", 0, 0.16),
    "repeated_5grams": ("fraction_of_characters_in_duplicate_5grams", 0, 0.15),
    "repeated_6grams": ("fraction_of_characters_in_duplicate_6grams", 0, 0.14),
    "repeated_7grams": ("fraction_of_characters_in_duplicate_7grams", 0, 0.13),
    "repeated_8grams": ("fraction_of_characters_in_duplicate_8grams", 0, 0.12),
    "repeated_9grams": ("fraction_of_characters_in_duplicate_9grams", 0, 0.11),
    "repeated_10grams": ("fraction_of_characters_in_duplicate_10grams", 0, 0.1),
}
MASKS = {"mask_emails": "EMAIL_ADDRESS", "mask_phones": "PHONE_NUMBER", "mask_ips": "IP_ADDRESS"}
#: what few real texts are: for each rule some that it drops
MADE = [
    "la " * 99 + "land",
    "la " * 100,
    "spam and eggs and " * 110,
    "one two three, " * 40 + "four five " * 120,
    "#love … #sea #sun and the … sand",
    "* one\n* two\n- three\n* four",
    "read on…\nand on…\n\nand then…\n",
    " * one\nread on... \nmore…\t\n\x0b\n\x85\n",
    "word",
    "word word",
    " ordinary \u00a0words\u3000of\u2028all\x1ckinds\x00\u200b!\n",
    "word " * 100_001,
    "10.0.0.1 " * 6,
    "mail a@b.org 555 123 4567 and (212)555-0123, 10.0.0.1 or 999.1.2.3.4, x@y. z@u.v",
    "Home\nAn end.\n\n Said she: “Go”\nTwo words.\nIs it so? \nYes, it is so!\n",
]


@pytest.fixture(scope="module")
def given(real_texts: list[str]) -> list[str]:
    """Take the real texts, and those made up."""
    return [*real_texts, *MADE]


@pytest.fixture(scope="module")
def texts(given: list[str]) -> Texts:
    """See them as the recipe does."""
    return Texts(documents(given), units=RECIPE.units)


@pytest.fixture(scope="module")
def said(given: list[str], tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Ask Dolma's taggers: for each text, by tagger and type of span, lists of start, end and score."""
    uv = shutil.which("uv")
    if uv is None:
        pytest.skip("needs uv, which makes Dolma's environment")
    command = [uv, "run", "--no-project", "--script", str(SCRIPT)]
    made = subprocess.run([*command, "--help"], capture_output=True, text=True, check=False)
    if made.returncode:
        pytest.skip(f"Dolma's environment cannot be made: {made.stderr[-300:]}")
    path = tmp_path_factory.mktemp("dolma") / "texts.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in given))
    asked = [*command, str(path), "--taggers", "gopher_v1", C4, PII, REPETITIONS]
    answer = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    return [json.loads(line) for line in answer.splitlines()]


def test_each_rule_is_compared() -> None:
    others = ["tandem_repeats", "personal_data"]
    assert [rule.column for rule in RECIPE.filters] == ["language", "language_score", *RULES, *others]
    assert {step.name for step in RECIPE.edits} == {"drop_unpunctuated_lines", *MASKS}


@pytest.mark.parametrize("column", RULES)
def test_a_rule_measures_and_decides_as_dolma_does(column: str, texts: Texts, said: list[dict[str, Any]]) -> None:
    rule = _rule(column)
    attribute, low, high = RULES[column]
    assert (max(rule.low, rule.bounds[0]), min(rule.high, rule.bounds[1])) == (low, high)
    # What is absent passes, as does the 0 that we say there: no text has fewer words than an n-gram and is kept.
    theirs = [one["gopher_v1"].get(attribute, [[0, 0, 0.0]])[0][2] for one in said]
    signal = rule.signal(texts)
    assert signal.to_pylist() == pytest.approx(theirs, rel=1e-12)
    # The mixer sees what the taggers wrote: scores with five digits after the point.
    kept = [low <= round(value, 5) <= high for value in theirs]
    assert rule.keep(signal).to_pylist() == kept
    assert 0 < sum(kept) < len(kept)


def test_repetitions_are_those_of_dolma(given: list[str], texts: Texts, said: list[dict[str, Any]]) -> None:
    rule = _rule("tandem_repeats")
    theirs = [one[REPETITIONS].get("doc_max_score_repetition", [[0, 0, 0.0]])[0][2] for one in said]
    signal = rule.signal(texts)
    # The tagger says nothing of fewer than three copies, and looks at 100,000 characters at a time.
    values = [value if value > 2 else 0 for value in signal.to_pylist()]
    whole = [number for number, text in enumerate(given) if len(text) <= 100_000]
    assert [values[number] for number in whole] == [theirs[number] for number in whole]
    kept = [value < 100 for value in theirs]
    assert rule.keep(signal).to_pylist() == kept
    assert 0 < sum(kept) < len(kept)


def test_personal_data_is_counted_as_dolma_does(texts: Texts, said: list[dict[str, Any]]) -> None:
    rule = _rule("personal_data")
    theirs = [one[PII]["doc_count"][0][2] for one in said]
    signal = rule.signal(texts)
    assert signal.to_pylist() == theirs
    kept = [count <= 5 for count in theirs]
    assert rule.keep(signal).to_pylist() == kept
    assert 0 < sum(kept) < len(kept)


@pytest.mark.parametrize("name", MASKS)
def test_what_is_masked_is_what_dolma_finds(name: str, texts: Texts, said: list[dict[str, Any]]) -> None:
    (mask,) = (step for step in RECIPE.edits if step.name == name and isinstance(step, Mask))
    assert mask.replacements == (f" |||{MASKS[name]}||| ",)
    _, done = edit(texts, [mask.model_copy(update={"policy": "count"})])
    ours = [[[span["start"], span["end"]] for entry in one for span in entry["spans"]] for one in done.to_pylist()]
    theirs = [[span[:2] for span in one[PII].get(MASKS[name], [])] for one in said]
    assert ours == theirs
    assert sum(map(len, theirs)) > 5


def test_lines_go_where_dolma_has_them(given: list[str], texts: Texts, said: list[dict[str, Any]]) -> None:
    (drop,) = (step for step in RECIPE.edits if step.name == "drop_unpunctuated_lines")
    ours = edit(texts, [drop])[0].column.to_pylist()
    theirs = [_without_lines(text, one[C4]) for text, one in zip(given, said, strict=True)]
    # The tagger looks for lines in the text in lower case; where that is longer, its places are wrong.
    measured = [number for number, text in enumerate(given) if len(text) == len(text.lower())]
    assert [ours[number] for number in measured] == [theirs[number] for number in measured]
    assert len(measured) > 0.99 * len(given)
    assert sum(ours[number] != given[number] for number in measured) > 100


def _rule(column: str) -> Range:
    (found,) = (rule for rule in RECIPE.filters if rule.column == column)
    assert isinstance(found, Range)
    return found


def _without_lines(text: str, spans: dict[str, list[list[float]]]) -> str:
    """Cut the lines that the mixer is told to replace with nothing."""
    ends = {
        start: end
        for kind in ("lines_with_no_ending_punctuation", "lines_with_too_few_words")
        for start, end, _ in spans.get(kind, [])
    }
    kept, place = "", 0
    while place < len(text):
        following = ends.get(place, text.find("\n", place) + 1 or len(text))
        kept += "" if place in ends else text[place:following]
        place = int(following)
    return kept
