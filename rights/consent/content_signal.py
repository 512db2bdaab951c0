"""`Content-Signal`, Cloudflare's statement in a group of robots.txt: `search=yes, ai-input=no, ai-train=no`."""

from collections.abc import Sequence

from rights.consent.paths import path_of
from rights.consent.preference import AI_INPUT, SEARCH, TRAIN_AI, Preference, Verdict, distinct
from rights.consent.rules import apply_rules, too_long

SIGNAL = "content_signal"
KEYS = {"search": SEARCH, "ai-input": AI_INPUT, "ai-train": TRAIN_AI}


def content_signal_rules(values: Sequence[str], path: str) -> tuple[Preference, ...]:
    """Read what the `Content-Signal` rules of one group say of a path; `values` stand behind the colon.

    A rule may begin with a path, as those of Content-Usage do. Keys that are not Cloudflare's are kept as they are; a
    key that is absent says nothing. Of a key that is there twice both values count, so that `no` decides.
    """
    return distinct(apply_rules(values, path_of(path), _statement))


def _statement(statement: str, raw: str) -> tuple[Preference, ...]:
    if told := too_long(statement):
        return (_unread(raw, told),)
    pieces = [piece.strip(" \t") for piece in statement.split(",")]
    said = distinct(_piece(piece, raw) for piece in pieces if piece)
    return said or (_unread(raw, "empty"),)


def _piece(piece: str, raw: str) -> Preference:
    """Read one `key=value`; a `no` counts in any case of letters, a `yes` only as the syntax has it."""
    key, equals, value = (part.strip(" \t") for part in piece.partition("="))
    if not equals or not key:
        return _unread(raw, f"expected key=value, came {piece!r}")
    verdict: Verdict = "unknown"
    if value.lower() == "no":
        verdict = "deny"
    elif value == "yes" and key in KEYS:
        verdict = "allow"
    return Preference(SIGNAL, "file", "*", KEYS.get(key.lower(), key), verdict, raw, _fault(key, value, verdict))


def _unread(raw: str, detail: str) -> Preference:
    return Preference(SIGNAL, "file", "*", TRAIN_AI, "unknown", raw, detail)


def _fault(key: str, value: str, verdict: Verdict) -> str:
    if key.lower() not in KEYS:
        return f"an unknown key with the value {value!r}"
    return "" if verdict != "unknown" else f"expected yes or no, came {key}={value!r}"
