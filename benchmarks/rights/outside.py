"""Dolma's taggers of licences, which run in an environment of their own, by a script in `benchmarks/peers`."""

import gzip
import json
import re
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.rights.named import OTHER, Named, of_codes

SCRIPT = Path(__file__).parents[1] / "peers" / "dolma_licences.py"
TAGGERS = ("cc_re", "cc_re_fast")
#: runners that are no interpreters: uv makes an environment; nothing is run
UV, NOBODY = "uv", "none"
#: how much of what a peer said last is told
_TOLD = 300
#: cc_by-nc-sa_3.0_de: the last part is whichever came last in the address, a jurisdiction or a language
_TYPE = re.compile(r"cc_(?P<codes>[a-z/-]+)(?:_(?P<version>\d+\.\d+))?(?:_(?P<place>\w{2}))?")

#: an identifier and the markup
Markup = tuple[str, str]


class PeerError(RuntimeError):
    """A peer did not run to its end."""


def answers(pages: Iterable[Markup], runner: str) -> dict[str, dict[str, Named | None]]:
    """Ask each tagger about pages: by tagger and page, the best licence; a PeerError if the peer does not run."""
    told = [json.loads(line) for line in _run(pages, runner).splitlines()]
    return {name: {row["id"]: named(next(iter(row[name]), None)) for row in told} for name in TAGGERS}


def seconds(pages: Iterable[Markup], runner: str, rounds: int) -> dict[str, float]:
    """Measure processor seconds for all pages, the best of some rounds; a PeerError if the peer does not run."""
    return json.loads(_run(pages, runner, "--rounds", str(rounds)))


def named(kind: str | None) -> Named | None:
    """Read a type of span."""
    if kind is None:
        return None
    found = _TYPE.fullmatch(kind)
    return of_codes(found["codes"], found["version"], found["place"]) if found else Named(OTHER)


def command(pages: Path, runner: str, *options: str) -> Sequence[str | Path]:
    """Say what is run: by UV, which makes an environment that has Dolma, or by an interpreter that has it."""
    start = ["uv", "run", "--no-project", "--script"] if runner == UV else [runner]
    return [*start, SCRIPT, pages, *options]


def _run(pages: Iterable[Markup], runner: str, *options: str) -> str:
    if runner == NOBODY:
        raise PeerError("Dolma was not asked for")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "pages.jsonl.gz"
        with gzip.open(place, "wt", compresslevel=1, encoding="utf-8") as file:
            file.writelines(json.dumps({"id": name, "html": html}) + "\n" for name, html in pages)
        try:
            ran = subprocess.run(command(place, runner, *options), capture_output=True, text=True, check=False)
        except OSError as error:
            raise PeerError(f"Dolma did not start: {error}") from error
    if ran.returncode:
        raise PeerError(f"Dolma ended with {ran.returncode}: {ran.stderr.strip()[-_TOLD:]}")
    return ran.stdout
