"""How a command fails: what the user can mend is one message on stderr and an exit code, never a traceback."""

from collections.abc import Callable
from typing import NoReturn, TypeVar

import typer

Result = TypeVar("Result")


def or_fail(work: Callable[[], Result]) -> Result:
    """Do the work; what the user can mend becomes one message and exit code 1 (2 for a wrong argument)."""
    try:
        return work()
    except KeyboardInterrupt:
        _fail("stopped; the same command goes on from here", 1)
    except (ValueError, OSError, RuntimeError) as error:
        _fail(str(error) or type(error).__name__, 2 if _is_usage(error) else 1)


def _is_usage(error: Exception) -> bool:
    # Heavy, and most commands do not fail.
    from pipelines.mistakes import UsageError  # noqa: PLC0415

    return isinstance(error, UsageError)


def _fail(message: str, code: int) -> NoReturn:
    typer.echo(f"vitrine: {message}", err=True)
    raise typer.Exit(code)
