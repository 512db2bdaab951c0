"""Registered domains by the Public Suffix List, and what stands for one where the list knows none."""

import pyarrow as pa
import pytest

from pipelines.ledger_index.registered import domain_of, registered_domains


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("http://www.a.co.uk/x", "a.co.uk"),
        ("https://a.b.c.com:8080/", "c.com"),
        ("c.com", "c.com"),
        ("http://co.uk/", "co.uk"),
        ("http://x.kawasaki.jp/", "x.kawasaki.jp"),
        ("http://a.b.lamp.example/", "lamp.example"),
        ("http://localhost/", "localhost"),
        ("http://10.1.2.3/", "10.1.2.3"),
        ("http://[2001:db8::1]/", "[2001:db8::1]"),
        ("http://bücher.de/", "xn--bcher-kva.de"),
        ("", None),
        ("http://", None),
    ],
)
def test_a_domain(address: str, domain: str | None) -> None:
    assert domain_of(address) == domain


def test_a_column_is_named_row_by_row() -> None:
    urls = pa.array(["http://a.lamp.example/", None, "", "http://b.com/", "http://x.y.lamp.example"])
    assert registered_domains(urls).to_pylist() == ["lamp.example", None, None, "b.com", "lamp.example"]
    assert registered_domains(pa.array([], pa.string())).to_pylist() == []
