"""What was read lately, up to so many bytes: an index that is asked again need not read again."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")
Key = TypeVar("Key", bound=Hashable)


class Remembered(Generic[Value]):
    """Values by key; the one that was not asked for the longest goes first. Threads may share it."""

    def __init__(self, most_bytes: int, size: Callable[[Value], int]) -> None:
        self._most_bytes = most_bytes
        self._size = size
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = Lock()
        self.bytes = 0

    def get(self, key: Hashable, read: Callable[[], Value]) -> Value:
        """Give the value of a key, read if need be; one thread reads at a time. The last one read is always kept."""
        return self.get_all([key], lambda _: [read()])[0]

    def get_all(self, keys: Sequence[Key], read: Callable[[list[Key]], Iterable[Value]]) -> list[Value]:
        """Give the values of distinct keys; all that are not remembered are read at once, in order."""
        with self._lock:
            missing = [key for key in keys if key not in self._values]
            for key, value in zip(missing, read(missing) if missing else (), strict=True):
                self._values[key] = value
                self.bytes += self._size(value)
            found = [self._values[key] for key in keys]
            for key in keys:
                self._values.move_to_end(key)
            while self.bytes > self._most_bytes and len(self._values) > 1:
                self.bytes -= self._size(self._values.popitem(last=False)[1])
            return found
