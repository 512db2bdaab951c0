"""robots.txt as it was when a page was crawled: whom it keeps out, and what its groups say of use.

To be kept out is a denial. To be let in is no consent to training: that gives no preference.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from protego import Protego

from rights.consent.agents import OTHER_AGENTS, TRAINING
from rights.consent.content_signal import content_signal_rules
from rights.consent.content_usage import content_usage_rules
from rights.consent.paths import matches, overlong, path_of, pattern_of
from rights.consent.preference import AI_INPUT, SEARCH, TRAIN_AI, Preference, distinct
from rights.consent.robots_file import Line, RobotsFile, read_robots
from rights.consent.rsl import rsl_link

SIGNAL = "robots_txt"

_PURPOSES = {agent.token.lower(): SEARCH if agent.use == "search" else AI_INPUT for agent in OTHER_AGENTS}


def robots_txt(content: bytes, url: str, agents: Sequence[str] = TRAINING) -> tuple[Preference, ...]:
    """Read what a site's robots.txt says of a URL to each of `agents`; "*" is whoever no group names.

    An agent obeys the groups that name it, or else those for "*" (RFC 9309, exact product token). Where it must not
    fetch the URL, that is a denial under its own name. Content-Usage, Content-Signal and RSL's License are under its
    name if its groups hold them, and under "*" if the groups for everybody do and one of `agents` obeys those.
    Of a file longer than ROBOTS_BYTES the rest is not read, and of a long URL not all is compared; that is told last.
    """
    file, path = read_robots(content), path_of(url)
    obeying = file.obeying(agents).items()
    found = [preference for numbers, names in obeying for preference in _group(file, numbers, names, path)]
    limits = (_unread(SIGNAL, "", told) for told in (file.cut(), overlong(url)) if told)
    return distinct((*found, *_site(file), *limits))


def _group(file: RobotsFile, numbers: tuple[int, ...], names: list[str], path: str) -> Iterable[Preference]:
    """Read what the same groups say to all agents that obey them."""
    lines, everybody = file.lines(numbers), file.everybody(numbers)
    refusal = _refusal(lines, path)
    if refusal is not None:
        detail = "group: *" if everybody else ""
        for name in names:
            yield Preference(SIGNAL, "file", name, _PURPOSES.get(name, TRAIN_AI), "deny", refusal, detail)
    said = list(content_signal_rules(_values(lines, "content-signal"), path))
    # The draft gives no preference to what must not be crawled.
    said += content_usage_rules(_values(lines, "content-usage"), path) if refusal is None else ()
    own = _values(lines, "license")
    said += (preference for address in own for preference in rsl_link(address, "file"))
    for agent in ("*",) if everybody else names:
        yield from (replace(preference, agent=agent) for preference in said)
    if not own:
        yield from (link for address in _values(file.site, "license") for link in rsl_link(address, "file"))


def _refusal(lines: Sequence[Line], path: str) -> str | None:
    """Find the line that keeps a path out, the longest if several do; None if it may be fetched."""
    rules = [(line, pattern_of(line.value)) for line in lines if line.field in {"allow", "disallow"} and line.value]
    if not any(line.field == "disallow" for line, _ in rules):
        return None
    text = "\n".join(("User-agent: *", *(f"{line.field}: {pattern}" for line, pattern in rules)))
    if Protego.parse(text).can_fetch(f"https://host{path}", "*"):
        return None
    refusing = [(len(pattern), line.value) for line, pattern in rules if line.field == "disallow"]
    meeting = [(len(p), line.value) for line, p in rules if line.field == "disallow" and matches(p, path)]
    return f"Disallow: {max(meeting or refusing)[1]}"


def _site(file: RobotsFile) -> Iterable[Preference]:
    """Tell of statements that stand before the first group, where they speak to nobody."""
    for field in ("content-signal", "content-usage"):
        for value in _values(file.site, field):
            yield _unread(field.replace("-", "_"), value, "outside all groups")


def _unread(signal: str, raw: str, detail: str) -> Preference:
    return Preference(signal, "file", "*", TRAIN_AI, "unknown", raw, detail)


def _values(lines: Sequence[Line], field: str) -> list[str]:
    return [line.value for line in lines if line.field == field]
