"""Where the edits of a document lie in its text as kept; the ledger has their places in the text as each found it."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from pipelines.edits.mask import Mask
from pipelines.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Mark:
    """One place of one edit, in characters of the text as kept."""

    edit: str
    #: what stands there now; nothing where something was only cut
    start: int
    end: int
    #: characters that stood there before
    removed: int


@dataclass(frozen=True, slots=True)
class _Done:
    """One edit: its places in the text as it received it, and how many characters each got instead."""

    name: str
    starts: Sequence[int]
    ends: Sequence[int]
    puts: Sequence[int]

    @property
    def shifts(self) -> list[int]:
        """How far what follows the first n places moves."""
        sizes = zip(self.starts, self.ends, self.puts, strict=True)
        return [0, *accumulate(put - (end - start) for start, end, put in sizes)]

    def moved(self, position: int) -> int:
        """Say where a position comes to lie; one inside a place, where what is put there begins."""
        before = bisect_right(self.ends, position)
        inside = before < len(self.starts) and self.starts[before] < position
        return (self.starts[before] if inside else position) + self.shifts[before]


def marks(edits: Sequence[Mapping[str, Any]], recipe: Recipe) -> tuple[tuple[Mark, ...], tuple[str, ...]]:
    """Place the ledger's `edits` in the text as kept, in order; also name the edits that cannot be placed.

    Those are the ones that put texts of different lengths, and those before them.
    """
    placed: list[_Done] = []
    found: list[Mark] = []
    for number in range(len(edits) - 1, -1, -1):
        done = _done(edits[number], recipe)
        if done is None:
            return _ordered(found), tuple(str(edit["edit"]) for edit in edits[: number + 1])
        found += _marked(done, placed)
        placed.insert(0, done)
    return _ordered(found), ()


def _ordered(found: list[Mark]) -> tuple[Mark, ...]:
    return tuple(sorted(found, key=lambda mark: (mark.start, mark.end, mark.edit)))


def _marked(done: _Done, later: Sequence[_Done]) -> list[Mark]:
    made: list[Mark] = []
    for start, end, put, shift in zip(done.starts, done.ends, done.puts, done.shifts[:-1], strict=True):
        begin, stop = start + shift, start + shift + put
        for edit in later:
            begin, stop = edit.moved(begin), edit.moved(stop)
        made.append(Mark(done.name, begin, stop, end - start))
    return made


def _done(edit: Mapping[str, Any], recipe: Recipe) -> _Done | None:
    """Say how many characters each place got; None where the ledger does not tell."""
    starts, ends = ([span[name] for span in edit["spans"]] for name in ("start", "end"))
    puts = _puts(edit, recipe, [end - start for start, end in zip(starts, ends, strict=True)])
    return None if puts is None else _Done(edit["edit"], starts, ends, puts)


def _puts(edit: Mapping[str, Any], recipe: Recipe, sizes: list[int]) -> list[int] | None:
    if not edit["characters_removed"] and not edit["characters_put"] and sum(sizes):
        # It only counted.
        return sizes
    if not edit["characters_put"] or len(sizes) == 1:
        return [edit["characters_put"]] * len(sizes)
    step = next((step for step in recipe.edits if step.column == edit["edit"]), None)
    if isinstance(step, Mask) and step.policy == "mask" and step.replacements:
        lengths = [len(step.replacements[turn % len(step.replacements)]) for turn in range(len(sizes))]
        return lengths if sum(lengths) == edit["characters_put"] else None
    return None
