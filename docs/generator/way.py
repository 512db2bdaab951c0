"""The picture of the plan: its stages in order, what each does and writes, and how many tasks it falls into."""

import textwrap
from collections.abc import Sequence

from generator.sample import Sample
from generator.svg import arrow, box, picture, text
from pipelines.plan import WORK, Made, Stage

PATH = "docs/pictures/way.svg"

WIDTH, HEIGHT = 1272, 282
LEFT, TOP, WIDE, HIGH, STEP = 26.0, 82.0, 128.0, 120.0, 155.6

#: into how many tasks a stage falls
SPREAD = {
    "sites": "a task for each file",
    "curate": "a task for each shard",
    "deduplicate": "one task",
    "write": "a task for each file",
    "ledger": "a task for each shard",
    "index": "a task for each file",
    "datasheet": "one task",
    "release": "one task",
}


def pages(sample: Sample) -> dict[str, str]:
    """Draw the picture."""
    return {PATH: draw(sample.stages, sample.made)}


def draw(stages: Sequence[Stage], made: dict[str, list[Made]]) -> str:
    """Draw the stages from left to right; one of several steps is drawn as the last of them."""
    stages = [stage for stage in stages if stage.name == (stage.part_of or stage.name)]
    shapes = [text(LEFT, 36, "The way of the data", "ink bold", 19)]
    shapes += [text(LEFT, 57, "stages run one after another; the tasks of a stage know nothing of each other", "faint")]
    for place, stage in enumerate(stages):
        x, y = LEFT + place * STEP, TOP + HIGH / 2
        shapes += _stage(x, stage, made[stage.name])
        shapes += [arrow((x - STEP + WIDE + 11, y), (x - 4, y))] if place else []
    said = "; ".join(f"{stage.name}: {stage.purpose}" for stage in stages)
    return picture(WIDTH, HEIGHT, "The stages of a curation", said, shapes)


def _stage(x: float, stage: Stage, made: Sequence[Made]) -> list[str]:
    many = SPREAD[stage.name].startswith("a task")
    behind = [box(x + shift, TOP - shift, WIDE, HIGH, "box") for shift in (8, 4) if many]
    purpose = textwrap.wrap(stage.purpose, 17)
    lines = [text(x + 10, TOP + 42 + 15 * number, said, "faint", 12) for number, said in enumerate(purpose)]
    middle = x + WIDE / 2
    return [
        *behind,
        box(x, TOP, WIDE, HIGH, "box"),
        text(x + 10, TOP + 22, stage.name, "ink bold", 14),
        *lines,
        text(middle, TOP + HIGH + 20, SPREAD[stage.name], "faint middle", 11.5),
        arrow((middle, TOP + HIGH + 27), (middle, TOP + HIGH + 43)),
        text(middle, TOP + HIGH + 60, writes(made), "ink word middle", 12.5),
    ]


def writes(made: Sequence[Made]) -> str:
    """Name what a stage writes into: a folder of the release, a file at its top, or the unfinished work."""
    names = sorted({result.facts.get("file", f"{WORK}/") for result in made})
    tops = sorted({name.split("/")[0] + "/" if "/" in name else name for name in names})
    return ", ".join(tops)
