"""Dates as pages give them, read strictly: what has two readings, or none, is no date."""

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG = ("uary", "ruary", "ch", "il", "", "e", "y", "ust", "tember|t", "ober", "ember", "ember")
_MONTH = "|".join(f"{short}(?:{rest})?" for short, rest in zip(_MONTHS, _LONG, strict=True))
_ZONE = r"(?P<zone>z|utc|gmt|(?:gmt|utc)?\s?[+-][0-9]{2}:?(?:[0-9]{2})?)"
_CLOCK = r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?\s?(?P<half>[ap]m)?"
_PACKED = r"(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})(?P<second>[0-9]{2})?(?:[.,][0-9]{1,9})?(?P<half>$)?"
_YEAR = r"(?P<year>[1-9][0-9]{3})"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}[,.]?\s)?"
_TIME = rf"(?:(?:t|\s|,\s|\sat\s){_CLOCK}\s?{_ZONE}?(?:\s\([^()]{{1,40}}\))?)?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.ASCII)
    for form in (
        # ISO 8601, and the same with slashes: the year comes first, so the month follows.
        rf"{_YEAR}(?:(?P<sign>[-/])(?P<month>[0-9]{{1,2}})(?:(?P=sign)(?P<day>[0-9]{{1,2}}){_TIME})?)?",
        rf"{_YEAR}(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}})(?:t{_PACKED}\s?{_ZONE}?)?",
        # English, with the month as a word: RFC 5322, HTTP, and as people write.
        rf"{_WEEKDAY}(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?[\s-](?P<month>{_MONTH})\.?,?[\s-]{_YEAR}{_TIME}",
        rf"{_WEEKDAY}(?P<month>{_MONTH})\.?\s(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s{_YEAR}{_TIME}",
    )
)
# What most dates are, to be read in an eighth of the time.
_USUAL = re.compile(
    r"([1-9][0-9]{3}-[0-9]{2}-[0-9]{2})"
    r"(?:T((?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])(?:\.[0-9]{1,9})?(Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])?)?",
    re.ASCII,
)
#: characters; no date is longer
LONGEST = 80
# A clock shows 60 in a leap second; no zone is farther than 14 hours from Greenwich.
_HOURS, _HALF, _MINUTES, _SECONDS, _FARTHEST = range(24), range(1, 13), range(60), range(61), range(15)


def iso_date(text: str) -> str | None:
    """Write a date as ISO 8601 has it, no finer than it is given: `2024`, `2024-03`, `2024-03-05T09:30:00+01:00`.

    Read are ISO 8601 and its like with slashes, and English dates that spell the month out. Fractions of seconds are
    left out. None for anything else, as for `03/04/2024`, a time stamp, or a day that the calendar does not have.
    """
    text = text.strip()
    if len(text) > LONGEST:
        return None
    if usual := _USUAL.fullmatch(text):
        day, clock, zone = usual.groups("")
        return None if not _is_day(day) else f"{day}T{clock}{zone}" if clock else day
    # Those that begin with a year come first.
    forms = _FORMS[:2] if text[:4].isdigit() else _FORMS[2:]
    match = next((match for form in forms if (match := form.fullmatch(text))), None)
    if match is None:
        return None
    found = match.groupdict()
    day, clock = _day(found), _clock(found)
    return None if day is None or clock is None else day + clock


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _day(found: dict[str, str | None]) -> str | None:
    """Write the day, month or year; None if the calendar has no such."""
    year, month, day = found["year"] or "", found["month"], found["day"]
    if month is None:
        return year
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    try:
        written = date(int(year), number, int(day or 1)).isoformat()
    except ValueError:
        return None
    return written if day else written[:7]


def _clock(found: dict[str, str | None]) -> str | None:
    """Write the time, empty where none is given; None if no clock shows it."""
    hour, minute, second, half = (found.get(name) for name in ("hour", "minute", "second", "half"))
    if hour is None or minute is None:
        return ""
    number = int(hour)
    if half:
        if number not in _HALF:
            return None
        number = number % len(_HALF) + len(_HALF) * (half.lower() == "pm")
    zone = _zone(found["zone"])
    if zone is None or number not in _HOURS or int(minute) not in _MINUTES or int(second or 0) not in _SECONDS:
        return None
    return f"T{number:02}:{minute}" + (f":{second}" if second else "") + zone


def _zone(zone: str | None) -> str | None:
    """Write a zone as `Z` or `+01:00`, empty where none is given; None if there is no such."""
    if not zone:
        return ""
    digits = "".join(byte for byte in zone if byte.isdigit())
    if not digits:
        return "Z"
    hours, minutes = digits[:2], digits[2:] or "00"
    sign = "-" if "-" in zone else "+"
    return f"{sign}{hours}:{minutes}" if int(hours) in _FARTHEST and int(minutes) in _MINUTES else None
