"""A page as written in `pages/*.txt`: `=== url`, lines of `name: value`, an empty line, a text."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha1
from pathlib import Path

START = datetime(2026, 7, 20, 9, 30, 15, tzinfo=UTC)
SECONDS = 3 * 3600
#: what a page that is `like` another one takes from it, unless it says otherwise
INHERITED = ("lang", "title", "description", "author", "published", "site", "head", "foot")


@dataclass(frozen=True, slots=True)
class Page:
    """One capture: where it was found, how it was sent, and its text before any template."""

    url: str
    fields: Mapping[str, tuple[str, ...]]
    text: str

    def all(self, name: str) -> tuple[str, ...]:
        """Give every value of a field, in the order written."""
        return self.fields.get(name, ())

    def one(self, name: str, default: str = "") -> str:
        """Give the last value of a field."""
        return self.all(name)[-1] if name in self.fields else default

    @property
    def host(self) -> str:
        """The host that answered."""
        return self.url.split("/")[2]

    @property
    def date(self) -> str:
        """The time of capture in WARC's form; where none is written, one that follows from the URL."""
        # A counter would move the date of every later page when a page is put in.
        drawn = int(sha1(self.url.encode(), usedforsecurity=False).hexdigest(), 16) % SECONDS
        return self.one("date", (START + timedelta(seconds=drawn)).strftime("%Y-%m-%dT%H:%M:%SZ"))


def read_pages(folder: Path) -> list[Page]:
    """Read every page below `folder`, in order of capture."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    pages = [page for text in texts for page in _split(text)]
    originals = {page.url: page for page in pages}
    if len(originals) < len(pages):
        raise ValueError("two pages have the same URL; give one of them another")
    return sorted((_derive(page, originals) for page in pages), key=lambda page: (page.date, page.url))


def _split(text: str) -> Iterator[Page]:
    for part in re.split(r"^=== ", text, flags=re.MULTILINE)[1:]:
        head, _, body = part.partition("\n\n")
        url, *lines = head.splitlines()
        fields: dict[str, tuple[str, ...]] = {}
        for line in lines:
            name, _, value = line.partition(": ")
            fields[name] = (*fields.get(name, ()), value)
        yield Page(url, fields, body.strip("\n"))


def _derive(page: Page, originals: Mapping[str, Page]) -> Page:
    if "like" not in page.fields:
        return page
    original = originals[page.one("like")]
    inherited = {name: original.fields[name] for name in INHERITED if name in original.fields}
    if page.one("kind") == "exact_duplicate":
        inherited["canonical"] = (original.url,)
    site = {"site": (original.one("site", original.host),)}
    text = _edit(original.text, page.all("edit"), page.url)
    return replace(page, fields=site | inherited | dict(page.fields), text=f"{text}\n\n{page.text}".strip())


def _edit(text: str, edits: tuple[str, ...], url: str) -> str:
    for edit in edits:
        old, _, new = edit.partition(" =>")
        if text.count(old) != 1:
            raise ValueError(f"{url}: expected {old!r} once in the original, found it {text.count(old)} times")
        text = text.replace(old, new.strip())
    return text
