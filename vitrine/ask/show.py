"""`vitrine show`: one document as it is kept, with its edits marked."""

from rich.console import Console
from rich.text import Text

from provenance.show import Shown
from vitrine.ask.dropped_text import warn
from vitrine.ask.printing import ask, plain, readable


def print_document(release: str, wanted: str, source: str, *, dropped_text: bool, as_json: bool) -> None:
    """Show a document, and the record that it came from where `source` has the input files."""
    warn(dropped_text=dropped_text)
    ask(release, "show", (wanted, source), draw, as_json=as_json, named={"dropped_text": dropped_text})


def draw(console: Console, found: Shown) -> None:
    """Draw the text with what the edits put there highlighted, and a sign where something was only cut."""
    if found.id is None:
        console.print(plain(found.says), soft_wrap=True)
        return
    console.print(Text(plain(found.url or found.id), "bold"), soft_wrap=True)
    console.print(Text(plain(found.says)), soft_wrap=True)
    if found.text is not None:
        console.print(marked(found), soft_wrap=True)
        if (found.characters or 0) > len(found.text):
            console.print(f"... {(found.characters or 0) - len(found.text):,} more characters")
    elif found.snippet is not None:
        console.print(Text(plain(found.snippet)), soft_wrap=True)
        console.print(f"{found.characters or 0:,} characters, BLAKE2b-128 {found.digest}")
    for name in found.unplaced:
        console.print(plain(f"edited by {name}; the ledger does not tell where that lies in the text as kept"))
    if found.raw and found.raw.content is not None:
        console.print(Text(plain(f"{found.raw.file}, byte {found.raw.offset}"), "bold"), soft_wrap=True)
        console.print(Text(readable(found.raw.content)), soft_wrap=True)
    elif found.raw:
        console.print(plain(f"record: {found.raw.file}, {found.raw.offset} ({found.raw.reason})"), soft_wrap=True)


def marked(found: Shown) -> Text:
    """Highlight what edits have put into a text: `[mask_emails: 17 characters]` follows it."""
    text, made, at = found.text or "", Text(), 0
    for mark in found.marks:
        begin, end = max(at, mark.start), max(at, min(mark.end, len(text)))
        made.append(readable(text[at:begin])).append(readable(text[begin:end]), "reverse")
        made.append(f"[{mark.edit}: {mark.removed} characters]", "dim")
        at = end
    return made.append(readable(text[at:]))
