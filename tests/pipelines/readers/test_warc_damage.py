"""WARC files with faults: each costs what it touched, is recorded, and nothing else is lost."""

import gzip
import resource
import tempfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.readers.limits import ReadLimits
from pipelines.readers.warc import read_warc
from pipelines.reason import Reason
from pipelines.record import Record
from tests.naive_warc import pack, record, records

LIMITS = ReadLimits(1 << 20)
SOUND = (None, Reason.NOT_RESPONSE)


def rows_of(content: bytes, limits: ReadLimits = LIMITS) -> list[Record]:
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        return list(read_warc(file.name, limits))


def names(rows: list[Record]) -> list[str | None]:
    return [row.id for row in rows if row.reason in SOUND]


def faults(rows: list[Record]) -> list[Reason | None]:
    return [row.reason for row in rows if row.reason not in SOUND]


def all_but(*lost: int, count: int = 6) -> list[str]:
    return [f"<urn:uuid:{i:04}>" for i in range(count) if i not in lost]


def covered(rows: list[Record], size: int) -> None:
    end = 0
    for row in rows:
        assert row.offset >= end
        assert row.length > 0
        end = row.offset + row.length
    assert end <= size


@pytest.mark.parametrize("compression", ["gzip", "zstd", "bzip2", "lz4"])
@pytest.mark.parametrize("place", [0, 2, 5])
def test_a_damaged_member_costs_one_record(compression: str, place: int) -> None:
    members = pack(records(), compression)
    broken = bytearray(members[place])
    broken[len(broken) // 2] ^= 0xFF
    members[place] = bytes(broken)
    rows = rows_of(b"".join(members))
    assert names(rows) == all_but(place)
    (fault,) = [row for row in rows if row.reason not in SOUND]
    assert fault.reason in (Reason.DAMAGED, Reason.TRUNCATED)
    assert (fault.offset, fault.length) == (sum(map(len, members[:place])), len(members[place]))


def test_a_member_without_its_end_is_no_sound_record() -> None:
    members = pack(records(), "gzip")
    content = b"".join(members)
    # A byte too many before the last of the deflate stream: all of the record is decoded, and no end is found.
    rows = rows_of(content[:-9] + b"\0" + content[-9:])
    assert (rows[-1].reason, rows[-1].id) == (Reason.TRUNCATED, "<urn:uuid:0005>")
    assert (rows[-1].offset, rows[-1].length) == (len(content) - len(members[-1]), len(members[-1]) + 1)
    assert names(rows) == all_but(5)


def test_neighbouring_damage_is_one_record() -> None:
    members = pack(records(), "gzip")
    members[2] = members[2][:-6] + b"\0" * 6
    members[3] = b"\xff" * 100
    rows = rows_of(b"".join(members))
    assert names(rows) == all_but(2, 3)
    assert faults(rows) == [Reason.DAMAGED]


@pytest.mark.parametrize("between", [b"\0" * 4096, b"garbage" * 99, b"\x1f\x8b\x08\x00" * 50])
@pytest.mark.parametrize("compression", ["gzip", "zstd", "lz4", "plain"])
def test_garbage_between_members(between: bytes, compression: str) -> None:
    members = pack(records(), compression)
    rows = rows_of(b"".join([*members[:3], between, *members[3:], between]))
    assert names(rows) == all_but()
    assert faults(rows) == [Reason.DAMAGED] * 2
    assert [row.length for row in rows if row.reason is Reason.DAMAGED] == [len(between)] * 2


@pytest.mark.parametrize("compression", ["gzip", "zstd"])
def test_damage_within_a_shared_member_keeps_what_came_before(compression: str) -> None:
    (whole,) = pack([b"".join(records(600))], compression)
    at = len(whole) * 2 // 3
    rows = rows_of(whole[:at] + b"\xaa" * 40 + whole[at + 40 :])
    assert names(rows)[:300] == all_but(count=300)
    assert faults(rows)[-1:] == [Reason.DAMAGED]


@pytest.mark.parametrize("compression", ["gzip", "zstd", "bzip2", "lz4", "plain"])
def test_a_cut_file_ends_with_a_truncated_record(compression: str) -> None:
    members = pack(records(size=3000), compression)
    content = b"".join(members)[: -len(members[5]) // 2]
    rows = rows_of(content)
    assert names(rows) == all_but(5)
    assert (rows[-1].reason, rows[-1].offset + rows[-1].length) == (Reason.TRUNCATED, len(content))
    assert rows[-1].id in (None, "<urn:uuid:0005>")


@pytest.mark.parametrize("length", [0, 50, 2000, 10**15, -5, "12x4", "0x3ba2", "", "9" * 5000])
@pytest.mark.parametrize("compression", ["plain", "gzip", "whole"])
def test_a_wrong_length_costs_one_record(length: int | str, compression: str) -> None:
    plain = records()
    plain[2] = record(b"it has a length of its own, " * 20, name="0002", length=length)
    content = gzip.compress(b"".join(plain)) if compression == "whole" else b"".join(pack(plain, compression))
    rows = rows_of(content)
    assert names(rows) == all_but(2)
    assert faults(rows) == [Reason.BAD_RECORD]
    assert (rows[2].id, rows[2].url, rows[2].content) == ("<urn:uuid:0002>", "https://example.test/0002", b"")


@pytest.mark.parametrize("missing", [b"Content-Length", b"WARC-Type"])
def test_a_missing_field_is_a_bad_record(missing: bytes) -> None:
    plain = records()
    plain[2] = plain[2].replace(missing, b"X-Other")
    for compression in ("plain", "gzip"):
        rows = rows_of(b"".join(pack(plain, compression)))
        assert (names(rows), faults(rows)) == (all_but(2), [Reason.BAD_RECORD])


def test_a_header_without_end_is_a_bad_record() -> None:
    plain = records()
    plain[2] = b"WARC/1.0\r\nX-Long: " + b"x" * (3 << 20)
    for compression in ("plain", "gzip"):
        rows = rows_of(b"".join(pack(plain, compression)))
        assert (names(rows), faults(rows)) == (all_but(2), [Reason.BAD_RECORD])


def test_a_cut_header_does_not_swallow_the_next_record() -> None:
    plain = records()
    plain[2] = plain[2][:60] + b"\r\n"
    rows = rows_of(b"".join(plain))
    assert (names(rows), faults(rows)) == (all_but(2), [Reason.BAD_RECORD])


@pytest.mark.parametrize("compression", ["plain", "gzip", "zstd", "bzip2", "lz4"])
def test_what_is_too_large_is_passed_over(compression: str) -> None:
    plain = records()
    plain[2] = record(b"0123456789" * 5000, name="0002")
    for pieces in (plain, [b"".join(plain)]):
        rows = rows_of(b"".join(pack(pieces, compression)), ReadLimits(20_000))
        assert (names(rows), faults(rows)) == (all_but(2), [Reason.TOO_LARGE])
        assert (rows[2].id, rows[2].content, rows[2].content_length) == ("<urn:uuid:0002>", b"", 50_000)


def bomb(head: bytes, megabytes: int, filler: bytes = b"\0") -> bytes:
    compressor = zlib.compressobj(9, zlib.DEFLATED, 31)
    pieces = [compressor.compress(head)]
    pieces += [compressor.compress(filler * (1 << 20)) for _ in range(megabytes)]
    return b"".join(pieces) + compressor.flush()


@pytest.mark.parametrize(
    ("head", "filler"),
    [
        (b"", b"\0"),
        (b"WARC/1.0\r\nA: ", b"b"),
        (record(b"", length=10)[:-4], b"\0"),
        (record(b"", length=10**15)[:-4], b"y"),
        (record(b"", length=200 << 20)[:-4], b"z"),
        (record(b"x")[:-4], b"\n"),
    ],
)
def test_a_bomb_takes_no_memory(head: bytes, filler: bytes) -> None:
    members = pack(records(), "gzip")
    content = b"".join([*members[:3], bomb(head, 200, filler), *members[3:]])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    rows = rows_of(content)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40 << 10
    assert [name for name in names(rows) if name != "<urn:uuid:a>"] == all_but()
    assert len(rows) == 7


def test_nested_members_do_not_cost_the_square_of_the_size() -> None:
    inner = b"\x1f\x8b\x08\x00\0\0\0\0\0\x03" + zlib.compress(b"WARC/1.0\r\nA: b\r\n", 0)[2:-6]
    assert len(rows_of(pack(records(), "gzip")[0] + inner * 5000)) >= 2


def test_a_swallowed_neighbour_comes_back() -> None:
    # A stored block that claims more bytes than its member has takes the next member for its own content.
    first, second = record(b"first", name="0000"), pack(records(), "gzip")
    stored = b"\x01" + (len(first) + 300).to_bytes(2, "little") + (0xFFFF - len(first) - 300).to_bytes(2, "little")
    rows = rows_of(second[0] + b"\x1f\x8b\x08\0\0\0\0\0\0\x03" + stored + first + b"".join(second[1:]))
    assert names(rows) == all_but()
    assert faults(rows) == [Reason.DAMAGED]


MEMBERS = pack(records(8, 60), "gzip")
STARTS = [sum(map(len, MEMBERS[:i])) for i in range(len(MEMBERS) + 1)]
FILE = b"".join(MEMBERS)


def untouched(low: int, high: int) -> set[str]:
    """Name the records that lie wholly outside of the bytes from `low` to `high`."""
    return {f"<urn:uuid:{i:04}>" for i in range(len(MEMBERS)) if STARTS[i + 1] <= low or STARTS[i] >= high}


@given(at=st.integers(0, len(FILE) - 1), bits=st.binary(min_size=1, max_size=30))
@settings(deadline=None, max_examples=150)
def test_any_flipped_bits_cost_only_what_they_touch(at: int, bits: bytes) -> None:
    flipped = bytes(a ^ b for a, b in zip(FILE[at : at + len(bits)], bits, strict=False))
    content = FILE[:at] + flipped + FILE[at + len(flipped) :]
    rows = rows_of(content)
    covered(rows, len(content))
    assert untouched(at, at + len(flipped)) <= set(names(rows))


@given(at=st.integers(0, len(FILE)), garbage=st.binary(max_size=200))
@settings(deadline=None, max_examples=100)
def test_any_garbage_costs_only_what_it_splits(at: int, garbage: bytes) -> None:
    content = FILE[:at] + garbage + FILE[at:]
    rows = rows_of(content)
    covered(rows, len(content))
    assert untouched(at, at) <= set(names(rows)) or not garbage


@given(end=st.integers(1, len(FILE) - 1))
@settings(deadline=None, max_examples=100)
def test_any_cut_costs_only_the_last_record(end: int) -> None:
    rows = rows_of(FILE[:end])
    covered(rows, end)
    assert untouched(end, len(FILE)) == set(names(rows))


@given(
    content=st.binary(max_size=300),
    prefix=st.sampled_from(
        [
            b"",
            b"WARC/1.0\r\n",
            b"\x1f\x8b\x08\0",
            b"\x28\xb5\x2f\xfd",
            b"BZh9",
            b"\x04\x22\x4d\x18",
            b"\x5d\x2a\x4d\x18",
        ]
    ),
)
@settings(deadline=None, max_examples=200)
def test_any_bytes_at_all_are_read(content: bytes, prefix: bytes) -> None:
    for row in rows_of(prefix + content):
        assert row.reason is not None
