"""Spawning's `/ai.txt`: Allow and Disallow, by path or by file type, of what data sets may take in.

A weak signal: nobody maintains it, and two unrelated formats have the same name. What is not in this one says nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rights.consent.agents import TRAINING
from rights.consent.paths import matches, overlong, path_of, pattern_of
from rights.consent.preference import TRAIN_AI, Preference, Verdict, distinct
from rights.consent.robots_file import Line, read_robots

SIGNAL = "ai_txt"

_VERDICTS: dict[str, Verdict] = {"allow": "allow", "disallow": "deny"}


def ai_txt(content: bytes, path: str, agents: Sequence[str] = TRAINING) -> tuple[Preference, ...]:
    """Read what the file says of a path, or of a URL's path, to each of `agents`, as robots.txt would.

    The longest pattern that meets the path decides; of two as long, the one that denies. Patterns are `/path` or
    `*.type`. What groups for everybody say is under "*". Of a file longer than ROBOTS_BYTES the rest is not read, which
    a last preference tells.
    """
    file, asked = read_robots(content), path_of(path)
    found: list[Preference] = []
    for numbers, names in file.obeying(agents).items():
        said = list(_group(file.lines(numbers), asked))
        to_whom = ["*"] if file.everybody(numbers) else names
        found += (replace(preference, agent=agent) for agent in to_whom for preference in said)
    found += (_unread("", told) for told in (file.cut(), overlong(path)) if told)
    return distinct(found)


def _group(lines: Iterable[Line], path: str) -> Iterable[Preference]:
    rules: list[tuple[int, str, Line]] = []
    for line in lines:
        if line.field not in _VERDICTS or not line.value:
            continue
        pattern = pattern_of(line.value)
        if not pattern.startswith(("/", "*")):
            yield _unread(_shown(line), "a pattern begins with / or *")
        elif matches(pattern, path):
            rules.append((len(pattern), _VERDICTS[line.field], line))
    if rules:
        _, _, line = max(rules, key=lambda rule: (rule[0], rule[1] == "deny"))
        yield Preference(SIGNAL, "file", "*", TRAIN_AI, _VERDICTS[line.field], _shown(line))


def _unread(raw: str, detail: str) -> Preference:
    return Preference(SIGNAL, "file", "*", TRAIN_AI, "unknown", raw, detail)


def _shown(line: Line) -> str:
    return f"{line.field.title()}: {line.value}"
