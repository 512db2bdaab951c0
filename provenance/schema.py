"""The JSON Schema of all answers, made from the dataclasses that they are."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from provenance.opened import Query
from provenance.questions import QUESTIONS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Mapping[str, Any] = {"type": "string"}


def schema() -> dict[str, Any]:
    """Describe an answer: the envelope, and by its question what `answer` is."""
    adapters = {name: TypeAdapter[Any](asking.kind) for name, asking in QUESTIONS.items()}
    adapters["query"] = TypeAdapter[Any](Query)
    found, defined = TypeAdapter.json_schemas(
        [(name, "serialization", adapter) for name, adapter in adapters.items()], ref_template="#/$defs/{model}"
    )
    kinds = {name: found[name, "serialization"] for name in adapters}
    return {
        "$schema": DIALECT,
        "title": "An answer about a release",
        "type": "object",
        "required": ["release", "digest", "as_of", "question", "sql", "guarantee", "answer"],
        "additionalProperties": False,
        "properties": {
            "release": {**_TEXT, "description": "where the release lies"},
            "digest": {**_TEXT, "description": "names the release: `digest` of its manifest"},
            "as_of": {"type": ["string", "null"], "description": "the newest capture in it, in UTC"},
            "question": {"enum": [*QUESTIONS]},
            "sql": {"type": "array", "items": kinds["query"], "description": "the queries, in order"},
            "guarantee": {"type": ["string", "null"], "description": "what can be relied on"},
            "answer": {"type": "object"},
        },
        "allOf": [_of(name, kinds[name]) for name in QUESTIONS],
        "$defs": _closed(defined.get("$defs", {})),
    }


def _of(question: str, kind: Mapping[str, Any]) -> dict[str, Any]:
    """Say what the answer to a question is."""
    return {
        "if": {"properties": {"question": {"const": question}}},
        "then": {"properties": {"answer": dict(kind)}},
    }


def _closed(definitions: Mapping[str, Any]) -> dict[str, Any]:
    """Let no dataclass have more fields than it has, nor fewer: an answer says all of them."""
    return {
        name: {**kind, "additionalProperties": False, "required": [*kind["properties"]]}
        if "properties" in kind
        else kind
        for name, kind in definitions.items()
    }
