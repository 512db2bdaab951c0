"""What turns the bytes of a page into its main text, within this process."""

import importlib
import time
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from typing import Any, NamedTuple

from benchmarks.extraction.truth import Bodies
from pipelines.charset import decode, to_utf8
from pipelines.extraction.engine import Extractor
from pipelines.http import Fault

#: the bytes of a page and the charset that its header names, to its text
Engine = Callable[[bytes, str | None], str]


class Answer(NamedTuple):
    """What an engine made of a page."""

    text: str
    #: of the processor
    seconds: float
    #: what it raised; the text is then empty
    error: str = ""


def decoded(extract: Callable[[str], object]) -> Engine:
    """Make an engine of what takes text, decoding as the pipeline does; a page that cannot be decoded has no text."""

    def engine(raw: bytes, charset: str | None) -> str:
        html = decode(raw, charset)
        text = "" if isinstance(html, Fault) else extract(html[0])
        return text if isinstance(text, str) else ""

    return engine


def encoded(extract: Callable[[bytes], str]) -> Engine:
    """Make an engine of what takes UTF-8."""

    def engine(raw: bytes, charset: str | None) -> str:
        html = to_utf8(raw, charset)
        return "" if isinstance(html, Fault) else extract(html[0])

    return engine


def vitrine() -> Engine:
    """Take what ours takes, with the model that comes with it: it has seen most of these pages, see `ours`."""
    return encoded(Extractor().extract)


def resiliparse() -> Engine:
    """Take what resiliparse's rules call the main content."""
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415  # only the engine that is used

    return decoded(lambda html: extract_plain_text(html, main_content=True))


def resiliparse_full() -> Engine:
    """Take all text of the page."""
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415  # likewise

    return decoded(extract_plain_text)


def trafilatura() -> Engine:
    """Take what trafilatura gives unless told otherwise."""
    from trafilatura import extract  # noqa: PLC0415  # likewise

    return decoded(extract)


def trafilatura_precision() -> Engine:
    """Take what trafilatura gives as FineWeb sets it, without `deduplicate`."""
    from trafilatura import extract  # noqa: PLC0415  # likewise

    return decoded(lambda html: extract(html, favor_precision=True, include_comments=False, deduplicate=False))


def decoding() -> Engine:
    """Decode, and no more."""
    return decoded(lambda _: "")


def parsing() -> Engine:
    """Decode and parse by lexbor, which resiliparse wraps, and no more."""
    from resiliparse.parse.html import HTMLTree  # noqa: PLC0415  # likewise

    return decoded(HTMLTree.parse)


ENGINES: dict[str, Callable[[], Engine]] = {
    "vitrine": vitrine,
    "resiliparse": resiliparse,
    "resiliparse-full": resiliparse_full,
    "trafilatura": trafilatura,
    "trafilatura-precision": trafilatura_precision,
}
#: parts of the work, for comparison of speed
PARTS: dict[str, Callable[[], Engine]] = {"decode alone": decoding, "decode and parse": parsing}
#: what ends the name of an engine that differs by fold
CROSSED = "@folds"
#: packages whose texts may be kept for another time: they are slow, and the same as long as their version is
KEPT = {"trafilatura": "trafilatura", "trafilatura-precision": "trafilatura"}


def load(name: str, fold: int = 0) -> Engine:
    """Make the engine of this name, or import the one that `module:function` names.

    `module:function@folds` names a function that makes, given a fold, the engine that has not seen the fold's pages.
    """
    path, crossed, _ = name.partition(CROSSED)
    module, colon, function = path.partition(":")
    found: Any = getattr(importlib.import_module(module), function) if colon else ENGINES[path]()
    return found(fold) if crossed else found


def kept_as(name: str) -> str | None:
    """Say under what name an engine's texts may be kept; None if they may not."""
    return f"{name}-{version(KEPT[name])}" if name in KEPT else None


def extract(name: str, htmls: list[str], bodies: Bodies, fold: Mapping[str, int]) -> Iterator[tuple[str, Answer]]:
    """Extract pages, named by SHA-256 and each in a fold; whatever the engine raises is a page without text."""
    made = {number: load(name, number) for number in sorted(set(fold.values()))} if CROSSED in name else {}
    engine = None if made else load(name)
    for html in htmls:
        yield html, ask(engine or made[fold[html]], *bodies.read(html))


def ask(engine: Engine, raw: bytes, charset: str | None) -> Answer:
    """Extract one page and count the processor's time."""
    text, error = "", ""
    started = time.process_time()
    try:
        text = engine(raw, charset)
    except Exception as raised:  # noqa: BLE001  # the engines' own mistakes, of any kind
        error = f"{type(raised).__name__}: {raised}"[:200]
    return Answer(text, time.process_time() - started, error)
