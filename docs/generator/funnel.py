"""The picture of what became of the records: a band for each fate, as wide as its count, in order of decision."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from generator.sample import Sample
from generator.svg import band, bar, line, picture, text
from pipelines.reason import Reason
from pipelines.recipe import Recipe
from pipelines.tally import Tally
from provenance.funnel import steps

PATH = "docs/pictures/funnel.svg"

WIDTH = 960
#: pixels that stand for all records together
ALL = 215
#: where records are read, have text, have passed the filters, and where their fates are told
STATIONS = {"error": 34.0, "dropped": 232.0, "duplicate": 404.0, "kept": 404.0}
END, TOP, THICK = 566.0, 104.0, 9.0
#: lines and groups of lines keep so far apart
PITCH, GAP = 17.0, 15.0
#: a band so wide has room for more than a word
ROOMY = 90.0

#: the outcomes from top to bottom: whatever leaves early leaves from below, so that no band crosses another
GROUPS = (
    ("kept", "kept", "in the data files"),
    ("duplicate", "duplicates", "each names its survivor"),
    ("dropped", "dropped by a filter", "each with all its signals"),
    ("error", "no document", "each with its reason"),
)


@dataclass(frozen=True, slots=True)
class Fate:
    """What decided so many records, and the line on which it is told, from `y` on."""

    outcome: str
    step: str
    records: int
    y: float = 0.0


def pages(sample: Sample) -> dict[str, str]:
    """Draw the picture."""
    return {PATH: draw(sample.recipe, sample.tally)}


def draw(recipe: Recipe, tally: Tally) -> str:
    """Draw what became of the records of one run."""
    told = placed(fates(recipe, tally), ALL / tally.records)
    scale = ALL / tally.records
    height = told[-1].y + max(PITCH, told[-1].records * scale) + 44
    title = f"What became of {tally.records} records"
    said = "; ".join(f"{fate.records} {fate.outcome} {fate.step}" for fate in told)
    head = [
        text(34, 36, title, "ink bold", 19),
        text(34, 57, f"vitrine run {recipe.name}: the width of a band is its number of records", "faint", 13),
    ]
    shapes = [*head, *_bands(told, scale), *_stations(told, scale), *_labels(told, scale), *_foot(recipe, told, height)]
    return picture(WIDTH, round(height), title, said, shapes)


def fates(recipe: Recipe, tally: Tally) -> list[Fate]:
    """List the fates that any record met, group by group; ValueError where they are not all records."""
    counts = {(outcome, step): tally.of_outcome(outcome).get(step, [0])[0] for outcome, step in steps(recipe)}
    counts["kept", "kept"] = tally.count("kept")
    found = [Fate(outcome, step, count) for (outcome, step), count in counts.items() if count]
    if sum(fate.records for fate in found) != tally.records:
        raise ValueError(f"expected fates for {tally.records} records, got {found}")
    return [fate for outcome, _, _ in GROUPS for fate in found if fate.outcome == outcome]


def placed(told: Sequence[Fate], scale: float) -> list[Fate]:
    """Give each fate its line, from top to bottom."""
    y, last, found = TOP, "kept", list[Fate]()
    for fate in told:
        y += GAP * (fate.outcome != last)
        found.append(Fate(fate.outcome, fate.step, fate.records, y))
        y, last = y + max(PITCH, fate.records * scale), fate.outcome
    return found


def _bands(told: Sequence[Fate], scale: float) -> list[str]:
    """Draw each fate's way: along the trunk as far as the station where it leaves, then to its line."""
    y, shapes = TOP, list[str]()
    for fate in told:
        width = fate.records * scale
        leaves = STATIONS[fate.outcome]
        start = STATIONS["error"]
        if leaves > start:
            shapes.append(band((start + THICK, y), (leaves, y), width, fate.outcome))
        middle = fate.y + (max(PITCH, width) - width) / 2 if fate.outcome != "kept" else fate.y
        shapes.append(band((leaves + THICK * (leaves == start), y), (END, middle), width, fate.outcome))
        shapes.append(bar(END, middle, THICK, width, fate.outcome))
        y += width
    return shapes


def _stations(told: Sequence[Fate], scale: float) -> list[str]:
    """Draw a bar where records are counted, with the count above it."""
    words = {"error": "read", "dropped": "documents", "duplicate": "pass every filter"}
    shapes: list[str] = []
    for place, (outcome, said) in enumerate(words.items()):
        left = {name for name, _, _ in GROUPS[: len(GROUPS) - place]}
        records = sum(fate.records for fate in told if fate.outcome in left)
        x = STATIONS[outcome]
        shapes += [bar(x, TOP, THICK, records * scale, "ink"), text(x, TOP - 10, f"{records} {said}", "ink bold")]
    return shapes


def _labels(told: Sequence[Fate], scale: float) -> list[str]:
    """Write each fate at its line's end, and sum up each group."""
    shapes: list[str] = []
    for outcome, said, more in GROUPS:
        group = [fate for fate in told if fate.outcome == outcome]
        shapes += [shape for fate in group if outcome != "kept" for shape in _label(fate, fate.records * scale)]
        shapes += _bracket(group, said, more, scale) if group else []
    return shapes


def _label(fate: Fate, width: float) -> list[str]:
    """Write one fate as the ledger has it, and below, where there is room, what the word means."""
    meaning = Reason(fate.step).explanation if fate.outcome == "error" else ""
    lines = textwrap.wrap(meaning, 18) if width > ROOMY else []
    y = fate.y + max(PITCH, width) / 2 + 4.5 - 7 * len(lines)
    word = [text(END + 46, y, str(fate.records), "ink bold end"), text(END + 54, y, fate.step, "ink word", 12.5)]
    return [*word, *(text(END + 54, y + 17 + 14 * place, said, "faint", 11.5) for place, said in enumerate(lines))]


def _bracket(group: Sequence[Fate], said: str, more: str, scale: float) -> list[str]:
    """Sum up a group at the right edge."""
    top, end = group[0].y + 1, group[-1].y + max(PITCH, group[-1].records * scale) - 1
    middle = (top + end) / 2
    outcome = group[0].outcome
    x = END + 170
    records = sum(fate.records for fate in group)
    return [
        bar(x, top, 3, end - top, outcome),
        text(x + 14, middle - 1, f"{records} {said}", "ink bold", 15),
        text(x + 14, middle + 16, more, "faint", 12),
    ]


def _foot(recipe: Recipe, told: Sequence[Fate], height: float) -> list[str]:
    first = {fate.step for fate in told}
    idle = sum(rule.name not in first for rule in recipe.filters)
    said = "Every record has its row in the ledger."
    if idle:
        count = len(recipe.filters)
        said += f" It is counted at the first filter that drops it; {idle} of the {count} filters were never first."
    return [line((34, height - 34), (WIDTH - 34, height - 34)), text(34, height - 14, said, "faint", 12)]
