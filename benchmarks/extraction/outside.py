"""Extractors that run in environments of their own, by scripts in `benchmarks/peers`."""

import gzip
import hashlib
import json
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.extraction.engines import Answer
from benchmarks.extraction.truth import Bodies
from pipelines.charset import decode
from pipelines.http import Fault

SCRIPTS = Path(__file__).parents[1] / "peers"
#: by name: the script that runs it, which knows it by this name
PEERS = {
    "readability": "extractors.py",
    "justext": "extractors.py",
    "newspaper": "extractors.py",
    "goose": "extractors.py",
    "boilerpy": "extractors.py",
    "magic": "magic_html_extractor.py",
}


class PeerError(RuntimeError):
    """A peer did not run to its end."""


def kept_as(name: str) -> str:
    """Say under what name a peer's texts may be kept: its script pins its versions."""
    return f"{name}-{hashlib.sha256((SCRIPTS / PEERS[name]).read_bytes()).hexdigest()[:12]}"


def extract(name: str, htmls: list[str], urls: dict[str, str], bodies: Bodies) -> Iterator[tuple[str, Answer]]:
    """Extract pages, named by SHA-256, in the order given; a PeerError if the peer ends before the pages do."""
    with tempfile.TemporaryDirectory() as folder:
        pages, errors = Path(folder) / "pages.jsonl.gz", Path(folder) / "errors"
        with gzip.open(pages, "wt", compresslevel=1, encoding="utf-8") as file:
            file.writelines(_line(html, urls[html], bodies) for html in htmls)
        command = ["uv", "run", "--no-project", "--script", SCRIPTS / PEERS[name], pages, "--extractor", name]
        with errors.open("w") as log, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log) as process:
            yield from map(_answer, process.stdout or ())
        if process.returncode:
            raise PeerError(f"{name} ended with {process.returncode}: {errors.read_text(errors='replace')[-300:]}")


def _line(html: str, url: str, bodies: Bodies) -> str:
    """Write a page as a peer reads it, decoded as the pipeline does."""
    text = decode(*bodies.read(html))
    return json.dumps({"id": html, "url": url, "html": "" if isinstance(text, Fault) else text[0]}) + "\n"


def _answer(line: bytes) -> tuple[str, Answer]:
    row = json.loads(line)
    return row["id"], Answer(row["text"], row["seconds"], row.get("error", ""))
