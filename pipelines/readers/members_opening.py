"""What every kind of compressed member has in common."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

#: stored bytes given to a decoder at once; small, because what lies beyond a member's end is copied back
FEED = 1 << 14
#: the same close to damage, where whatever a failing call had already decoded is lost
FINE_FEED = 64
#: most bytes that one call of a decoder gives
PIECE = 1 << 20


class BrokenMemberError(Exception):
    """A member that cannot be decoded to its end.

    `truncated` says that the file ended first; otherwise the stored bytes, or their check sum, are wrong.
    """

    def __init__(self, detail: str, *, truncated: bool = False) -> None:
        super().__init__(detail)
        self.detail = detail
        self.truncated = truncated


@dataclass(frozen=True, slots=True)
class Opening:
    """How a member is to be opened."""

    #: most bytes per call of `decode`
    piece: int = PIECE
    #: position of known damage: decode with the strictest decoder, in small steps around it; or none
    damage: int | None = None

    def feed(self, position: int) -> int:
        """Say how many stored bytes to give to a decoder that stands at `position`."""
        near = self.damage is not None and position + FEED >= self.damage
        return FINE_FEED if near else FEED


class Member(Protocol):
    """One member being decoded; `position` is where in the file its decoder stands."""

    position: int

    def decode(self) -> bytes:
        """Give the next bytes; none means that the member is over and its check sum right.

        Raises BrokenMemberError where it cannot go on.
        """
        ...

    def skip(self, size: int) -> int:
        """Pass over up to `size` bytes without decoding, and say how many; 0 where that cannot be done."""
        ...


@dataclass(frozen=True, slots=True)
class Compression:
    """A format of members: what each begins with, and how one is opened at a position of the file."""

    name: str
    magic: re.Pattern[bytes]
    open: Callable[[memoryview, int, Opening], Member]
