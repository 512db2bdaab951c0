"""The `vitrine` command: one screen of help at once, everything heavy imported only where it is used."""

import sys
from collections.abc import Callable
from typing import Annotated, NoReturn, TypeVar

import typer

app = typer.Typer(
    help="Dataset curation with a glass case around it: every record read gets a written verdict.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
)

Result = TypeVar("Result")

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
    workers: Annotated[int, typer.Option(min=0, help="Processes; 0 is one for each processor.")] = 0,
    limit_shards: Annotated[int | None, typer.Option(min=1, help="Take only the first N shards, by name.")] = None,
    limit_records: Annotated[
        int | None, typer.Option(min=1, help="Read only the first N records of each shard.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Curate a crawl: from files to a release with its ledger."""
    if workers > 1:
        from pipelines.runner import start_server

        # It gets ready while this process imports what it needs itself.
        start_server()
    from vitrine.run import run_recipe

    options = (tuple(inputs or ()), out, workers, limit_shards, limit_records)
    code = _or_fail(lambda: run_recipe(recipe, *options, as_json=as_json))
    raise typer.Exit(code)


@app.command()
def check(recipe: RecipeName) -> None:
    """Check a recipe: all its mistakes at once, or its digest."""
    from vitrine.explain import describe_recipe

    typer.echo(_or_fail(lambda: describe_recipe(recipe)))


@app.command()
def recipes(as_json: Json = False) -> None:
    """List the bundled recipes."""
    from vitrine.explain import list_recipes

    typer.echo(_or_fail(lambda: list_recipes(as_json=as_json)), nl=False)


@app.command()
def filters(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="One filter to explain whole.")] = None,
    as_json: Json = False,
) -> None:
    """List the filters, or explain one: limits, source, examples."""
    from vitrine.explain import describe_filters

    typer.echo(_or_fail(lambda: describe_filters(name, as_json=as_json)), nl=False)


@app.command()
def status(
    release: Annotated[str, typer.Argument(metavar="DIR", help="A release, finished or not.")],
    as_json: Json = False,
) -> None:
    """Say what is done and what is left of a run."""
    from vitrine.status import describe_status

    typer.echo(_or_fail(lambda: describe_status(release, as_json=as_json)), nl=False)


def _or_fail(work: Callable[[], Result]) -> Result:
    """Do the work; what the user can mend becomes one message and exit code 1 (2 for a wrong argument)."""
    try:
        return work()
    except KeyboardInterrupt:
        _fail("stopped; the same command goes on from here", 1)
    except (ValueError, OSError, RuntimeError) as error:
        _fail(str(error) or type(error).__name__, 2 if _is_usage(error) else 1)


def _is_usage(error: Exception) -> bool:
    from pipelines.recipe import UsageError

    return isinstance(error, UsageError)


def _fail(message: str, code: int) -> NoReturn:
    typer.echo(f"vitrine: {message}", err=True)
    raise typer.Exit(code)


def main() -> None:
    """Run the command."""
    sys.exit(app(prog_name="vitrine"))


if __name__ == "__main__":
    main()
