"""The picture of the S-curves: which pairs of texts each profile finds, by how similar they are."""

from collections.abc import Iterable

from generator.svg import line, picture, text
from pipelines.dedup.lsh import chance
from pipelines.dedup.profiles import PROFILES

PATH = "docs/pictures/curves.svg"

WIDTH, HEIGHT = 590, 400
LEFT, TOP, WIDE, HIGH = 70.0, 74.0, 470.0, 270.0
#: points of a curve
POINTS = 200
#: where each curve is named, as a chance
NAMED = {(14, 8): 0.62, (26, 11): 0.34}


def pages() -> dict[str, str]:
    """Draw the picture."""
    return {PATH: draw()}


def draw() -> str:
    """Draw one curve for each pair of bands and rows."""
    sizes: dict[tuple[int, int], list[str]] = {}
    for name, profile in PROFILES.items():
        sizes.setdefault((profile.bands, profile.rows), []).append(name)
    shapes = [text(LEFT - 44, 34, "Which pairs share a band, and so become candidates", "ink bold", 17)]
    shapes += [
        text(LEFT - 44, 55, "1 - (1 - s^rows)^bands, by the Jaccard similarity s of their shingles", "faint word", 12)
    ]
    shapes += _axes()
    for (bands, rows), names in sizes.items():
        shapes += _curve(bands, rows, names)
    said = "; ".join(
        f"{bands} bands of {rows} rows find {100 * chance(0.8, bands, rows):.0f} % at 0.8" for bands, rows in sizes
    )
    return picture(WIDTH, HEIGHT, "The S-curves of the profiles", said, shapes)


def _axes() -> Iterable[str]:
    for step in range(6):
        share = step / 5
        x, y = _at(share, 0)[0], _at(0, share)[1]
        yield line((LEFT, y), (LEFT + WIDE, y))
        yield text(LEFT - 8, y + 4, f"{100 * share:.0f} %", "faint end", 11.5)
        yield text(x, TOP + HIGH + 20, f"{share:.1f}", "faint middle", 11.5)
    yield text(LEFT + WIDE / 2, TOP + HIGH + 42, "Jaccard similarity", "faint middle", 12)


def _curve(bands: int, rows: int, names: list[str]) -> Iterable[str]:
    shares = [step / POINTS for step in range(POINTS + 1)]
    yield line(*(_at(share, chance(share, bands, rows)) for share in shares), kind="arrow")
    height = NAMED[bands, rows]
    half = next(share for share in shares if chance(share, bands, rows) >= height)
    x, y = _at(half, height)
    for number, said in enumerate((f"{bands} bands of {rows} rows", *_lines(names))):
        kind = "ink bold" if number == 0 else "faint"
        place = (
            (x - 34, y + 14 * number, "end")
            if rows == min(size for _, size in NAMED)
            else (x + 14, y + 14 * number, "")
        )
        yield text(place[0], place[1], said, f"{kind} {place[2]}".strip(), 12)


def _lines(names: list[str]) -> list[str]:
    return [", ".join(names[start : start + 2]) for start in range(0, len(names), 2)]


def _at(share: float, height: float) -> tuple[float, float]:
    return LEFT + WIDE * share, TOP + HIGH * (1 - height)
