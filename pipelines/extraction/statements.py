"""Reads what a page states of itself, field by field: the first value that can be read, and where it was said."""

from collections.abc import Callable, Iterator
from functools import cached_property
from operator import itemgetter

from pipelines.extraction.dates import iso_date
from pipelines.extraction.evidence import Evidence
from pipelines.extraction.kernels.layout import MARK_JSON_LD, MARK_TIME, MARK_TITLE
from pipelines.extraction.linked_data import LinkedData
from pipelines.extraction.meta_names import WRITTEN_BY

#: bytes of a page's JSON-LD that are kept, in whole scripts
JSON_LD_BYTES = 65536
#: values of one field that are tried, and authors that are listed
TRIES, AUTHORS = 16, 16
#: characters; what is longer is no name
LONGEST_NAME = 200
#: what may part a title from the site's name
_BETWEEN = " -|\u2013\u2014\u00b7\u2022:\u00bb\u203a/~"


class Statements:
    """Reads one page's evidence."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._text = evidence.values.text
        #: what said it: a name of a meta or an item, `json-ld`, `title`, `time`, `link`, `html`
        self.sources: dict[str, str] = {}
        self._scripts, self.scripts_left = self._kept()

    @cached_property
    def json_ld(self) -> tuple[str, ...]:
        """Give the scripts that are kept."""
        return tuple(script.decode(errors="replace").strip() for script in self._scripts)

    def first(self, field: str, read: Callable[[str], str | None] = str) -> str | None:
        """Give the first value of a field that can be read."""
        for source, value in self._values(field):
            if (found := read(value)) is not None:
                return self._said(field, source, found)
        return None

    def title(self, site_name: str | None) -> str | None:
        """Give the title, without the site's name at its end."""
        found = self.first("title") or self._linked("title", "headline", str)
        for span in [] if found else self._evidence.spans[MARK_TITLE][:TRIES]:
            if found := self._text(*span, attribute=False):
                self._said("title", "title", found)
                break
        return _without(found, site_name) if found and site_name else found

    def description(self) -> str | None:
        """Give the description."""
        return self.first("description") or self._linked("description", "description", str)

    def author(self) -> str | None:
        """Give the names of the authors, with `; ` between them: all of the first source that has any."""
        names: dict[str, str] = {}
        for source, value in self._values("author"):
            if _is_name(value) and names.setdefault("", source) == source and len(names) <= AUTHORS:
                names[value] = source
        if source := names.pop("", ""):
            return self._said("author", source, "; ".join(names))
        if label := self._written_by():
            return self._said("author", "twitter:data1", label)
        authors = self._linked_data.authors() if self._mentions(b'"author"', b'"creator"') else []
        authors = [author for author in authors if _is_name(author)]
        return self._said("author", "json-ld", "; ".join(authors)) if authors else None

    def published(self) -> str | None:
        """Give the date of publication."""
        found = self.first("published", iso_date) or self._linked("published", "datePublished", iso_date)
        for span in [] if found else self._evidence.spans[MARK_TIME][:1]:
            if found := iso_date(self._text(*span)):
                self._said("published", "time", found)
        return found

    def modified(self) -> str | None:
        """Give the date of the last change."""
        return self.first("modified", iso_date) or self._linked("modified", "dateModified", iso_date)

    def _said(self, field: str, source: str, found: str) -> str:
        self.sources[field] = source
        return found

    def _values(self, field: str) -> Iterator[tuple[str, str]]:
        """Give the values of a field and what says each, those first that are most to be believed."""
        for _, name, span in sorted(self._evidence.fields.get(field, ()), key=itemgetter(0))[:TRIES]:
            if value := self._text(*span):
                yield name.decode(), value

    def _linked(self, field: str, key: str, read: Callable[[str], str | None]) -> str | None:
        """Give the first value of a key in JSON-LD that can be read."""
        for value in self._linked_data.texts(key) if self._mentions(b'"%b"' % key.encode()) else ():
            if (found := read(value)) is not None:
                return self._said(field, "json-ld", found)
        return None

    def _mentions(self, *keys: bytes) -> bool:
        """Say whether a script holds one of the keys: most need not be parsed."""
        return any(key in script for script in self._scripts for key in keys)

    @cached_property
    def _linked_data(self) -> LinkedData:
        return LinkedData(self.json_ld)

    def _kept(self) -> tuple[list[bytes], int]:
        """Take as many scripts as have room, and count the others."""
        kept: list[bytes] = []
        room, spans = JSON_LD_BYTES, self._evidence.spans[MARK_JSON_LD]
        for first, end in spans:
            if end - first <= room:
                kept.append(self._evidence.values.raw(first, end))
                room -= end - first
        return kept, len(spans) - len(kept)

    def _written_by(self) -> str | None:
        """Give the author whom a preview for Twitter labels as such."""
        labels = self._evidence.labels
        label, name = labels.get(b"twitter:label1"), labels.get(b"twitter:data1")
        if not label or not name or self._text(*label).lower().rstrip(":") not in WRITTEN_BY:
            return None
        text = self._text(*name)
        return text if _is_name(text) else None


def _is_name(text: str) -> bool:
    """Say whether a text may be somebody's name: has a letter, and is neither an address nor long."""
    return (
        any(map(str.isalpha, text))
        and "://" not in text
        and not text.startswith(("www.", "/"))
        and len(text) <= LONGEST_NAME
    )


def _without(title: str, site_name: str) -> str:
    """Leave out the site's name at the end of a title, with what parts the two, unless nothing else is left."""
    rest = title.removesuffix(site_name)
    short = rest.rstrip(_BETWEEN)
    return short if short and rest != title and short != rest.rstrip() else title
