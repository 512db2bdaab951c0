"""One total order, in which what is missing comes last."""

from datetime import UTC, datetime
from typing import Any, get_args

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.dedup.survivors import Preference, firsts
from tests import naive_clusters as naive

SCHEMA = {
    "rank": pl.Int32,
    "id": pl.String,
    "file": pl.String,
    "offset": pl.Int64,
    "date": pl.Datetime("ms", "UTC"),
    "text_bytes": pl.Int64,
    "language_score": pl.Float32,
    "license": pl.Int8,
    "group": pl.Int64,
}
DATES = st.none() | st.integers(0, 3).map(lambda day: datetime(2024, 1, 1 + day, tzinfo=UTC))
DOCUMENT = st.fixed_dictionaries(
    {
        "rank": st.integers(0, 1),
        "id": st.sampled_from(["a", "B", "é", "z", "\U0001f600"]),
        "file": st.sampled_from(["x.warc", "y.warc"]),
        "offset": st.integers(0, 9),
        "date": DATES,
        "text_bytes": st.integers(0, 3),
        "language_score": st.none() | st.sampled_from([0.0, 0.5, 1.0, float("nan")]),
        "license": st.none() | st.integers(0, 2),
        "group": st.integers(0, 2),
    }
)
DOCUMENTS = st.lists(DOCUMENT, max_size=12, unique_by=lambda document: (document["file"], document["offset"]))
PREFER = st.lists(st.sampled_from(get_args(Preference)), max_size=3).map(tuple)


@given(DOCUMENTS, PREFER)
def test_the_first_of_each_group_has_the_lowest_key(
    documents: list[dict[str, Any]], prefer: tuple[Preference, ...]
) -> None:
    """The same as comparing key by key."""
    found = firsts(pl.DataFrame(documents, SCHEMA), "group", prefer)
    groups = {document["group"] for document in documents}
    best = {
        group: min(
            (one for one in documents if one["group"] == group),
            key=lambda one: (one["rank"], naive.order_key(one, prefer)),
        )
        for group in groups
    }
    assert {(one["group"], one["file"], one["offset"]) for one in found.to_dicts()} == {
        (group, one["file"], one["offset"]) for group, one in best.items()
    }
    assert len(found) == len(groups)


@pytest.mark.parametrize(
    ("prefer", "first"),
    [
        ((), 1),
        (("longest",), 0),
        (("language_score",), 2),
        (("earliest",), 1),
        (("latest",), 2),
        (("longest", "latest"), 2),
        (("license",), 0),
    ],
)
def test_preferences(prefer: tuple[Preference, ...], first: int) -> None:
    """Each asks what its name says; the next decides among equals."""
    days = [datetime(2024, 1, day, tzinfo=UTC) for day in (2, 1, 3)]
    sizes = (9, 5, 9 if "latest" in prefer else 5)
    scores, licences = (0.1, None, 0.9), (0, 3, None)
    documents = [
        {"id": "abc"[i], "file": "f", "offset": i, "date": days[i], "text_bytes": sizes[i]}
        | {"language_score": scores[i], "license": licences[i], "group": 0}
        for i in range(3)
    ]
    assert firsts(pl.DataFrame(documents, SCHEMA), "group", prefer)["offset"].to_list() == [first]
