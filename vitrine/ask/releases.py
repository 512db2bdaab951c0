"""`--releases DIR`: any question put to all releases of a folder; DIR takes RELEASE's place."""

from collections.abc import Collection, Sequence
from itertools import islice
from typing import Annotated, Any

import typer
from typer.core import TyperCommand
from typer.main import get_command

from vitrine.failing import or_fail

_NAME = "--releases"


class Question(TyperCommand):
    """A command whose first argument is RELEASE, for which `--releases DIR` may stand."""

    def __init__(self, name: str | None, *, params: Sequence[Any] = (), **given: Any) -> None:  # noqa: ANN401  # typer's
        super().__init__(name, params=[*params, _option()], **given)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401  # typer's own kind of context
        """Put DIR first, where it is given; else parse as any command does."""
        folder, others = taken(args, self._valued())
        if folder is None:
            return super().parse_args(ctx, args)
        checked = or_fail(lambda: _folder(folder))
        ctx.allow_extra_args = True
        super().parse_args(ctx, [checked, *others])
        if ctx.args:
            or_fail(lambda: _refuse(ctx.args))
        return ctx.args

    def _valued(self) -> set[str]:
        """Name the options that a value follows."""
        options = (one for one in self.params if not getattr(one, "is_flag", False))
        return {name for one in options for name in one.opts if name.startswith("-")}


def taken(args: Sequence[str], valued: Collection[str]) -> tuple[str | None, list[str]]:
    """Take the last `--releases DIR` out of a command's words; without one, or a DIR for it, all words stay."""
    folder, others, left = None, list[str](), iter(args)
    for word in left:
        if word == "--":
            return folder, [*others, word, *left]
        if word == _NAME:
            folder = next(left, None)
            if folder is None:
                return None, [*args]
        elif word.startswith(f"{_NAME}="):
            folder = word.partition("=")[2]
        else:
            others += [word, *islice(left, int(word in valued))]
    return folder, others


def _folder(folder: str) -> str:
    """Give a folder of releases; UsageError where it is a release itself, or holds none."""
    # Heavy, and help needs none of it.
    from pipelines.mistakes import UsageError  # noqa: PLC0415
    from provenance.several import find_releases  # noqa: PLC0415

    if find_releases(folder) == [folder]:
        raise UsageError(f"expected a folder of releases after {_NAME}, got {folder!r}, a release: give it as RELEASE")
    return folder


def _refuse(more: Sequence[str]) -> None:
    from pipelines.mistakes import UsageError  # noqa: PLC0415

    raise UsageError(f"expected RELEASE or {_NAME} DIR, not both, and no more arguments, got also {' '.join(more)!r}")


def _option() -> Any:  # noqa: ANN401  # typer's own kind of option
    """Make the option for `--help`; its value is taken before options are read."""
    app = typer.Typer()
    app.command()(_asked)
    (found, *_) = get_command(app).params
    found.expose_value = False
    return found


def _asked(
    releases: Annotated[
        str, typer.Option(_NAME, metavar="DIR", help="All releases of a folder, instead of RELEASE.")
    ] = "",
) -> None:
    """Stand for a command that has the option."""
