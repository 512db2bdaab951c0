"""The limits of a step as plain values: what its verdict compares with."""

import math
from collections.abc import Mapping
from typing import Any

from pipelines.steps import Step, plain

#: words of a list that are given; the last entry tells of the others
MOST = 20
_NOT_LIMITS = frozenset({"use", "column", "enforced", "units"})


def limits(step: Step) -> Mapping[str, Any]:
    """Give the fields of a step that say something: infinite limits and empty ones are left out."""
    return {
        word: _short(value)
        for word, value in plain(step).items()
        if word not in _NOT_LIMITS and value not in (None, "", [], ()) and not _is_open(value)
    }


def _short(value: Any) -> Any:  # noqa: ANN401  # any plain value
    if isinstance(value, list | tuple) and len(value) > MOST:
        return [*value[:MOST], f"and {len(value) - MOST} more"]
    return value


def _is_open(value: object) -> bool:
    return isinstance(value, float) and not math.isfinite(value)
