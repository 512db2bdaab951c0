"""`vitrine trace`: a text, with what documents of a release say as well."""

import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from pipelines.mistakes import UsageError
from provenance.passages.answer import Source, Span
from provenance.similar import Similar
from provenance.traced import Traced
from vitrine.ask.printing import ask, plain, readable, table

#: bytes of a text that is asked about
MOST_BYTES = 16 << 20
#: spans and sources that are shown; `--json` has all
SHOWN, SOURCES = 20, 5


def print_trace(release: str, text: str | None, file: str | None, *, as_json: bool) -> None:
    """Trace a text, or that of a file (`-` is what is piped in), back to documents."""
    asked = wanted(text, file)
    ask(release, "trace", (asked,), lambda console, found: draw(console, found, asked), as_json=as_json)


def wanted(text: str | None, file: str | None) -> str:
    """Read what is asked about; UsageError where that is not one text of at most `MOST_BYTES`."""
    if (text is None) == (file is None):
        raise UsageError("expected either a TEXT or -f FILE (- is what is piped in)")
    if file is None:
        return text or ""
    try:
        with sys.stdin.buffer if file == "-" else Path(file).open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(f"expected a file of text, got {file!r}: {error.strerror}") from error
    if len(content) > MOST_BYTES:
        raise UsageError(f"expected at most {MOST_BYTES:,} bytes of text, got more: ask about parts of {file!r}")
    return content.decode("utf-8", "replace")


def draw(console: Console, found: Traced, asked: str) -> None:
    """Draw the text with its spans highlighted, then who has them."""
    console.print(highlighted(found, asked), soft_wrap=True)
    if not found.spans:
        console.print("\nno document that this release keeps shares a passage with it")
    _print_spans(console, found.spans)
    if found.dropped:
        console.print(Text("\nin documents that are not kept", "bold"))
        _print_spans(console, found.dropped)
    if found.similar and found.similar.documents:
        console.print(Text("\n").join(_alike(found.similar)), soft_wrap=True)
    if found.unverified:
        rows = [
            (
                one.url or one.id,
                one.date,
                f"{one.outcome} by {one.dropped_by}",
                one.fingerprints,
                one.certainty,
                one.snippet,
            )
            for one in found.unverified
        ]
        headings = ("address", "date", "fate", "fingerprints", "", "what is shared, masked")
        console.print(table("in documents that are not kept, by fingerprints alone", headings, rows))
    if found.dropped_guarantee and (found.dropped or found.unverified):
        console.print(Text(f"\nOf dropped texts: {found.dropped_guarantee}", "dim"), soft_wrap=True)
    if not found.work.complete:
        console.print("not all was followed: see `work` of --json", style="yellow")


def _print_spans(console: Console, spans: Sequence[Span]) -> None:
    for number, span in enumerate(spans[:SHOWN], 1):
        console.print(Text("\n").join(_lines(number, span)), soft_wrap=True)
    if len(spans) > SHOWN:
        console.print(f"{len(spans) - SHOWN:,} more spans: --json has all")


def highlighted(found: Traced, asked: str) -> Text:
    """Mark the spans in the text that was asked about."""
    made = Text(readable(asked))
    for span in found.spans:
        made.stylize("reverse", span.start, span.end)
    return made


def _alike(found: Similar) -> list[Text]:
    """Say which documents are alike as a whole, a line each."""
    rows = [
        Text(f"   {one.similarity:.2f}  {plain(one.url or one.id)}  ({plain(one.date or '')})")
        for one in found.documents[:SOURCES]
    ]
    return [Text("\nalike as a whole, by the share of shingles that both have", "bold"), *rows]


def _lines(number: int, span: Span) -> list[Text]:
    """Say where a span lies in the text, then who has it, a line each."""
    more = span.documents_at_most - min(len(span.sources), SOURCES)
    lines = [Text(f"\n{number}. {span.tokens:,} words, characters {span.start:,} to {span.end:,}", "bold")]
    for one in span.sources[:SOURCES]:
        about = ", ".join(
            plain(said)
            for said in (_fate(one), one.date, one.licence, None if one.verbatim else "other case, spacing or marks")
            if said
        )
        lines.append(Text(f"   {plain(one.url or one.id)}  ({about})  {one.data_file} row {one.data_row:,}"))
        lines += [Text(f"   {plain(one.snippet)}", "dim")] if one.snippet is not None else []
    return [*lines, Text(f"   and up to {more:,} more", "dim")] if more > 0 else lines


def _fate(one: Source) -> str:
    return f"{one.fate} by {one.dropped_by}" if one.dropped_by else one.fate
