"""NeMo Curator's rules as filters of ours; `python -m tests.parity.nemo_curator` says how often each is equal.

On real texts, by value and by verdict. It runs `benchmarks/peers/nemo_curator_filters.py`, whose environment of six
gigabytes `uv` makes.
"""

import argparse
import json
import math
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from filters.alphabetic_words import AlphabeticWords
from filters.boilerplate_paragraphs import BoilerplateParagraphs
from filters.brackets import Brackets
from filters.bullet_lines import BulletLines
from filters.document import documents
from filters.duplicate_line_characters import DuplicateLineCharacters
from filters.duplicate_lines import DuplicateLines
from filters.duplicate_ngram_coverage import DuplicateNgramCoverage
from filters.duplicate_paragraph_characters import DuplicateParagraphCharacters
from filters.duplicate_paragraphs import DuplicateParagraphs
from filters.ellipsis_lines import EllipsisLines
from filters.filter import Filter
from filters.lone_symbols import LoneSymbols
from filters.longest_word import LongestWord
from filters.mean_word_length import MeanWordLength
from filters.non_alphanumeric import NonAlphanumeric
from filters.numeric_characters import NumericCharacters
from filters.punctuated_lines import PunctuatedLines
from filters.stop_word_occurrences import StopWordOccurrences
from filters.text_url_subwords import TextUrlSubwords
from filters.texts import Texts
from filters.top_ngram import TopNgram
from filters.url_characters import UrlCharacters
from filters.white_space import WhiteSpace
from filters.word_count import WordCount
from tests.conftest import ROOT
from tests.parity.conftest import groups

SCRIPT = ROOT / "benchmarks" / "peers" / "nemo_curator_filters.py"
#: texts made up, what NeMo Curator says of each, and for which rules that is not what we say
RECORDED = Path(__file__).with_suffix(".jsonl")
#: of equally frequent n-grams it takes any, another in each process
UNSTABLE = "RepeatingTopNGramsFilter"
BATCH = 512
BULLETS = ("•", "‣", "\u2043", "⁌", "⁍", "∙", "○", "●", "◘", "◦", "⦾", "⦿")
ELLIPSES = ("...", "[...]", "…", "(...)", "[…]", "-»", "read more..", "read more")


@dataclass(frozen=True, slots=True)
class Rule:
    """A filter of ours that means what one of theirs does."""

    filter: Filter
    #: whether theirs measures what is left
    rest: bool = False
    #: where theirs stops counting
    most: float = np.inf

    def values(self, texts: Texts) -> NDArray[np.float64]:
        """Measure each text as theirs does; a string is there or is not."""
        signal = self.filter.signal(texts)
        found = [bool(value) if pa.types.is_string(signal.type) else value for value in signal.to_pylist()]
        values = np.array(found, np.float64)
        return np.minimum(1 - values if self.rest else values, self.most)

    def kept(self, texts: Texts) -> list[bool]:
        """Decide."""
        return self.filter.keep(self.filter.signal(texts)).to_pylist()


RULES = {
    "BoilerPlateStringFilter": Rule(BoilerplateParagraphs()),
    "BulletsFilter": Rule(BulletLines(bullets=BULLETS)),
    "CommonEnglishWordsFilter": Rule(StopWordOccurrences(), most=2),
    "EllipsisFilter": Rule(EllipsisLines(marks=ELLIPSES)),
    "LongWordFilter": Rule(LongestWord()),
    "MeanWordLengthFilter": Rule(MeanWordLength()),
    "NonAlphaNumericFilter": Rule(NonAlphanumeric()),
    "NumbersFilter": Rule(NumericCharacters()),
    "ParenthesesFilter": Rule(Brackets()),
    "PornographicUrlsFilter": Rule(TextUrlSubwords()),
    "PunctuationFilter": Rule(PunctuatedLines(low=0.15, marks="fineweb-2024", trimmed=True), rest=True),
    "RepeatedLinesByCharFilter": Rule(DuplicateLineCharacters(lines="filled", of="counted"), rest=True),
    "RepeatedLinesFilter": Rule(DuplicateLines(lines="filled"), rest=True),
    "RepeatedParagraphsByCharFilter": Rule(DuplicateParagraphCharacters(paragraphs="split", of="counted"), rest=True),
    "RepeatedParagraphsFilter": Rule(DuplicateParagraphs(paragraphs="split"), rest=True),
    "RepeatingDuplicateNGramsFilter": Rule(DuplicateNgramCoverage(n=2, high=0.2)),
    "RepeatingTopNGramsFilter": Rule(TopNgram(n=2, high=0.2)),
    "SymbolsToWordsFilter": Rule(LoneSymbols()),
    "UrlsFilter": Rule(UrlCharacters()),
    "WhiteSpaceFilter": Rule(WhiteSpace()),
    "WordCountFilter": Rule(WordCount()),
    "WordsWithoutAlphabetsFilter": Rule(AlphabeticWords()),
}


def main() -> None:
    """Ask both about every text, and print the table; or write what the tests compare with."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=10, help="take one text in so many")
    parser.add_argument("--record", action="store_true", help=f"ask anew about the texts of {RECORDED.name}")
    asked = parser.parse_args()
    if asked.record:
        record()
        return
    shared = ROOT.parent / "shared" / "data"
    texts = [text for found in groups(shared).values() for text in [*found][:: asked.every] if text.strip()]
    theirs = ask(texts)
    table = Table("rule", "same value", "same verdict", "theirs drops", title=f"{len(texts):,} texts")
    for name, rule in RULES.items():
        values, verdicts = compare(rule, texts, [row[name] for row in theirs])
        dropped = sum(not row[name][1] for row in theirs)
        table.add_row(name, f"{values:.5f}", f"{verdicts:.5f}", str(dropped))
    Console().print(table)


def recorded() -> list[dict[str, Any]]:
    """Read the texts made up: `text`, `differs` (names of rules), and `said` ([value, kept] by rule)."""
    return [json.loads(line) for line in RECORDED.read_text("utf-8").splitlines()]


def record() -> None:
    """Ask about the texts made up, and write down what is said each time."""
    rows = recorded()
    for row, said in zip(rows, ask([row["text"] for row in rows]), strict=True):
        row["said"] = {name: pair for name, pair in said.items() if name != UNSTABLE}
    RECORDED.write_text("".join(json.dumps(row) + "\n" for row in rows))


def ask(texts: list[str]) -> list[dict[str, Any]]:
    """Run NeMo Curator: for each text [value, kept] by filter."""
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "texts.jsonl"
        given.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
        command = ["uv", "run", "--no-project", "--script", str(SCRIPT), str(given)]
        answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [json.loads(line) for line in answer.splitlines()]


def compare(rule: Rule, texts: list[str], theirs: list[tuple[float, bool]]) -> tuple[float, float]:
    """Share of equal values, and of equal verdicts."""
    pairs = [pair for first in range(0, len(texts), BATCH) for pair in ours(rule, texts[first : first + BATCH])]
    values = [same(one, other) for (one, _), (other, _) in zip(pairs, theirs, strict=True)]
    verdicts = [one == other for (_, one), (_, other) in zip(pairs, theirs, strict=True)]
    return sum(values) / len(values), sum(verdicts) / len(verdicts)


def ours(rule: Rule, texts: list[str]) -> list[tuple[float, bool]]:
    """Ask our filter about one batch: value and verdict of each text."""
    seen = Texts(documents(texts))
    return list(zip(rule.values(seen).tolist(), rule.kept(seen), strict=True))


def same(one: float, other: float) -> bool:
    """Tell whether values are equal but for the last digits: 1 less a share is not that share's complement."""
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)


if __name__ == "__main__":
    main()
