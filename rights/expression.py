"""Licences of several parts, as SPDX writes them: a choice (`OR`), all at once (`AND`), one with an exception."""

import re
from collections.abc import Callable, Iterator
from typing import Any, get_args

from rights.licence_kinds import Licence, Term
from rights.spdx import licence_of_id, normal, parse

#: characters of a value that may be an expression
LONGEST = 400
_WORD = r"\(*[\w.+-]+\)*"
_COMPOUND = re.compile(rf"{_WORD}(?: (?:and|or|with) {_WORD})+", re.ASCII | re.IGNORECASE)


def compound(text: str) -> Licence | None:
    """Read an expression of several licences as one; None: it is none, or names what neither SPDX nor we know.

    Its identifier is the expression in normal form, its terms are those of all its parts.
    """
    plain = " ".join(text[: LONGEST + 1].split())
    if len(plain) > LONGEST or not _COMPOUND.fullmatch(plain):
        return None
    written = normal(plain)
    if written is None:
        return None
    asked = {term for licence in parts(written) for term in licence.terms}
    return Licence(written, written, None, None, tuple(term for term in get_args(Term) if term in asked))


def parts(name: str) -> tuple[Licence, ...]:
    """List the licences of an identifier or expression in normal form; those that nobody knows are left out."""
    keys = _keys(parse(name)) if _is_compound(name) else [name]
    return tuple(found for key in keys if (found := licence_of_id(key)))


def satisfied(name: str, allowed: Callable[[str], bool]) -> bool:
    """Say whether a licence is allowed: of a choice any part, of a combination all; an exception only gives more.

    What is no expression in normal form is asked for as it stands.
    """
    return _satisfied(parse(name), allowed) if _is_compound(name) else allowed(name)


def _is_compound(name: str) -> bool:
    return " " in name and normal(name) == name


def _satisfied(node: Any, allowed: Callable[[str], bool]) -> bool:  # noqa: ANN401  # the library has no types
    if node.isliteral:
        return allowed(_key(node))
    found = (_satisfied(part, allowed) for part in node.args)
    return any(found) if node.operator.strip() == "OR" else all(found)


def _keys(node: Any) -> Iterator[str]:  # noqa: ANN401  # likewise
    if node.isliteral:
        yield _key(node)
    for part in node.args:
        yield from _keys(part)


def _key(literal: Any) -> str:  # noqa: ANN401  # likewise
    return str(getattr(literal, "license_symbol", literal).key)
