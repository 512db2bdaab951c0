"""`vitrine url`: all captures of an address."""

from rich.console import Console

from provenance.addresses import Address
from vitrine.ask.printing import ask, plain, table


def print_address(release: str, url: str, *, as_json: bool) -> None:
    """List the captures of an address."""
    ask(release, "url", (url,), draw, as_json=as_json)


def draw(console: Console, found: Address) -> None:
    """Draw them, a line each."""
    console.print(plain(found.says), soft_wrap=True)
    if found.captures:
        rows = [
            (one.date, one.dump, one.outcome, one.dropped_by, one.language, one.licence, one.text_bytes, one.id)
            for one in found.captures
        ]
        headings = ("captured", "crawl", "outcome", "by", "language", "licence", "bytes", "id")
        console.print(table(found.wanted, headings, rows))
