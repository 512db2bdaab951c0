"""The only steps that change a text. Each edit is counted, and its recipe word is recorded with what it took away."""

import ipaddress
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, ClassVar

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import BaseModel, ConfigDict


class Edit(BaseModel, ABC):
    """One change to a text. Fields say what is put in place of what was found."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: ClassVar[str]
    source: ClassVar[str]
    examples: ClassVar[Mapping[str, str]]

    @abstractmethod
    def concerns(self, texts: pa.StringArray) -> pa.BooleanArray:
        """Say which texts may hold something to edit: a fast question, so that most texts are never opened."""

    @abstractmethod
    def apply(self, text: str) -> tuple[str, int]:
        """Return the edited text and the number of places that were changed."""

    def mistakes(self) -> list[str]:
        """Say what is wrong with these fields beyond their types."""
        return []


class MaskEmails(Edit):
    """Replaces e-mail addresses."""

    name: ClassVar = "mask_emails"
    source: ClassVar = "Penedo et al. 2024 (FineWeb), section 3.7; the pattern is Vitrine's own"
    examples: ClassVar = {"Write to ann@shop.example today": "Write to email@example.com today"}

    #: what stands in place of an address
    replacement: str = "email@example.com"

    def concerns(self, texts: pa.StringArray) -> pa.BooleanArray:
        """Look for an at sign."""
        return pc.match_substring(texts, "@")

    def apply(self, text: str) -> tuple[str, int]:
        """Replace each address."""
        # A function, because a replacement string may hold a backslash.
        return _EMAIL.subn(lambda _: self.replacement, text)


class MaskIps(Edit):
    """Replaces public IPv4 addresses; private and reserved ones name nobody."""

    name: ClassVar = "mask_ips"
    source: ClassVar = "Penedo et al. 2024 (FineWeb), section 3.7; the pattern is Vitrine's own"
    examples: ClassVar = {"Ask 8.8.8.8, not 192.168.0.1": "Ask 22.214.171.124, not 192.168.0.1"}

    #: what stands in place of an address
    replacement: str = "22.214.171.124"

    def concerns(self, texts: pa.StringArray) -> pa.BooleanArray:
        """Look for four numbers with dots between them."""
        return pc.match_substring_regex(texts, r"[0-9]\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]")

    def apply(self, text: str) -> tuple[str, int]:
        """Replace each public address."""
        masked = 0

        def mask(found: re.Match[str]) -> str:
            nonlocal masked
            if not _is_public(found[0]):
                return found[0]
            masked += 1
            return self.replacement

        return _IPV4.sub(mask, text), masked


class CapNewlines(Edit):
    """Shortens runs of newlines."""

    name: ClassVar = "cap_newlines"
    source: ClassVar = "Li et al. 2024 (DCLM), newline_removal_modifier; OLMo 3's pool caps them at two as well"
    examples: ClassVar = {"one\n\n\n\ntwo": "one\n\ntwo"}

    #: how many newlines may stand together
    most: int = 2

    def concerns(self, texts: pa.StringArray) -> pa.BooleanArray:
        """Look for a run that is too long."""
        return pc.match_substring(texts, "\n" * (self.most + 1))

    def apply(self, text: str) -> tuple[str, int]:
        """Shorten each run."""
        return re.subn("\n" * (self.most + 1) + "+", "\n" * self.most, text)

    def mistakes(self) -> list[str]:
        """Refuse a cap below one: it would join lines."""
        return [] if self.most > 0 else [f"expected at least one newline, got most = {self.most}"]


EDITS: Mapping[str, type[Edit]] = MappingProxyType({edit.name: edit for edit in (CapNewlines, MaskEmails, MaskIps)})

# Every repetition has a bound, so that a hostile text cannot make the search slow.
_EMAIL = re.compile(
    r"[A-Za-z0-9_%+-][A-Za-z0-9_.%+-]{0,63}"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,24}(?![\w-])"
)
_IPV4 = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?!\.?\d)")


def _is_public(text: str) -> bool:
    try:
        return ipaddress.IPv4Address(text).is_global
    except ValueError:
        return False


def edit(texts: pa.StringArray, edits: tuple[Edit, ...]) -> tuple[pa.StringArray, list[list[dict[str, Any]]]]:
    """Apply the edits in order; return the texts and, per text, what was done: edit, count, characters removed."""
    done: list[list[dict[str, Any]]] = [[] for _ in range(len(texts))]
    for step in edits:
        concerned = pc.indices_nonzero(step.concerns(texts)).to_pylist()
        changed = _change(texts, concerned, step.apply)
        for place, (_, count, removed) in changed.items():
            done[place].append({"edit": step.name, "count": count, "characters_removed": removed})
        if changed:
            mask = pa.array([place in changed for place in range(len(texts))])
            new = pa.array([text for text, _, _ in changed.values()], pa.string())
            texts = pc.replace_with_mask(texts, mask, new)
    return texts, done


def _change(
    texts: pa.StringArray, places: list[int], apply: Callable[[str], tuple[str, int]]
) -> dict[int, tuple[str, int, int]]:
    changed: dict[int, tuple[str, int, int]] = {}
    for place in places:
        before = texts[place].as_py()
        after, count = apply(before)
        if count:
            changed[place] = (after, count, len(before) - len(after))
    return changed
