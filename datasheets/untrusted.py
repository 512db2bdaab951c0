r"""Shows text that anybody on the web may have written, so that no Markdown and no HTML of theirs gets through.

A value becomes a code span of characters that mean nothing to any reader of Markdown; every other character is
written as an escape such as `\x3c`. So also a program that knows no code spans has nothing to obey.
"""

import re

MOST = 60

_HARMLESS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 !#$%'()*+,-./:;=?@[]^_{}~\"")

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
    return "".join(character if _INERT.match(character) else f"&#{ord(character)};" for character in line)


def _harmless(character: str) -> str:
    # What cannot be printed could end the line, or turn the direction of what follows.
    if character in _HARMLESS or (not character.isascii() and character.isprintable()):
        return character
    number = ord(character)
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
