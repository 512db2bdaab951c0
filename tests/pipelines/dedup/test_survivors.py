"""One total order, in which what is missing comes last."""

from datetime import UTC, datetime
from typing import Any, get_args

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.dedup.deduplicate import FINGERPRINT
from pipelines.dedup.survivors import Preference, rank, survivors
from tests import naive_clusters as naive

COLUMNS = ["id", "file", "offset", "date", "text_bytes", "language_score"]
SCHEMA = pa.schema([FINGERPRINT.field(name) for name in COLUMNS])
DATES = st.none() | st.integers(0, 3).map(lambda day: datetime(2024, 1, 1 + day, tzinfo=UTC))
DOCUMENT = st.fixed_dictionaries(
    {
        "id": st.sampled_from(["a", "B", "é", "z", "\U0001f600"]),
        "file": st.sampled_from(["x.warc", "y.warc"]),
        "offset": st.integers(0, 9),
        "date": DATES,
        "text_bytes": st.integers(0, 3),
        "language_score": st.none() | st.sampled_from([0.0, 0.5, 1.0, float("nan")]),
    }
)
DOCUMENTS = st.lists(DOCUMENT, max_size=12, unique_by=lambda document: (document["file"], document["offset"]))
PREFER = st.lists(st.sampled_from(get_args(Preference)), max_size=3).map(tuple)


@given(DOCUMENTS, PREFER)
def test_rank_is_the_order_of_the_keys(documents: list[dict[str, Any]], prefer: tuple[Preference, ...]) -> None:
    """The same as comparing key by key."""
    places = rank(pa.Table.from_pylist(documents, SCHEMA), prefer)
    order = sorted(range(len(documents)), key=lambda i: naive.order_key(documents[i], prefer))
    assert np.argsort(places).tolist() == order


@pytest.mark.parametrize(
    ("prefer", "first"),
    [
        ((), 1),
        (("longest",), 0),
        (("language_score",), 2),
        (("earliest",), 1),
        (("latest",), 2),
        (("longest", "latest"), 2),
    ],
)
def test_preferences(prefer: tuple[Preference, ...], first: int) -> None:
    """Each asks what its name says; the next decides among equals."""
    days = [datetime(2024, 1, day, tzinfo=UTC) for day in (2, 1, 3)]
    rows = [("a", 9, days[0], 0.1), ("b", 5, days[1], None), ("c", 9 if "latest" in prefer else 5, days[2], 0.9)]
    names = ["id", "text_bytes", "date", "language_score"]
    documents = [{"file": "f", "offset": i, **dict(zip(names, row, strict=True))} for i, row in enumerate(rows)]
    assert rank(pa.Table.from_pylist(documents, SCHEMA), prefer).argmin() == first


def test_survivor_is_the_first_of_its_cluster() -> None:
    """Itself, where it is alone."""
    assert survivors(np.array([0, 1, 0, 1, 4]), np.array([4, 0, 2, 1, 3])).tolist() == [2, 1, 2, 1, 4]
    assert survivors(np.array([], np.int64), np.array([], np.int64)).tolist() == []
