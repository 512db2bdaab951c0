"""pyarrow ships no types: what comes out of it is Any, and is named at our edges."""

from typing import Any

def __getattr__(name: str) -> Any: ...  # noqa: ANN401
