# /// script
# requires-python = ">=3.11,<3.14"
# dependencies = ["nemo-curator[text_cpu]==1.4.0"]
# ///
# ruff: noqa: PLC0415  # --help answers where NeMo Curator is not installed
"""NeMo Curator's own filters over texts: what each measures of every text, or how many seconds it takes for all.

Its packages weigh six gigabytes.
"""

import argparse
import json
import time
from pathlib import Path
from typing import Any

#: classes of `heuristic`, each made with its defaults
STRINGS = (
    "BoilerPlateStringFilter",
    "BulletsFilter",
    "CommonEnglishWordsFilter",
    "EllipsisFilter",
    "LongWordFilter",
    "MeanWordLengthFilter",
    "NonAlphaNumericFilter",
    "NumbersFilter",
    "ParenthesesFilter",
    "PornographicUrlsFilter",
    "PunctuationFilter",
    "SymbolsToWordsFilter",
    "UrlsFilter",
    "WhiteSpaceFilter",
    "WordCountFilter",
    "WordsWithoutAlphabetsFilter",
)
#: those of `heuristic.repetition`
REPETITIONS = (
    "RepeatedLinesByCharFilter",
    "RepeatedLinesFilter",
    "RepeatedParagraphsByCharFilter",
    "RepeatedParagraphsFilter",
    "RepeatingDuplicateNGramsFilter",
    "RepeatingTopNGramsFilter",
)


def main() -> None:
    """Print a JSON object: of seconds by filter, or one of [value, kept] by filter for each text."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path, help="JSON lines, each with a `text` that is not blank")
    parser.add_argument("--seconds", action="store_true", help="time each filter instead of printing what it measures")
    asked = parser.parse_args()
    texts = [json.loads(line)["text"] for line in asked.texts.read_text("utf-8").split("\n") if line]
    rules = made()
    if asked.seconds:
        print(json.dumps({f"nemo-curator/{name}": spent(rule, texts) for name, rule in rules.items()}))
        return
    for text in texts:
        print(json.dumps({name: ask(rule, text) for name, rule in rules.items()}))


def made() -> dict[str, Any]:  # NeMo Curator may be absent
    """Make all filters."""
    from nemo_curator.stages.text.filters import heuristic
    from nemo_curator.stages.text.filters.heuristic import repetition

    return {name: getattr(heuristic, name)() for name in STRINGS} | {
        name: getattr(repetition, name)() for name in REPETITIONS
    }


def ask(rule: Any, text: str) -> tuple[float, bool]:  # noqa: ANN401  # likewise
    """Measure a text and decide, as NeMo Curator does for each document."""
    value = rule.score_document(text)
    return value, rule.keep_document(value)


def spent(rule: Any, texts: list[str]) -> float:  # noqa: ANN401  # likewise
    """Count processor seconds for all texts, the first of which is asked about beforehand."""
    ask(rule, texts[0])
    started = time.process_time()
    for text in texts:
        ask(rule, text)
    return time.process_time() - started


if __name__ == "__main__":
    main()
