"""Write references.npz from Python's own tables.

`python -m pipelines.extraction.kernels.references_build`.
"""

import sys
from html.entities import html5
from pathlib import Path

import numpy as np

from pipelines.extraction.kernels.references import LAST, LETTER, OPEN, REST, SIZE


def texts() -> tuple[bytes, dict[str, int]]:
    """Lay what names stand for side by side, each once; returns that, and for each name its place and bytes."""
    laid, places = b"", dict[str, int]()
    # The long ones hold most of the short ones.
    for name in sorted(html5, key=lambda name: (-len(html5[name].encode()), name)):
        text = html5[name].encode()
        laid += b"" if text in laid else text
        places[name] = laid.index(text) << SIZE | len(text)
    return laid, places


def tree(places: dict[str, int]) -> list[int]:
    """Lay the nodes out level by level, so that siblings lie side by side."""
    children: dict[str, set[str]] = {}
    for start, letter in {(name[:k], name[k]) for name in places for k in range(len(name))}:
        children.setdefault(start, set()).add(letter)
    nodes = [0] * (LETTER + 1)
    level = {ord(letter): letter for letter in sorted(children[""])}
    while level:
        following = dict[int, str]()
        for place, start in level.items():
            # The flag of the last sibling is already there.
            nodes[place] |= ord(start[-1]) | _rest(start, places, len(nodes))
            siblings = sorted(children.get(start, ()))
            following |= {len(nodes) + k: start + letter for k, letter in enumerate(siblings)}
            nodes += [0] * (len(siblings) - 1) + [LAST] * bool(siblings)
        level = following
    return nodes


def _rest(start: str, places: dict[str, int], following: int) -> int:
    """Say what a node holds besides its letter; `following` is where its children will lie."""
    if start.endswith(";"):
        return places[start] << REST
    if start in places and places[start] != places.get(f"{start};"):
        raise SystemExit(f"expected {start} to stand for the same with `;`, got {places.get(f'{start};')}")
    return following << REST | OPEN * (start in places)


def controls() -> list[int]:
    """Take the numbers 0x80 to 0x9F as Windows-1252, which leaves five of them as they are."""
    decoded = [bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xA0)]
    return [ord(character) for character in decoded]


def build(path: Path) -> None:
    """Write the tables to `path`."""
    laid, places = texts()
    arrays = np.array(tree(places), np.int32), np.frombuffer(laid, np.uint8), np.array(controls(), np.int32)
    np.savez_compressed(path, tree=arrays[0], texts=arrays[1], controls=arrays[2])


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("references.npz"))
