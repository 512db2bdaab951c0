"""The words of a recipe's table: their types, defaults and meanings, taken from the model that reads them."""

import inspect
import json
import math
import types
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from filters.filter import Filter
from generator.comments import meanings, sentence
from generator.markdown import code, table
from pipelines.edits.edit import Edit

PLAIN = {str: "text", int: "whole number", float: "number", bool: "true or false", dict[str, Any]: "table"}
BOUNDS = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than", "min_length": "not fewer than"}


def words(model: type[BaseModel], path: str = "") -> str:
    """Write the table of a model's words; `path` is the table's own name, for the tables below it."""
    said = meanings(model)
    # What every filter or every edit has is said once, on the page of recipes.
    shared = _shared(model)
    rows = [
        (
            code(name),
            kind(field, f"{path}.{name}".strip(".")),
            default(field),
            sentence(said.get(name) or _nested(field)),
        )
        for name, field in model.model_fields.items()
        if name not in shared
    ]
    columns = 4 if any(row[-1] for row in rows) else 3
    return table(("word", "type", "default", "meaning")[:columns], [row[:columns] for row in rows])


def kind(field: FieldInfo, path: str) -> str:
    """Name the type of a word as whoever writes TOML thinks of it, with its bounds."""
    bounds = [
        "not empty"
        if (word, value) == ("min_length", 1)
        else f"{said} {value:,}"
        if isinstance(value, int) and value < 1 << 63
        else f"{said} 2^{int(math.log2(value))}"
        for constraint in field.metadata
        for word, said in BOUNDS.items()
        if (value := getattr(constraint, word, None)) is not None
    ]
    patterns = [
        f"matches {code(pattern)}" for constraint in field.metadata if (pattern := getattr(constraint, "pattern", None))
    ]
    return ", ".join([_kind(field.annotation, path), *bounds, *patterns])


def _kind(annotation: Any, path: str) -> str:  # noqa: ANN401  # any type at all
    origin, inside = get_origin(annotation), get_args(annotation)
    if annotation in PLAIN:
        return PLAIN[annotation]
    if origin is Literal:
        return " or ".join(code(f'"{word}"') for word in inside)
    if origin in (Union, types.UnionType):
        return " or ".join(_kind(part, path) for part in inside if part is not type(None))
    if origin is Annotated:
        return _kind(inside[0], path)
    if origin is tuple:
        part = inside[0]
        choices = (part, *get_args(part), *(kind for choice in get_args(part) for kind in get_args(choice)))
        nested = next((kind for kind in choices if _is_model(kind)), None)
        return f"tables {code(f'[[{path}]]')}" if nested else f"list of {_kind(part, path)}"
    if _is_model(annotation):
        return f"table {code(f'[{path}]')}"
    raise TypeError(f"{path}: no name for the type {annotation}: add one in docs/generator/words.py")


def default(field: FieldInfo) -> str:
    """Write a default as TOML has it."""
    if field.is_required():
        return "required"
    found = field.get_default(call_default_factory=True)
    return "" if isinstance(found, BaseModel) or found is None else shown(found)


def shown(value: object) -> str:
    """Write a value as code; an infinite limit is none."""
    return "none" if isinstance(value, float) and math.isinf(value) else code(toml(value))


def toml(value: object) -> str:
    """Write a plain value as TOML."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return f"{value:_}" if value >= 10_000 else str(value)  # noqa: PLR2004  # as people write them
        case float():
            return toml(int(value)) if value.is_integer() else repr(value)
        case str():
            return json.dumps(value, ensure_ascii=False)
        case dict():
            return "{" + ", ".join(f"{word} = {toml(one)}" for word, one in value.items()) + "}"
        case tuple() | list():
            return f"[{', '.join(map(toml, value))}]"
        case _:
            raise TypeError(f"expected a value that TOML can write, got {value!r}")


def snippet(table_name: str, use: str, model: BaseModel) -> str:
    """Write a table of a recipe with every default spelt out; infinite limits are left out."""
    shared = _shared(type(model))
    given = {name: value for name, value in model if name not in shared and shown(value) != "none"}
    lines = [f"[[{table_name}]]", f"use = {toml(use)}", *(f"{name} = {toml(value)}" for name, value in given.items())]
    return "\n".join(lines)


def _shared(model: type[BaseModel]) -> set[str]:
    return {name for base in (Filter, Edit) if issubclass(model, base) for name in base.model_fields}


def _nested(field: FieldInfo) -> str:
    """Take the first sentence of what a word's own table says of itself."""
    model = next(filter(_is_model, _leaves(field.annotation)), None)
    return (inspect.getdoc(model) or "").split(". ")[0].split("\n")[0] if model else ""


def _leaves(annotation: Any) -> list[Any]:  # noqa: ANN401  # any type at all
    inside = get_args(annotation)
    return [leaf for part in inside for leaf in _leaves(part)] if inside else [annotation]


def _is_model(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
