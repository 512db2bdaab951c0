"""Makes frozen values quickly: what a dataclass makes for itself sets each field by a call."""

from typing import TypeVar

Value = TypeVar("Value")


def frozen(kind: type[Value], **fields: object) -> Value:
    """Make a value of a frozen dataclass without slots, all of whose fields are given."""
    made = object.__new__(kind)
    object.__setattr__(made, "__dict__", fields)
    return made
