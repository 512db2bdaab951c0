"""Repeated parts go out of texts, out of core, as they would if all texts were one batch; and are edits."""

import errno
import os
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filters.document import documents as batch_of
from filters.texts import Texts
from pipelines import curation, ledger
from pipelines.dedup import known_ngrams as ngrams
from pipelines.dedup.bloom import BloomFilter
from pipelines.dedup.cuts import Parts, cut, occurrences, of_shard, repeats
from pipelines.dedup.fingerprint import FINGERPRINT
from pipelines.dedup.keys import orders
from pipelines.dedup.minhash import MinHash, signatures, text_digests
from pipelines.dedup.passages import passages
from pipelines.dedup.repeated import (
    Bloom,
    Kind,
    RepeatedLines,
    RepeatedNgrams,
    RepeatedParagraphs,
    RepeatedSpans,
    RepeatedSubstrings,
    bloom_of,
    method,
)
from pipelines.dedup.settings import Dedup
from pipelines.dedup.substrings import repeated_substrings
from pipelines.earlier import find_earlier
from pipelines.job import Job, work
from pipelines.passage_stages import found_by_kind
from pipelines.plan import Made, Results, Runner, Stage, Task, run
from pipelines.recipe import Output, Recipe
from pipelines.source import Shard
from pipelines.store import Store
from pipelines.table import Hashing, TableFile
from pipelines.texts_left import GROUP_ROWS
from pipelines.unfinished import DamagedError
from tests.pipelines.test_deduplication import Here, Nobody
from tests.releases import Interrupted, PowerCut

Document = dict[str, Any]
LINES = ["Home", "About us and you.", "One two three.", "Four. Five! Six?", "a b c d", "Ünïcode lîne", "  home "]
NOTHING_ELSE = Output(index=())
KNOWN = Bloom(items=1000, rate=1e-9)
KINDS: list[Kind] = [
    RepeatedLines(),
    RepeatedLines(keep="none"),
    RepeatedLines(bloom=KNOWN),
    RepeatedParagraphs(),
    RepeatedParagraphs(bloom=KNOWN),
    RepeatedSpans(min_words=2, min_sentences=1),
    RepeatedSpans(min_words=2, min_sentences=1, bloom=KNOWN),
    RepeatedSubstrings(min_bytes=5),
    RepeatedSubstrings(min_bytes=5, keep="none"),
    RepeatedNgrams(min_ngram=1, max_ngram=2, bloom=KNOWN),
]
DOCUMENTS = st.lists(
    st.fixed_dictionaries(
        {
            "text": st.lists(st.sampled_from(LINES), min_size=1, max_size=5).map("\n".join),
            "date": st.none() | st.integers(1, 3).map(lambda day: datetime(2024, 1, day, tzinfo=UTC)),
            "dump": st.sampled_from(["one", "two"]),
            "shard": st.integers(0, 2),
        }
    ),
    max_size=12,
)


def complete(documents: list[Document]) -> list[Document]:
    """Give each document its identity."""
    return [document | {"id": f"id{i * 7 % 20}", "offset": i} for i, document in enumerate(documents)]


def write_shard(store: Store, place: int, documents: list[Document], minhash: MinHash | None) -> None:
    """Write what curating a shard leaves."""
    texts = packed([document["text"] for document in documents])
    digests, signed = text_digests(*texts), signatures_of(texts, minhash)
    told = [
        dict.fromkeys(FINGERPRINT.names)
        | {name: document[name] for name in ("id", "offset", "date", "dump")}
        | {"row": row, "text_bytes": len(document["text"].encode()), "text_digest": digest, "signature": signature}
        for row, (document, digest, signature) in enumerate(zip(documents, digests, signed, strict=True))
    ]
    living = [
        dict.fromkeys(ledger.DATA.names)
        | {name: document[name] for name in ("text", "id", "offset")}
        | {"text_digest": digest.hex()}
        for document, digest in zip(documents, digests, strict=True)
    ]
    for name, rows, schema in (("fingerprints", told, FINGERPRINT), ("living", living, ledger.DATA)):
        with TableFile(store, work(name, place), schema, 2) as file:
            file.write(pa.Table.from_pylist(rows, schema))


def signatures_of(texts: tuple[Any, Any], minhash: MinHash | None) -> list[bytes | None]:
    if minhash is None:
        return [None] * (len(texts[1]) - 1)
    values, found = signatures(*texts, minhash)
    return [row.tobytes() if signed else None for row, signed in zip(values, found, strict=True)]


def packed(values: list[str]) -> tuple[Any, Any]:
    texts = Texts(batch_of(values))
    return texts.data, texts.offsets


def decided(  # noqa: PLR0913, PLR0917  # what a run is given
    folder: str,
    documents: list[Document],
    dedup: Dedup,
    runner: Runner | None = None,
    output: Output = NOTHING_ELSE,
    earlier: tuple[str, ...] = (),
) -> tuple[list[Document], Results]:
    """Run all stages but those of the ledger; give each document's fate and text, and what the stages made."""
    shards = sorted({document["shard"] for document in documents})
    files = tuple(Shard(f"f{shard}", f"/f{shard}", 1, "", "warc", "") for shard in shards)
    recipe = Recipe(name="x", purpose="", dedup=dedup, output=output)
    job = Job(Store.at(folder), recipe, files, "code", earlier=find_earlier(earlier, dedup))
    for place, shard in enumerate(shards):
        write_shard(job.store, place, own(documents, shard), dedup.minhash)
    stages = [stage for stage in curation.stages(job) if stage.name not in {"curate", "ledger"}]
    given = Stage("curate", "", lambda _: [read(job, place) for place in range(len(shards))])
    made = run([given, *stages], runner or Here(), Nobody())
    return said(Path(folder), documents, shards, dedup), made


def own(documents: list[Document], shard: int) -> list[Document]:
    return [document for document in documents if document["shard"] == shard]


def read(job: Job, place: int) -> Task:
    return Task("curate", f"{place:05d}", f"{place}", job.store, nothing, place)


def nothing(place: int) -> Made:
    return Made(f"digest {place}", 1)


def said(folder: Path, documents: list[Document], shards: list[int], dedup: Dedup) -> list[Document]:
    """Read what is said of each document, and its text if it is kept."""
    found: dict[int, Document] = {}
    for place, shard in enumerate(shards):
        fates = pq.read_table(folder / work("fates", place)).to_pylist()
        texts = pq.read_table(folder / work(dedup.texts, place)).to_pylist()
        for document, fate, text in zip(own(documents, shard), fates, texts, strict=True):
            found[document["offset"]] = fate | {"edits": text.get("edits"), "left": text.get("text_bytes")}
    kept = [row for path in sorted(folder.glob("data/*.parquet")) for row in pq.read_table(path).to_pylist()]
    texts = {row["offset"]: row["text"] for row in kept}
    return [found[document["offset"]] | {"text": texts.get(document["offset"])} for document in documents]


def by_hand(documents: list[Document], kinds: tuple[Kind, ...]) -> list[tuple[str | None, str | None, list[str]]]:
    """Cut all texts as one batch: give each document's text, by what it was removed, and which edits it has."""
    texts: list[str | None] = [document["text"] for document in documents]
    gone: list[str | None] = [None] * len(texts)
    done: list[list[str]] = [[] for _ in texts]
    for kind in kinds:
        before = [text or "" for text in texts]
        left, edits, cut_out = one_batch(documents, before, kind)
        for i, text in enumerate(left.column.to_pylist()):
            done[i] += [edit["edit"] for edit in edits[i].as_py()]
            fell = cut_out[i] and not enough(kind, left, cut_out)[i]
            if texts[i] is not None:
                texts[i], gone[i] = (None, method(kind)) if fell else (text, gone[i])
    return list(zip(texts, gone, done, strict=True))


def enough(kind: Kind, left: Texts, cut_out: np.ndarray) -> np.ndarray:
    return kind.enough(left, cut_out) if isinstance(kind, RepeatedSpans) else np.diff(left.offsets) > 0


def one_batch(documents: list[Document], values: list[str], kind: Kind) -> tuple[Texts, Any, np.ndarray]:
    """Cut one kind: as the libraries do it with all texts at once."""
    in_order = sorted(range(len(values)), key=lambda i: place(documents, i))
    stream = sorted(range(len(values)), key=lambda i: (documents[i].get("release", 0), documents[i]["shard"], i))
    order = stream if bloom_of(kind) else in_order
    texts = Texts(batch_of([values[i] for i in order]))
    places = np.arange(len(order))
    parts = parts_of(texts, places, kind)
    left, edits = cut(texts, parts, method(kind))
    cut_out = np.zeros(len(order), np.bool_)
    cut_out[parts.text] = True
    back = np.argsort(order)
    return left.take(back), edits.take(pa.array(back)), cut_out[back]


def place(documents: list[Document], i: int) -> tuple[int, float, int, int, int]:
    """Say where a document stands in the order of all: after those of earlier releases."""
    document = documents[i]
    when = document["date"].timestamp() if document["date"] else float("inf")
    return document.get("release", 0), when, int(orders([document["id"]])[0]) >> 32, document["shard"], i


def parts_of(texts: Texts, places: np.ndarray, kind: Kind) -> Parts:
    if isinstance(kind, RepeatedSubstrings):
        return repeated_substrings(texts, places, kind, 1 << 30)
    if isinstance(kind, RepeatedNgrams):
        found = ngrams.known_ngrams(texts, BloomFilter(kind.bloom.size), kind)
        whole = np.flatnonzero(found.dropped)
        text = np.append(found.parts.text, whole)
        start, end = (
            np.append(found.parts.start, texts.offsets[whole]),
            np.append(found.parts.end, texts.offsets[whole + 1]),
        )
        by_text = np.lexsort((end, start, text))
        return Parts(text[by_text], start[by_text], end[by_text])
    rows = occurrences(passages(texts, kind), texts.offsets, places)
    return of_shard(repeats(rows, kind.keep), texts.offsets, places)


@settings(deadline=None, max_examples=30)
@given(DOCUMENTS, st.lists(st.sampled_from(KINDS), min_size=1, max_size=3, unique_by=lambda kind: kind.kind).map(tuple))
def test_texts_are_cut_as_if_they_were_one_batch(documents: list[Document], kinds: tuple[Kind, ...]) -> None:
    documents = complete(documents)
    with TemporaryDirectory() as folder:
        found, made = decided(folder, documents, Dedup(exact=(), passages=kinds))
    expected = by_hand(documents, kinds)
    assert [(one["text"], one["method"], [edit["edit"] for edit in one["edits"]]) for one in found] == expected
    sizes = [len(text.encode()) for text, _, _ in expected if text is not None]
    assert [one["left"] for one in found if one["method"] is None] == sizes
    removed = sum(one["removed"] for one in found_by_kind(Dedup(passages=kinds), made))
    assert removed == sum(gone is not None for _, gone, _ in expected)


@settings(deadline=None, max_examples=6)
@given(DOCUMENTS, st.sampled_from([*KINDS[:2], *KINDS[3:4]]), st.randoms(use_true_random=False))
def test_neither_memory_nor_order_of_tasks_decide(documents: list[Document], kind: Kind, random: Any) -> None:
    documents = complete(documents)
    dedup = Dedup(exact=(), passages=(kind,))
    tight = dedup.model_copy(update={"memory_bytes": 1000})
    anyhow = Here(lambda items: random.sample(items, len(items)))
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        assert decided(one, documents, dedup)[0] == decided(other, documents, tight, anyhow)[0]


def texts_of(values: list[str], shards: int = 1) -> list[Document]:
    rows = [{"text": text, "date": None, "dump": f"{i % 2}", "shard": i % shards} for i, text in enumerate(values)]
    return complete(rows)


def test_a_line_in_two_crawls_stays_in_both_if_crawls_stand_for_themselves(tmp_path: Path) -> None:
    documents = texts_of(["a b\nhome one", "a b\nhome two", "a b\nhome three"])
    found, _ = decided(str(tmp_path), documents, Dedup(exact=(), scope="dump", passages=(RepeatedLines(),)))
    # The first and the third are of one crawl; the hash of an id says which of them is the first.
    assert sorted(one["text"] for one in found) == ["a b\nhome one", "a b\nhome two", "home three"]


def test_who_stood_for_others_and_loses_all_leaves_them_without_a_survivor(tmp_path: Path) -> None:
    rows = texts_of(["same text", "same text", "before\nsame text"])
    earliest = datetime(2023, 1, 1, tzinfo=UTC)
    documents = [*rows[:2], rows[2] | {"date": earliest}]
    found, _ = decided(str(tmp_path), documents, Dedup(passages=(RepeatedLines(),)))
    one, other = sorted(found[:2], key=lambda fate: fate["method"])
    assert (one["method"], other["method"]) == ("exact_text", "shared_lines")
    assert one["survivor"] is None
    assert one["cluster"] == other["cluster"] is not None
    assert found[2]["text"] == "before\nsame text"


def test_a_document_larger_than_a_partition_is_counted_and_left_alone(tmp_path: Path) -> None:
    documents = texts_of(["long " * 10, "long " * 10, "tiny long ", "tiny long "])
    dedup = Dedup(exact=(), passages=(RepeatedSubstrings(min_bytes=5),)).model_copy(update={"memory_bytes": 400})
    found, made = decided(str(tmp_path), documents, dedup)
    assert [one["text"] for one in found[:2]] == ["long " * 10] * 2
    assert sorted(one["text"] or "" for one in found[2:]) == ["", "tiny long "]
    (said_of,) = found_by_kind(dedup, made)
    assert (said_of["partitions"], said_of["too_large"]) == (1, 2)


MIXED = texts_of(["Home\na b", "Home\nc d", "Home\nOne two three.\nFour. Five! Six?", "One two three.\nc d"] * 4, 3)
THOROUGH = Dedup(passages=(RepeatedLines(), RepeatedNgrams(bloom=KNOWN), RepeatedSubstrings(min_bytes=4)))


def test_a_kill_in_any_stage_changes_nothing() -> None:
    with TemporaryDirectory() as folder:
        expected, made = decided(folder, MIXED, THOROUGH)
    for done in range(3, sum(map(len, made.values())), 3):
        with TemporaryDirectory() as folder:
            with pytest.raises(PowerCut):
                decided(folder, MIXED, THOROUGH, Interrupted(done))
            again, results = decided(folder, MIXED, THOROUGH)
        assert again == expected
        assert sum(result.reused for stage in results.values() for result in stage) == done


def test_a_damaged_file_of_any_stage_is_named_and_made_again() -> None:
    with TemporaryDirectory() as folder:
        expected, made = decided(folder, MIXED, THOROUGH)
    damaged = set[str]()
    for done in range(8, sum(map(len, made.values())), 3):
        with TemporaryDirectory() as folder:
            with pytest.raises(PowerCut):
                decided(folder, MIXED, THOROUGH, Interrupted(done))
            newest = max(Path(folder).glob(".work/*-*/*.parquet"), key=lambda path: path.stat().st_mtime_ns)
            newest.write_bytes(newest.read_bytes()[:-9])
            with pytest.raises(DamagedError, match=f"{newest.parent.name}/{newest.name}"):
                decided(folder, MIXED, THOROUGH)
            again, _ = decided(folder, MIXED, THOROUGH)
            damaged.add(newest.parent.name)
        assert again == expected
    assert {"lines-passages", "lines-cuts", "ngrams-cuts", "substrings-cuts"} <= damaged


def test_a_stream_goes_on_where_it_was_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    dedup = Dedup(exact=(), passages=(RepeatedLines(bloom=Bloom(items=1, rate=0.5)),))
    with TemporaryDirectory() as folder:
        expected, made = decided(folder, MIXED, dedup)
    (whole,) = made["lines-repeats"]
    write, writes = Hashing.write, 0
    with TemporaryDirectory() as folder:
        # The second shard's file cannot be written; what the filter knew after the first one is not forgotten.
        def full(self: Hashing, content: bytes) -> int:
            nonlocal writes
            here = list(Path(folder).glob(".work/lines-repeats.all/00000.parquet"))
            writes += bool(here)
            if writes == 1:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return write(self, content)

        with monkeypatch.context() as patch:
            patch.setattr(Hashing, "write", full)
            with pytest.raises(OSError, match="No space left"):
                decided(folder, MIXED, dedup)
        kept = Path(folder) / ".work/lines-repeats.all/00000.parquet"
        assert (kept.parent / "00001.bloom").exists()
        before = kept.stat().st_mtime_ns
        again, made = decided(folder, MIXED, dedup)
        assert kept.stat().st_mtime_ns == before
        assert not [path.name for path in kept.parent.iterdir() if path.suffix != ".parquet"]
    assert again == expected
    (resumed,) = made["lines-repeats"]
    assert resumed == whole
    assert resumed.facts["rate"] > 0


def test_rows_are_written_in_groups_of_one_size(tmp_path: Path) -> None:
    documents = texts_of([f"line {i}\nHome" for i in range(GROUP_ROWS + 1)])
    found, _ = decided(str(tmp_path), documents, Dedup(exact=(), passages=(RepeatedLines(),)))
    assert sum("Home" in one["text"] for one in found) == 1
    groups = pq.ParquetFile(tmp_path / work("lines-cuts", 0)).metadata
    assert groups.row_group(0).num_rows == GROUP_ROWS
