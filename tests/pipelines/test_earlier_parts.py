"""Parts of texts that earlier releases hold are cut, as one run over all releases would cut them."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filters.texts import Units
from pipelines.dedup.bloom import BloomFilter
from pipelines.dedup.repeated import Bloom, Kind, RepeatedLines, RepeatedNgrams, RepeatedSubstrings, bloom_of
from pipelines.dedup.settings import Dedup
from pipelines.earlier import find_earlier
from pipelines.mistakes import UsageError
from pipelines.plan import Results, Runner
from pipelines.recipe import Output
from pipelines.store import Store
from pipelines.unfinished import DamagedError
from tests.pipelines.test_passage_stages import (
    DOCUMENTS,
    KINDS,
    KNOWN,
    Document,
    by_hand,
    complete,
    decided,
    texts_of,
)
from tests.releases import Interrupted, PowerCut

SERIES = Output(index=(), fingerprints=True)
#: kinds of which an earlier release knows what one run would; those that keep none of the equal parts come last
SEEN = [kind for kind in KINDS if not isinstance(kind, RepeatedSubstrings)]


def released(
    folder: str, documents: list[Document], dedup: Dedup, earlier: tuple[str, ...] = (), runner: Runner | None = None
) -> tuple[list[Document], Results]:
    """Make a release, and sign it off as a release is."""
    found, made = decided(folder, documents, dedup, runner, SERIES, earlier)
    files = [
        {"name": one.facts["file"], "sha256": one.digest}
        for stage in ("published-fingerprints", "published-parts")
        for one in made.get(stage, ())
    ]
    inputs = [{"name": f"f{shard}"} for shard in sorted({document["shard"] for document in documents})]
    manifest = {"name": "x", "digest": "d" * 64, "files": files, "inputs": inputs}
    Store.at(folder).write("release.json", json.dumps(manifest).encode())
    return found, made


def of_two(kinds: list[Kind]) -> tuple[Kind, ...]:
    """Put the kind that keeps none behind those that keep the first."""
    return tuple(sorted(kinds, key=lambda kind: getattr(kind, "keep", "first") == "none"))


TWO = st.lists(st.sampled_from(SEEN), min_size=1, max_size=2, unique_by=lambda kind: kind.kind).map(of_two)


@settings(deadline=None, max_examples=20)
@given(DOCUMENTS, TWO, st.integers(0, 12), st.integers(0, 12))
def test_own_texts_are_cut_as_in_one_run_over_all(
    documents: list[Document], kinds: tuple[Kind, ...], one: int, other: int
) -> None:
    cuts = sorted((one, other))
    documents = [
        document | {"release": int(i >= cuts[0]) + int(i >= cuts[1])} for i, document in enumerate(complete(documents))
    ]
    parts = [[document for document in documents if document["release"] == number] for number in range(3)]
    with TemporaryDirectory() as first, TemporaryDirectory() as second, TemporaryDirectory() as third:
        folders = (first, second, third)
        found = [
            released(folder, part, Dedup(exact=(), passages=kinds), folders[:number])[0]
            for number, (folder, part) in enumerate(zip(folders, parts, strict=True))
        ]
    expected = by_hand(documents, kinds)[len(documents) - len(parts[2]) :]
    assert [(row["text"], row["method"], [edit["edit"] for edit in row["edits"]]) for row in found[2]] == expected


def test_what_stands_once_in_two_releases_that_know_nothing_of_each_other_is_cut_from_a_third() -> None:
    parts = [texts_of(["Home\none"]), texts_of(["About\ntwo"]), texts_of(["Home\nAbout\nthree"])]
    for bloom in (None, KNOWN):
        dedup = Dedup(exact=(), passages=(RepeatedLines(bloom=bloom),))
        with TemporaryDirectory() as first, TemporaryDirectory() as second, TemporaryDirectory() as third:
            released(first, parts[0], dedup)
            released(second, parts[1], dedup)
            found, made = released(third, parts[2], dedup, (first, second))
        assert [row["text"] for row in found] == ["three"]
        if bloom:
            # Four lines of the earlier ones, and one of its own.
            assert made["lines-repeats"][0].facts["items"] == 5


def test_neither_memory_nor_order_of_tasks_decide() -> None:
    first = texts_of(["Home\na b", "About\nc d", "Home\nAbout\ne f"] * 3, 3)
    second = texts_of(["Home\ng h", "c d\nAbout", "i j\nk l", "k l\nm n"], 2)
    dedup = Dedup(exact=(), passages=(RepeatedLines(),))
    tight = dedup.model_copy(update={"memory_bytes": 1000})
    with TemporaryDirectory() as one, TemporaryDirectory() as other, TemporaryDirectory() as third:
        released(one, first, dedup)
        expected, made = released(other, second, dedup, (one,))
        again, more = released(third, second, tight, (one,))
    assert again == expected
    assert [row["text"] for row in expected[:2]] == ["g h", None]
    assert sorted("\n".join(row["text"] for row in expected[2:]).split("\n")) == ["i j", "k l", "m n"]
    assert len(more["lines-repeats"]) > len(made["lines-repeats"])


FIRST = texts_of(["Home\na b", "Home\nc d\ne f g", "a b\nx y z"] * 2, 3)
SECOND = texts_of(["Home\nnew", "c d\nnew too", "brand new text", "e f g\nx y z"], 2)
THOROUGH = Dedup(passages=(RepeatedLines(), RepeatedNgrams(min_ngram=1, max_ngram=2, bloom=KNOWN)))


def test_a_kill_in_any_stage_changes_nothing(tmp_path: Path) -> None:
    released(str(tmp_path), FIRST, THOROUGH)
    with TemporaryDirectory() as folder:
        expected, made = released(folder, SECOND, THOROUGH, (str(tmp_path),))
        content = published(folder)
    for done in range(2, sum(map(len, made.values())), 5):
        with TemporaryDirectory() as folder:
            with pytest.raises(PowerCut):
                released(folder, SECOND, THOROUGH, (str(tmp_path),), Interrupted(done))
            again, results = released(folder, SECOND, THOROUGH, (str(tmp_path),))
            assert published(folder) == content
        assert again == expected
        assert sum(result.reused for stage in results.values() for result in stage) == done


def published(folder: str) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in Path(folder, "index").rglob("*.*")}


def test_a_damaged_copy_is_named_and_made_again(tmp_path: Path) -> None:
    released(str(tmp_path), FIRST, THOROUGH)
    with TemporaryDirectory() as folder:
        expected, made = released(folder, SECOND, THOROUGH, (str(tmp_path),))
    before = [stage for stage in made if stage.startswith("lines")].index("lines-earlier")
    until = sum(len(made[stage]) for stage in list(made)[: list(made).index("lines-earlier") + 1])
    assert before == 1
    with TemporaryDirectory() as folder:
        with pytest.raises(PowerCut):
            released(folder, SECOND, THOROUGH, (str(tmp_path),), Interrupted(until))
        copied = max(Path(folder, ".work", "lines-earlier").iterdir())
        copied.write_bytes(copied.read_bytes()[:-9])
        with pytest.raises(DamagedError, match=f"lines-earlier/{copied.name}"):
            released(folder, SECOND, THOROUGH, (str(tmp_path),))
        assert released(folder, SECOND, THOROUGH, (str(tmp_path),))[0] == expected


def test_a_filter_whose_bits_were_changed_is_refused(tmp_path: Path) -> None:
    dedup = Dedup(exact=(), passages=(RepeatedLines(bloom=KNOWN),))
    released(str(tmp_path), FIRST, dedup)
    (name,) = (tmp_path / "index" / "parts").glob("lines-*/*.bloom")
    name.write_bytes(name.read_bytes()[:-1] + b"\xff")
    with TemporaryDirectory() as folder, pytest.raises(UsageError, match="is damaged: its digest is not"):
        released(folder, SECOND, dedup, (str(tmp_path),))


def test_all_that_an_earlier_release_does_not_say_is_told(tmp_path: Path) -> None:
    released(str(tmp_path), FIRST, Dedup(exact=(), passages=(RepeatedLines(),)))
    wanted = Dedup(exact=(), passages=(RepeatedLines(min_words=3), RepeatedNgrams(bloom=KNOWN)))
    with pytest.raises(UsageError) as raised:
        find_earlier((str(tmp_path),), wanted)
    others, lacking = str(raised.value).splitlines()
    assert others.startswith(f"{tmp_path}: its lines are others: expected the same settings")
    assert lacking.startswith(f"{tmp_path}: it does not say which ngrams it has: make it again with `fingerprints")
    same = Dedup(exact=(), passages=(RepeatedLines(keep="none"), RepeatedSubstrings()))
    assert len(find_earlier((str(tmp_path),), same)) == 3
    with pytest.raises(UsageError, match="its lines are others"):
        find_earlier((str(tmp_path),), same, Units(words="unicode"))


def test_what_is_published_says_nothing_but_hashes(tmp_path: Path) -> None:
    released(str(tmp_path), FIRST, THOROUGH)
    names = sorted(path.relative_to(tmp_path / "index/parts").as_posix() for path in tmp_path.rglob("index/parts/*/*"))
    assert [name.partition("-")[0] for name in names] == ["lines", "lines", "lines", "ngrams"]
    seen = [pq.read_table(tmp_path / "index/parts" / name) for name in names[:3]]
    assert all(table.column_names == ["hash", "check"] for table in seen)
    # A part that a shard has twice is one row.
    assert sum(map(len, seen)) == sum(len(set(shard)) for shard in lines_by_shard(FIRST))


def lines_by_shard(documents: list[Document]) -> list[list[str]]:
    kept = {document["text"]: document for document in reversed(documents)}.values()
    return [[line for row in kept if row["shard"] == shard for line in row["text"].split("\n")] for shard in range(3)]


def test_joined_filters_know_what_either_knew(tmp_path: Path) -> None:
    size, store = Bloom(items=2000, rate=0.001).size, Store.at(tmp_path)
    hashes = np.random.default_rng(3).integers(0, 1 << 63, 3000, np.uint64)
    whole = BloomFilter(size)
    for name, part in (("one", hashes[:1000]), ("other", hashes[500:1500])):
        bloom = BloomFilter(size)
        bloom.put(part)
        bloom.save(store, name)
        whole.put(part)
    joined = BloomFilter.load(store, "one")
    assert joined.items == 1000
    joined.join(store, "other")
    assert np.array_equal(joined.words, whole.words)
    assert abs(joined.items - 1500) < 30
    with pytest.raises(ValueError, match="expected a filter of"):
        BloomFilter(Bloom(items=7, rate=0.1).size).join(store, "one")


def test_every_kind_of_filter_is_tried() -> None:
    assert {bool(bloom_of(kind)) for kind in SEEN} == {True, False}
