"""Personal data is counted where the masks find it."""

from typing import Any

import pytest
from hypothesis import given

from filters.document import documents
from filters.personal_data import PersonalData
from filters.texts import Texts
from pipelines.edits.apply import edit
from pipelines.edits.mask_emails import MaskEmails
from pipelines.edits.mask_ips import MaskIps
from pipelines.edits.mask_phones import MaskPhones
from pipelines.judge import judge
from tests import naive_edits
from tests.pipelines.edits.strategies import texts

PIECES = (
    *("ann@shop.example", "b@x.org ", "@", ".", " (212) 555-0123", "+49 30 901820", " 212 555 0123", "8.8.8.8"),
    *("10.0.0.1", "1.", "c@8.8.8.8 ", "?", "1.2.3.4 555 123 4567\n"),
)


def _counts(batch: list[str], **limits: Any) -> list[int]:
    return PersonalData(**limits).signal(Texts(documents(batch))).to_pylist()


@given(texts(*PIECES))
def test_it_is_what_the_masks_find(batch: list[str]) -> None:
    for pattern in ("vitrine", "dolma"):
        masks = [kind(policy="count", pattern=pattern) for kind in (MaskEmails, MaskPhones, MaskIps)]
        done = edit(Texts(documents(batch)), masks)[1].to_pylist()
        assert _counts(batch, pattern=pattern) == [sum(entry["count"] for entry in entries) for entries in done]


@given(texts(*PIECES))
def test_addresses_are_those_of_the_naive_twin(batch: list[str]) -> None:
    assert _counts(batch, kinds=["ips"]) == [len(naive_edits.strict_ips(text)) for text in batch]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("mail a@b.org 555 123 4567 and (212)555-0123, 10.0.0.1 or x@y.z", 4),
        # An address within an address counts twice, as Dolma counts it.
        ("mail a@1.2.3.4 now", 2),
        ("", 0),
    ],
)
def test_dolma_counts(text: str, count: int) -> None:
    assert _counts(["x", text], pattern="dolma") == [0, count]


def test_only_what_is_named_is_counted() -> None:
    text = "ann@shop.example +49 30 901820 8.8.8.8 ann@shop.example"
    assert _counts([text], kinds=["emails", "emails"]) == [2]
    assert _counts([text], kinds=["phones", "ips"]) == [2]


def test_more_than_five_are_dropped_before_they_are_masked() -> None:
    batch = ["at 8.8.8.8 " * 5, "at 8.8.8.8 " * 6]
    verdicts = judge(Texts(documents(batch)), [PersonalData(), MaskIps()])
    assert verdicts.signals["personal_data"].to_pylist() == [5, 6]
    assert verdicts.kept.to_pylist() == [True, False]
