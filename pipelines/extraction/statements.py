"""Reads what a page states of itself, field by field: the first value that can be read, and where it was said."""

from collections.abc import Callable, Sequence

from pipelines.extraction.dates import iso_date
from pipelines.extraction.evidence import Evidence
from pipelines.extraction.kernels.told import (
    AUTHOR,
    DESCRIPTION,
    LABEL,
    LABELLED,
    MODIFIED,
    PUBLISHED,
    TIME,
    TITLE,
    TITLE_TEXT,
)
from pipelines.extraction.linked_data import LinkedData
from pipelines.extraction.meta_names import FIELDS, WRITTEN_BY

#: bytes of a page's JSON-LD that are kept, in whole scripts, and scripts
JSON_LD_BYTES, JSON_LD_SCRIPTS = 65536, 64
#: characters; what is longer is no name
LONGEST_NAME = 200
#: reads a value; None if it is none of its kind
Reader = Callable[[str], str | None]
#: what may part a title from the site's name
_BETWEEN = " -|\u2013\u2014\u00b7\u2022:\u00bb\u203a/~"


class Statements:
    """Reads one page's evidence."""

    __slots__ = ("_evidence", "_linked_data", "_scripts", "json_ld", "scripts_left", "sources")

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        #: what said it: a name of a meta or an item, `json-ld`, `title`, `time`, `link`, `html`
        self.sources: dict[str, str] = {}
        #: the scripts that are kept
        self.json_ld: tuple[str, ...] = ()
        self.scripts_left = 0
        self._scripts: list[bytes] = []
        self._linked_data: LinkedData | None = None
        if evidence.has_scripts:
            self._keep(evidence.scripts())

    def first(self, group: int, read: Reader | None = None) -> str | None:
        """Give the first value of a group that can be read, and is not empty."""
        for statement in self._evidence.said(group):
            value = self._evidence.value(statement)
            if value and (found := read(value) if read else value) is not None:
                field, element = FIELDS[group]
                return self._said(field, element or self._evidence.name(statement), found)
        return None

    def title(self, site_name: str | None) -> str | None:
        """Give the title, without the site's name at its end."""
        found = self.first(TITLE) or self._linked("title", "headline") or self.first(TITLE_TEXT)
        return _without(found, site_name) if found and site_name else found

    def description(self) -> str | None:
        """Give the description."""
        return self.first(DESCRIPTION) or self._linked("description", "description")

    def author(self) -> str | None:
        """Give the names of the authors, with `; ` between them: all of the first source that has any."""
        said = self._evidence.said
        found = self._named(said(AUTHOR)) if said(AUTHOR) else None
        if found is None and said(LABEL) and said(LABELLED):
            found = self._labelled(said(LABEL)[0], said(LABELLED)[0])
        if found is None and (data := self._linked_to(b'"author"', b'"creator"')):
            authors = [author for author in data.authors() if _is_name(author)]
            found = self._said("author", "json-ld", "; ".join(authors)) if authors else None
        return found

    def published(self) -> str | None:
        """Give the date of publication."""
        found = self.first(PUBLISHED, iso_date) or self._linked("published", "datePublished", iso_date)
        return found or self.first(TIME, iso_date)

    def modified(self) -> str | None:
        """Give the date of the last change."""
        return self.first(MODIFIED, iso_date) or self._linked("modified", "dateModified", iso_date)

    def _keep(self, scripts: list[bytes]) -> None:
        """Take as many scripts as have room, and count the others; a blank one is none."""
        room, filled = JSON_LD_BYTES, [script for script in map(bytes.strip, scripts) if script]
        for script in filled:
            if len(script) <= room and len(self._scripts) < JSON_LD_SCRIPTS:
                self._scripts.append(script)
                room -= len(script)
        self.json_ld = tuple([script.decode(errors="replace").strip() for script in self._scripts])
        self.scripts_left = len(filled) - len(self._scripts)

    def _said(self, field: str, source: str, found: str) -> str:
        self.sources[field] = source
        return found

    def _linked(self, field: str, key: str, read: Reader | None = None) -> str | None:
        """Give the first value of a key in JSON-LD that can be read."""
        data = self._linked_to(b'"%b"' % key.encode())
        for value in data.texts(key) if data else ():
            if (found := read(value) if read else value) is not None:
                return self._said(field, "json-ld", found)
        return None

    def _linked_to(self, *keys: bytes) -> LinkedData | None:
        """Give the page's JSON-LD if a script holds one of the keys: most need not be parsed."""
        if not self._scripts or not any(key in script for script in self._scripts for key in keys):
            return None
        self._linked_data = self._linked_data or LinkedData(self.json_ld)
        return self._linked_data

    def _named(self, statements: Sequence[int]) -> str | None:
        """Give the authors whom statements name, as far as they are of the kind of the first that does."""
        names: dict[str, str] = {}
        for statement in statements:
            if _is_name(name := self._evidence.value(statement)):
                names.setdefault(name, self._evidence.name(statement))
        first = next(iter(names.values()), "")
        return self._said("author", first, "; ".join(name for name in names if names[name] == first)) if names else None

    def _labelled(self, label: int, labelled: int) -> str | None:
        """Give the author whom a preview for Twitter labels as such."""
        if self._evidence.value(label).lower().rstrip(":") not in WRITTEN_BY:
            return None
        text = self._evidence.value(labelled)
        return self._said("author", "twitter:data1", text) if _is_name(text) else None


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
