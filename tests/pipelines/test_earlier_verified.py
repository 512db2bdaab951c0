"""Where pairs are verified, earlier releases are compared with by their texts: as one run over all would do it."""

from datetime import UTC, datetime
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.dedup.minhash import MinHash
from pipelines.dedup.settings import Dedup
from tests import naive_clusters, naive_minhash
from tests.pipelines.test_earlier_parts import released
from tests.pipelines.test_passage_stages import Document, complete

#: bands of one value, so that nearly all that share a word are candidates, of which many are not alike
LOOSE = MinHash(ngram=1, bands=3, rows=1)
TEXTS = st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=5).map(" ".join)
DOCUMENTS = st.lists(
    st.fixed_dictionaries(
        {
            "text": TEXTS,
            "date": st.none() | st.integers(1, 3).map(lambda day: datetime(2024, 1, day, tzinfo=UTC)),
            "dump": st.just("one"),
            "shard": st.integers(0, 2),
        }
    ),
    max_size=14,
)


def in_one_run(documents: list[Document], verify: float) -> list[tuple[str | None, str | None]]:
    """Compare every document with every other one: by what each was found, and who stands for it."""
    pairs = [(i, j) for i, one in enumerate(documents) for j in range(i) if alike(one, documents[j], verify)]
    roots, found = naive_clusters.clusters(len(documents), pairs), list[tuple[str | None, str | None]]()
    for i, root in enumerate(roots):
        members = [j for j, other in enumerate(roots) if other == root]
        best = min(members, key=lambda j: (documents[j]["release"], order_of(documents[j])))
        found.append((None, None) if best == i else ("minhash", documents[best]["id"]))
    return found


def alike(one: Document, other: Document, verify: float) -> bool:
    signed = [naive_minhash.signature(document["text"], LOOSE) or [] for document in (one, other)]
    shingles = [naive_minhash.shingles(document["text"], 1) for document in (one, other)]
    return any(a == b for a, b in zip(*signed, strict=True)) and naive_minhash.jaccard(*shingles) >= verify


def order_of(document: Document) -> tuple[object, ...]:
    return naive_clusters.order_key(document | {"file": f"f{document['shard']}"} | UNKNOWN, ())


UNKNOWN = {"text_bytes": None, "language_score": None}


@settings(deadline=None, max_examples=20)
@given(DOCUMENTS, st.sampled_from([0.34, 0.5, 0.75]), st.integers(0, 14), st.integers(0, 14))
def test_own_documents_meet_the_fate_of_one_run_over_all(
    documents: list[Document], verify: float, one: int, other: int
) -> None:
    cuts = sorted((one, other))
    documents = [
        document | {"release": int(i >= cuts[0]) + int(i >= cuts[1])} for i, document in enumerate(complete(documents))
    ]
    parts = [[document for document in documents if document["release"] == number] for number in range(3)]
    dedup = Dedup(exact=(), minhash=LOOSE.model_copy(update={"verify": verify}))
    with TemporaryDirectory() as first, TemporaryDirectory() as second, TemporaryDirectory() as third:
        folders = (first, second, third)
        found = [
            released(folder, part, dedup, folders[:number])[0]
            for number, (folder, part) in enumerate(zip(folders, parts, strict=True))
        ]
    expected = in_one_run(documents, verify)[len(documents) - len(parts[2]) :]
    assert [(row["method"], row["survivor"]) for row in found[2]] == expected


def test_some_candidates_are_not_alike() -> None:
    """What is compared above is not the same without comparing."""
    texts = complete([{"text": text, "date": None, "shard": 0, "release": 0} for text in ("a b", "a c d", "a b c")])
    assert in_one_run(texts, 0.6) != in_one_run(texts, 0.1)
