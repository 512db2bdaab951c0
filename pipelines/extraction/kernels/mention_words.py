"""Words with which statements about rights begin, in many languages: their first 16 bytes are looked for."""

from collections.abc import Iterable

from pipelines.extraction.kernels.mentions import COPYRIGHT, LICENCE, RESERVED, beginnings
from rights.licence_words import COMMONS, ELEMENTS, PUBLIC_DOMAIN, SOME, words
from rights.licence_words import RESERVED as ALL

#: how a sentence goes on that names the MIT licence last
_UNDER = tuple(f"{past}{blank}{under}" for past in ("", "d") for blank in ("", " ") for under in ("under ", ":", ": "))
#: how the names of licences begin that are patterns elsewhere; a word that begins many sentences stands with its next
_NAMES = (
    *(f"{word}{under}{the}mit" for word in ("license", "licence") for under in _UNDER for the in ("", "the ")),
    *(f"{word} {rest}" for word in ("license", "licence", "lizenz") for rest in ("mit", "de tipo mit")),
    *(
        f"{word} {rest}"
        for word in ("licencia", "licenza", "licença", "licenca")
        for rest in ("mit", "de tipo mit", "apache")
    ),
    *("licence apache", "licence bsd", "licencia bsd", "лицензия mit", "лицензии mit", "licence art libre"),
    *(
        "licencia arte libre",
        "licenza arte libre",
        "licença da arte livre",
        "licenca da arte livre",
        "lizenz freie kunst",
    ),
    *("licence ouverte", "licence du gouvernement", "licence de documentation", "licencia de documentacion"),
    *("cc by", "cc-by", "cc0", "cc-0", "cc nc", "cc-nc", "cc pd", "cc_by", "(cc)", "by-nc", "by-sa", "by-nd", "by nc"),
    *(f"gnu {name}" for name in ("free doc", "fdl", "affero", "agpl", "lesser", "library", "lgpl", "general", "gpl")),
    *("gnu-fdl", "gnu自由", "gnu-lizenz", "gfdl", "agpl", "lgpl", "gpl", "affero", "lesser general", "library general"),
    *(
        "general public",
        "free documentation",
        "free art",
        "mit licen",
        "mit-licen",
        "mit lizenz",
        "mit-lizenz",
        "mit style",
        "mit-0",
    ),
    *("mit-style", "mit-open", "mit open", "mit no attribution", "mit/x11", "mit许可", "mit ライセンス"),
    *("apache licen", "apache software", "apache public", "apache-", "apache 1", "apache 2", "apache v"),
    *(f"bsd{rest}" for rest in (" licen", "-licen", "-lizenz", "-style", "-2", " 2", "-3", " 3", "-4", " 4")),
    *(f"{number}{sign}clause" for number in ("2", "3", "4", "two", "three") for sign in "- "),
    *("simplified bsd", "freebsd licen", "new bsd", "modified bsd", "revised bsd", "original bsd"),
    *(f"{name}{rest}" for name in ("mpl", "epl") for rest in (" 1", " 2", "-1", "-2", " v", "-v", "1", "2", "v")),
    *("mozilla public", "eclipse pub", "european union pu", "eupl", "isc licen", "isc-licen", "artistic licen"),
    *("zlib licen", "zlib-licen", "zlib/libpng", "boost software", "sil open font", "sil ofl"),
    *("open font", "unlicense", "wtfpl", "do what the fuck", "open government", "odbl", "open data commons"),
    *(
        "ogl uk",
        "ogl-uk",
        "ogl v",
        "ogl-v",
        "odc by",
        "odc-by",
        "open database",
        "pddl",
        "datenlizenz",
        "open publication",
        "opencontent",
        "dl-de",
        "dl de",
        "data licen",
    ),
    *("etalab", "italian open data", "iodl", "norwegian licen", "norsk lisens", "nlod", "cdla", "community data li"),
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
