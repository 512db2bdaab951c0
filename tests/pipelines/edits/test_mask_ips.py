"""IP addresses are found where the naive twins and the peers find them."""

import ipaddress

import pytest
from datatrove.pipeline.formatters import PIIFormatter
from hypothesis import given
from hypothesis import strategies as st

from filters.kernels.ips import SPECIAL
from pipelines.edits.mask_ips import MaskIps
from tests import naive_edits
from tests.pipelines.edits.edited import after, places
from tests.pipelines.edits.strategies import texts

PIECES = (
    *("25", "255", "256", "0", "01", ".", ".", ".", ":", ":", "::", "-", "/", "_", "8.8.8.8", "10.0.0.1", "192.0.0.9"),
    *("192.0.0.8.", "100.64.0.1", "224.0.0.1", "2001:4860:4860::8888", "2001:db8::1", "2a00:1450:4001:81b::200e"),
    *("2001:", "3fff:1::", "3fff:0fff::", "ab", "2001:1:2:3:4:5:6:7", "ffff:", "v6:", "IPv6:", "0000"),
)


@given(texts(*PIECES))
def test_they_are_like_the_naive_twins(batch: list[str]) -> None:
    assert places(MaskIps(policy="count"), batch) == [naive_edits.strict_ips(text) for text in batch]
    loose = places(MaskIps(pattern="datatrove", policy="count"), batch)
    assert loose == [naive_edits.loose_ips(text, public=True) for text in batch]
    every = places(MaskIps(pattern="dolma", policy="count"), batch)
    assert every == [naive_edits.loose_ips(text, public=False) for text in batch]


# Its Python may call this block global: it asks `ipaddress`, which has learnt of it in 2024.
@given(texts(*PIECES).filter(lambda batch: not any("192.0.0." in text for text in batch)))
def test_it_is_like_datatrove(batch: list[str]) -> None:
    masked = after(MaskIps(pattern="datatrove"), batch)
    assert masked == [PIIFormatter(remove_emails=False).format(text) for text in batch]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("1.1.1.1", 1),
        ("10.0.0.1 127.0.0.1 169.254.1.1 203.0.113.5", 0),
        ("version 1.2.3.4.5", 0),
        ("999.8.8.8", 0),
        ("08.8.8.8", 0),
        ("at 8.8.8.8.", 1),
        ("8.8.8.8, 9.9.9.9", 2),
        ("8.8.8.8:53 8.8.8.0/24 8.8.8.8-9.9.9.9", 4),
        ("地址8.8.8.8。", 1),
        ("IP:8.8.8.8", 1),
        ("v8.8.8.8 8.8.8.8b", 0),
        ("[2001:4860:4860::8888]:53", 1),
        ("IPv6:2001:4860:4860::8888: yes", 1),
        ("2001:db8::1 fe80::1 ::1 12:30:45 std::vector 2::", 0),
        ("2001:4860:4860:0:0:0:0:8888:1", 0),
    ],
)
def test_ours_finds_public_addresses_and_no_more(text: str, masked: int) -> None:
    assert len(places(MaskIps(), [text])[0]) == masked


def test_special_addresses_are_those_of_python() -> None:
    edges = {int(edge) + step for edge in SPECIAL.ravel() for step in (-1, 0, 1)} - {-1, 1 << 32}
    edges -= set(range(0xC0000000, 0xC0000100))
    found = places(MaskIps(), [str(ipaddress.IPv4Address(edge)) for edge in sorted(edges)])
    assert [bool(each) for each in found] == [ipaddress.IPv4Address(edge).is_global for edge in sorted(edges)]


@given(st.integers(0, (1 << 125) - 1), st.booleans())
def test_ipv6_is_found_however_it_is_written(number: int, long: bool) -> None:
    address = ipaddress.IPv6Address((1 << 125) + number)
    written = address.exploded if long else address.compressed
    named = not any(address in network for network in naive_edits.DOCUMENTATION)
    assert places(MaskIps(), [written]) == [[(0, len(written))] if named else []]
