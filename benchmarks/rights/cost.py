"""What rights cost beside a page's text: processor time on pages of a crawl, all parts of a page in turn."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from benchmarks.rights.truth import Page
from pipelines.extract import resiliparse
from pipelines.extraction.engine import extractor
from pipelines.extraction.evidence import Evidence
from pipelines.extraction.metadata import metadata
from pipelines.extraction.rights import page_rights
from pipelines.stated import values

RESILIPARSE, OURS, EVIDENCE, RIGHTS, METADATA, VALUES = range(6)
PARTS = (
    "resiliparse: parse and main text",
    "ours: scan and main text",
    "ours: evidence, which rights and metadata share",
    "ours: rights, the evidence being there",
    "ours: metadata, the evidence being there",
    "ours: both as columns of the ledger",
)
#: pages that are read beforehand: kernels are compiled or loaded, memory is taken
WARM = 50


@dataclass(frozen=True, slots=True)
class Cost:
    """Processor seconds by part, of all pages; the clock's own are taken off."""

    pages: int
    rounds: int
    #: of the best round of each part
    seconds: tuple[float, ...]
    #: by part, of the page in the middle, and of the worst, each page in its best round
    median: tuple[float, ...]
    worst: tuple[float, ...]
    #: of one reading of the clock, taken off already
    clock: float

    @property
    def of_resiliparse(self) -> float:
        """Rights as a share of what parsing and main text cost with resiliparse."""
        return self.seconds[RIGHTS] / self.seconds[RESILIPARSE]

    @property
    def of_ours(self) -> float:
        """Rights as a share of our text, evidence and metadata."""
        return self.seconds[RIGHTS] / sum(self.seconds[part] for part in (OURS, EVIDENCE, METADATA))

    @property
    def of_resiliparse_with_evidence(self) -> float:
        """Rights and the whole of the evidence, as if nothing else needed it, as a share of resiliparse."""
        return (self.seconds[RIGHTS] + self.seconds[EVIDENCE]) / self.seconds[RESILIPARSE]


def cost(pages: Sequence[Page], rounds: int, tick: Callable[[], object] = lambda: None) -> Cost:
    """Measure all parts of each page in turn, so that whatever else the machine does falls on all alike."""
    clock = _clock()
    for page in pages[:WARM]:
        one_page(page)
    spent: list[np.ndarray] = []
    for _ in range(rounds):
        spent.append(np.array([one_page(page) for page in pages]).reshape(-1, len(PARTS)) - clock)
        tick()
    seconds = np.min([one.sum(axis=0) for one in spent], axis=0)
    best = np.min(spent, axis=0)
    seconds, middle, worst = (tuple(found.tolist()) for found in (seconds, np.median(best, axis=0), best.max(axis=0)))
    return Cost(len(pages), rounds, seconds, middle, worst, clock)


def one_page(page: Page) -> tuple[float, ...]:
    """Read a page as the pipeline does, and say how many seconds each part took."""
    at = [time.process_time()]
    resiliparse(page.html)
    at.append(time.process_time())
    _, scanned = extractor().read(page.html)
    at.append(time.process_time())
    evidence = Evidence(scanned, page.url)
    at.append(time.process_time())
    rights = page_rights(scanned, evidence, page.fields, page.url)
    at.append(time.process_time())
    found = metadata(scanned, page.url, evidence)
    at.append(time.process_time())
    values(found, rights, "fields")
    at.append(time.process_time())
    return tuple(end - start for start, end in pairwise(at))


def _clock(readings: int = 10_000) -> float:
    """Measure what one reading of the clock takes."""
    started = time.process_time()
    for _ in range(readings):
        time.process_time()
    return (time.process_time() - started) / readings
