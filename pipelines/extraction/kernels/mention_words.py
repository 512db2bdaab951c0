"""Words with which statements about rights begin, in many languages: their first 16 bytes are looked for."""

from collections.abc import Iterable

from pipelines.extraction.kernels.mentions import COPYRIGHT, LICENCE, RESERVED, beginnings
from rights.licence_words import COMMONS, ELEMENTS, PUBLIC_DOMAIN, SOME, words
from rights.licence_words import RESERVED as ALL

#: how the names of licences begin that are patterns elsewhere
_NAMES = (
    *("licens", "licenc", "licenz", "licenç", "lizenz", "lisens", "litsents", "лиценз", "ліценз", "llicèn"),
    *("cc by", "cc-by", "cc0", "cc-0", "cc nc", "cc-nc", "cc pd", "cc_by", "(cc)", "by-nc", "by-sa", "by-nd", "by nc"),
    *("gnu ", "gfdl", "gnu-lizenz", "agpl", "lgpl", "gpl", "affero", "lesser general", "library general"),
    *("general public", "free documentation", "free art", "mit licen", "mit-licen", "mit lizenz", "mit style", "mit-0"),
    *(
        "mit open",
        "mit no",
        "mit/x11",
        "mit许可",
        "mit ライセンス",
        "apache",
        "bsd",
        "2-clause",
        "2 clause",
        "3-clause",
    ),
    *("3 clause", "4-clause", "4 clause", "two-clause", "two clause", "three-clause", "three clause", "simplified bsd"),
    *(
        "freebsd licen",
        "new bsd",
        "modified bsd",
        "revised bsd",
        "original bsd",
        "mozilla public",
        "mpl",
        "eclipse pub",
    ),
    *("epl", "european union pu", "eupl", "isc licen", "isc-licen", "zlib", "artistic licen", "boost software", "sil "),
    *("open font", "unlicense", "wtfpl", "do what the fuck", "open government", "ogl", "odbl", "open data commons"),
    *("open database", "odc", "pddl", "datenlizenz", "open publication", "opencontent", "dl-de", "dl de", "data licen"),
    *("etalab", "italian open data", "iodl", "norwegian licen", "nlod", "cdla", "community data li"),
)
_COPYRIGHT = ("©", "(c) ", "copyrigh", "&copy")


def _cased(phrases: Iterable[str]) -> list[str]:
    """Give the beginnings as they are, and for other scripts, which kernels do not fold, as capitals too."""
    plain = [phrase.rstrip("*") for phrase in phrases]
    return [form for phrase in plain for form in (phrase, *_capitals(phrase))]


def _capitals(phrase: str) -> tuple[str, ...]:
    return () if phrase.isascii() else (phrase.capitalize(), phrase.upper())


BEGINNINGS = beginnings(
    dict.fromkeys(_COPYRIGHT, COPYRIGHT)
    | dict.fromkeys(_cased((*_NAMES, *words(COMMONS), *words(ELEMENTS["by"]), *words(PUBLIC_DOMAIN))), LICENCE)
    | dict.fromkeys(_cased((*words(ALL), *words(SOME))), RESERVED)
)
