"""A sandbox child with one more engine: it does to its process what the page says."""

import ctypes
import os
import signal
import time

from pipelines import extract, sandbox


def poison(page: bytes) -> str:
    """Obey the page."""
    html = page.decode()
    if "HANG" in html:
        while True:
            pass
    if "SLEEP" in html:
        time.sleep(3600)
    if "KILL" in html:
        os.kill(os.getpid(), signal.SIGKILL)
    if "SEGFAULT" in html:
        ctypes.string_at(0)
    if "MEMORY" in html:
        return "x" * len(bytearray(4_000_000_000))
    if "RAISE" in html:
        raise RuntimeError("this page is\ncursed")
    if "PRINT" in html:
        print("noise on standard output")  # noqa: T201  # what a library might do
    return html


extract.ENGINES["resiliparse"] = poison

if __name__ == "__main__":
    sandbox.main()
