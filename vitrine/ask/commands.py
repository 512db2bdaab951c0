"""The commands that ask a release, for `vitrine.command` to take in: everything heavy is imported where it is used."""

# ruff: noqa: PLC0415, PLR0913, PLR0917  # as in vitrine/command.py: help at once; as many options as users need

from typing import Annotated

import typer

from vitrine.ask.releases import Question
from vitrine.failing import or_fail

questions = typer.Typer(rich_markup_mode=None)

Release = Annotated[str, typer.Argument(metavar="RELEASE", help="A release, or a folder of releases; s3:// too.")]
Record = Annotated[str, typer.Argument(metavar="ID|URL", help="A record's id, or a page's address.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout and nothing else there.")]
Count = Annotated[int, typer.Option("-n", min=0, help="How many samples.")]
DroppedText = Annotated[
    bool, typer.Option("--dropped-text", help="Show texts that are not kept, where the release holds them.")
]
Seed = Annotated[int, typer.Option(help="Which samples: the same seed draws the same ones.")]


@questions.command(cls=Question)
def index(
    release: Release,
    workers: Annotated[int, typer.Option(min=1, help="Processes.")] = 1,
    as_json: Json = False,
) -> None:
    """Make the index of a release, where it is missing or stale."""
    from vitrine.ask.index import make_index

    or_fail(lambda: make_index(release, workers, as_json=as_json))


@questions.command(cls=Question)
def why(release: Release, wanted: Record, as_json: Json = False) -> None:
    """Tell the history of one record: every step with what it measured, and what followed."""
    from vitrine.ask.why import print_why

    or_fail(lambda: print_why(release, wanted, as_json=as_json))


@questions.command(cls=Question)
def url(
    release: Release,
    address: Annotated[str, typer.Argument(metavar="URL", help="An address, with or without its scheme.")],
    as_json: Json = False,
) -> None:
    """List all captures of an address, and what became of them."""
    from vitrine.ask.addresses import print_address

    or_fail(lambda: print_address(release, address, as_json=as_json))


@questions.command(cls=Question)
def domain(
    release: Release,
    name: Annotated[str, typer.Argument(metavar="DOMAIN", help="A registered domain, or a host.")],
    as_json: Json = False,
) -> None:
    """Sum up a domain: captures, what became of them, share, consent, licences."""
    from vitrine.ask.domain import print_domain

    or_fail(lambda: print_domain(release, name, as_json=as_json))


@questions.command(cls=Question)
def trace(
    release: Release,
    text: Annotated[str | None, typer.Argument(metavar="TEXT", help="What is asked about.")] = None,
    file: Annotated[
        str | None, typer.Option("-f", "--file", help="A file of text instead; - is what is piped in.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Trace a text back to the documents that say the same words."""
    from vitrine.ask.trace import print_trace

    or_fail(lambda: print_trace(release, text, file, as_json=as_json))


@questions.command(cls=Question)
def contamination(
    release: Release,
    benchmark: Annotated[
        str, typer.Argument(metavar="BENCHMARK.jsonl", help="A JSON object a line: text or question.")
    ],
    ngram: Annotated[int, typer.Option(min=1, max=1024, help="Words of an n-gram.")] = 13,
    as_json: Json = False,
) -> None:
    """Measure how much of each item of a benchmark the kept texts hold."""
    from vitrine.ask.contamination import print_contamination

    or_fail(lambda: print_contamination(release, benchmark, ngram, as_json=as_json))


@questions.command(cls=Question)
def duplicates(release: Release, wanted: Record, as_json: Json = False) -> None:
    """List the cluster of a document: who stands for whom, and by which criterion."""
    from vitrine.ask.duplicates import print_duplicates

    or_fail(lambda: print_duplicates(release, wanted, as_json=as_json))


@questions.command(cls=Question)
def compare(
    release: Release,
    a: Annotated[str, typer.Argument(metavar="A", help="A record's id, or a page's address.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another one.")],
    as_json: Json = False,
) -> None:
    """Set two records side by side, and say what first tells them apart."""
    from vitrine.ask.compare import print_comparison

    or_fail(lambda: print_comparison(release, a, b, as_json=as_json))


@questions.command(cls=Question)
def funnel(
    release: Release,
    by: Annotated[str | None, typer.Option(help="language, domain, licence or crawl.")] = None,
    as_json: Json = False,
) -> None:
    """Follow all records through the recipe, and say whether any is missing."""
    from vitrine.ask.funnel import print_funnel

    or_fail(lambda: print_funnel(release, by, as_json=as_json))


@questions.command(name="filter", cls=Question)
def filter_cost(
    release: Release,
    name: Annotated[str, typer.Argument(metavar="NAME", help="A filter of the recipe, by its column.")],
    count: Count = 10,
    seed: Seed = 1,
    dropped_text: DroppedText = False,
    as_json: Json = False,
) -> None:
    """Tell what one filter cost and whom, with samples to read."""
    from vitrine.ask.filter_cost import print_filter

    or_fail(lambda: print_filter(release, name, count, seed, dropped_text=dropped_text, as_json=as_json))


@questions.command(name="what-if", cls=Question)
def what_if(
    release: Release,
    settings: Annotated[list[str], typer.Option("--set", help="FILTER.LIMIT=VALUE. May be repeated.")],
    listed: Annotated[int, typer.Option("--list", min=0, help="Documents that change, to be listed.")] = 1000,
    as_json: Json = False,
) -> None:
    """Judge all documents again with other limits, from what was measured."""
    from vitrine.ask.what_if import print_what_if

    or_fail(lambda: print_what_if(release, settings, listed, as_json=as_json))


@questions.command(cls=Question)
def sample(
    release: Release,
    name: Annotated[str | None, typer.Option("--filter", help="Only what this filter dropped.")] = None,
    kept: Annotated[bool, typer.Option("--kept", help="Only what is kept.")] = False,
    count: Count = 20,
    seed: Seed = 1,
    dropped_text: DroppedText = False,
    as_json: Json = False,
) -> None:
    """Read some documents, each with the reason for its fate."""
    from vitrine.ask.sample import print_sample

    named = {"kept": kept, "count": count, "seed": seed, "dropped_text": dropped_text}
    or_fail(lambda: print_sample(release, name, named, as_json=as_json))


@questions.command(cls=Question)
def show(
    release: Release,
    wanted: Record,
    source: Annotated[str, typer.Option(help="The folder or URL of the input files, for the record itself.")] = "",
    dropped_text: DroppedText = False,
    as_json: Json = False,
) -> None:
    """Show the text of a document as it is kept, with its edits marked."""
    from vitrine.ask.show import print_document

    or_fail(lambda: print_document(release, wanted, source, dropped_text=dropped_text, as_json=as_json))


@questions.command(cls=Question)
def sql(
    release: Release,
    query: Annotated[
        str,
        typer.Argument(
            metavar="SELECT",
            help="One SELECT over ledger, data, dropped_texts, clusters, by_id, by_address, domains.",
        ),
    ],
    rows: Annotated[int, typer.Option(min=1, help="Rows that are given at most.")] = 1000,
    seconds: Annotated[float, typer.Option(min=0.1, help="Seconds that it may take.")] = 60.0,
    as_json: Json = False,
) -> None:
    """Ask any one SELECT; nothing can be changed, and nothing else be read."""
    from vitrine.ask.sql import print_sql

    or_fail(lambda: print_sql(release, query, rows, seconds, as_json=as_json))
