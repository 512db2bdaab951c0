"""A damaged file of unfinished work is named, and what made it is done again."""

import random
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pytest

from pipelines.dedup.rows import read_rows, write_rows
from pipelines.store import Store
from pipelines.table import LZ4, TableFile
from pipelines.unfinished import DamagedError, maker, read_table, row_groups

TABLE = pa.table(
    {"number": pa.array(range(1000), pa.int64()), "text": [f"text {number * 7919}" for number in range(1000)]}
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store.at(tmp_path)
    with TableFile(made, ".work/text-keys/00001.parquet", TABLE.schema, 100, LZ4) as file:
        file.write(TABLE)
    write_rows(made, ".work/text-links/00000.parquet", TABLE.schema, [TABLE])
    for name in ("text-keys/00001", "text-links/00000"):
        made.write(f".work/done/{name}.json", b"{}")
    return made


def test_a_whole_file_is_read(store: Store) -> None:
    assert read_table(store, ".work/text-keys/00001.parquet").equals(TABLE)
    assert read_table(store, ".work/text-keys/00001.parquet", ["number"]).equals(TABLE.select(["number"]))
    assert pa.concat_tables(row_groups(store, ".work/text-keys/00001.parquet")).equals(TABLE)
    assert pa.concat_tables(read_rows(store, ".work/text-links/00000.parquet")).equals(TABLE)


@pytest.mark.parametrize("name", ["text-keys/00001", "text-links/00000"])
def test_a_changed_byte_is_never_read_as_if_it_were_right(store: Store, name: str) -> None:
    path = Path(store.root) / f".work/{name}.parquet"
    written = path.read_bytes()
    chance, damaged = random.Random(1), 0  # noqa: S311  # no secret
    for place in sorted(chance.sample(range(len(written)), 150)):
        path.write_bytes(written[:place] + bytes([written[place] ^ 0x55]) + written[place + 1 :])
        found = read(store, f".work/{name}.parquet")
        damaged += found is None
        # Where it is read nevertheless, what was changed is nothing that is asked for: statistics, who wrote it.
        assert found is None or found.equals(TABLE)
    assert damaged > 100
    assert not store.exists(f".work/done/{name}.json")


def read(store: Store, name: str) -> pa.Table | None:
    """Read a file, or nothing where it is found to be damaged, as the message must say."""
    with suppress(DamagedError):
        return read_table(store, name)
    with pytest.raises(DamagedError, match=name):
        read_table(store, name)
    return None


@pytest.mark.parametrize("left", [0, 3, 4, 500])
def test_a_cut_file_is_named_and_its_maker_forgotten(store: Store, left: int) -> None:
    path = Path(store.root) / ".work/text-keys/00001.parquet"
    path.write_bytes(path.read_bytes()[:left])
    with pytest.raises(DamagedError, match=r"expected \.work/text-keys/00001\.parquet as it was written"):
        read_table(store, ".work/text-keys/00001.parquet")
    assert not store.exists(".work/done/text-keys/00001.json")
    assert store.exists(".work/done/text-links/00000.json")


def test_a_file_that_is_gone_is_made_again_too(store: Store) -> None:
    store.remove(".work/text-links/00000.parquet")
    with pytest.raises(DamagedError, match="text-links"):
        list(read_rows(store, ".work/text-links/00000.parquet"))
    assert not store.exists(".work/done/text-links/00000.json")


@pytest.mark.parametrize(
    ("name", "marker"),
    [
        ("living/00003", "curate/00003"),
        ("records/00000", "curate/00000"),
        ("fingerprints/00012", "curate/00012"),
        ("dropped/00002", "curate/00002"),
        ("fates/00012", "deduplicate/all"),
        ("minhash-survivors/00001", "minhash-survivors/00001"),
    ],
)
def test_each_file_has_a_maker(name: str, marker: str) -> None:
    assert maker(f".work/{name}.parquet") == f".work/done/{marker}.json"
