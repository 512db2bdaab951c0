"""How fast engines are: processor time on one thread, raw bytes in to text out, on pages of a crawl."""

import statistics
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.extraction.engines import ENGINES, PARTS, Engine, ask, load
from benchmarks.extraction.truth import MAX_BYTES, Body
from pipelines.http import Fault, is_html, read_response
from pipelines.readers.limits import ReadLimits
from pipelines.readers.warc import read_warc

OK = 200
ROUNDS = 3
#: seconds of the processor after which an engine's round ends, however few pages it has seen
PATIENCE = 10.0
WARM = 20

Figures = dict[str, float]


def crawl(folder: Path, count: int) -> list[Body]:
    """Read at most `count` pages of a folder's WARC files, at even distances."""
    bodies = [body for path in sorted(folder.glob("*.warc.gz")) for body in _pages(path)]
    number = min(count, len(bodies))
    return [bodies[index * len(bodies) // number] for index in range(number)]


def _pages(path: Path) -> Iterator[Body]:
    """Read what the pipeline takes for a page: status 200, HTML, not empty."""
    for record in read_warc(str(path), ReadLimits(MAX_BYTES)):
        if record.kind != "response" or record.reason:
            continue
        response = read_response(record.content, MAX_BYTES)
        if not isinstance(response, Fault) and response.status == OK and is_html(response) and response.body.strip():
            yield Body(response.body, response.charset)


def speed(
    names: Sequence[str], bodies: Sequence[Body], tick: Callable[[], object] = lambda: None
) -> dict[str, Figures]:
    """Measure engines in turns, so that whatever else the machine does falls on all; medians of the rounds.

    A slow engine sees only the first pages, which are spread over the crawl: as many as it can in PATIENCE seconds.
    """
    engines = {name: load(name) for name in names} | {name: make() for name, make in PARTS.items()}
    mixed = spread(bodies)
    rounds: dict[str, list[Figures]] = {name: [] for name in engines}
    for engine in engines.values():
        one_round(engine, mixed[:WARM])
    for _ in range(ROUNDS):
        for name, engine in engines.items():
            rounds[name].append(one_round(engine, mixed))
            tick()
    return {name: _middle(found) for name, found in rounds.items()}


def spread(bodies: Sequence[Body]) -> list[Body]:
    """Order pages so that any first part of them is a picture of all."""
    order = sorted(range(len(bodies)), key=lambda index: int(f"{index:032b}"[::-1], 2))
    return [bodies[index] for index in order]


def one_round(engine: Engine, bodies: Sequence[Body]) -> Figures:
    """Extract pages until time is up."""
    seconds, pages, size = 0.0, 0, 0
    for body in bodies:
        seconds += ask(engine, *body).seconds
        pages, size = pages + 1, size + len(body.raw)
        if seconds > PATIENCE:
            break
    return {"pages": pages, "pages_per_second": pages / seconds, "megabytes_per_second": size / 1e6 / seconds}


def _middle(rounds: Sequence[Figures]) -> Figures:
    return {figure: statistics.median(one[figure] for one in rounds) for figure in rounds[0]}


def is_measurable(name: str) -> bool:
    """Say whether an engine runs in this process."""
    return name in ENGINES or ":" in name
