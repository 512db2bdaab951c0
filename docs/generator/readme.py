"""Fills the marked parts of the README with what really comes out."""

import io
import os
import re
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path
from unittest.mock import patch

from generator.markdown import block
from generator.sample import Sample
from vitrine.summary import print_summary

PATH = "README.md"
#: rows of one group of the funnel that are shown before the rest is left out
FEW = 2
_PROGRAM = re.compile(r"```python\n(.*?)```", re.DOTALL)


def pages(sample: Sample, root: Path) -> dict[str, str]:
    """Write the README again with its parts renewed."""
    text = (root / PATH).read_text("utf-8")
    text = _filled(text, "summary", block(_summary(sample), "text"))
    for name in re.findall(r"<!-- (answer\w*): begin -->", text):
        program = _PROGRAM.findall(text.partition(f"<!-- {name}: begin -->")[0])[-1]
        text = _filled(text, name, block(_answer(program, sample.folder), "text"))
    return {PATH: text}


def _filled(text: str, name: str, content: str) -> str:
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, found, rest = text.partition(begin)
    _, found_end, after = rest.partition(end)
    if not (found and found_end):
        raise ValueError(f"{PATH}: expected the marks {begin} and {end}, and one is not there")
    return f"{before}{begin}\n{content}\n{end}{after}"


def _summary(sample: Sample) -> str:
    """Take what `vitrine run sample` prints, without its times and without rows of the same kind."""
    said = io.StringIO()
    with (
        patch.dict(os.environ, {"COLUMNS": "200", "NO_COLOR": "1", "FORCE_COLOR": "", "TTY_COMPATIBLE": "0"}),
        redirect_stdout(said),
    ):
        print_summary(sample.curated, sample.recipe)
    told = said.getvalue().replace(f"{sample.folder}{os.sep}", "")
    funnel, _, rest = told.partition("edits in what is kept")
    places = re.search(r"^release {4}.*", rest, re.MULTILINE | re.DOTALL)
    return f"{_few(funnel.rstrip())}\n\n{places[0] if places else ''}"


def _few(funnel: str) -> str:
    lines: list[str] = []
    seen: dict[str, int] = {}
    for line in (line.rstrip() for line in funnel.splitlines()):
        kind = next((kind for kind in ("no document", "dropped by") if kind in line), "")
        seen[kind] = seen.get(kind, 0) + 1
        if not kind or seen[kind] <= FEW:
            lines.append(line)
        elif seen[kind] == FEW + 1:
            lines.append("│   ⋮")
    return "\n".join(lines)


def _answer(program: str, folder: Path) -> str:
    """Run a program of the README where the sample's release is."""
    done = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise RuntimeError(f"a program in {PATH} failed: {done.stderr}")
    return done.stdout
