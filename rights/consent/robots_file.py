"""The groups of a robots.txt (RFC 9309), with the lines of other syntaxes that stand in them."""

from collections.abc import Iterable
from dataclasses import dataclass

#: bytes; the least that RFC 9309 lets a crawler read, and the most that Google reads
ROBOTS_BYTES = 512000

_FIELDS = frozenset({"user-agent", "allow", "disallow", "content-signal", "content-usage", "license"})
_ALIASES = {
    "useragent": "user-agent",
    "user agent": "user-agent",
    "dissallow": "disallow",
    "dissalow": "disallow",
    "disalow": "disallow",
    "diasllow": "disallow",
    "disallaw": "disallow",
}
#: lines about the whole site, which end no group
_SITE = frozenset({"sitemap", "sitemaps", "site-map", "host"})


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its comment; the field is in lower case and spelt as it should be."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """What a robots.txt holds, as far as it is read."""

    groups: tuple[tuple[Line, ...], ...]
    #: product token in lower case -> the numbers of its groups
    named: dict[str, tuple[int, ...]]
    #: lines outside all groups
    site: tuple[Line, ...]
    #: bytes behind ROBOTS_BYTES, with the line that this cuts
    left_out: int

    def numbers(self, agent: str) -> tuple[int, ...]:
        """Find the groups that an agent obeys: those with its name, or else those for everybody."""
        return self.named.get(agent.lower()) or self.named.get("*", ())

    def obeying(self, agents: Iterable[str]) -> dict[tuple[int, ...], list[str]]:
        """Put together those agents, in lower case, that obey the same groups."""
        obeying: dict[tuple[int, ...], list[str]] = {}
        for agent in dict.fromkeys(agent.lower() for agent in agents):
            obeying.setdefault(self.numbers(agent), []).append(agent)
        return obeying

    def everybody(self, numbers: tuple[int, ...]) -> bool:
        """Say whether groups are those for whoever is not named."""
        return numbers == self.named.get("*", ())

    def cut(self) -> str:
        """Say how much of the file was not read; empty where all was."""
        return f"of a file longer than {ROBOTS_BYTES} bytes, {self.left_out} were not read" if self.left_out else ""

    def lines(self, numbers: tuple[int, ...]) -> tuple[Line, ...]:
        """Join the lines of groups, which count as one group."""
        return tuple(line for number in numbers for line in self.groups[number])


def read_robots(content: bytes) -> RobotsFile:
    """Read a robots.txt leniently: misspelt fields and lost colons are forgiven, as crawlers forgive them.

    `License` is the whole site's where no group has begun, or where an empty line or a line about the site precedes it.
    """
    kept = content if len(content) <= ROBOTS_BYTES else content[: content.rfind(b"\n", 0, ROBOTS_BYTES) + 1]
    groups = _Groups()
    for text in kept.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        groups.add(text)
    named = {token: tuple(dict.fromkeys(numbers)) for token, numbers in groups.named.items()}
    return RobotsFile(tuple(map(tuple, groups.lines)), named, tuple(groups.site), len(content) - len(kept))


class _Groups:
    """Groups as they are read."""

    def __init__(self) -> None:
        self.lines: list[list[Line]] = []
        self.named: dict[str, list[int]] = {}
        self.site: list[Line] = []
        self._naming = self._apart = False

    def add(self, text: str) -> None:
        """Put one line where it belongs."""
        line = _line(text.partition("#")[0].strip())
        if line is None:
            self._apart = self._apart or not text.strip()
        elif line.field in _SITE:
            self._apart = True
        elif line.field == "user-agent":
            self._name(line.value)
        elif not self.lines or (line.field == "license" and self._apart and not self._naming):
            self.site.append(line)
        else:
            self._naming = self._apart = False
            if line.field in _FIELDS:
                self.lines[-1].append(line)

    def _name(self, value: str) -> None:
        if not self._naming:
            self.lines.append([])
        self._naming, self._apart = True, False
        for token in {value.lower(), _token(value)} - {""}:
            self.named.setdefault(token, []).append(len(self.lines) - 1)


def _line(text: str) -> Line | None:
    """Split a line at its colon, or at its first blank where it has a field that is known and no colon behind it."""
    head, colon, value = text.partition(":")
    field = _spelt(head)
    if field not in _FIELDS | _SITE:
        first, _, rest = text.partition(" ")
        if (word := _spelt(first)) in _FIELDS:
            return Line(word, rest.strip())
    return Line(field, value.strip()) if colon else None


def _spelt(field: str) -> str:
    field = field.strip().lower()
    return _ALIASES.get(field, field)


def _token(value: str) -> str:
    """Name the product: `GPTBot/1.2` and `GPTBot*` are GPTBot."""
    if value == "*":
        return value
    words = value.lower().partition("/")[0].replace("*", "").split()
    return words[0] if words else ""
