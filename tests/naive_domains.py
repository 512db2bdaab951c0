"""What is told of domains, row after row: the slow, obvious twin of `pipelines.ledger_index.domain_table`."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from pipelines.ledger_index.registered import domain_of
from pipelines.ledger_index.schema import NO_CAPTURES

Row = dict[str, Any]


def domains(rows: Iterable[Row], listed: int) -> dict[str, Row]:
    """Sum up each domain of a ledger's rows; the ranks are told apart."""
    own: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.get("url") and row.get("record_type") not in NO_CAPTURES:
            own[domain_of(row["url"]) or ""].append(row)
    found = {name: _told(name, ones, listed) for name, ones in own.items()}
    order = sorted(found.values(), key=lambda one: (-one["kept"], -one["kept_bytes"], one["domain"]))
    for place, one in enumerate(order, 1):
        one["rank"] = place if one["kept"] else None
    return found


def _told(name: str, rows: list[Row], listed: int) -> Row:
    fates: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0])
    said: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        fate = fates[row["outcome"], row.get("dropped_by")]
        fate[0] += 1
        fate[1] += row.get("text_bytes") or 0
        if row["outcome"] != "error":
            statement = said[row.get("stated_licence"), row.get("stated_consent")]
            statement[0] += 1
            statement[1] += row["outcome"] == "kept"
    dates = sorted(row["date"].replace(tzinfo=None) for row in rows if row.get("date"))
    kept = [row for row in rows if row["outcome"] == "kept"]
    stated = [
        dict(zip(("licence", "consent", "documents", "kept"), (*key, *sums), strict=True))
        for key, sums in _by_size(said)
    ]
    return {
        "domain": name,
        "captures": len(rows),
        "documents": sum(row["outcome"] != "error" for row in rows),
        "kept": len(kept),
        "kept_bytes": sum(row.get("text_bytes") or 0 for row in kept),
        "first_capture": dates[0] if dates else None,
        "last_capture": dates[-1] if dates else None,
        "fates": [
            dict(zip(("outcome", "dropped_by", "captures", "text_bytes"), (*key, *sums), strict=True))
            for key, sums in _by_size(fates)
        ],
        "said": stated[:listed],
        "said_more": len(stated[listed:]),
        "said_more_documents": sum(one["documents"] for one in stated[listed:]),
        "said_more_kept": sum(one["kept"] for one in stated[listed:]),
    }


def _by_size(counts: dict[tuple[Any, ...], list[int]]) -> list[tuple[tuple[Any, ...], list[int]]]:
    """Sort by number, then by key, what is null last."""
    return sorted(counts.items(), key=lambda one: (-one[1][0], *((part is None, part or "") for part in one[0])))
