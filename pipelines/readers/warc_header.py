"""The header of a WARC record: read as written, names in any case, nothing made up."""

import re

#: a version line and the beginning of a named field: what every record begins with, and little else does
RECORD_START = re.compile(rb"WARC/\d{1,4}\.\d{1,4}[ \t]{0,8}\r{0,2}\n[!-9;-~]{1,64}[ \t]{0,8}:")
#: no match of RECORD_START is longer
RECORD_START_LENGTH = 160
#: the blank line that ends a header, whichever way its lines end
HEADER_END = re.compile(rb"\n\r{0,2}\n")
#: a header of 1 MB occurs; one without an end must not be held for ever
MAX_HEADER = 1 << 21

_FOLD = re.compile(r"\r*\n[ \t]+")
_VERSION = re.compile(r"WARC/(\d{1,4})\.(\d{1,4})\s*", re.IGNORECASE)
_SUPPORTED_MAJORS = (0, 1)
_USUAL = ("WARC/1.0", "WARC/1.1")
#: 18 digits hold every length that a disk can
_MAX_DIGITS = 18


def read_header(head: bytes) -> dict[str, str]:
    """Read named fields by their names in lower case; of a repeated field the first counts, folded lines are joined.

    The version line stands under the empty name. Bytes that are not UTF-8 are taken as Latin-1.
    """
    try:
        text = head.decode()
    except UnicodeDecodeError:
        text = head.decode("latin-1")
    if "\n " in text or "\n\t" in text:
        text = _FOLD.sub(" ", text)
    lines = text.split("\n")
    fields = {"": lines[0].strip()}
    for line in lines[1:]:
        name, _, value = line.partition(":")
        fields.setdefault(name.strip().lower(), value.strip())
    return fields


def content_length(fields: dict[str, str]) -> int | None:
    """Read the declared length; None where it is missing or no number."""
    digits = fields.get("content-length", "")
    sound = digits.isascii() and digits.isdigit() and len(digits) <= _MAX_DIGITS
    return int(digits) if sound else None


def target_uri(fields: dict[str, str]) -> str | None:
    """Read the URL, without the angle brackets that old versions of wget wrote around it."""
    uri = fields.get("warc-target-uri", "")
    if uri.startswith("<") and uri.endswith(">"):
        uri = uri[1:-1].strip()
    return uri or None


def version_fault(fields: dict[str, str]) -> str | None:
    """Say what is wrong with the version line; "" for a version that is readable but unknown, None for a good one."""
    if fields[""] in _USUAL:
        return None
    match = _VERSION.fullmatch(fields[""])
    if match is None:
        return f"expected a line like WARC/1.0, came {fields[''][:40]!r}"
    return None if int(match[1]) in _SUPPORTED_MAJORS else ""
