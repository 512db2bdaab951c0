"""Writes every page that is made from code; with `--check`, only says which of them are stale."""
# ruff: noqa: INP001  # a program of its own, not part of a package

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from generator import command, curves, filters, funnel, ledger, readme, recipes, way
from generator.sample import sample_run

ROOT = Path(__file__).resolve().parents[1]
#: folders of which every file but these is made here
OWNED = ("docs/filters", "docs/pictures")


def build(root: Path = ROOT) -> dict[str, str]:
    """Make all pages: path from the project's folder, and content."""
    pages = filters.pages() | recipes.pages() | command.pages() | curves.pages()
    with sample_run() as sample:
        for made in (ledger.pages(sample), funnel.pages(sample), way.pages(sample), readme.pages(sample, root)):
            pages |= made
    return pages


def stale(pages: Mapping[str, str], root: Path = ROOT) -> list[str]:
    """Name the pages that are not as they should be, and those that should not be at all."""
    wrong = [name for name, content in pages.items() if not _is(root / name, content)]
    return sorted([*wrong, *strangers(pages, root)])


def strangers(pages: Mapping[str, str], root: Path = ROOT) -> list[str]:
    """Name the files in our folders that nothing made: the page of a filter that is gone."""
    there = (path.relative_to(root).as_posix() for folder in OWNED for path in (root / folder).glob("*"))
    return [name for name in there if name not in pages]


def write(pages: Mapping[str, str], root: Path = ROOT) -> None:
    """Write what is stale, and remove what is a stranger."""
    for name in strangers(pages, root):
        (root / name).unlink()
    for name, content in pages.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        if not _is(root / name, content):
            (root / name).write_text(content, "utf-8")
            sys.stdout.write(f"written: {name}\n")


def _is(path: Path, content: str) -> bool:
    return path.is_file() and path.read_text("utf-8") == content


def main() -> int:
    """Write, or check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 and name the stale pages")
    check = parser.parse_args().check
    pages = build()
    if not check:
        write(pages)
        return 0
    wrong = stale(pages)
    sys.stdout.writelines(f"stale: {name}; run: uv run python docs/generate.py\n" for name in wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
