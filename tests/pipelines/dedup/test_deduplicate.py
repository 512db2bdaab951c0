"""Every removed document names one that is kept, and nothing depends on the order of the rows."""

import json
import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from pipelines.dedup.deduplicate import EXACT, FATE, FINGERPRINT, NEAR, Dedup, deduplicate
from pipelines.dedup.minhash import MinHash, signatures, text_digests
from tests import naive_clusters as naive
from tests.naive_minhash import packed

#: two bands of two values
TINY = MinHash(bands=2, rows=2)
#: texts are a letter; some have no signature; the others' are made of few values, so that many are alike
SIGNATURES = {"-": None, "?": None} | {
    chr(97 + i): np.random.default_rng(i).integers(0, 3, 4, np.uint32).tobytes() for i in range(12)
}
DOCUMENTS = st.lists(
    st.fixed_dictionaries(
        {
            "text": st.sampled_from(sorted(SIGNATURES)),
            "date": st.none() | st.integers(1, 3).map(lambda day: datetime(2024, 1, day, tzinfo=UTC)),
            "language_score": st.none() | st.sampled_from([0.25, 0.5]),
        }
    ),
    max_size=20,
)
DEDUP = st.builds(
    Dedup,
    exact=st.booleans(),
    minhash=st.none() | st.just(TINY),
    prefer=st.lists(st.sampled_from(["longest", "language_score", "earliest", "latest"]), max_size=2).map(tuple),
)


def complete(documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give each document its identity and the fingerprints of its text."""
    return [
        {
            "id": f"id{i * 7 % 20}",
            "file": "f",
            "offset": i,
            "text_bytes": 4 + ord(document["text"]) % 3,
            "digest": document["text"].encode() * 16,
            "signature": SIGNATURES[document["text"]],
        }
        | document
        for i, document in enumerate(documents)
    ]


def table(documents: list[dict[str, Any]]) -> pa.Table:
    """Lay documents out as fingerprints."""
    return pa.Table.from_pylist([{name: d[name] for name in FINGERPRINT.names} for d in documents], FINGERPRINT)


def survivors(documents: list[dict[str, Any]], edges: list[tuple[int, int]], dedup: Dedup) -> list[int]:
    """Choose of each cluster the member with the lowest key."""
    roots = naive.clusters(len(documents), edges)
    members = [[j for j in range(len(documents)) if roots[j] == root] for root in roots]
    return [min(some, key=lambda j: naive.order_key(documents[j], dedup.prefer)) for some in members]


def fates(documents: list[dict[str, Any]], dedup: Dedup) -> list[dict[str, Any]]:
    """Decide as `deduplicate` does, by hand."""
    every, equals = range(len(documents)), list(range(len(documents)))
    if dedup.exact:
        same = [(i, j) for i in every for j in every if documents[i]["text"] == documents[j]["text"]]
        equals = survivors(documents, same, dedup)
    finals = equals
    if dedup.minhash is not None:
        left = [i for i in every if equals[i] == i and documents[i]["signature"]]
        values = {i: np.frombuffer(documents[i]["signature"], np.uint32) for i in left}
        near = [(i, j) for i in left for j in left if (values[i] == values[j]).reshape(2, 2).all(axis=1).any()]
        chosen = survivors(documents, near, dedup)
        finals = [chosen[equal] for equal in equals]
    return [fate(documents, i, equals[i], finals) for i in every]


def fate(documents: list[dict[str, Any]], i: int, equal: int, finals: list[int]) -> dict[str, Any]:
    """Write one row of what `deduplicate` gives."""
    final = finals[i]
    same = documents[i]["text"] == documents[final]["text"]
    pair = [np.frombuffer(documents[j]["signature"] or b"", np.uint32) for j in (i, final)]
    similarity = 1.0 if same else float((pair[0] == pair[1]).mean())
    removed = final != i
    return {
        "cluster": documents[final]["id"] if finals.count(final) > 1 else None,
        "survivor": documents[final]["id"] if removed else None,
        "survivor_ordinal": final if removed else None,
        "method": (EXACT if equal != i else NEAR) if removed else None,
        "similarity": similarity if removed else None,
        "kept": not removed,
    }


@settings(deadline=None)  # kernels compile once
@given(DOCUMENTS, DEDUP)
def test_fates_are_those_decided_by_hand(documents: list[dict[str, Any]], dedup: Dedup) -> None:
    """Any documents, with or without each step."""
    documents = complete(documents)
    decided = deduplicate(table(documents), dedup)
    assert decided.schema == FATE
    assert decided.to_pylist() == fates(documents, dedup)


@settings(deadline=None)
@given(DOCUMENTS, DEDUP)
def test_every_removed_document_names_a_kept_one(documents: list[dict[str, Any]], dedup: Dedup) -> None:
    """And each cluster keeps exactly one of its members, whose id names it."""
    documents = complete(documents)
    decided = deduplicate(table(documents), dedup).to_pylist()
    for own in decided:
        assert own["kept"] or decided[own["survivor_ordinal"]]["kept"]
        assert own["kept"] or decided[own["survivor_ordinal"]]["cluster"] == own["cluster"] == own["survivor"]
    for cluster in {own["cluster"] for own in decided} - {None}:
        assert sum(own["kept"] for own in decided if own["cluster"] == cluster) == 1


@settings(deadline=None)
@given(DOCUMENTS, DEDUP, st.integers())
def test_order_of_rows_decides_nothing(documents: list[dict[str, Any]], dedup: Dedup, seed: int) -> None:
    """Each document has the same fate wherever it stands."""
    documents = complete(documents)
    shuffled = random.Random(seed).sample(documents, len(documents))  # noqa: S311  # no secret
    assert by_offset(documents, dedup) == by_offset(shuffled, dedup)


def by_offset(documents: list[dict[str, Any]], dedup: Dedup) -> dict[int, dict[str, Any]]:
    """Give the fates by identity, without the row that a survivor stands in."""
    decided = deduplicate(table(documents), dedup).drop_columns("survivor_ordinal").to_pylist()
    return {document["offset"]: own for document, own in zip(documents, decided, strict=True)}


def test_equal_text_names_the_survivor_of_its_survivor() -> None:
    """Two equal short texts and a longer one like them: both name the longer one, as what they were removed for."""
    values = {"x": [1, 2, 3, 4], "y": [1, 2, 9, 9]}
    documents = [
        {"id": name, "file": "f", "offset": i, "date": None, "text_bytes": len(name), "language_score": None}
        | {"digest": name[0].encode() * 16, "signature": np.array(values[name[0]], np.uint32).tobytes()}
        for i, name in enumerate(["x1", "x2", "y-long"])
    ]
    decided = deduplicate(table(documents), Dedup(minhash=TINY, prefer=("longest",))).to_pydict()
    assert decided["survivor"] == ["y-long", "y-long", None]
    assert decided["cluster"] == ["y-long"] * 3
    assert decided["method"] == [NEAR, EXACT, None]
    assert decided["similarity"] == [0.5, 0.5, None]


def test_no_documents() -> None:
    """An empty table has no fates."""
    assert deduplicate(FINGERPRINT.empty_table(), Dedup(minhash=MinHash())).equals(FATE.empty_table())


def test_pieces_and_slices_are_read_as_they_stand() -> None:
    """A table may come in chunks, and as a part of a longer one."""
    documents = complete([{"text": text, "date": None, "language_score": None} for text in "aab-bccaa"])
    whole, dedup = table(documents), Dedup(minhash=TINY)
    pieces = pa.concat_tables([whole.slice(0, 4), whole.slice(4, 1), whole.slice(5)])
    assert deduplicate(pieces, dedup).equals(deduplicate(whole, dedup))
    assert deduplicate(whole.slice(2, 5), dedup).equals(deduplicate(table(documents[2:7]), dedup))


def test_other_signatures_are_refused() -> None:
    """The recipe's MinHash has 112 values, these have four."""
    documents = complete([{"text": "a", "date": None, "language_score": None}])
    with pytest.raises(ValueError, match=r"expected 448 bytes for each document, got \[16\]"):
        deduplicate(table(documents), Dedup(minhash=MinHash()))


def test_a_missing_digest_is_refused() -> None:
    """Every text has one."""
    documents = complete([{"text": text, "date": None, "language_score": None, "digest": None} for text in "ab"])
    documents[0]["digest"] = b"a" * 16
    with pytest.raises(ValueError, match="a digest for each of 2 documents, 1 lack one"):
        deduplicate(table(documents), Dedup(minhash=None))


@pytest.mark.parametrize("wrong", [{"prefer": ("shortest",)}, {"exakt": True}, {"minhash": {"band": 3}}])
def test_unknown_words_are_refused(wrong: dict[str, Any]) -> None:
    """So that a misspelt preference is not silently none."""
    with pytest.raises(ValidationError):
        Dedup(**wrong)


def test_edited_copies_are_removed(shared_data: Path) -> None:
    """Real texts: what is very similar meets in one cluster, and a removed text has much of its survivor's."""
    folder = shared_data / "dup_truth" / "edits"
    documents, pairs = rows(folder / "docs.jsonl.zst"), rows(folder / "pairs.jsonl.zst")
    decided = deduplicate(
        signed([document["text"] for document in documents]), Dedup(minhash=MinHash(), prefer=("longest",))
    )
    at = {document["id"]: row for row, document in enumerate(documents)}
    cluster = decided["cluster"].to_pylist()
    close = [(at[pair["a"]], at[pair["b"]]) for pair in pairs if pair["jaccard"] >= 0.9]
    assert all(cluster[one] == cluster[other] is not None for one, other in close)
    similarity = decided["similarity"].drop_null().to_numpy()
    assert np.quantile(similarity, 0.1) > 0.5


def rows(path: Path) -> list[dict[str, Any]]:
    """Read compressed lines of JSON."""
    return [json.loads(line) for line in zstandard.decompress(path.read_bytes()).splitlines()]


def signed(texts: list[str]) -> pa.Table:
    """Make the fingerprints of texts of which nothing else is known."""
    data, offsets = packed(texts)
    values, found = signatures(data, offsets, MinHash())
    columns = {
        "id": [f"id{i}" for i in range(len(texts))],
        "file": ["f"] * len(texts),
        "offset": range(len(texts)),
        "date": [None] * len(texts),
        "text_bytes": np.diff(offsets),
        "language_score": [None] * len(texts),
        "digest": text_digests(data, offsets),
        "signature": [row.tobytes() if has else None for row, has in zip(values, found, strict=True)],
    }
    return pa.table(columns, FINGERPRINT)
