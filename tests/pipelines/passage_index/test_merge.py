"""What is merged is what the texts have, whatever the parts, their order and the memory."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from pipelines.passage_index.build import index_texts
from pipelines.passage_index.documents import Documents, read_documents, write_documents
from pipelines.passage_index.merge import MERGE_BYTES, Layout, Part, index_name, merge
from pipelines.passage_index.parts import write_part
from pipelines.passage_index.posting_files import GROUP_ROWS, PostingFile, write_postings
from pipelines.passage_index.scheme import SCHEME, Scheme
from pipelines.store import Store
from pipelines.unfinished import DamagedError
from tests import naive_winnow

COMMON = "this sentence of more than fifteen words stands in each of the texts that are made here for this test"
#: postings that one hash may have before it is taken part by part
LITTLE = MERGE_BYTES * GROUP_ROWS


def made(texts: int, seed: int) -> list[str]:
    """Make texts of numbers as words, all of which share a sentence."""
    numbers = np.random.default_rng(seed).integers(0, 1 << 30, (texts, 30))
    return [f"{COMMON} {' '.join(map(str, row))}" for row in numbers.tolist()]


def indexed(store: Store, files: list[list[str]], memory_bytes: int, order: int = 1, scheme: Scheme = SCHEME) -> Layout:
    """Index texts of some files."""
    parts, postings, first = [], 0, 0
    for number, texts in enumerate(files):
        half = len(texts) // 2
        name = f".work/passages/{number:05d}.parquet"
        written = write_part(
            store, name, [pa.array(texts[:half], pa.string()), pa.array(texts[half:], pa.string())], scheme
        )
        parts.append(Part(name, first))
        postings, first = postings + written.postings, first + len(texts)
    layout = Layout.of(postings, first, memory_bytes, scheme)
    for number in range(layout.files):
        merge(store, parts[::order], number, "index", layout=layout, memory_bytes=memory_bytes, scheme=scheme)
    return layout


def read(store: Store, layout: Layout, scheme: Scheme = SCHEME) -> list[tuple[int, int]]:
    """Read an index back: hash and document of each posting, in order."""
    found: list[tuple[int, int]] = []
    for number in range(layout.files):
        file = PostingFile(store, index_name("index", number))
        assert file.facts == {"file_bits": layout.file_bits, "document_bits": layout.document_bits, "number": number}
        upper = number << (scheme.bits - layout.file_bits)
        for piece in file.between(0, 1 << 62):
            found += [
                (upper | posting >> layout.document_bits, posting & ((1 << layout.document_bits) - 1))
                for posting in piece.tolist()
            ]
        file.close()
    return found


def expected(files: list[list[str]], scheme: Scheme = SCHEME) -> list[tuple[int, int]]:
    """List all fingerprints and their documents, in order."""
    texts = [text for file in files for text in file]
    return sorted(
        {(hash_, row) for row, text in enumerate(texts) for _, hash_ in naive_winnow.fingerprints(text, scheme)}
    )


@pytest.mark.parametrize("memory_bytes", [1 << 30, 13_000])
def test_merged_files_hold_what_the_texts_have(tmp_path: Path, memory_bytes: int) -> None:
    files = [made(40, 1), [], made(1, 2), [""], [*made(3, 3), COMMON]]
    store = Store.at(tmp_path)
    layout = indexed(store, files, memory_bytes)
    assert layout.files == (1 if memory_bytes == 1 << 30 else 2)
    assert read(store, layout) == expected(files)


def test_the_order_of_the_parts_does_not_show(tmp_path: Path) -> None:
    files = [made(30, 1), made(20, 2), made(10, 3)]
    stores = [Store.at(tmp_path / name) for name in ("one", "other")]
    for store, order in zip(stores, (1, -1), strict=True):
        layout = indexed(store, files, 1 << 30, order)
    one, other = ([store.read(index_name("index", number)) for number in range(layout.files)] for store in stores)
    assert one == other


def test_more_postings_than_memory_give_the_same_file(tmp_path: Path) -> None:
    # One hash alone has more postings than may be held.
    store, hash_, rows = Store.at(tmp_path), 5 << (63 - SCHEME.bits), GROUP_ROWS
    parts = []
    for number in range(3):
        postings = np.concatenate([np.arange(rows) | hash_, np.arange(9) | (hash_ << 9) | number << 40])
        write_postings(store, f"parts/{number}.parquet", [np.sort(postings)], SCHEME, {})
        parts.append(Part(f"parts/{number}.parquet", number * rows))
    layout = Layout(0, 20)
    merge(store, parts, 0, "index", layout=layout, memory_bytes=LITTLE)
    small = store.read(index_name("index", 0))
    merge(store, parts, 0, "index", layout=layout, memory_bytes=1 << 30)
    assert store.read(index_name("index", 0)) == small
    found = read(store, layout)
    assert found == sorted(found)
    assert len(found) == 3 * (rows + 9)


def test_files_are_as_many_as_memory_and_the_bits_of_documents_ask_for() -> None:
    assert Layout.of(1000, 10, 1 << 30) == Layout(0, 4)
    assert Layout.of(10**8, 10, 1 << 30).files == 8
    # Hashes of 40 bits and documents of 30 are 7 bits more than a number holds.
    assert Layout.of(1000, 1 << 30, 1 << 30) == Layout(7, 30)
    assert Layout.of(0, 0, 1 << 30) == Layout(0, 1)
    with pytest.raises(ValueError, match="more bits than 8"):
        Layout.of(1 << 40, 1, 1 << 30, Scheme(bits=8))


def test_a_part_by_another_scheme_is_refused(tmp_path: Path) -> None:
    store = Store.at(tmp_path)
    write_part(store, "part.parquet", [pa.array([COMMON])], Scheme(16, 48))
    with pytest.raises(ValueError, match=r"expected part\.parquet by"):
        merge(store, [Part("part.parquet", 0)], 0, "index", layout=Layout(0, 1), memory_bytes=1 << 30)


def test_documents_lie_in_files_and_rows(tmp_path: Path) -> None:
    store = Store.at(tmp_path)
    write_documents(store, "index", [("data/0.parquet", 3), ("data/1.parquet", 0), ("data/2.parquet", 2)])
    documents = read_documents(store, "index")
    assert documents == Documents(("data/0.parquet", "data/1.parquet", "data/2.parquet"), (3, 0, 2))
    assert [documents.place(number) for number in (0, 2, 3, 4)] == [
        ("data/0.parquet", 0),
        ("data/0.parquet", 2),
        ("data/2.parquet", 0),
        ("data/2.parquet", 1),
    ]
    with pytest.raises(IndexError):
        documents.place(5)
    write_documents(store, "none", [])
    assert read_documents(store, "none").count == 0


def test_an_index_lies_in_any_store(tmp_path: Path) -> None:
    files = [(f"data/{number}.parquet", made(5, number)) for number in range(2)]
    stores = Store.at(tmp_path), Store.at("memory://passages/release")
    built = [index_texts(store, ((name, [pa.array(texts)]) for name, texts in files), "index") for store in stores]
    assert built[0] == built[1]
    assert built[0].documents == 10
    for name in built[0].files:
        assert stores[0].read(name) == stores[1].read(name)
    assert sorted(built[0].files) == stores[0].list("index") == stores[1].list("index")


@pytest.mark.parametrize("place", [4, 400])
def test_a_damaged_part_is_named_and_made_again(tmp_path: Path, place: int) -> None:
    store = Store.at(tmp_path)
    layout = indexed(store, [made(30, 1)], 1 << 30)
    part = tmp_path / ".work" / "passages" / "00000.parquet"
    store.write(".work/done/passages/00000.json", b"{}")
    content = bytearray(part.read_bytes())
    content[place:-place] = bytes(len(content) - 2 * place)
    part.write_bytes(content)
    with pytest.raises(DamagedError, match=r"passages/00000\.parquet"):
        merge(store, [Part(".work/passages/00000.parquet", 0)], 0, "index", layout=layout, memory_bytes=1 << 30)
    assert not store.exists(".work/done/passages/00000.json")
