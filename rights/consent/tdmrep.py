"""TDMRep, the W3C Community Group's reservation of text and data mining: header, page, and file of the site.

1 reserves the rights, 0 does not; the protocol takes any other value for none. EPUB and PDF metadata are not read.
"""

import json
from collections.abc import Iterable, Sequence
from typing import cast

from rights.consent.paths import matches, overlong, path_of, pattern_of
from rights.consent.preference import TRAIN_AI, Place, Preference, Verdict, distinct
from rights.consent.rules import Rule, highest

SIGNAL = "tdmrep"
#: bytes; of a larger file nothing is read
FILE_BYTES = 512000

_RESERVATION, _POLICY, _LOCATION = "tdm-reservation", "tdm-policy", "location"
_BLANKS = " \t\r\n\f"


def tdm_header(reservation: str | None, policy: str | None) -> tuple[Preference, ...]:
    """Read the header fields `tdm-reservation` and `tdm-policy`; None where one is absent."""
    return _pair("header", reservation, policy)


def tdm_meta(reservation: str | None, policy: str | None) -> tuple[Preference, ...]:
    """Read the contents of the page's `meta` elements of these names; None where one is absent."""
    return _pair("html", reservation, policy)


def tdm_file(content: bytes, path: str) -> tuple[Preference, ...]:
    """Read what `/.well-known/tdmrep.json` says of a path, or of a URL's path: the first rule that meets it.

    A rule with a fault is told and hides no rule after it: what that denies counts, what it allows does not.
    """
    if len(content) > FILE_BYTES:
        return (_unread("", f"{len(content)} bytes, more than {FILE_BYTES}, are not read"),)
    try:
        rules: object = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_members)
    except (ValueError, RecursionError) as fault:
        return (_unread(content.decode("utf-8", "replace"), f"no JSON: {fault}"),)
    if not isinstance(rules, list):
        return (_unread(content.decode("utf-8", "replace"), "expected an array"),)
    limits = (_unread("", told) for told in (overlong(path),) if told)
    return distinct((*_read(cast("list[object]", rules), path_of(path)), *limits))


def _pair(place: Place, reservation: str | None, policy: str | None) -> tuple[Preference, ...]:
    """Read both properties; several values are in one field where a server sends it more than once."""
    if reservation is None and policy is None:
        return ()
    if reservation is None:
        return (Preference(SIGNAL, place, "*", TRAIN_AI, "unknown", f"{_POLICY}: {policy}", "no tdm-reservation"),)
    values = [value.strip(_BLANKS) for value in reservation.split(",")]
    verdict = _verdict(values, "1", "0")
    raw = f"{_RESERVATION}: {reservation}" + (f"\n{_POLICY}: {policy}" if policy else "")
    return (Preference(SIGNAL, place, "*", TRAIN_AI, verdict, raw, _detail(verdict, policy)),)


def _verdict(values: Sequence[object], one: object, zero: object) -> Verdict:
    """Judge all values given: a single reservation reserves, and nothing but zeros allows."""
    # A boolean is equal to a number, and no reservation.
    if any(type(value) is type(one) and value == one for value in values):
        return "deny"
    return "allow" if values and all(type(value) is type(zero) and value == zero for value in values) else "unknown"


def _detail(verdict: Verdict, policy: object) -> str:
    """Name the policy of a reservation; without one, the protocol has it passed over."""
    if verdict == "unknown":
        return "tdm-reservation is neither 1 nor 0"
    return policy.strip(_BLANKS) if verdict == "deny" and isinstance(policy, str) else ""


def _members(pairs: list[tuple[str, object]]) -> dict[str, list[object]]:
    """Keep all values of a key: what a file says twice must not be read as the last of both."""
    members: dict[str, list[object]] = {}
    for key, value in pairs:
        members.setdefault(key, []).append(value)
    return members


def _read(rules: list[object], path: str) -> Iterable[Preference]:
    """Read the rules that meet the path, and tell of those that meet no path at all."""
    meeting: list[Rule] = []
    for number, rule in enumerate(rules):
        locations = _locations(rule)
        if not locations:
            yield _unread(_shown(rule), "a rule without a location that begins with / or *")
        elif any(matches(pattern_of(location), path) for location in locations):
            said = _rule(cast("dict[str, list[object]]", rule))
            meeting.append(Rule(len(rules) - number, (said,), said.verdict == "unknown"))
    yield from highest(meeting)


def _locations(rule: object) -> list[str]:
    """List the patterns of a rule; it has one, unless it is malformed."""
    if not isinstance(rule, dict):
        return []
    given = cast("dict[str, list[object]]", rule).get(_LOCATION, [])
    return [value for value in given if isinstance(value, str) and value.startswith(("/", "*"))]


def _rule(rule: dict[str, list[object]]) -> Preference:
    verdict = _verdict(rule.get(_RESERVATION, []), 1, 0)
    policy = next((value for value in rule.get(_POLICY, []) if isinstance(value, str)), None)
    return Preference(SIGNAL, "file", "*", TRAIN_AI, verdict, _shown(rule), _detail(verdict, policy))


def _unread(raw: str, detail: str) -> Preference:
    return Preference(SIGNAL, "file", "*", TRAIN_AI, "unknown", raw, detail)


def _shown(rule: object) -> str:
    """Write a rule as JSON again, with every value of a repeated key."""
    if not isinstance(rule, dict):
        return json.dumps(rule, ensure_ascii=False)
    members = cast("dict[str, list[object]]", rule)
    pairs = ((key, value) for key, values in members.items() for value in values)
    return "{" + ", ".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in pairs) + "}"
