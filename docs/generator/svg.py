"""The few shapes that the pictures are drawn with, and their colours by day and by night."""

from collections.abc import Iterable
from xml.sax.saxutils import escape

#: name, by day, by night
COLOURS = (
    ("card", "#ffffff", "#0d1117"),
    ("edge", "#d0d7de", "#30363d"),
    ("ink", "#1f2328", "#e6edf3"),
    ("faint", "#59636e", "#9198a1"),
    ("kept", "#2da44e", "#3fb950"),
    ("duplicate", "#8250df", "#a371f7"),
    ("dropped", "#d4a106", "#d29922"),
    ("error", "#8c959f", "#6e7681"),
    ("box", "#f6f8fa", "#161b22"),
)

_STYLE = """text { font-family: ui-sans-serif, system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; }
.word { font-family: ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
.bold { font-weight: 600; }
.end { text-anchor: end; }
.middle { text-anchor: middle; }"""


def picture(width: int, height: int, title: str, told: str, shapes: Iterable[str]) -> str:
    """Draw shapes on a card of its own, so that they can be read on any page."""
    day = "\n".join(f".{name} {{ fill: {colour}; }}" for name, colour, _ in COLOURS)
    night = "\n".join(f"  .{name} {{ fill: {colour}; }}" for name, _, colour in COLOURS)
    style = f"{_STYLE}\n{day}\n{_strokes(1)}\n@media (prefers-color-scheme: dark) {{\n{night}\n{_strokes(2)}\n}}"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-labelledby="title told">\n<title id="title">{escape(title)}</title>\n'
        f'<desc id="told">{escape(told)}</desc>'
    )
    card = box(0.5, 0.5, width - 1, height - 1, "card")
    return "\n".join([head, f"<style>\n{style}\n</style>", card, *shapes, "</svg>"]) + "\n"


def box(x: float, y: float, width: float, height: float, kind: str) -> str:
    """Draw a box with an edge."""
    size = f'x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" rx="6"'
    return f'<rect class="{kind}" {size}/><rect class="line" {size}/>'


def bar(x: float, y: float, width: float, height: float, kind: str) -> str:
    """Draw a bar."""
    return f'<rect class="{kind}" x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"/>'


def band(start: tuple[float, float], end: tuple[float, float], width: float, kind: str) -> str:
    """Draw a band of one width from its upper corner at `start` to its upper corner at `end`."""
    (x, y), (x2, y2) = start, end
    bend = x + (x2 - x) * 0.5
    there = f"M{_n(x)},{_n(y)} C{_n(bend)},{_n(y)} {_n(bend)},{_n(y2)} {_n(x2)},{_n(y2)}"
    back = f"V{_n(y2 + width)} C{_n(bend)},{_n(y2 + width)} {_n(bend)},{_n(y + width)} {_n(x)},{_n(y + width)}"
    return f'<path class="{kind}" d="{there} {back} Z" fill-opacity="0.72"/>'


def text(x: float, y: float, said: str, kind: str = "ink", size: float = 13) -> str:
    """Write one line, its baseline at y."""
    return f'<text class="{kind}" x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}">{escape(said)}</text>'


def line(*points: tuple[float, float], kind: str = "line") -> str:
    """Draw a line through points."""
    path = " L".join(f"{_n(x)},{_n(y)}" for x, y in points)
    return f'<path class="{kind}" d="M{path}"/>'


def arrow(start: tuple[float, float], end: tuple[float, float]) -> str:
    """Draw an arrow to the right or downwards."""
    x2, y2 = end
    back = [(x2 - 4, y2 - 4), (x2 - 4, y2 + 4)] if start[1] == y2 else [(x2 - 4, y2 - 4), (x2 + 4, y2 - 4)]
    return line(start, end, kind="arrow") + line(back[0], end, back[1], kind="arrow")


def _strokes(place: int) -> str:
    """Colour what is drawn by its edge; `place` is that of the hour in COLOURS."""
    colours = {name: (name, *hours) for name, *hours in COLOURS}
    return "\n".join(
        f".{name} {{ fill: none; stroke: {colours[colour][place]}; }}"
        for name, colour in (("line", "edge"), ("arrow", "faint"))
    )


def _n(number: float) -> str:
    """Write a number of pixels, to a hundredth."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
