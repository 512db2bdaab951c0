"""`vitrine why`: the history of one record."""

from rich.console import Console
from rich.text import Text

from provenance.why import History, Why
from vitrine.ask.printing import ask, facts, plain, table, words


def print_why(release: str, wanted: str, *, as_json: bool) -> None:
    """Show what became of a record, by its id or address."""
    ask(release, "why", (wanted,), draw, as_json=as_json)


def draw(console: Console, why: Why) -> None:
    """Draw the history of a record, and name the others that were meant perhaps."""
    told = why.history
    if told is None:
        console.print(plain(why.says), soft_wrap=True)
        return
    console.print(Text(plain(told.url or told.id), "bold"), soft_wrap=True)
    console.print(Text(plain(why.says)), soft_wrap=True)
    facts(console, _about(told))
    console.print(steps(told))
    if why.others:
        rows = [(one.id, one.date, one.outcome, one.dropped_by, one.url) for one in why.others]
        console.print(table(f"{why.records - 1:,} other records", ("id", "captured", "outcome", "by", "address"), rows))


def steps(told: History) -> object:
    """Draw all steps."""
    rows = [
        (
            one.place,
            one.step,
            one.verdict,
            one.signal if one.kind != "edit" else one.places or None,
            words(dict(one.limits)),
        )
        for one in told.steps
    ]
    return table("steps, in the recipe's order", ("", "step", "verdict", "measured", "limits"), rows)


def _about(told: History) -> list[tuple[str, object]]:
    rights = told.rights
    place = f"{told.file}, from byte or row {told.offset:,}, {told.length:,} long"
    return [
        ("id", told.id),
        ("captured", told.date),
        ("source", place),
        ("ledger", f"{told.ledger_file}, row {told.ledger_row:,}"),
        ("text", f"{told.data_file}, row {told.data_row:,}" if told.data_file and told.data_row is not None else None),
        ("also fails", ", ".join(told.would_also_fail) or None),
        ("licence", f"{rights.licence}, {rights.licence_confidence or 0:.2f}" if rights.licence else "none"),
        ("training", f"{rights.consent}{f' ({rights.stated_consent})' if rights.stated_consent else ''}"),
        ("cluster", f"{told.cluster}, {told.cluster_size} documents" if told.cluster else None),
        ("survivor", told.survivor),
    ]
