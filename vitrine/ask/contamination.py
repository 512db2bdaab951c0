"""`vitrine contamination`: how much of a benchmark a release holds."""

from pathlib import Path

from rich.console import Console

from pipelines.mistakes import UsageError
from provenance.passages.benchmark_items import Item, read_items
from provenance.passages.contamination import Contamination
from vitrine.ask.printing import ask, plain, table

#: bytes of a benchmark, and items that are shown; `--json` has all
MOST_BYTES, SHOWN = 1 << 30, 20


def print_contamination(release: str, benchmark: str, ngram: int, *, as_json: bool) -> None:
    """Measure the n-grams of each item of a benchmark, a file of JSON lines, that kept texts hold."""
    items = read(benchmark)
    ask(release, "contamination", (items, ngram), draw, as_json=as_json)


def read(benchmark: str) -> list[Item]:
    """Read the items; UsageError names the line that is none."""
    path = Path(benchmark)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UsageError(f"expected a benchmark of at most {MOST_BYTES:,} bytes, got more: split {benchmark!r}")
        with path.open("rb") as lines:
            return read_items(lines)
    except OSError as error:
        raise UsageError(f"expected a file of JSON lines, got {benchmark!r}: {error.strerror}") from error
    except ValueError as error:
        raise UsageError(f"{benchmark}: {error}") from error


def draw(console: Console, found: Contamination) -> None:
    """Draw the items of which most was found."""
    order = sorted(found.items, key=lambda one: (-(one.share or 0), one.line))
    rows = [
        (one.line, one.share, one.covered, one.found, one.ngrams, plain(one.documents[0].url or one.documents[0].id))
        for one in order[:SHOWN]
        if one.documents
    ]
    held = sum(bool(one.found) for one in found.items)
    title = f"{held:,} of {len(found.items):,} items have {found.ngram}-grams in {found.documents:,} documents"
    console.print(table(title, ("line", "share", "tokens covered", "found", "n-grams", "most in"), rows))
    if found.too_short:
        console.print(f"{found.too_short:,} items have fewer than {found.ngram} words: nothing is known of them")
