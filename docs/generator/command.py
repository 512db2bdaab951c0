"""The reference of the command: what `--help` prints, as it prints it."""

import os
from unittest.mock import patch

from typer.main import get_command
from typer.testing import CliRunner

from generator.markdown import block, page
from vitrine.command import app

PATH = "docs/command.md"


def pages() -> dict[str, str]:
    """Write the page."""
    commands = getattr(get_command(app), "commands", {})
    within = {name: sorted(getattr(command, "commands", {})) for name, command in commands.items()}
    names = [words for name in sorted(commands) for words in ([name], *([name, part] for part in within[name]))]
    head = (
        "Exit codes: 0, done; 1, something that can be mended, said in one message on standard error; 2, a wrong "
        "argument. With `--json` standard output holds one JSON object and nothing else."
    )
    parts = [part for words in names for part in (f"## `vitrine {' '.join(words)}`", block(_help(*words)))]
    return {PATH: page("The command", ["vitrine/command.py"], 1, head, block(_help()), *parts)}


def _help(*words: str) -> str:
    # The width must not be that of the terminal at hand.
    with patch.dict(os.environ, {"COLUMNS": "100", "TERMINAL_WIDTH": "100"}):
        done = CliRunner().invoke(app, [*words, "--help"], prog_name="vitrine")
    if done.exit_code:
        raise RuntimeError(f"vitrine {' '.join(words)} --help ended with {done.exit_code}: {done.output}")
    return done.output
