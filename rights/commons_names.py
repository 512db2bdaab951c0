"""Creative Commons licences as people name them: by code or by the names of their elements, in many languages."""

import re

from rights.folding import Phrase, any_of, folded
from rights.jurisdictions import CODES, NAMED
from rights.licence_kinds import CC, CC0, ELEMENTS, PDDC, PDM, Licence, creative_commons
from rights.licence_words import COMMONS, LICENCE, words
from rights.licence_words import ELEMENTS as ELEMENT_NAMES

#: signs after the words "Creative Commons" in which what makes them a licence must come
NEAR = 60
_BLANK = "[ -]{0,3}"
_CODE = r"(?=$|[\W_\d]|by|nc|nd|sa)"


def _element(code: str) -> str:
    return rf"(?P<{code}>\b{code}{_CODE}|{_tight(code)}|{any_of(words(ELEMENT_NAMES[code]), _BLANK)})"


def _tight(code: str) -> str:
    """Match a code written onto the one before, as in BYNCSA."""
    return rf"(?<=by|nc|nd|sa){code}{_CODE}|(?<=_){code}{_CODE}|(?<=cc){code}{_CODE}"


_LICENCE = f"{any_of(words(LICENCE))}[^\\W\\d_]{{0,12}}"
# "Permitting non-commercial sharing with attribution."
_AND = r"(?:(?:and|und|et|y|e|och|og|i|и|та|ja|en|és|ve|(?:sharing )?with)[\W_]{1,3})?"
_STEP = Phrase(rf"[\W_]{{0,4}}{_AND}(?:{'|'.join(map(_element, ELEMENTS))})")
_ATTRIBUTION = any_of(words(ELEMENT_NAMES["by"]), _BLANK)
_FILLED = rf"(?:[\W_]{{0,3}}(?:{_LICENCE}|public|version|ver\b|v\b|cc\b)){{0,4}}[\W_]{{0,3}}v?"
_VERSION = Phrase(rf"{_FILLED}([1-4])[.,]([0-9])(?![0-9])|[\W_]{{1,3}}v?([34])(?![\w.,%]|[\W_]?[0-9])")
_JOINED = re.compile(r" ?[-/]")
_PORT = Phrase(rf"(?P<name>[\W_]{{1,3}}{any_of(NAMED)})|[-/](?P<code>[a-z]{{2,3}}|scotland)\b")
_ZERO = Phrase(rf"[\W_]{{0,3}}(?:{_LICENCE}[\W_]{{1,3}})?(?:(?<=cc)0|0|zero)(?![.\w])")
_MARK = Phrase(r"[\W_]{0,3}(?:(?:public domain|pd)[ -]mark|pdm(?![^\W\d]))")
_DEDICATION = Phrase(rf"[\W_]{{0,3}}(?:public domain dedication|public domain {_LICENCE}|pddc)")
_IS_LICENCE = Phrase(_LICENCE)
# Codes stand where the sentence comes to them: "a Creative Commons licence (BY-SA)".
_STARTS = Phrase(
    rf"(?P<stop>[.!?;] |creative ?commons)|{any_of(words('|'.join(ELEMENT_NAMES.values())), _BLANK)}"
    rf"|\bby(?=[-_ ](?:nc|nd|sa)\b|[-_ ][1-4][.,][0-9])"
)
_NAMED = {folded(name): code for name, code in NAMED.items()}
# A code alone is the English word unless something that ends a name follows.
_ENDED = Phrase(rf"\s?(?:$|[^\w\s]|{_LICENCE})")
_BOUND = Phrase(r"[\W_]{0,2}(?:unported|international|generic|universal)|[\W_]{0,3}" + _LICENCE)

#: where a name may begin: the words "Creative Commons", their initials before a code, codes alone, or an attribution
HEAD = (
    rf"(?P<commons>{any_of(words(COMMONS), _BLANK)})"
    rf"|(?P<initials>\bcc(?=[\W_]{{0,3}}(?:by|nc|nd|sa|0|zero|pdm|pddc|public|{_ATTRIBUTION})))"
    rf"|(?P<codes>\b(?=by(?:[-_](?:nc|nd|sa)){{1,2}}\b))"
    rf"|(?P<names>(?={_ATTRIBUTION}))"
)


def read_commons(text: str, begin: int, head: str) -> tuple[Licence | None, int]:
    """Read the licence whose head, of the kind named as a group of `HEAD`, ends at `begin` of a folded text.

    What comes back with it is where its name ends. None: what stands there names no licence.
    """
    if head in {"commons", "initials"}:
        for pattern, licence in ((_ZERO, CC0), (_MARK, PDM), (_DEDICATION, PDDC)):
            found = pattern.compiled.match(text, begin)
            if found:
                return licence, found.end()
    start = _first(text, begin) if head == "commons" else begin
    codes, end = _elements(text, start)
    version, port, end = _version(text, end) if codes else (None, None, end)
    if codes and port and head == "names":
        return creative_commons(codes, version, port), end
    if codes and _meant(text, (start, end), codes, version, head):
        return creative_commons(codes, version, port), end
    if head == "commons" and _IS_LICENCE.compiled.search(text, max(0, begin - NEAR), begin + NEAR):
        return CC, begin
    return None, begin + 1


def _first(text: str, begin: int) -> int:
    """Find where the elements begin, in the same sentence."""
    if _STEP.compiled.match(text, begin):
        return begin
    for found in _STARTS.compiled.finditer(text, begin, begin + NEAR):
        if found["stop"]:
            break
        return found.start()
    return begin


def _elements(text: str, begin: int) -> tuple[tuple[str, ...], int]:
    codes = list[str]()
    step = _STEP.compiled.match(text, begin)
    while step and step.lastgroup and step.lastgroup not in codes:
        codes.append(step.lastgroup)
        begin = step.end()
        step = _STEP.compiled.match(text, begin)
    return tuple(codes), begin


def _version(text: str, begin: int) -> tuple[str | None, str | None, int]:
    found = _VERSION.compiled.match(text, begin)
    if not found:
        return None, None, begin
    version = f"{found[1] or found[3]}.{found[2] or 0}"
    port = _PORT.compiled.match(text, found.end())
    if not port:
        return version, None, found.end()
    code = port["code"] or _NAMED.get(port["name"].strip(" -_/,.(:;|\t"))
    return version, code if code in CODES else None, port.end() if code in CODES else found.end()


def _meant(text: str, span: tuple[int, int], codes: tuple[str, ...], version: str | None, head: str) -> bool:
    """Say whether elements name a licence and are not words of a sentence."""
    start, end = span
    if len(codes) > 1:
        first = _STEP.compiled.match(text, start)
        joined = first is not None and _JOINED.match(text, first.end()) is not None
        return head != "names" or version is not None or joined
    if head == "names":
        return version is not None and _BOUND.compiled.match(text, end) is not None
    return (
        version is not None
        or (head == "initials" and text[start] in "-_")
        or len(text[start:end].strip(" -_:/")) > len("by")
        or _ENDED.compiled.match(text, end) is not None
    )
