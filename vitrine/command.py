"""The `vitrine` command: one screen of help at once, everything heavy imported only where it is used."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from vitrine.ask.commands import questions
from vitrine.failing import or_fail

app = typer.Typer(
    help="Dataset curation with a glass case around it: every record read gets a written verdict.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
)

duplicates = typer.Typer(help="How duplicates are found.", rich_markup_mode=None, no_args_is_help=True)
app.add_typer(duplicates, name="dedup")
app.add_typer(questions)

RecipeName = Annotated[str, typer.Argument(metavar="RECIPE", help="A bundled recipe's name, or a TOML file.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout and nothing else there.")]


@app.command()
def run(
    recipe: RecipeName,
    inputs: Annotated[
        list[str] | None,
        typer.Option("--input", help="File, folder, glob, path list (warc.paths.gz) or URL. May be repeated."),
    ] = None,
    out: Annotated[str, typer.Option(help="Where the release goes: a folder or s3://. [releases/RECIPE]")] = "",
    site_files: Annotated[
        list[str] | None,
        typer.Option("--site-files", help="WARC files with captures of robots.txt and the like. May be repeated."),
    ] = None,
    earlier: Annotated[
        list[str] | None,
        typer.Option("--earlier", help="An earlier release: what it holds is not kept again. May be repeated."),
    ] = None,
    workers: Annotated[int, typer.Option(min=0, help="Processes; 0 is one for each processor.")] = 0,
    limit_shards: Annotated[int | None, typer.Option(min=1, help="Take only the first N shards, by name.")] = None,
    limit_records: Annotated[
        int | None, typer.Option(min=1, help="Read only the first N records of each shard.")
    ] = None,
    keep_work: Annotated[
        bool, typer.Option("--keep-work", help="Keep what the stages made, so that a later run over more is quick.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Curate a crawl: from files to a release with its ledger."""
    if workers > 1:
        from pipelines.runner import start_server

        # It gets ready while this process imports what it needs itself.
        start_server()
    from vitrine.run import run_recipe

    options = (tuple(inputs or ()), out, workers, limit_shards, limit_records)
    given = {"site_files": tuple(site_files or ()), "earlier": tuple(earlier or ())}
    code = or_fail(lambda: run_recipe(recipe, *options, **given, keep_work=keep_work, as_json=as_json))
    raise typer.Exit(code)


@app.command()
def check(recipe: RecipeName, as_json: Json = False) -> None:
    """Check a recipe: all its mistakes at once, or its digest, and whether each filter can drop anything."""
    from vitrine.explain import describe_recipe

    typer.echo(or_fail(lambda: describe_recipe(recipe, as_json=as_json)))


@app.command()
def explain(recipe: RecipeName, as_json: Json = False) -> None:
    """Explain a recipe: every step in order, with its limits and its source."""
    from vitrine.explain import explain_recipe

    or_fail(lambda: explain_recipe(recipe, as_json=as_json))


@duplicates.command(name="explain")
def explain_duplicates(recipe: RecipeName, as_json: Json = False) -> None:
    """Print the rounds of a recipe, the numbers of its signatures, and which similar texts they find."""
    from vitrine.dedup import explain_dedup

    or_fail(lambda: explain_dedup(recipe, as_json=as_json))


@app.command()
def recipes(as_json: Json = False) -> None:
    """List the bundled recipes."""
    from vitrine.explain import list_recipes

    typer.echo(or_fail(lambda: list_recipes(as_json=as_json)), nl=False)


@app.command()
def filters(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="One filter to explain whole.")] = None,
    as_json: Json = False,
) -> None:
    """List the filters, or explain one: limits, source, examples."""
    from vitrine.explain import describe_filters

    typer.echo(or_fail(lambda: describe_filters(name, as_json=as_json)), nl=False)


@app.command()
def extract(
    page: Annotated[
        str, typer.Argument(metavar="PAGE", help="A file of HTML, - for standard input; with --release a URL or id.")
    ],
    release: Annotated[str, typer.Option(help="The release that read the page.")] = "",
    inputs: Annotated[list[str] | None, typer.Option("--input", help="Where the release's WARC files lie.")] = None,
    engine: Annotated[str, typer.Option(help="vitrine, resiliparse or trafilatura.")] = "vitrine",
    full: Annotated[bool, typer.Option("--full", help="All text that is not hidden, not only the main text.")] = False,
    comments: Annotated[bool, typer.Option("--comments", help="Take readers' comments too.")] = False,
    tables: Annotated[bool, typer.Option(help="Take cells of tables.")] = True,
    code: Annotated[bool, typer.Option(help="Take preformatted text.")] = True,
    explained: Annotated[bool, typer.Option("--explain", help="Print all blocks with their scores instead.")] = False,
    as_json: Json = False,
) -> None:
    """Extract the main text of one page, or explain block by block what was taken and what was left."""
    from pipelines.extraction.engine import Options
    from vitrine.extract import Captured, extract_page

    options = Options("full" if full else "main", comments, tables, code)
    found = Captured(page, release, inputs or []) if release else page
    or_fail(lambda: extract_page(found, engine, options, explained=explained, as_json=as_json))


@app.command(name="train-quality")
def train_quality(
    labelled: Annotated[str, typer.Argument(metavar="LABELLED.jsonl", help="One JSON object a line: text and label.")],
    out: Annotated[Path, typer.Option(help="The folder for the model and its card.")] = Path("quality"),
    good: Annotated[str, typer.Option(help="The label whose probability is the quality score.")] = "hq",
    text: Annotated[str, typer.Option(help="The field that holds the text.")] = "text",
    label: Annotated[str, typer.Option(help="The field that holds the label, one word.")] = "label",
    dim: Annotated[int, typer.Option(min=1, max=1024, help="Numbers that stand for a word.")] = 100,
    epochs: Annotated[int, typer.Option(min=1, help="How often all texts are read.")] = 5,
    learning_rate: Annotated[float, typer.Option(min=0.0001, help="How fast it learns.")] = 0.1,
    word_ngrams: Annotated[int, typer.Option(min=1, max=5, help="The longest run of words that counts.")] = 2,
    buckets: Annotated[int, typer.Option(min=1, help="Places in the table of n-grams.")] = 200_000,
    held_out: Annotated[float, typer.Option(min=0.01, max=0.9, help="Share of the texts that only measure.")] = 0.2,
    seed: Annotated[int, typer.Option(help="Where chance begins.")] = 1,
    as_json: Json = False,
) -> None:
    """Train a fastText quality model from labelled texts, and measure it on texts it never saw."""
    from pipelines.fasttext_training import Training
    from vitrine.train import train_quality as train

    training = Training(
        dim=dim,
        epochs=epochs,
        learning_rate=learning_rate,
        word_ngrams=word_ngrams,
        buckets=buckets,
        held_out=held_out,
        seed=seed,
    )
    or_fail(lambda: train(labelled, out, (text, label, good), training, as_json=as_json))


@app.command()
def rights(
    wanted: Annotated[str, typer.Argument(metavar="URL|ID|DOMAIN", help="A page that was read, or a domain.")],
    release: Annotated[str, typer.Argument(metavar="RELEASE", help="The release that read it.")],
    as_json: Json = False,
) -> None:
    """Show what a page says of its rights, item by item, and what follows; of a domain, what its pages say."""
    from vitrine.rights import print_rights

    or_fail(lambda: print_rights(wanted, release, as_json=as_json))


@app.command()
def attribution(
    release: Annotated[str, typer.Argument(metavar="RELEASE", help="A release.")],
    out: Annotated[str, typer.Option(help="A file to write: .parquet, or text with any other ending.")] = "",
    as_json: Json = False,
) -> None:
    """List the kept documents whose licence asks that their authors be named."""
    from vitrine.rights import print_attribution

    or_fail(lambda: print_attribution(release, out, as_json=as_json))


@app.command()
def status(
    release: Annotated[str, typer.Argument(metavar="DIR", help="A release, finished or not.")],
    as_json: Json = False,
) -> None:
    """Say what is done and what is left of a run."""
    from vitrine.status import describe_status

    typer.echo(or_fail(lambda: describe_status(release, as_json=as_json)), nl=False)


def main() -> None:
    """Run the command."""
    sys.exit(app(prog_name="vitrine"))


if __name__ == "__main__":
    main()
