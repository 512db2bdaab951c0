"""Other programs that sign texts, each run by an interpreter that has it, by a script in `benchmarks/peers`."""

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Literal

SCRIPT = Path(__file__).parent / "peers" / "near_duplicates.py"
PEERS = ("datatrove", "datasketch", "rensa", "text-dedup")
#: no interpreter: the peer is left out
NOBODY = "none"
#: peers that Vitrine's own environment has
_AT_HAND = ("datatrove", "datasketch")
#: how much of what a peer said last is told
_TOLD = 300


class PeerError(RuntimeError):
    """A peer did not run to its end."""


def add_peers(parser: argparse.ArgumentParser) -> None:
    """Let an interpreter be named for each peer."""
    for peer in PEERS:
        own = sys.executable if peer in _AT_HAND else NOBODY
        parser.add_argument(f"--{peer}", default=own, metavar="PYTHON", help=f"an interpreter that has it; {NOBODY}")


def interpreters(asked: argparse.Namespace) -> dict[str, str]:
    """Say which peers are to run, and by which interpreter."""
    named = {peer: getattr(asked, peer.replace("-", "_")) for peer in PEERS}
    return {peer: python for peer, python in named.items() if python != NOBODY}


def ask(peer: str, python: str, task: Literal["time", "pairs"], texts: list[str]) -> Any:  # noqa: ANN401  # JSON
    """Have a peer time its signatures, or pair texts, in one thread; a PeerError if it does not run."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "texts.json.gz"
        with gzip.open(place, "wt", compresslevel=1, encoding="utf-8") as file:
            json.dump(texts, file)
        one_thread = os.environ | {"RAYON_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        try:
            ran = subprocess.run(
                [python, SCRIPT, peer, task, place], capture_output=True, text=True, check=False, env=one_thread
            )
        except OSError as error:
            raise PeerError(f"{peer} did not start: {error}") from error
    if ran.returncode:
        raise PeerError(f"{peer} ended with {ran.returncode}: {ran.stderr.strip()[-_TOLD:]}")
    return json.loads(ran.stdout)
