"""The text of a page's spans: decoded, its references resolved, its white space plain."""

import numpy as np
from numpy.typing import NDArray

from pipelines.extraction.kernels.anchors import resolve
from pipelines.extraction.kernels.references import NAMES

#: bytes of a value that are read; those that are longer are counted in `Values.cut`
LONGEST = 8192
# The first bits of a byte of UTF-8 say whether it goes on with a character.
_KIND, _CONTINUES = 0xC0, 0x80


class Values:
    """Reads spans of one page's bytes, each value once."""

    def __init__(self, data: NDArray[np.uint8]) -> None:
        self._data = data
        self._view = memoryview(data.data)
        self._read: dict[int, str] = {}
        self.cut = 0

    def raw(self, first: int, end: int) -> bytes:
        """Give the bytes as they stand."""
        return self._view[first:end].tobytes()

    def text(self, first: int, end: int, attribute: bool = True) -> str:
        """Give an attribute's value, or the text of a title; runs of white space become one space."""
        text = self._read.get(first) if first < end else ""
        if text is None:
            if end - first > LONGEST:
                end = self._cut(first + LONGEST)
            text = str(self._view[first:end], "utf-8", "replace")
            if "&" in text:
                text = resolve(self._data, first, end, attribute, NAMES).tobytes().decode(errors="replace")
            text = self._read[first] = plain(text)
        return text

    def _cut(self, end: int) -> int:
        """Move an end back to where no character is cut."""
        self.cut += 1
        while self._data[end] & _KIND == _CONTINUES:
            end -= 1
        return end


def plain(text: str) -> str:
    """Make runs of white space one space; what no UTF-8 can hold becomes a replacement character."""
    text = " ".join(text.split())
    return text if text.isprintable() else _writable(text)


def _writable(text: str) -> str:
    """Replace NUL, as HTML does, and lone surrogates, which JSON may escape."""
    return text.replace("\0", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
