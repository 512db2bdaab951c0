"""A datasheet: what is known of a release, in words and tables; each number carries the query that gave it."""

from dataclasses import dataclass

from provenance.question import Answer


@dataclass(frozen=True, slots=True)
class Section:
    """One thing that is explained: words first, then at most one table.

    `words` are Markdown written here; whatever comes from a page or a server stands in the answer alone.
    """

    heading: str
    words: tuple[str, ...]
    #: None where there was nothing to ask; the words say why
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Datasheet:
    """All that a page says, in order, before it has a format."""

    title: str
    recipe: str
    #: SHA-256 of everything that the recipe decides
    recipe_digest: str
    purpose: str
    #: the key numbers in a few sentences, as on a museum's label; the first section holds their query
    label: tuple[str, ...]
    sections: tuple[Section, ...]
