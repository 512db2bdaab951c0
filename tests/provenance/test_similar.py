"""Documents that are alike a text are found, with their true similarity, in bounded work."""

import json
import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.dedup.minhash import MinHash
from pipelines.mistakes import UsageError
from pipelines.passage_index.build import index_data
from pipelines.similar_index.bands import METADATA, BandScheme
from pipelines.similar_index.parts import SIMILAR, index_similar
from pipelines.store import Store
from provenance.opened import Opened
from provenance.similar import Limits, Similar, similar
from provenance.similar_index import SimilarIndex
from tests import naive_minhash
from tests import naive_similar as naive
from tests.pipelines.similar_index.small import DATE, data_files, data_name, indexed, numbered

#: finds nearly all pairs of 0.5, and few of those that are not
MANY = MinHash(ngram=2, bands=20, rows=2)
TEXTS = st.lists(st.one_of(st.text(max_size=30), st.text("ab中กิ ", max_size=40)), min_size=1, max_size=6)


def made(count: int, words: int, seed: int) -> list[str]:
    """Make texts of random words."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    return [" ".join(str(chance.randrange(10**6)) for _ in range(words)) for _ in range(count)]


def varied(text: str, changes: int, seed: int) -> str:
    """Put other words in place of some."""
    chance, words = random.Random(seed), text.split()  # noqa: S311  # no secret
    for place in chance.sample(range(len(words)), changes):
        words[place] = f"other{chance.randrange(10**6)}"
    return " ".join(words)


def planted() -> tuple[list[str], list[str]]:
    """Make documents, and texts of which some are variants, from one word to half of all."""
    originals = made(12, 60, 1)
    near = [varied(text, changes, changes) for text in originals[:4] for changes in (1, 3, 6, 12, 30)]
    documents = [*near, *originals]
    random.Random(5).shuffle(documents)  # noqa: S311  # no secret
    return documents, originals


def answer(found: Similar) -> dict[str, tuple[float, int]]:
    """Say what was found, by id."""
    return {one.id: (one.similarity, one.bands) for one in found.documents}


def expected(documents: Sequence[str], text: str, minhash: MinHash, least: float) -> dict[str, tuple[float, int]]:
    """Say what the twin finds."""
    ids = [one for one, _ in numbered(documents)]
    found = naive.similar(documents, text, minhash, least)
    return {ids[number]: (pytest.approx(likeness, abs=1e-6), bands) for number, (likeness, bands) in found.items()}


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Store:
    documents, _ = planted()
    rows = numbered(documents)
    return indexed(tmp_path_factory.mktemp("similar"), [rows[:10], [], rows[10:]], MANY, memory_bytes=5000)


@pytest.mark.parametrize("least", [0.0, 0.5, 0.8, 1.0])
def test_planted_near_duplicates_are_found_with_their_true_similarity(release: Store, least: float) -> None:
    documents, originals = planted()
    assert len(release.list(SIMILAR)) > 2
    with SimilarIndex(release) as index:
        for text in originals:
            found = similar(index, text, least, 50)
            assert answer(found) == expected(documents, text, MANY, least)
            assert found.complete
            ordered = [one.similarity for one in found.documents]
            assert ordered == sorted(ordered, reverse=True)


def test_of_the_planted_ones_none_is_missed(release: Store) -> None:
    documents, originals = planted()
    sets = [naive_minhash.shingles(text, 2) for text in documents]
    with SimilarIndex(release) as index:
        for place, text in enumerate(originals):
            own = naive_minhash.shingles(text, 2)
            near = {f"id-{number:05d}" for number, other in enumerate(sets) if naive_minhash.jaccard(own, other) >= 0.5}
            assert answer(similar(index, text, 0.5)).keys() == near
            assert len(near) == (5 if place < 4 else 1)


def test_by_default_numbers_those_that_differ_in_a_few_words_are_found(tmp_path: Path) -> None:
    originals = made(30, 300, 2)
    rows = [(f"{name}-{place}", varied(text, changes, place)) for place, text in enumerate(originals)
            for name, changes in (("same", 0), ("near", 3))]  # fmt: skip
    with SimilarIndex(indexed(tmp_path, [rows], MinHash())) as index:
        for place, text in enumerate(originals):
            found = similar(index, text)
            assert [one.id for one in found.documents] == [f"same-{place}", f"near-{place}"]
            assert found.documents[0].similarity == 1.0
            assert 0.85 < found.documents[1].similarity < 0.95
            assert found.compared < 5


def test_a_document_is_told_of_by_its_row(release: Store) -> None:
    documents, originals = planted()
    with SimilarIndex(release) as index:
        one = similar(index, originals[9], 0.9).documents[0]
    place = documents.index(originals[9])
    assert (one.id, one.url, one.date) == (f"id-{place:05d}", f"https://id-{place:05d}.example/", DATE)
    assert release.exists(one.data_file)
    with release.open(one.data_file) as file:
        assert pq.read_table(file)["text"][one.data_row].as_py() == originals[9]
    assert (one.similarity, one.bands) == (1.0, 20)


@settings(max_examples=20)
@given(TEXTS, st.data(), st.sampled_from(["words", "characters"]))
def test_odd_texts_are_answered_as_the_twin_answers(texts: list[str], data: st.DataObject, unit: str) -> None:
    minhash = MinHash.model_validate({"ngram": 2, "bands": 4, "rows": 2, "unit": unit})
    text = data.draw(st.sampled_from(texts) | st.text(max_size=30))
    with TemporaryDirectory() as folder:
        with SimilarIndex(indexed(Path(folder), [numbered(texts)], minhash)) as index:
            found = similar(index, text, 0.0)
        assert answer(found) == expected(texts, text, minhash, 0.0)


@pytest.mark.parametrize("text", ["", " \n", "!?—", "\u0300", "\x00"])
def test_a_text_without_shingles_is_like_none(tmp_path: Path, text: str) -> None:
    with SimilarIndex(indexed(tmp_path, [numbered(["", "a b c", text])], MANY)) as index:
        found = similar(index, text, 0.0)
    assert (found.documents, found.compared, found.complete) == ((), 0, True)
    assert "no shingle" in found.guarantee


def test_half_a_character_is_no_mistake(tmp_path: Path) -> None:
    with SimilarIndex(indexed(tmp_path, [numbered(["one two three"])], MANY)) as index:
        assert similar(index, "one two\ud800 three").documents[0].similarity == 1.0


def test_many_alike_are_bounded_and_counted(tmp_path: Path) -> None:
    store = indexed(tmp_path, [numbered(["the same words again"] * 6000), numbered(["some others"] * 3)], MANY)
    with SimilarIndex(store) as index:
        found = similar(index, "the same words again", 0.5, 5)
        few = similar(index, "the same words again", 0.5, 5, Limits(hits=10))
        wide = similar(index, "the same words again", 0.5, 5, Limits(hits=1 << 20))
    assert (len(found.documents), found.compared, found.not_listed) == (5, 256, 251)
    assert (found.not_compared, found.not_read) == (4096 - 256, 20 * (6000 - 4096))
    assert [one.id for one in found.documents] == [f"id-{number:05d}" for number in range(5)]
    assert not found.complete
    assert "Not all" in found.guarantee
    assert (few.compared, few.not_compared, few.not_read) == (10, 0, 20 * 5990)
    assert (wide.compared, wide.not_compared, wide.not_read) == (256, 6000 - 256, 0)


def test_a_megabyte_of_text_and_no_more_of_others_than_allowed(tmp_path: Path) -> None:
    (long,) = made(1, 160_000, 8)
    assert len(long) > 1 << 20
    near = [varied(long, 1000, seed) for seed in range(4)]
    with SimilarIndex(indexed(tmp_path, [numbered([*near, "short"])], MinHash())) as index:
        found = similar(index, long)
        bounded = similar(index, long, limits=Limits(text_bytes=2 << 20))
    assert (len(found.documents), found.compared, found.complete) == (4, 4, True)
    assert all(0.9 < one.similarity < 0.95 for one in found.documents)
    assert (bounded.compared, bounded.not_compared, bounded.complete) == (2, 2, False)


def test_the_order_of_shards_does_not_show(tmp_path: Path) -> None:
    documents, originals = planted()
    rows = numbered(documents)
    files = [rows[:7], rows[7:20], rows[20:]]
    stores = [indexed(tmp_path / "one", files, MANY), indexed(tmp_path / "other", files[::-1], MANY)]
    found = []
    for store in stores:
        with SimilarIndex(store) as index:
            found.append([list(answer(similar(index, text, 0.2)).items()) for text in originals])
    assert found[0] == found[1]
    assert any(len(one) > 2 for one in found[0])


def test_texts_are_signed_as_the_index_says(tmp_path: Path) -> None:
    minhash = MinHash(profile="datasketch", seed=5, bands=30, rows=2)
    documents, originals = planted()
    with SimilarIndex(indexed(tmp_path, [numbered(documents)], minhash)) as index:
        assert index.scheme.minhash.resolved == minhash.resolved
        assert similar(index, originals[5]).documents[0].similarity == 1.0


def test_the_guarantee_is_a_chance_that_is_not_overstated(tmp_path: Path) -> None:
    with SimilarIndex(indexed(tmp_path, [numbered(["some words"])], MinHash())) as index:
        found, strict = similar(index, "other words"), similar(index, "other words", 0.8)
    assert found.chance == pytest.approx(1 - (1 - 0.8**8) ** 14)
    # 92.354 % and 5.33 %, rounded down.
    assert "A document of similarity 0.8 is found with a chance of 92.3 %, one of 0.5 with 5.3 % (14" in found.guarantee
    assert "92.3 % (14 bands of 8 values)" in strict.guarantee
    assert "shingles of 5 words" in strict.guarantee


def test_what_other_code_made_is_refused(tmp_path: Path) -> None:
    store = indexed(tmp_path, [numbered(["some words"])], MANY)
    path = tmp_path / SIMILAR / "00000.parquet"
    table, metadata = pq.read_table(path), pq.read_metadata(path).metadata
    facts = json.loads(metadata[METADATA])
    facts["scheme"]["version"] = 0
    pq.write_table(table.replace_schema_metadata({METADATA: json.dumps(facts).encode()}), path)
    with pytest.raises(ValueError, match="by version 1 of the scheme"):
        SimilarIndex(store)
    pq.write_table(table.replace_schema_metadata({METADATA: metadata[METADATA]}), path)
    with SimilarIndex(store) as index, pytest.raises(ValueError, match="does not say how they begin"):
        similar(index, "some words")


def test_an_index_of_passages_is_refused(tmp_path: Path) -> None:
    store = indexed(tmp_path, [numbered(["some words"])], MANY)
    index_data(store, [data_name(0)])
    store.write(f"{SIMILAR}/00000.parquet", store.read("index/passages/00000.parquet"))
    with pytest.raises(ValueError, match="without a scheme"):
        SimilarIndex(store)


def test_files_of_two_indexes_are_refused(release: Store, tmp_path: Path) -> None:
    documents, originals = planted()
    rows = numbered(documents)
    mixed = indexed(tmp_path / "mixed", [rows[:10], [], rows[10:]], MANY, memory_bytes=5000)
    other = indexed(tmp_path / "other", [rows], MANY.model_copy(update={"seed": 2}), memory_bytes=5000)
    numbers = [name for name in mixed.list(SIMILAR) if "documents" not in name]
    assert numbers == [name for name in other.list(SIMILAR) if "documents" not in name]
    for name in numbers[1:]:
        mixed.write(name, other.read(name))
    with SimilarIndex(mixed) as index, pytest.raises(ValueError, match="of one index"):
        similar(index, originals[0])
    assert release.exists(f"{SIMILAR}/00000.parquet")


def test_an_index_lies_in_any_store_and_threads_share_it(release: Store) -> None:
    _, originals = planted()
    other = Store.at("memory://similar/release")
    for name in (*release.list("data"), *release.list(SIMILAR)):
        other.write(name, release.read(name))
    with SimilarIndex(release) as local, SimilarIndex(other) as remote, ThreadPoolExecutor(4) as threads:
        expected = [similar(local, text, 0.2) for text in originals * 3]
        assert [*threads.map(lambda text: similar(remote, text, 0.2), originals * 3)] == expected


@pytest.mark.parametrize(("least", "most"), [(-0.1, 1), (1.1, 1), (float("nan"), 1), (0.5, -1)])
def test_limits_that_make_no_sense_are_refused(release: Store, least: float, most: int) -> None:
    with SimilarIndex(release) as index, pytest.raises(UsageError, match="expected a similarity of 0 to 1"):
        similar(index, "text", least, most)


def test_a_release_is_asked_if_it_has_an_index(tmp_path: Path) -> None:
    store = data_files(tmp_path, [numbered(["some words of a text"])])
    opened = Opened(store, {}, duckdb.connect(), None)
    with pytest.raises(UsageError, match="run `vitrine index"):
        similar(opened, "some words of a text")
    index_similar(store, [data_name(0)], BandScheme.by(MANY))
    assert [one.id for one in similar(opened, "some words of a text").documents] == ["id-00000"]
