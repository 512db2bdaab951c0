"""What a recipe says of duplicates: rounds in order, and one clear error for what contradicts itself."""

from typing import Any

import pytest
from pydantic import ValidationError

from pipelines.dedup.minhash import MinHash
from pipelines.dedup.settings import Dedup, methods


def test_rounds_come_in_the_order_of_the_recipe() -> None:
    dedup = Dedup(exact=("text", "url", "words"), minhash=MinHash(), prefer=("license", "longest"))
    assert [one.name for one in dedup.rounds] == ["text", "url", "words", "minhash"]
    assert list(methods(dedup)) == ["exact_text", "exact_url", "exact_words", "minhash"]
    assert [one.prefer for one in dedup.rounds] == [
        ("license", "longest"),
        ("latest", "license", "longest"),
        ("license", "longest"),
        ("license", "longest"),
    ]


def test_kinds_of_repeated_parts_come_after_documents() -> None:
    kinds = ({"kind": "lines", "min_words": 3}, {"kind": "ngrams", "bloom": {"items": 1000}}, {"kind": "substrings"})
    dedup = Dedup.model_validate({"passages": kinds})
    assert [*methods(dedup)] == ["exact_text", "shared_lines", "known_ngrams", "shared_substrings"]
    assert dedup.texts == "substrings-cuts"
    assert dedup.packages == {"pydivsufsort"}
    assert Dedup().texts == "living"


def test_without_minhash_nothing_similar_is_looked_for() -> None:
    assert [one.name for one in Dedup().rounds] == ["text"]
    assert Dedup(exact=()).rounds == ()
    assert list(methods(None)) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Dedup(), Dedup(exact=("url", "text"), prefer=("longest",), scope="dump"), True),
        (Dedup(), Dedup(exact=("words",)), False),
        (Dedup(), Dedup(minhash=MinHash()), False),
        (Dedup(minhash=MinHash()), Dedup(minhash=MinHash(bands=8, rows=14, verify=0.7)), True),
        (Dedup(minhash=MinHash()), Dedup(minhash=MinHash(bands=8)), False),
        (Dedup(minhash=MinHash()), Dedup(minhash=MinHash(seed=2)), False),
    ],
)
def test_texts_are_read_again_only_for_other_fingerprints(one: Dedup, other: Dedup, same: bool) -> None:
    assert (one.told_by == other.told_by) == same


@pytest.mark.parametrize(
    "wrong",
    [
        {"prefer": ("shortest",)},
        {"exakt": True},
        {"exact": True},
        {"exact": ("text", "text")},
        {"minhash": {"band": 3}},
        {"copies": ((2, 1),)},
        {"giant": 0},
        {"memory_bytes": 1000},
        {"passages": ({"kind": "words"},)},
        {"passages": ({"kind": "lines"}, {"kind": "lines", "keep": "none"})},
        {"passages": ({"kind": "lines", "keep": "none", "bloom": {"items": 9}},)},
        {"passages": ({"kind": "ngrams"},)},
        {"passages": ({"kind": "substrings"},), "scope": "dump"},
        {"passages": ({"kind": "lines", "bloom": {"items": 10_000_000_000}},)},
    ],
)
def test_what_makes_no_sense_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Dedup(**wrong)
