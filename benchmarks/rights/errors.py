"""Where our detector errs, for somebody to look at."""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from benchmarks.rights.named import Named
from benchmarks.rights.ours import Told, answer
from benchmarks.rights.score import scored
from benchmarks.rights.truth import Label
from rights.evidence import Item

#: pages that are told at most; of the others, the number
MOST = 40
#: characters of what the page says
_EXCERPT = 100


def errors(labels: Sequence[Label], found: Mapping[str, Told]) -> Iterator[str]:
    """Tell the wrong pages: taken though without a licence, missed, then wrong in family, version or jurisdiction."""
    kinds = [(_kind(label, found[label.html]), label) for label in scored(labels)]
    wrong = sorted(((kind, label) for kind, label in kinds if kind), key=lambda pair: _ORDER.index(pair[0]))
    for kind, label in wrong[:MOST]:
        yield from _told(kind, label, found[label.html])
    if len(wrong) > MOST:
        yield f"{len(wrong) - MOST} more pages are wrong"


_ORDER = ("taken", "missed", "family", "version", "jurisdiction")


def _kind(label: Label, said: Told) -> str:
    """Say what is wrong; nothing if all is right, or the truth has no version to compare."""
    licence = answer(said).licence
    if label.licence is None or licence is None:
        return "taken" if licence else "missed" if label.licence else ""
    if licence.family != label.licence.family:
        return "family"
    if label.licence.version is None or licence == label.licence:
        return ""
    return "version" if licence.version != label.licence.version else "jurisdiction"


def _told(kind: str, label: Label, said: Told) -> Iterator[str]:
    truth = _written(label.licence) if label.licence else "none"
    ours = f"{said.licence} ({said.confidence:.2f})" if said.licence else "none"
    host = urlsplit(label.url).hostname or label.html[:12]
    yield f"{kind:12} {host}  scope {label.scope}, truth {truth}, ours {ours}"
    yield from (f"    {_item(item)}" for item in said.believed)


def _item(item: Item) -> str:
    raw = " ".join(item.raw.split())
    shown = raw if len(raw) <= _EXCERPT else f"…{raw[-_EXCERPT:]}"
    return f"{item.kind} {item.location} {item.name or '-'} {item.parsed} {item.scope} {item.confidence:.2f}  {shown}"


def _written(licence: Named) -> str:
    return "-".join(part for part in licence if part)
