"""What there is to say after a run: one JSON object, or the funnel as a table."""

from typing import Any

from rich.console import Console
from rich.filesize import decimal
from rich.table import Table

from flows.curation import Curated
from pipelines.recipe import Recipe
from pipelines.release import MANIFEST
from pipelines.tally import Tally


def print_summary(curated: Curated, recipe: Recipe) -> None:
    """Print the funnel, the time that each stage took, and where everything lies."""
    console = Console(highlight=False)
    tally = Tally(**curated.manifest["counts"])
    if curated.unchanged:
        console.print("Nothing to do: this release is made from these inputs, this recipe and this code already.\n")
    if curated.replaced:
        console.print("The release that stood here was made from something else; this one has taken its place.\n")
    console.print(funnel(tally, recipe))
    if tally.edits:
        console.print(_edits(tally))
    for line in (*giants(curated.manifest), *silent(tally, recipe)):
        console.print(line, soft_wrap=True)
    if curated.stages:
        spent = "  ".join(f"{name} {seconds:.1f} s" for name, seconds in curated.stages.items())
        console.print(f"\n[bold]{curated.seconds:.1f} s[/bold]: {spent}", soft_wrap=True)
    if curated.reused:
        console.print(f"{curated.reused} tasks were done by an earlier run and were not done again.")
    console.print(_places(curated), soft_wrap=True)


def funnel(tally: Tally, recipe: Recipe) -> Table:
    """Lay out what became of the records, in the order in which they could leave."""
    table = Table(title=f"{recipe.name}: what became of {tally.records:,} records", title_justify="left")
    table.add_column("step")
    for heading in ("records", "share", "bytes"):
        table.add_column(heading, justify="right")
    _row(table, "read", _sum(tally.fates), tally, "bold")
    errors = sorted(tally.of_outcome("error").items(), key=lambda entry: (-entry[1][0], entry[0]))
    for reason, sums in errors:
        _row(table, f"  no document: {reason}", sums, tally, "dim")
    dropped = tally.of_outcome("dropped")
    for rule in (rule for rule in recipe.filters if rule.enforced):
        _row(table, f"  dropped by {rule.column}", dropped.get(rule.column, [0, 0, 0]), tally, "")
    for way, sums in tally.of_outcome("duplicate").items():
        _row(table, f"  duplicate by {way}", sums, tally, "")
    kept = _sum(tally.of_outcome("kept"))
    _row(table, "kept", kept, tally, "bold green")
    table.add_row("  as text", "", "", decimal(kept[2]), style="green")
    return table


def giants(manifest: dict[str, Any]) -> list[str]:
    """Name the clusters of duplicates that are larger than the recipe expects, and what was not compared."""
    lines = list[str]()
    for found in manifest["deduplication"]:
        if found.get("giant_clusters"):
            largest = found["largest_giants"][0]
            lines.append(
                f"\n[yellow]Giant clusters by {found['method']}:[/yellow] {found['giant_clusters']:,}; the largest has "
                f"{largest['documents']:,} documents, of which {largest['survivor']} is kept"
            )
        unlike = sum(run["unlike"] for run in found.get("largest_runs", ()))
        if unlike:
            lines.append(f"\n[yellow]Not compared with all they share a band with:[/yellow] {unlike:,} documents")
    return lines


def silent(tally: Tally, recipe: Recipe) -> list[str]:
    """Say which filters did nothing: a rule may not be dead unseen."""
    judging = {rule.column for rule in recipe.filters if rule.enforced}
    idle = [column for column in tally.idle if column in judging]
    return [
        *([f"\n[yellow]Measured nothing:[/yellow] {', '.join(tally.blind)}"] if tally.blind else []),
        *([f"\n[yellow]Would have dropped nothing:[/yellow] {', '.join(idle)}"] if idle else []),
    ]


def _row(table: Table, name: str, sums: list[int], tally: Tally, style: str) -> None:
    share = 100 * sums[0] / tally.records if tally.records else 0.0
    table.add_row(name, f"{sums[0]:,}", f"{share:.1f} %", decimal(sums[1]), style=style)


def _sum(fates: dict[str, list[int]]) -> list[int]:
    return [sum(numbers) for numbers in zip(*fates.values(), strict=True)] or [0, 0, 0]


def _edits(tally: Tally) -> Table:
    table = Table(title="edits in what is kept", title_justify="left")
    for heading in ("edit", "documents", "places", "characters removed", "put"):
        table.add_column(heading, justify="left" if heading == "edit" else "right")
    for edit, sums in tally.edits.items():
        table.add_row(edit, *(f"{number:,}" for number in sums))
    return table


def _places(curated: Curated) -> str:
    root = curated.store.root
    return (
        f"\nrelease    {root}   digest {curated.manifest['digest'][:16]}\n"
        f"texts      {root}/data/\n"
        f"ledger     {root}/ledger/     one row for every record read\n"
        f"datasheet  {root}/datasheet/datasheet.md\n"
        f"manifest   {root}/{MANIFEST}"
    )
