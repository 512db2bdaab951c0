"""A recipe: what a release is made from and how, as one frozen file whose mistakes are all reported at once."""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SerializeAsAny, ValidationError

from filters.catalog import catalog, nearest
from filters.filter import Filter
from pipelines.deduplicate import Dedup
from pipelines.edit import EDITS, Edit
from pipelines.readers.fields import Fields

BUNDLED = files("pipelines.recipes")


class UsageError(ValueError):
    """What was typed names nothing, or leaves out what is needed."""


class RecipeError(ValueError):
    """A recipe with mistakes; each is a path in the file and what is wrong there."""

    def __init__(self, where: str, mistakes: list[tuple[str, str]]) -> None:
        self.where = where
        self.mistakes = mistakes
        lines = [f"  {path}: {message}" for path, message in mistakes]
        count = f"{len(mistakes)} mistake" + ("s" if len(mistakes) > 1 else "")
        super().__init__("\n".join([f"{where}: {count}", *lines]))


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

    #: what finds the main text of a page: `resiliparse` is fast, `trafilatura` is what FineWeb used
    engine: Literal["resiliparse", "trafilatura"] = "resiliparse"
    #: a record with more bytes than this is a row with the reason `too_large`
    max_record_bytes: Annotated[int, Field(ge=1024)] = 16_000_000
    #: so is a page with more bytes than this after its transfer and content encodings are undone
    max_page_bytes: Annotated[int, Field(ge=1024)] = 16_000_000
    #: processor seconds that one page may take
    seconds: Annotated[int, Field(ge=1)] = 5
    #: bytes of memory that the extracting process may take beyond what it starts with
    memory_bytes: Annotated[int, Field(ge=64_000_000)] = 1_000_000_000


class Output(Part):
    """How a release is laid out."""

    #: bytes of text after which a data file is full
    file_bytes: Annotated[int, Field(ge=1)] = 512_000_000


class Recipe(Part):
    """Everything that decides what a release holds. Unknown words are refused; "off" is absence."""

    #: what the release is called; lower-case letters, digits, dots, dashes
    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")]
    #: what it is for and what it leaves out, in words; the only part that the digest leaves out
    purpose: str
    source: Source = Source()
    extract: Extract = Extract()
    #: the rules in the order in which they decide; each table names one by `use` and sets its limits
    filters: tuple[SerializeAsAny[Filter], ...] = ()
    #: the changes to what is kept, in order; each table names one by `use`
    edits: tuple[SerializeAsAny[Edit], ...] = ()
    #: how duplicates are found; without this table they are not
    dedup: Dedup | None = None
    output: Output = Output()

    @classmethod
    def load(cls, name: str) -> Self:
        """Load a bundled recipe by its name, or a TOML file by its path.

        RecipeError says all that is wrong with it; UsageError, that there is none.
        """
        path = Path(name)
        if path.suffix != ".toml" and name in bundled():
            return cls.parse(BUNDLED.joinpath(f"{name}.toml").read_text("utf-8"), f"recipe {name}")
        if not path.is_file():
            hint = nearest(name, bundled()) or f"; bundled are: {', '.join(bundled())}"
            raise UsageError(f"{name}: no bundled recipe has this name and no file is there{hint}")
        return cls.parse(path.read_text("utf-8"), name)

    @classmethod
    def parse(cls, text: str, where: str = "recipe") -> Self:
        """Read a recipe from TOML."""
        try:
            table = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise RecipeError(where, [("TOML", str(error))]) from error
        found, mistakes = _read_choices(table)
        try:
            recipe = cls.model_validate(table | found)
        except ValidationError as error:
            mistakes = _mistakes(error, cls) + mistakes
            raise RecipeError(where, mistakes) from error
        if mistakes:
            raise RecipeError(where, mistakes)
        return recipe

    @cached_property
    def digest(self) -> str:
        """SHA-256 of everything that decides what a release holds, defaults included; not of how it was written."""
        return digest(self.canonical() | {"purpose": ""})

    def canonical(self) -> dict[str, Any]:
        """Spell out the whole recipe, every default included, as plain values."""
        return self.model_dump(mode="json") | {
            "filters": [{"use": rule.name, **rule.model_dump(mode="json")} for rule in self.filters],
            "edits": [{"use": edit.name, **edit.model_dump(mode="json")} for edit in self.edits],
        }


def digest(value: object) -> str:
    """SHA-256, in hexadecimal, of a plain value in its canonical JSON form."""
    canonical = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def bundled() -> list[str]:
    """Name the recipes that come with Vitrine."""
    return sorted(entry.name.removesuffix(".toml") for entry in BUNDLED.iterdir() if entry.name.endswith(".toml"))


def _read_choices(table: Mapping[str, Any]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """Turn the tables `[[filters]]` and `[[edits]]` into the filters and edits that they name."""
    found: dict[str, Any] = {}
    mistakes: list[tuple[str, str]] = []
    for part, kinds in (("filters", catalog()), ("edits", EDITS)):
        choices: list[Any] = []
        if not isinstance(table.get(part, []), list):
            mistakes.append((part, f"expected tables under [[{part}]]"))
            found[part] = ()
            continue
        for number, choice in enumerate(table.get(part, [])):
            chosen, wrong = _read_choice(choice, kinds, f"{part}.{number}")
            mistakes += wrong
            choices += [chosen] if chosen else []
        mistakes += _repeated(choices, part)
        found[part] = tuple(choices)
    return found, mistakes


def _read_choice(
    choice: object, kinds: Mapping[str, type[Filter] | type[Edit]], path: str
) -> tuple[Filter | Edit | None, list[tuple[str, str]]]:
    if not isinstance(choice, dict) or not isinstance(choice.get("use"), str):
        return None, [(path, 'expected a table with a word `use`, such as use = "word_count"')]
    use = choice["use"]
    if use not in kinds:
        return None, [(f"{path}.use", f"nothing is named {use!r}{nearest(use, kinds)}")]
    limits = {name: value for name, value in choice.items() if name != "use"}
    try:
        chosen = kinds[use].model_validate(limits)
    except ValidationError as error:
        return None, [(f"{path}.{place}", message) for place, message in _mistakes(error, kinds[use])]
    return chosen, [(path, message) for message in chosen.mistakes()]


def _repeated(choices: list[Any], part: str) -> list[tuple[str, str]]:
    names = [choice.name for choice in choices]
    repeated = sorted({name for name in names if names.count(name) > 1})
    return [(part, f"{name!r} is used more than once: its column would stand twice") for name in repeated]


def _mistakes(error: ValidationError, model: type[BaseModel]) -> list[tuple[str, str]]:
    return [(".".join(map(str, fault["loc"])), _message(fault, model)) for fault in error.errors()]


def _message(fault: Any, model: type[BaseModel]) -> str:  # noqa: ANN401  # pydantic's own type is a private one
    if fault["type"] == "extra_forbidden":
        *parents, word = fault["loc"]
        return f"no such word{nearest(str(word), _words(model, parents))}"
    if fault["type"] == "missing":
        return "this word is required"
    return f"{fault['msg'].removeprefix('Value error, ')}, got {fault['input']!r}"


def _words(model: type[BaseModel], parents: list[str | int]) -> list[str]:
    """List the right words of the table that `parents` leads to."""
    for parent in parents:
        field = model.model_fields.get(str(parent))
        kinds: list[Any] = [field.annotation, *getattr(field.annotation, "__args__", ())] if field else []
        model = next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), model)
    return [*model.model_fields]
