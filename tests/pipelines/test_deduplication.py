"""Rounds of deduplication, out of core, decide what is decided by hand; and nothing but documents decides."""

import errno
import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import curation
from pipelines.dedup.fingerprint import FINGERPRINT
from pipelines.dedup.minhash import MinHash, signatures
from pipelines.dedup.rehydration import FINEWEB_2
from pipelines.dedup.settings import METHODS, Dedup
from pipelines.deduplication import found_by_round
from pipelines.finalise import FATES
from pipelines.job import Job, work
from pipelines.plan import Made, Results, Runner, Stage, Task, run
from pipelines.recipe import Recipe
from pipelines.source import Shard
from pipelines.store import Store
from pipelines.table import Hashing, TableFile
from pipelines.unfinished import DamagedError
from tests import naive_clusters as naive
from tests.naive_minhash import packed
from tests.releases import Interrupted, PowerCut

#: two bands of two values
TINY = MinHash(bands=2, rows=2)
#: texts are a letter; some have no signature; the others' are made of few values, so that many are alike
SIGNATURES = {"-": None, "?": None} | {
    chr(97 + i): np.random.default_rng(i).integers(0, 3, 4, np.uint32).tobytes() for i in range(12)
}
Document = dict[str, Any]
DOCUMENTS = st.lists(
    st.fixed_dictionaries(
        {
            "text": st.sampled_from(sorted(SIGNATURES)),
            "url": st.none() | st.sampled_from("uvwxyz"),
            "dump": st.none() | st.sampled_from(["one", "two"]),
            "date": st.none() | st.integers(1, 3).map(lambda day: datetime(2024, 1, day, tzinfo=UTC)),
            "language_score": st.none() | st.sampled_from([0.25, 0.5]),
            "license": st.none() | st.sampled_from([0, 2]),
            "shard": st.integers(0, 2),
        }
    ),
    max_size=20,
)
PREFERENCES = ["longest", "language_score", "earliest", "latest", "license"]
DEDUP = st.builds(
    Dedup,
    exact=st.lists(st.sampled_from(["url", "text", "words"]), unique=True).map(tuple),
    capture=st.sampled_from(["earliest", "latest"]),
    scope=st.sampled_from(["release", "dump"]),
    minhash=st.none() | st.just(TINY),
    prefer=st.lists(st.sampled_from(PREFERENCES), max_size=2).map(tuple),
    giant=st.sampled_from([1, 3]),
    copies=st.none() | st.just(FINEWEB_2),
)


class Here:
    """Runs tasks in this process, in an order of its own."""

    def __init__(self, order: Callable[[Sequence[Any]], list[Any]] = list) -> None:
        self._order = order

    def map(self, function: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
        """Call it for each item."""
        return ((item, function(item)) for item in self._order(items))


class Nobody:
    """Watches nothing."""

    def begin(self, stage: Stage, tasks: Sequence[Task]) -> None:
        """Say nothing."""

    def done(self, task: Task, made: Made) -> None:
        """Say nothing."""

    def end(self, stage: Stage) -> None:
        """Say nothing."""


def complete(documents: list[Document]) -> list[Document]:
    """Give each document its identity and the fingerprints of its text."""
    return [
        document
        | {
            "id": f"id{i * 7 % 20}",
            "file": f"f{document['shard']}",
            "offset": i,
            "text_bytes": 4 + ord(document["text"]) % 3,
            "words": None if document["text"] == "?" else document["text"].replace("b", "a"),
            "signature": SIGNATURES[document["text"]],
        }
        for i, document in enumerate(documents)
    ]


def row(document: Document, number: int) -> Document:
    """Lay a document out as a row of FINGERPRINT."""
    told = {name: document[name] for name in ("url", "text", "words")}
    digests = {f"{name}_digest": key and blake2b(key.encode(), digest_size=16).digest() for name, key in told.items()}
    return {name: (document | digests | {"row": number})[name] for name in FINGERPRINT.names}


def decided(
    folder: str, documents: list[Document], dedup: Dedup, runner: Runner | None = None
) -> tuple[list[Document], Results]:
    """Run all rounds; give each document's fate, and what the stages made."""
    shards = sorted({document["shard"] for document in documents})
    job = job_of(folder, shards, dedup)
    for place, shard in enumerate(shards):
        rows = [row(one, number) for number, one in enumerate(own(documents, shard))]
        with TableFile(job.store, work("fingerprints", place), FINGERPRINT) as file:
            file.write(pa.Table.from_pylist(rows, FINGERPRINT))
    stages = [
        stage
        for stage in curation.stages(job)
        if stage.name not in {"curate", "write", "ledger"} and stage.part_of != "index"
    ]
    made = run(
        [Stage("curate", "", lambda _: [read(job, place) for place in range(len(shards))]), *stages],
        runner or Here(),
        Nobody(),
    )
    found: dict[int, Document] = {}
    for place, shard in enumerate(shards):
        fates = pq.read_table(Path(folder) / work("fates", place))
        assert fates.schema == FATES
        found |= dict(zip([one["offset"] for one in own(documents, shard)], fates.to_pylist(), strict=True))
    return [found[document["offset"]] for document in documents], made


def own(documents: list[Document], shard: int) -> list[Document]:
    return [document for document in documents if document["shard"] == shard]


def job_of(folder: str, shards: list[int], dedup: Dedup) -> Job:
    files = tuple(Shard(f"f{shard}", f"/f{shard}", 1, "", "warc", "") for shard in shards)
    return Job(Store.at(folder), Recipe(name="x", purpose="", dedup=dedup), files, "code")


def read(job: Job, place: int) -> Task:
    return Task("curate", f"{place:05d}", f"{place}", job.store, nothing, place)


def nothing(place: int) -> Made:
    return Made(f"digest {place}", 1)


def by_hand(documents: list[Document], dedup: Dedup) -> list[Document]:
    """Decide as the rounds do, by comparing every document with every other one."""
    left, nexts, methods = list(range(len(documents))), {}, {}
    for one in dedup.rounds:
        pairs = [(i, j) for i in left for j in left if same(documents[i], documents[j], one.name, dedup)]
        roots = naive.clusters(len(documents), pairs)
        for i in left:
            members = [j for j in left if roots[j] == roots[i]]
            best = min(members, key=lambda j: naive.order_key(documents[j], one.prefer))
            if best != i:
                nexts[i], methods[i] = best, one.name
        left = [i for i in left if i not in nexts]
    finals = [last(i, nexts) for i in range(len(documents))]
    return [fate(documents, i, finals, nexts, methods, dedup) for i in range(len(documents))]


def last(i: int, nexts: dict[int, int]) -> int:
    while i in nexts:
        i = nexts[i]
    return i


def same(one: Document, other: Document, name: str, dedup: Dedup) -> bool:
    if dedup.scope == "dump" and (one["dump"] or "") != (other["dump"] or ""):
        return False
    if name != "minhash":
        return one[name] is not None and one[name] == other[name]
    if not one["signature"] or not other["signature"]:
        return False
    equal = np.frombuffer(one["signature"], np.uint32) == np.frombuffer(other["signature"], np.uint32)
    return bool(equal.reshape(2, 2).all(axis=1).any())


def shared(one: Document, other: Document, dedup: Dedup) -> float | None:
    if not dedup.minhash or not one["signature"] or not other["signature"]:
        return None
    return float((np.frombuffer(one["signature"], np.uint32) == np.frombuffer(other["signature"], np.uint32)).mean())


def fate(  # noqa: PLR0913, PLR0917
    documents: list[Document], i: int, finals: list[int], nexts: dict[int, int], methods: dict[int, str], dedup: Dedup
) -> Document:
    """Write what is said of one document."""
    final, size = finals[i], finals.count(finals[i])
    equal = methods.get(i) in {"text", "words"} and nexts[i] == final
    copies = next((n for least, n in reversed(dedup.copies) if size >= least), None) if dedup.copies else None
    return {
        "method": METHODS[methods[i]] if i in methods else None,
        "cluster": documents[final]["id"] if size > 1 else None,
        "survivor": documents[final]["id"] if final != i else None,
        "similarity": (1.0 if equal else shared(documents[i], documents[final], dedup)) if final != i else None,
        "cluster_size": size if size > 1 else None,
        "copies": copies if final == i else None,
    }


def said(fates: list[Document]) -> list[Document]:
    names = ("method", "cluster", "survivor", "similarity", "cluster_size", "copies")
    return [{name: one[name] for name in names} for one in fates]


@settings(deadline=None, max_examples=40)  # kernels compile once
@given(DOCUMENTS, DEDUP)
def test_fates_are_those_decided_by_hand(documents: list[Document], dedup: Dedup) -> None:
    documents = complete(documents)
    with TemporaryDirectory() as folder:
        fates, _ = decided(folder, documents, dedup)
    assert said(fates) == by_hand(documents, dedup)


@settings(deadline=None, max_examples=15)
@given(DOCUMENTS, DEDUP)
def test_every_removed_document_names_a_kept_one(documents: list[Document], dedup: Dedup) -> None:
    documents = complete(documents)
    with TemporaryDirectory() as folder:
        fates, made = decided(folder, documents, dedup)
    kept = [document["id"] for document, one in zip(documents, fates, strict=True) if one["method"] is None]
    assert all(one["survivor"] in kept for one in fates if one["method"])
    assert {one["cluster"] for one in fates} - {None} <= set(kept)
    assert [one["data_file"] is not None for one in fates] == [one["method"] is None for one in fates]
    removed = sum(one["removed"] for one in found_by_round(dedup, made))
    assert removed == sum(one["method"] is not None for one in fates)


@settings(deadline=None, max_examples=15)
@given(DOCUMENTS, DEDUP, st.randoms(use_true_random=False))
def test_neither_shards_nor_order_nor_memory_decide(documents: list[Document], dedup: Dedup, random: Any) -> None:
    documents = complete(documents)
    moved = random.sample([document | {"shard": random.randrange(3)} for document in documents], len(documents))
    tight, anyhow = (
        dedup.model_copy(update={"memory_bytes": 1000}),
        Here(lambda items: random.sample(items, len(items))),
    )
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        expected, _ = decided(one, documents, dedup)
        found, _ = decided(other, moved, tight, anyhow)
    places = [document["offset"] for document in moved]
    assert dict(zip(places, said(found), strict=True)) == dict(enumerate(said(expected)))


def test_a_second_run_does_nothing_again(tmp_path: Path) -> None:
    documents = complete([one_of(text, i % 3) for i, text in enumerate("aabbcdefgabc")])
    dedup = Dedup(minhash=TINY, exact=("url", "text"))
    _, made = decided(str(tmp_path), documents, dedup)
    _, again = decided(str(tmp_path), documents, dedup)
    assert not any(result.reused for stage in made.values() for result in stage)
    assert all(result.reused for stage in again.values() for result in stage)
    assert {name: [replace(result, reused=False) for result in stage] for name, stage in again.items()} == {
        name: [*stage] for name, stage in made.items()
    }


def test_giants_are_named_the_largest_first() -> None:
    documents = complete([one_of(text, 0) for text in "aaaaabbbc"])
    with TemporaryDirectory() as folder:
        dedup = Dedup(giant=2)
        _, made = decided(folder, documents, dedup)
    (found,) = found_by_round(dedup, made)
    assert (found["clusters"], found["documents"], found["removed"], found["giant_clusters"]) == (2, 8, 6, 2)
    assert [one["documents"] for one in found["largest_giants"]] == [5, 3]


def one_of(text: str, shard: int) -> Document:
    known = {"text": text, "url": None, "dump": None, "date": None, "language_score": None, "license": None}
    return known | {"shard": shard}


CRAWL = complete([one_of(text, i % 2) | {"url": "uvwxyz"[i % 6]} for i, text in enumerate("aabbcdefgabc-?-")])
THOROUGH = Dedup(exact=("url", "text", "words"), minhash=TINY)


def tasks_of(made: Results) -> int:
    return sum(map(len, made.values()))


def test_a_kill_in_any_stage_changes_nothing() -> None:
    with TemporaryDirectory() as folder:
        expected, made = decided(folder, CRAWL, THOROUGH)
    # One of three tasks in turn: each kind of stage is cut short in some round.
    for done in range(0, tasks_of(made), 3):
        with TemporaryDirectory() as folder:
            with pytest.raises(PowerCut):
                decided(folder, CRAWL, THOROUGH, Interrupted(done))
            again, results = decided(folder, CRAWL, THOROUGH)
        assert again == expected
        assert sum(result.reused for stage in results.values() for result in stage) == done


def test_a_damaged_file_of_any_stage_is_named_and_made_again() -> None:
    with TemporaryDirectory() as folder:
        expected, made = decided(folder, CRAWL, THOROUGH)
    damaged = 0
    # The first two tasks stand for reading, which these files do not come from.
    for done in range(3, tasks_of(made), 2):
        with TemporaryDirectory() as folder:
            with pytest.raises(PowerCut):
                decided(folder, CRAWL, THOROUGH, Interrupted(done))
            newest = max(Path(folder).glob(".work/*-*/*.parquet"), key=lambda path: path.stat().st_mtime_ns)
            newest.write_bytes(newest.read_bytes()[:-9])
            with pytest.raises(DamagedError, match=f"{newest.parent.name}/{newest.name}"):
                decided(folder, CRAWL, THOROUGH)
            again, _ = decided(folder, CRAWL, THOROUGH)
            damaged += 1
        assert again == expected
    assert damaged > len(THOROUGH.rounds) * 3


def test_a_full_disk_leaves_nothing_half_done(monkeypatch: pytest.MonkeyPatch) -> None:
    with TemporaryDirectory() as folder:
        expected, _ = decided(folder, CRAWL, THOROUGH)
    writes = 0
    write = Hashing.write

    def full(self: Hashing, content: bytes) -> int:
        nonlocal writes
        writes += 1
        if writes == 40:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(self, content)

    with TemporaryDirectory() as folder:
        monkeypatch.setattr(Hashing, "write", full)
        with pytest.raises(OSError, match="No space left"):
            decided(folder, CRAWL, THOROUGH)
        assert not list(Path(folder).rglob("*.part*"))
        again, _ = decided(folder, CRAWL, THOROUGH)
    assert again == expected


def test_edited_copies_are_removed(shared_data: Path, tmp_path: Path) -> None:
    """Real texts: what is very similar meets in one cluster, and a removed text has much of its survivor's."""
    folder = shared_data / "dup_truth" / "edits"
    texts, pairs = lines(folder / "docs.jsonl.zst"), lines(folder / "pairs.jsonl.zst")
    data, offsets = packed([text["text"] for text in texts])
    values, found = signatures(data, offsets, MinHash())
    documents = [
        one_of("-", number % 3)
        | {"id": text["id"], "offset": number, "file": "f", "text_bytes": int(offsets[number + 1] - offsets[number])}
        | {"words": None, "text": text["id"], "signature": values[number].tobytes() if found[number] else None}
        for number, text in enumerate(texts)
    ]
    fates, made = decided(str(tmp_path), documents, Dedup(exact=(), minhash=MinHash(), prefer=("longest",)))
    cluster = {document["id"]: fate["cluster"] for document, fate in zip(documents, fates, strict=True)}
    close = [(pair["a"], pair["b"]) for pair in pairs if pair["jaccard"] >= 0.9]
    assert len(close) > 1000
    assert all(cluster[one] == cluster[other] is not None for one, other in close)
    similarity = [fate["similarity"] for fate in fates if fate["method"]]
    assert np.quantile(similarity, 0.1) > 0.5
    assert len(similarity) == sum(result.records - result.facts["clusters"] for result in made["minhash-survivors"])


def lines(path: Path) -> list[Document]:
    """Read compressed lines of JSON."""
    return [json.loads(line) for line in zstandard.decompress(path.read_bytes()).splitlines()]
