"""`vitrine rights` and `vitrine attribution`: what is known of a page's rights, and whom a release must name."""

import json
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from duckdb import DuckDBPyConnection
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipelines.mistakes import UsageError
from pipelines.release import read_manifest
from pipelines.store import Store
from provenance.question import Answer
from provenance.release import open_ledger
from provenance.rights import attribution, rights_of_domain, rights_of_page
from rights.consent.preference import combine
from rights.consent.written import read

#: characters of a statement that are shown
SHOWN = 300

Row = Mapping[str, Any]


@contextmanager
def _opened(release: str) -> Generator[tuple[DuckDBPyConnection, dict[str, Any]]]:
    manifest = read_manifest(Store.at(release))
    if manifest is None:
        raise UsageError(f"expected a release's folder, got {release!r}: it has no release.json")
    with open_ledger(Store.at(release), [item["ledger"] for item in manifest["inputs"]]) as connection:
        yield connection, manifest


def print_rights(wanted: str, release: str, *, as_json: bool) -> None:
    """Show the evidence of a page's captures, by its address or id; of a domain, what its documents say."""
    with _opened(release) as (connection, manifest):
        agents = _agents(release)
        answer = rights_of_page(connection, wanted)
        of_domain = not answer.rows and "/" not in wanted
        answer = rights_of_domain(connection, wanted) if of_domain else answer
    if not answer.rows:
        raise UsageError(f"expected the address or id of a page that {release} has read, or a domain, got {wanted!r}")
    if as_json:
        rows = [{**row} if of_domain else {**row, "consent": _consent(row, agents)} for row in answer.records]
        print_json(answer, release, manifest, rows)
    elif of_domain:
        _print_domain(wanted, answer)
    else:
        for row in answer.records:
            _print_page(row, agents)


def print_attribution(release: str, out: str, *, as_json: bool) -> None:
    """List the kept documents whose licence asks for their authors' names: on the screen, as text or as Parquet."""
    with _opened(release) as (connection, manifest):
        answer = attribution(connection)
    if out.endswith(".parquet"):
        pq.write_table(_table(answer), out)
    elif out:
        Path(out).write_text("".join(f"{_line(row)}\n" for row in answer.records), "utf-8")
    elif as_json:
        print_json(answer, release, manifest, [dict(row) for row in answer.records])
    else:
        for row in answer.records:
            print(_line(row))  # noqa: T201  # the list is what was asked for
    if out:
        Console(stderr=True, highlight=False).print(f"{len(answer.rows):,} documents: {out}", soft_wrap=True)


def print_json(answer: Answer, release: str, manifest: Row, rows: Sequence[Row]) -> None:
    """Print an answer for programs: the release, what was asked, and the rows."""
    about = {"release": release, "digest": manifest["digest"], "question": answer.question.purpose}
    content = about | {"sql": answer.question.sql, "rows": rows}
    print(json.dumps(content, default=str, ensure_ascii=False))  # noqa: T201  # likewise


def _agents(release: str) -> tuple[str, ...]:
    """Give the crawlers that the release's recipe asked for."""
    from pipelines.recipe import Recipe  # noqa: PLC0415  # heavy

    return Recipe.parse(Store.at(release).read("recipe.toml").decode(), f"{release}/recipe.toml").rights.agents


def _consent(row: Row, agents: tuple[str, ...]) -> str:
    return combine(read(row["stated_consent"] or ""), agents=agents).verdict


def _print_page(row: Row, agents: tuple[str, ...]) -> None:
    console = Console(highlight=False)
    disputed = ", disputed" if row["licence_disagreement"] else ""
    believed = (
        f"{row['stated_licence']} ({row['licence_confidence']:.2f}{disputed})" if row["stated_licence"] else "none"
    )
    fate = row["outcome"] + (f" by {row['dropped_by']}" if row["dropped_by"] else "")
    console.print(Text(f"{plain(row['url'] or row['id'])}\n", "bold"), f"captured {row['date']}, {fate}", sep="")
    console.print(f"licence   {believed}\ntraining  {_consent(row, agents)}", soft_wrap=True)
    if row["rights"]:
        console.print(_evidence(row["rights"]))
    else:
        console.print("evidence  none: the page says nothing of its rights")
    if row["rights_left_out"]:
        console.print(f"{row['rights_left_out']:,} more statements were not kept")


def _evidence(items: Sequence[Row]) -> Table:
    table = Table(title="evidence", title_justify="left", show_lines=False)
    for heading in ("says", "of", "likely", "where", "as it stands"):
        table.add_column(heading, overflow="fold")
    for item in items:
        where = " ".join(filter(None, (item["location"], item["name"], item["as_of"] and f"as of {item['as_of']}")))
        cells = (item["parsed"], item["scope"], f"{item['confidence']:.2f}", where, item["raw"])
        table.add_row(*(Text(plain(cell)) for cell in cells))
    return table


def _print_domain(domain: str, answer: Answer) -> None:
    table = Table(title=f"{domain}: what its documents say", title_justify="left")
    for heading in ("licence", "of training", "documents", "kept", "captured", "for example"):
        table.add_column(heading, overflow="fold")
    for row in answer.records:
        captured = f"{row['first_capture']:%Y-%m-%d} to {row['last_capture']:%Y-%m-%d}" if row["first_capture"] else ""
        cells = (row["licence"] or "none", row["consent"] or "nothing", f"{row['documents']:,}", f"{row['kept']:,}")
        table.add_row(*(Text(plain(cell)) for cell in (*cells, captured, row["example"] or "")))
    Console(highlight=False).print(table)


def plain(text: str) -> str:
    """Make one line that a terminal takes for text, of at most SHOWN characters."""
    line = " ".join(text.split())
    shown = line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"
    return "".join(character if character.isprintable() else "\ufffd" for character in shown)


def _line(row: Row) -> str:
    """Write who is named as the licences' own guidance has it: title, author, source, licence."""
    licence = f"{row['licence']} ({row['licence_url']})" if row["licence_url"] else row["licence"]
    captured = row["date"] and f"captured {row['date']:%Y-%m-%d}"
    parts = (f'"{row["title"] or "Untitled"}"', row["author"] and f"by {row['author']}", row["url"], licence, captured)
    return ", ".join(plain(part) for part in parts if part)


def _table(answer: Answer) -> pa.Table:
    text, moment = pa.string(), pa.timestamp("s")
    kinds = {"confidence": pa.float32(), "date": moment}
    schema = pa.schema([(name, kinds.get(name, text)) for name in answer.columns])
    return pa.Table.from_pylist([dict(row) for row in answer.records], schema)
