r"""Shows text that anybody on the web may have written, so that no Markdown and no HTML of theirs gets through.

A value becomes a code span. The characters that could end it, or begin a tag, a link, an image or a table's cell
where a program knows no code spans, are written as escapes such as `\x3c`.
"""

import re

MOST = 60

_HARMLESS = re.compile(r"""[A-Za-z0-9 #%'"()+,./:;=?@^_{}-]""")
_INERT = re.compile(r"[A-Za-z0-9À-ÖØ-öø-ÿ .,;:'()%=/+-]")


def shown(text: str, most: int = MOST) -> str:
    """Write a value as a code span of at most `most` characters of it; `…` stands for the rest."""
    if not text:
        return "*empty*"
    shortened = text if len(text) <= most else f"{text[: most - 1]}…"
    return f"`{''.join(map(_harmless, shortened))}`"


def prose(text: str) -> str:
    """Write a recipe's sentences: one line, with every character that Markdown or HTML knows as an entity."""
    line = " ".join(text.split())
    # At its head a dash, a plus or a number would begin a list.
    head = 0 if line[:1].isalpha() else 1
    return "".join(
        character if _INERT.match(character) and place >= head else f"&#{ord(character)};"
        for place, character in enumerate(line)
    )


def _harmless(character: str) -> str:
    # What cannot be printed could end the line, or turn the direction of what follows.
    if _HARMLESS.match(character) or (not character.isascii() and character.isprintable()):
        return character
    return f"\\x{ord(character):02x}" if character.isascii() else character.encode("unicode_escape").decode()
