"""The picture of the plan: its stages in order, what each does and writes, and how many tasks it falls into."""

import textwrap
from collections.abc import Sequence

from generator.sample import Sample
from generator.svg import box, line, picture, text
from pipelines.plan import WORK, Made, Stage

PATH = "docs/pictures/way.svg"

WIDTH, HEIGHT = 960, 250
LEFT, TOP, WIDE, HIGH, STEP = 26.0, 74.0, 136.0, 92.0, 154.0

#: into how many tasks a stage falls
SPREAD = {
    "curate": "a task for each shard",
    "deduplicate": "one task",
    "write": "a task for each file",
    "ledger": "a task for each shard",
    "datasheet": "one task",
    "release": "one task",
}


def pages(sample: Sample) -> dict[str, str]:
    """Draw the picture."""
    return {PATH: draw(sample.stages, sample.made)}


def draw(stages: Sequence[Stage], made: dict[str, list[Made]]) -> str:
    """Draw the stages from left to right."""
    shapes = [text(LEFT, 36, "The way of the data", "ink bold", 19)]
    shapes += [text(LEFT, 57, "stages run one after another; the tasks of a stage know nothing of each other", "faint")]
    for place, stage in enumerate(stages):
        shapes += _stage(LEFT + place * STEP, stage, made[stage.name])
        shapes += _arrow(LEFT + place * STEP) if place else []
    said = "; ".join(f"{stage.name}: {stage.purpose}" for stage in stages)
    return picture(WIDTH, HEIGHT, "The stages of a curation", said, shapes)


def _stage(x: float, stage: Stage, made: Sequence[Made]) -> list[str]:
    many = SPREAD[stage.name].startswith("a task")
    behind = [box(x + shift, TOP - shift, WIDE, HIGH, "box") for shift in (8, 4) if many]
    purpose = textwrap.wrap(stage.purpose, 21)
    lines = [text(x + 10, TOP + 42 + 15 * number, said, "faint", 12) for number, said in enumerate(purpose)]
    middle = x + WIDE / 2
    return [
        *behind,
        box(x, TOP, WIDE, HIGH, "box"),
        text(x + 10, TOP + 22, stage.name, "ink bold", 14),
        *lines,
        text(middle, TOP + HIGH + 20, SPREAD[stage.name], "faint middle", 11.5),
        line((middle, TOP + HIGH + 28), (middle, TOP + HIGH + 44)),
        line((middle - 4, TOP + HIGH + 40), (middle, TOP + HIGH + 44), (middle + 4, TOP + HIGH + 40)),
        text(middle, TOP + HIGH + 60, writes(made), "ink word middle", 12.5),
    ]


def writes(made: Sequence[Made]) -> str:
    """Name what a stage writes into: a folder of the release, a file at its top, or the unfinished work."""
    names = sorted({result.facts.get("file", f"{WORK}/") for result in made})
    tops = sorted({name.split("/")[0] + "/" if "/" in name else name for name in names})
    return ", ".join(tops)


def _arrow(x: float) -> list[str]:
    y = TOP + HIGH / 2
    start = x - STEP + WIDE + 3
    return [line((start + 5, y), (x - 3, y)), line((x - 7, y - 4), (x - 3, y), (x - 7, y + 4))]
