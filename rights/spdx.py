"""SPDX licence expressions, with this package's own `LicenseRef-` identifiers among their symbols."""

import re
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Any

from rights.licence_kinds import CC, ELEMENTS, SPDX, Licence, creative_commons
from rights.licence_tables import identifiers

if TYPE_CHECKING:
    from license_expression import Licensing

#: characters; a longer expression is not read
LONGEST = 2000
_REFERENCE = "licenseref-"
_SYMBOL = re.compile(r"[\w.+-]+")
_OPERATORS = frozenset({"and", "or", "with"})
_COMBINED = [codes for size in (1, 2, 3) for codes in combinations(ELEMENTS, size)]
_OURS = re.compile(
    r"(?:licenseref-)?cc((?:-(?:by|nc|nd|sa))+)(?:-([0-9]\.[0-9])(?:-([a-z]{2,3}|scotland))?)?", re.ASCII
)


def normal(expression: str) -> str | None:
    """Write an SPDX expression in SPDX's own case, deprecated identifiers as what replaced them.

    None: it does not parse, it names what neither SPDX nor this package knows, or it is longer than `LONGEST`.
    """
    from license_expression import ExpressionError  # noqa: PLC0415  # loading it takes longer than most runs need

    if len(expression) > LONGEST:
        return None
    known = _symbols()
    words = _SYMBOL.findall(expression)
    if not all(word.lower() in _OPERATORS or word.lower() in known or _own(word) for word in words):
        return None
    spelt = _SYMBOL.sub(lambda word: _own(word[0]) or known.get(word[0].lower(), word[0]), expression)
    try:
        parsed = _licensing().parse(spelt, simple=True)
    # The library stumbles over empty brackets.
    except (ExpressionError, IndexError):
        return None
    return None if parsed is None else str(parsed)


def parse(expression: str) -> Any:  # noqa: ANN401  # the library has no types
    """Read an expression in normal form as a tree: `isliteral`, `operator` and `args` of its nodes."""
    return _licensing().parse(expression, simple=True)


def licence_of_id(text: str) -> Licence | None:
    """Read one identifier of a licence, in whatever case; terms are unknown where only SPDX knows it; None: no one."""
    own = _ours().get(text.lower()) or _commons(text)
    if own is not None:
        return own
    spelt = _symbols().get(text.lower())
    if spelt is None:
        return None
    return _ours().get(spelt.lower()) or Licence(spelt, spelt, None, None, ("unknown",))


@lru_cache(maxsize=1)
def families() -> frozenset[str]:
    """Name the families whose terms are known."""
    commons = {creative_commons(codes, None, None).family for codes in _COMBINED}
    return frozenset({licence.family for licence in _ours().values()} | commons)


def _own(word: str) -> str | None:
    licence = _ours().get(word.lower()) or _commons(word)
    return licence.id if licence else None


def _commons(word: str) -> Licence | None:
    """Read the identifier of a Creative Commons licence, which has SPDX's prefix only where SPDX lacks it."""
    found = _OURS.fullmatch(word.lower())
    if not found:
        return None
    licence = creative_commons(found[1].strip("-").split("-"), found[2], found[3])
    bare = word.lower().removeprefix(_REFERENCE)
    return licence if licence != CC and licence.id.lower().removeprefix(_REFERENCE) == bare else None


@lru_cache(maxsize=1)
def _ours() -> dict[str, Licence]:
    return identifiers() | {CC.id.lower(): CC}


@lru_cache(maxsize=1)
def _licensing() -> "Licensing":
    from license_expression import get_spdx_licensing  # noqa: PLC0415  # likewise

    return get_spdx_licensing()


@lru_cache(maxsize=1)
def _symbols() -> dict[str, str]:
    """Map each identifier of SPDX in lower case, and each that it has deprecated, to the one in use."""
    symbols = _licensing().known_symbols.values()
    keys = {symbol.key.lower(): symbol.key for symbol in symbols}
    aliases = {alias.lower(): symbol.key for symbol in symbols for alias in symbol.aliases}
    return aliases | keys | {name.lower(): name for name in SPDX}
