"""The sample is a tiny crawl of invented hosts, in which everything that can befall a page befalls one."""

from pathlib import Path

__all__ = ["crawl"]


def crawl() -> Path:
    """Say where the WARC files lie; the WET file lies in `wet` beside that folder."""
    return Path(__file__).parent / "crawl" / "CC-MAIN-2026-30" / "segments" / "1784505600042.17" / "warc"
