# /// script
# requires-python = ">=3.11"
# dependencies = ["psutil>=6"]
# ///
"""What a command costs, its descendants included: seconds by the clock and of the processors, and memory if asked.

The command is the only child of this process, so RUSAGE_CHILDREN is its cost and nobody else's. On Linux this process
also adopts what the command leaves behind (workers of a fork server, say), which the command's own parent would miss.
"""

import argparse
import ctypes
import json
import os
import resource
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil

#: seconds between two looks at the memory
STEP = 0.05
#: seconds that orphans get to end after the command has
PATIENCE = 20
_PR_SET_CHILD_SUBREAPER = 36


def adopt_orphans() -> None:
    """Become the parent of descendants whose parent ends; only Linux can."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def cost(command: list[str], *, memory: bool) -> dict[str, float | int]:
    """Run the command; return `code`, `wall` and `processor` seconds and, with `memory`, peaks of resident bytes."""
    start = time.perf_counter()
    process = subprocess.Popen(command)
    peaks = watch_memory(process) if memory else {}
    code = process.wait()
    wall = time.perf_counter() - start
    reap()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {"code": code, "wall": wall, "processor": used.ru_utime + used.ru_stime, **peaks}


def watch_memory(process: subprocess.Popen[bytes]) -> dict[str, int]:
    """Sample until the command ends: the largest process ever seen, and the largest sum over all at one time.

    Pages that processes share count in each of them, so the sum is an upper bound.
    """
    largest, most, us = 0, 0, psutil.Process()
    while process.poll() is None:
        sizes = [0]
        for child in us.children(recursive=True):
            with suppress(psutil.NoSuchProcess):  # it ended between the list and the look
                sizes.append(child.memory_info().rss)
        largest, most = max(largest, *sizes), max(most, sum(sizes))
        time.sleep(STEP)
    return {"peak_process": largest, "peak_sum": most}


def reap() -> None:
    """Wait for adopted orphans, whose cost counts only once they have ended."""
    deadline = time.monotonic() + PATIENCE
    with suppress(ChildProcessError):
        while time.monotonic() < deadline:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(STEP)
        raise TimeoutError(f"expected all descendants to end within {PATIENCE} s after the command; some still run")


def main() -> None:
    """Run the command behind `--`, and write its cost to a file; its output passes through."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--report", type=Path, required=True, help="file for the cost, as JSON")
    parser.add_argument("--memory", action="store_true", help=f"sample the memory every {STEP * 1000:.0f} ms")
    parser.add_argument("command", nargs="+")
    given = parser.parse_args()
    adopt_orphans()
    found = cost(given.command, memory=given.memory)
    given.report.write_text(json.dumps(found))
    sys.exit(int(found["code"]))


if __name__ == "__main__":
    main()
