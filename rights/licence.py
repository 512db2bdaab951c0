"""The normal form of licences: what metadata say of one, as SPDX names it."""

import re

from rights.licence_kinds import Licence, Term
from rights.licence_names import licence_of_name
from rights.licence_urls import licence_of_url
from rights.spdx import licence_of_id

__all__ = ["Licence", "Term", "licence_of"]

_ADDRESS = re.compile(r"(?:https?:)?//|https?(?::\\/|%3a)|(?:[a-z0-9-]+\.)+[a-z]{2,}/|/web/[0-9]", re.IGNORECASE)
# With a digit, as ISC and MIT are institutions too.
_IDENTIFIER = re.compile(r"(?=[^0-9]*[0-9])[A-Za-z0-9]+(?:[-.+][A-Za-z0-9]*)+|licenseref-[a-z0-9.-]+", re.IGNORECASE)
_LONGEST_IDENTIFIER = 80


def licence_of(value: str) -> Licence | None:
    """Read the licence of a value of metadata: an address, an SPDX identifier or words; None: it names none known.

    Of words that name several, the first; `licence_names.licences_in` lists them.
    """
    text = value.strip()
    if _ADDRESS.match(text) and len(text.split(maxsplit=1)) == 1:
        return licence_of_url(text)
    if len(text) <= _LONGEST_IDENTIFIER and _IDENTIFIER.fullmatch(text):
        return licence_of_name(text) or licence_of_id(text)
    return licence_of_name(text)
