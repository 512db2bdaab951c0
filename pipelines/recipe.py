"""A recipe: what a release is made from and how, as one frozen file whose mistakes are all reported at once."""

import hashlib
import json
import tomllib
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SerializeAsAny, ValidationError, model_validator

from filters.filter import Filter
from filters.units import Units
from pipelines.dedup.settings import Dedup
from pipelines.edits.edit import Edit
from pipelines.inherit import complete, load_table
from pipelines.mistakes import RecipeError, explain
from pipelines.readers.fields import Fields
from pipelines.stated import Detail
from pipelines.steps import plain, read_steps
from rights.consent.agents import TRAINING


class Part(BaseModel):
    """One table of a recipe."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Part):
    """Where records come from. `vitrine run --input` takes the place of `inputs`."""

    #: files, folders, globs, path lists or URLs; `package:NAME/PATH` lies inside an installed package
    inputs: tuple[str, ...] = ()
    #: what the relative entries of a path list are relative to
    base: str = "https://data.commoncrawl.org/"
    #: the column of a Parquet or JSONL row that holds the text; `a.b` is the field b of the object a
    text: str = "text"
    #: the column that identifies a row; without it the file and the row's place do
    id: str = "id"
    #: the column that holds the address of the page
    url: str = "url"
    #: the column that holds the capture date
    date: str = "date"
    #: the name of the crawl; where it is empty, `CC-MAIN-YYYY-WW` is looked for in the path
    dump: str = ""

    @property
    def fields(self) -> Fields:
        """The columns to read from a row."""
        return Fields(text=self.text, id=self.id, url=self.url, date=self.date)


class Extract(Part):
    """How a page becomes text, and what a page may cost."""

    #: what finds a page's main text: `vitrine` is our own, `resiliparse` is fast, `trafilatura` is what FineWeb used
    engine: Literal["vitrine", "resiliparse", "trafilatura"] = "vitrine"
    #: what the ledger keeps of what pages say of themselves: `fields` such as title, dates, licences and rules for
    #: crawlers; `all` has descriptions, Open Graph and JSON-LD besides, which repeat text, of dropped pages too
    metadata: Detail = "fields"
    #: a record with more bytes than this is a row with the reason `too_large`
    max_record_bytes: Annotated[int, Field(ge=1024)] = 16_000_000
    #: so is a page with more bytes than this after its transfer and content encodings are undone
    max_page_bytes: Annotated[int, Field(ge=1024)] = 16_000_000
    #: processor seconds that one page may take
    seconds: Annotated[int, Field(ge=1)] = 5
    #: bytes of memory that the extracting process may take beyond what it starts with
    memory_bytes: Annotated[int, Field(ge=64_000_000)] = 1_000_000_000


class Rights(Part):
    """What is asked of sites' own files about the use of their pages, as these files were when a page was captured."""

    #: captures of robots.txt, `/.well-known/tdmrep.json` and `/ai.txt`, as WARC: files, folders, globs, path lists or
    #: URLs, such as Common Crawl's `robotstxt.paths.gz`; `vitrine run --site-files` takes its place
    site_files: tuple[str, ...] = ()
    #: crawlers whose groups in robots.txt are looked at, beside the one for everybody
    agents: tuple[str, ...] = TRAINING


class Output(Part):
    """How a release is laid out."""

    #: bytes of text after which a data file is full
    file_bytes: Annotated[int, Field(ge=1)] = 512_000_000
    #: what can be asked in no time: `ledger`, for records by id and by address; `passages`, for what kept texts say;
    #: `similar`, for kept texts that are alike as a whole; `dropped`, for what texts that filters dropped say, as
    #: fingerprints that give none of it away
    index: tuple[Literal["ledger", "passages", "similar", "dropped"], ...] = ("ledger", "passages", "similar")
    #: whether the release holds the texts of what it does not keep, in `dropped/`: whoever has it then has all that
    #: filters took out, as it was extracted, with the personal data that edits mask in kept texts
    dropped_texts: bool = False
    #: whether the release publishes what its documents and their parts are told by, so that later ones can be compared
    #: with it; with `verify` also the texts of the duplicates, which are much like those that are kept
    fingerprints: bool = False


class Recipe(Part):
    """Everything that decides what a release holds. Unknown words are refused; "off" is absence."""

    #: what the release is called; lower-case letters, digits, dots, dashes
    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")]
    #: what it is for and what it leaves out, in words; the only part that the digest leaves out
    purpose: str
    #: where records come from
    source: Source = Source()
    #: how a page becomes text
    extract: Extract = Extract()
    #: what is asked of sites' own files about use
    rights: Rights = Rights()
    #: what is counted as a word, a sentence, a line
    units: Units = Units()
    #: filters and edits in the order in which they meet a text; each table names one by `use` and sets its limits
    steps: tuple[SerializeAsAny[Filter | Edit], ...] = ()
    #: how duplicates are found; without this table they are not
    dedup: Dedup | None = None
    #: how a release is laid out
    output: Output = Output()

    @classmethod
    def load(cls, name: str) -> Self:
        """Load a bundled recipe by its name, one of its variants as `NAME:VARIANT`, or a TOML file by its path.

        RecipeError says all that is wrong with it; UsageError, that there is none.
        """
        return cls._build(*load_table(name))

    @classmethod
    def parse(cls, text: str, where: str = "recipe") -> Self:
        """Read a recipe from TOML."""
        try:
            table = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise RecipeError(where, [("TOML", str(error))]) from error
        return cls._build(complete(table, where), where)

    @classmethod
    def _build(cls, table: dict[str, Any], where: str) -> Self:
        steps, mistakes = read_steps(table)
        try:
            recipe = cls.model_validate(table | {"steps": steps})
        except ValidationError as error:
            raise RecipeError(where, explain(error, cls) + mistakes) from error
        if mistakes:
            raise RecipeError(where, mistakes)
        return recipe

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if self.output.fingerprints and self.dedup is None:
            raise ValueError("output.fingerprints: expected a table [dedup], which says what documents are told by")
        return self

    @property
    def filters(self) -> tuple[Filter, ...]:
        """The steps that judge, in order."""
        return tuple(step for step in self.steps if isinstance(step, Filter))

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The steps that change the text, in order."""
        return tuple(step for step in self.steps if isinstance(step, Edit))

    @property
    def packages(self) -> set[str]:
        """Name the optional distributions that this recipe needs."""
        counted = (rule.units.over(self.units).packages for rule in self.filters)
        signed = self.dedup.packages if self.dedup else set[str]()
        return self.units.packages.union(signed, *counted, *(step.packages for step in self.steps))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of everything that decides what a release holds, defaults included; not of how it was written."""
        return digest(self.canonical() | {"purpose": ""})

    def canonical(self) -> dict[str, Any]:
        """Spell out the whole recipe, every default included, as plain values."""
        return self.model_dump(mode="json") | {"steps": [plain(step) for step in self.steps]}


def digest(value: object) -> str:
    """SHA-256, in hexadecimal, of a plain value in its canonical JSON form."""
    canonical = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
