"""`vitrine domain`: a domain summed up."""

from rich.console import Console

from provenance.domain import Domain
from vitrine.ask.printing import ask, facts, plain, table


def print_domain(release: str, wanted: str, *, as_json: bool) -> None:
    """Sum up a domain."""
    ask(release, "domain", (wanted,), draw, as_json=as_json)


def draw(console: Console, found: Domain) -> None:
    """Draw what became of its pages, what they say, and some of them."""
    console.print(plain(found.says), soft_wrap=True)
    if not found.known:
        return
    shares = f"{found.share_of_documents:.4%} of the documents, {found.share_of_bytes:.4%} of the bytes"
    facts(
        console,
        (
            ("domain", found.domain),
            ("share", shares),
            ("rank", found.rank and f"{found.rank:,} of {found.domains:,}"),
            ("captured", f"{found.first_capture} to {found.last_capture}" if found.first_capture else None),
        ),
    )
    fates = [(one.outcome, one.dropped_by, one.captures, one.text_bytes) for one in found.fates]
    console.print(table("what became of them", ("outcome", "by", "captures", "bytes"), fates))
    said = [(one.licence, one.consent, one.documents, one.kept) for one in found.said]
    console.print(table("what they say", ("licence", "of training", "documents", "kept"), said))
    if found.unlisted.statements:
        more = found.unlisted
        console.print(f"and {more.statements:,} more statements in {more.documents:,} documents, {more.kept:,} kept")
    pages = [(one.outcome, one.dropped_by, one.url) for one in found.examples]
    console.print(table("for example", ("outcome", "by", "address"), pages))
