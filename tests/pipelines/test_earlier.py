"""A run that knows earlier releases decides about its own documents as one run over all of them would."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import curation
from pipelines.dedup.fingerprint import FINGERPRINT
from pipelines.dedup.minhash import MinHash
from pipelines.dedup.settings import Dedup
from pipelines.earlier import PUBLISHED, find_earlier
from pipelines.job import Job, work
from pipelines.mistakes import UsageError
from pipelines.plan import Results, Runner, Stage, run
from pipelines.recipe import Output, Recipe
from pipelines.source import Shard
from pipelines.store import Store
from pipelines.table import TableFile
from pipelines.unfinished import DamagedError
from tests import naive_clusters as naive
from tests.pipelines.test_deduplication import (
    DEDUP,
    DOCUMENTS,
    TINY,
    Document,
    Here,
    Nobody,
    complete,
    fate,
    last,
    one_of,
    own,
    read,
    row,
    said,
    same,
)
from tests.releases import Interrupted, PowerCut


def released(
    folder: str,
    documents: list[Document],
    dedup: Dedup,
    earlier: tuple[str, ...] = (),
    runner: Runner | None = None,
) -> tuple[list[Document], Results]:
    """Deduplicate, publish fingerprints, and sign off as a release does; give the fates of the documents."""
    shards = sorted({document["shard"] for document in documents})
    files = tuple(Shard(f"f{shard}", f"/f{shard}", 1, "", "warc", "") for shard in shards)
    recipe = Recipe(name="x", purpose="", dedup=dedup, output=Output(fingerprints=True, index=()))
    job = Job(Store.at(folder), recipe, files, "code", earlier=find_earlier(earlier, dedup))
    for place, shard in enumerate(shards):
        rows = [row(one, number) for number, one in enumerate(own(documents, shard))]
        with TableFile(job.store, work("fingerprints", place), FINGERPRINT) as file:
            file.write(pa.Table.from_pylist(rows, FINGERPRINT))
    stages = [stage for stage in curation.stages(job) if stage.name not in {"curate", "write", "ledger"}]
    start = Stage("curate", "", lambda _: [read(job, place) for place in range(len(shards))])
    made = run([start, *stages], runner or Here(), Nobody())
    sign_off(job, made)
    found: dict[int, Document] = {}
    for place, shard in enumerate(shards):
        fates = pq.read_table(Path(folder) / work("fates", place)).to_pylist()
        found |= dict(zip([one["offset"] for one in own(documents, shard)], fates, strict=True))
    return [found[document["offset"]] for document in documents], made


def sign_off(job: Job, made: Results) -> None:
    files = [{"name": one.facts["file"], "sha256": one.digest} for one in made["published-fingerprints"]]
    inputs = [{"name": shard.name} for shard in job.shards]
    job.store.write(
        "release.json", json.dumps({"name": "x", "digest": "d" * 64, "files": files, "inputs": inputs}).encode()
    )


def in_one_run(documents: list[Document], releases: list[int], dedup: Dedup) -> list[Document]:
    """Decide by comparing every document with every other one; what was released before comes first."""
    left, nexts, methods = list(range(len(documents))), {}, {}
    for one in dedup.rounds:
        pairs = [(i, j) for i in left for j in left if same(documents[i], documents[j], one.name, dedup)]
        roots = naive.clusters(len(documents), pairs)
        for i in left:
            members = [j for j in left if roots[j] == roots[i]]
            best = min(members, key=lambda j: (releases[j], naive.order_key(documents[j], one.prefer)))
            if best != i:
                nexts[i], methods[i] = best, one.name
        left = [i for i in left if i not in nexts]
    finals = [last(i, nexts) for i in range(len(documents))]
    return [fate(documents, i, finals, nexts, methods, dedup) for i in range(len(documents))]


@settings(deadline=None, max_examples=15)
@given(DOCUMENTS, DEDUP, st.integers(0, 20), st.integers(0, 20))
def test_own_documents_meet_the_fate_of_one_run_over_all(
    documents: list[Document], dedup: Dedup, one: int, other: int
) -> None:
    documents = complete(documents)
    cuts = sorted((min(one, len(documents)), min(other, len(documents))))
    parts = [documents[: cuts[0]], documents[cuts[0] : cuts[1]], documents[cuts[1] :]]
    releases = [number for number, part in enumerate(parts) for _ in part]
    expected = in_one_run(documents, releases, dedup)
    with TemporaryDirectory() as first, TemporaryDirectory() as second, TemporaryDirectory() as third:
        folders = (first, second, third)
        found = [
            released(folder, part, dedup, folders[:number])[0]
            for number, (folder, part) in enumerate(zip(folders, parts, strict=True))
        ]
    last_one = [fate for fate, release in zip(expected, releases, strict=True) if release == 2]
    assert said(found[2]) == last_one
    held = {document["id"] for part in parts[:2] for document in part}
    assert all((one["survivor_release"] is not None) == (one["survivor"] in held) for one in found[2])


FIRST = complete([one_of(text, i % 2) | {"url": "uvwxyz"[i % 6]} for i, text in enumerate("aabbcd")])
BOTH = complete([*FIRST, *(one_of(text, i % 2) | {"url": "uvwxyz"[i % 5]} for i, text in enumerate("abcefg-?"))])
SECOND = BOTH[len(FIRST) :]
THOROUGH = Dedup(exact=("url", "text", "words"), minhash=TINY)


def test_a_kill_in_any_stage_changes_nothing(tmp_path: Path) -> None:
    released(str(tmp_path), FIRST, THOROUGH)
    with TemporaryDirectory() as folder:
        expected, made = released(folder, SECOND, THOROUGH, (str(tmp_path),))
    for done in range(0, sum(map(len, made.values())), 4):
        with TemporaryDirectory() as folder:
            with pytest.raises(PowerCut):
                released(folder, SECOND, THOROUGH, (str(tmp_path),), Interrupted(done))
            again, results = released(folder, SECOND, THOROUGH, (str(tmp_path),))
        assert again == expected
        assert sum(result.reused for stage in results.values() for result in stage) == done


def test_a_damaged_copy_of_an_earlier_release_is_named_and_made_again(tmp_path: Path) -> None:
    released(str(tmp_path), FIRST, THOROUGH)
    with TemporaryDirectory() as folder:
        expected, _ = released(folder, SECOND, THOROUGH, (str(tmp_path),))
    with TemporaryDirectory() as folder:
        with pytest.raises(PowerCut):
            released(folder, SECOND, THOROUGH, (str(tmp_path),), Interrupted(4))
        copied = Path(folder) / work("fingerprints", 3)
        copied.write_bytes(copied.read_bytes()[:-9])
        with pytest.raises(DamagedError, match="fingerprints/00003"):
            released(folder, SECOND, THOROUGH, (str(tmp_path),))
        assert released(folder, SECOND, THOROUGH, (str(tmp_path),))[0] == expected


def test_what_an_earlier_release_would_not_keep_now_is_counted(tmp_path: Path) -> None:
    """Two documents that nothing linked are linked by a new one; the earlier release keeps both."""
    tied = Dedup(exact=("url", "text"), prefer=("earliest",))
    apart = complete([one_of(text, 0) | {"url": url} for text, url in ("au", "bv", "aw")])
    first, second = apart[:2], [apart[2] | {"url": "v"}]
    released(str(tmp_path), first, tied)
    with TemporaryDirectory() as folder:
        fates, made = released(folder, second, tied, (str(tmp_path),))
    assert [one["survivor"] for one in fates] == [first[1]["id"]]
    assert made["deduplicate"][0].facts["held_twice"] == 0
    similar = Dedup(exact=(), minhash=MinHash(bands=2, rows=1))
    signed = [np.array(values, np.uint32).tobytes() for values in ([1, 2], [3, 4], [1, 4])]
    told = [document | {"signature": values} for document, values in zip(apart, signed, strict=True)]
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        released(one, told[:2], similar)
        fates, made = released(other, told[2:], similar, (one,))
    assert [fate["method"] for fate in fates] == ["minhash"]
    assert made["deduplicate"][0].facts["held_twice"] == 1


@pytest.mark.parametrize(
    ("dedup", "message"),
    [
        (None, "expected a recipe with a table"),
        (Dedup(minhash=MinHash(seed=7)), "its fingerprints are others"),
    ],
)
def test_what_cannot_be_compared_is_refused(tmp_path: Path, dedup: Dedup | None, message: str) -> None:
    released(str(tmp_path), FIRST, THOROUGH)
    with pytest.raises(UsageError, match=message):
        find_earlier((str(tmp_path),), dedup)


def test_all_that_is_wrong_with_earlier_releases_is_said(tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    released(str(bare), FIRST, THOROUGH)
    manifest = json.loads((bare / "release.json").read_bytes())
    (bare / "release.json").write_text(json.dumps(manifest | {"files": []}))
    with pytest.raises(UsageError) as raised:
        find_earlier((str(tmp_path / "none"), str(bare)), THOROUGH)
    assert str(raised.value).splitlines() == [
        f"{tmp_path / 'none'}: expected an earlier release, and it has no release.json",
        f"{bare}: it has no fingerprints: make it again with `fingerprints = true` under [output]",
    ]


def test_who_lost_all_parts_in_an_earlier_release_stands_for_nobody(tmp_path: Path) -> None:
    released(str(tmp_path), FIRST[:1], Dedup())
    (name,) = (tmp_path / "index" / "fingerprints").iterdir()
    table = pq.read_table(name)
    fallen = table.set_column(table.column_names.index("kept"), PUBLISHED.field("kept"), pa.array([False]))
    pq.write_table(fallen, name)
    with TemporaryDirectory() as folder:
        (fate_of,), _ = released(folder, FIRST[1:2], Dedup(), (str(tmp_path),))
    assert (fate_of["method"], fate_of["survivor"], fate_of["survivor_release"]) == ("exact_text", None, None)
