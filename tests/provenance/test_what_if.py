"""What would change is what does change when the changed recipe is run."""

import ast
import inspect
import textwrap
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filters.catalog import catalog
from filters.document import documents
from filters.filter import Filter
from filters.texts import Texts
from pipelines.judge import judge
from pipelines.mistakes import UsageError
from pipelines.recipe import Recipe
from provenance.changed_filters import changed_filters
from provenance.opened import Opened
from provenance.rejudge import JUDGING, judging_fields, rejudge
from provenance.what_if import what_if
from tests.releases import curate_sample, ledger_rows

#: what is set, several at once: limits that let in, that throw out, lists, and filters that are switched on and off
SETTINGS = (
    ("word_count.low=5", "language_score.low=0.97", "stop_words.enforced=false", "hash_ratio.high=1"),
    (
        'language.allowed=["en", "fr", "ko", "xx"]',
        "mean_word_length.low=4.2",
        "consent.enforced=true",
        "license.enforced=true",
        'license.allowed=["attribution", "public-domain", "unknown"]',
    ),
)


@pytest.mark.parametrize("chosen", SETTINGS, ids=["numbers", "lists"])
def test_it_is_what_a_run_gives(opened: Opened, indexed: Path, tmp_path: Path, chosen: tuple[str, ...]) -> None:
    found = what_if(opened, chosen)
    _, after, _ = changed_filters(opened.recipe, chosen)
    steps = {rule.column: rule for rule in after}
    recipe = opened.recipe.model_copy(
        update={"steps": tuple(steps.get(step.column, step) for step in opened.recipe.steps)}
    )
    curate_sample(tmp_path / "again", recipe=recipe)
    before, rerun = (
        {(row["id"], row["offset"]): row for row in ledger_rows(folder) if row["outcome"] != "error"}
        for folder in (indexed, tmp_path / "again")
    )
    fates = {key: (_fate(before[key]), _fate(row)) for key, row in rerun.items()}
    changed = [(key[0], *fate) for key, fate in fates.items() if fate[0] != fate[1]]
    assert len(changed) > 2
    said = [(one.id, one.before, one.after) for one in found.changed]
    assert sorted(said, key=str) == sorted(changed, key=str)
    assert found.changed_count == len(changed)
    assert (found.documents, found.undecided) == (len(rerun), 0)
    passed = [sum(fate[place] is None for fate in fates.values()) for place in (0, 1)]
    assert [found.passed_before, found.passed_after] == passed
    assert found.passed_after == found.passed_before + found.entering - found.leaving
    entering = [key for key, fate in fates.items() if fate[0] and not fate[1]]
    leaving = [key for key, fate in fates.items() if fate[1] and not fate[0]]
    assert found.bytes_entering == sum(rerun[key]["extracted_bytes"] for key in entering)
    assert found.bytes_leaving == sum(before[key]["text_bytes"] for key in leaving)
    assert found.words_leaving == sum(before[key]["word_count"] for key in leaving)
    languages = Counter(rerun[key]["language"] for key, fate in fates.items() if fate[1] is None)
    assert {shift.name: shift.after for shift in found.by_language if shift.after} == languages
    decided = Counter(fate[1] for fate in fates.values() if fate[1])
    assert {shift.name: shift.after for shift in found.by_filter if shift.after} == decided


def _fate(row: dict[str, Any]) -> str | None:
    return row["dropped_by"] if row["outcome"] == "dropped" else None


def test_what_is_not_replayed_is_named(opened: Opened) -> None:
    found = what_if(opened, ["word_count.low=100000"], listed=3)
    named = [said.partition(":")[0] for said in found.not_replayed]
    assert named == ["edit cap_newlines", "edit mask_emails", "edit mask_ips", "round exact_text", "round minhash"]
    assert (found.passed_after, len(found.changed)) == (0, 3)
    assert found.survivors_leaving > 0
    assert found.changes[0].before == 50


def test_nothing_changes_with_the_same_limits(opened: Opened) -> None:
    found = what_if(opened, ["word_count.low=50"])
    assert (found.entering, found.leaving, found.changed_count) == (0, 0, 0)
    assert all(shift.before == shift.after for shift in (*found.by_language, *found.by_filter))


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("wordcount.low=1", "did you mean 'word_count'"),
        ("word_count.lo=1", "is none of its words"),
        ("stop_words.words=['a']", "decides what is measured"),
        ("word_count.units.words=1", "is none of its words"),
        ("word_count.low=many", "word_count.low"),
        ("word_count.low=nan", "a limit is a number"),
        ("word_count", "expected FILTER.LIMIT=VALUE"),
        ("=1", "expected FILTER.LIMIT=VALUE"),
        ("word_count.low='; DROP TABLE ledger; --", "word_count.low"),
        ("x" * 1_000_000, "expected FILTER.LIMIT=VALUE"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(opened: Opened, setting: str, said: str) -> None:
    with pytest.raises(UsageError) as error:
        what_if(opened, [setting])
    assert said in str(error.value)
    assert len(str(error.value)) < 500


def test_no_setting_is_refused(opened: Opened) -> None:
    with pytest.raises(UsageError, match="at least one setting"):
        what_if(opened, [])


NUMBERS = st.integers(0, 6).map(float)
RULES = Recipe.parse("""
name = "r"
purpose = ""
[[steps]]
use = "word_count"
low = 2
[[steps]]
use = "mean_word_length"
low = 2
[[steps]]
use = "longest_word"
high = 5
""").filters


@settings(max_examples=60)
@given(
    texts=st.lists(
        st.sampled_from(["", "a", "aa bb", "a b c", "aaaa bb", "abcdef g", "é é é", " "]), min_size=1, max_size=8
    ),
    old=st.lists(NUMBERS, min_size=3, max_size=3),
    new=st.lists(NUMBERS, min_size=3, max_size=3),
    enforced=st.lists(st.booleans(), min_size=6, max_size=6),
    costly=st.sets(st.integers(0, 2), max_size=2),
)
def test_judged_again_is_judged(
    texts: list[str], old: list[float], new: list[float], enforced: list[bool], costly: set[int]
) -> None:
    kinds = [type(f"Costly{place}", (type(rule),), {"costly": place in costly}) for place, rule in enumerate(RULES)]
    before, after = (
        [
            kind.model_validate({"column": rule.column, "high" if number == 2 else "low": low, "enforced": on})
            for number, (kind, rule, low, on) in enumerate(zip(kinds, RULES, lows, ons, strict=True))
        ]
        for lows, ons in ((old, enforced[:3]), (new, enforced[3:]))
    )
    then, now = judge(Texts(documents(texts)), before), judge(Texts(documents(texts)), after)
    table = pa.table({**then.signals, "failed": then.failed})
    found = rejudge(table, before, after)
    for place, said in enumerate(found.dropped_by.to_pylist()):
        if not found.undecided[place]:
            assert said == now.dropped_by[place].as_py()
    # What is not decided was dropped before, and no cheap filter drops it now.
    cheap = {rule.column for place, rule in enumerate(after) if place not in costly}
    for place in found.undecided.nonzero()[0].tolist():
        assert then.dropped_by[place].as_py() is not None
        assert not cheap & {*now.failed[place].as_py()}
    assert found.undecided.any() <= any(after[place].enforced for place in costly)
    assert not (found.passes & pc.is_valid(now.dropped_by).to_numpy(zero_copy_only=False)).any()


def _read_fields(kind: type[Filter], *names: str) -> set[str]:
    """Name the fields that methods read, and methods that they call."""
    found, left = set[str](), [*names]
    seen: set[str] = set()
    while left:
        name = left.pop()
        method = inspect.getattr_static(kind, name, None)
        if name in seen or not inspect.isfunction(method):
            continue
        seen.add(name)
        tree = ast.parse(textwrap.dedent(inspect.getsource(method)))
        read = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and _is_self(node.value)}
        found |= read
        left += read
    return found


def _is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "self"


@pytest.mark.parametrize("name", [*catalog()])
def test_what_judges_does_not_measure(name: str) -> None:
    kind = catalog()[name]
    fields = judging_fields(kind()) - {"enforced"}
    assert fields <= {*kind.model_fields}
    assert not fields & _read_fields(kind, "signal", "measure", "resources", "paths")
    assert {*JUDGING} <= {*catalog()}
