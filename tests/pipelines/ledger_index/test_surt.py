"""Sort keys of addresses: what they leave out, what they keep, and that hostile ones cost little."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.ledger_index.surt import KEY_BYTES, address_key, domain_bounds, surt

TOKEN = "0123456789abcdef0123456789ABCDEF"  # noqa: S105  # nobody's


# Each key is what the Internet Archive's own library (surt 0.3.1, AGPL, so not used here) gives.
@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://www.Lamp.example/", "example,lamp)/"),
        ("http://lamp.example", "example,lamp)/"),
        ("lamp.example/x", "example,lamp)/x"),
        ("https://lamp.example:443/A/B/../C/./d//e/", "example,lamp)/a/c/d/e"),
        ("http://lamp.example:8080/x", "example,lamp:8080)/x"),
        ("https://lamp.example:80/", "example,lamp:80)/"),
        ("http://user:pw@lamp.example/x?b=2&a=1&a=0", "example,lamp)/x?a=0&a=1&b=2"),
        ("http://lamp.example/x?", "example,lamp)/x"),
        ("http://lamp.example/x?a=1#frag", "example,lamp)/x?a=1"),
        ("http://lamp.example/a?b=2&a=1&", "example,lamp)/a?&a=1&b=2"),
        ("http://lamp.example?a=b", "example,lamp)/?a=b"),
        ("http://www2.lamp.example/", "example,lamp)/"),
        ("http://www.com/", "com)/"),
        ("http://wwww.lamp.example/", "example,lamp,wwww)/"),
        ("http://www1a.lamp.example/", "example,lamp,www1a)/"),
        ("http://bücher.example/straße?q=ü", "example,xn--bcher-kva)/stra%c3%9fe?q=%c3%bc"),
        ("http://lamp.example/%7Euser/%41%2f%2525", "example,lamp)/~user/a/%25"),
        ("http://lamp.example/a b", "example,lamp)/a%20b"),
        ("http://lamp.example/a\tb", "example,lamp)/ab"),
        ("http://lamp.example/x%zz", "example,lamp)/x%25zz"),
        ("http://lamp.example/../../x", "example,lamp)/x"),
        ("http://lamp.example/x/..", "example,lamp)/"),
        (f"http://lamp.example/page.php?PHPSESSID={TOKEN}&x=1", "example,lamp)/page.php?x=1"),
        (f"http://lamp.example/page?a=1&jsessionid={TOKEN}&b=2", "example,lamp)/page?a=1&b=2"),
        ("http://lamp.example/page?x=1&cfid=12&cftoken=34", "example,lamp)/page?&x=1"),
        ("http://lamp.example/page?sid=short", "example,lamp)/page?sid=short"),
        ("http://lamp.example/(S(4hqa0555fwsecu455xqckv45))/x.aspx", "example,lamp)/x.aspx"),
        ("http://192.168.0.1/x", "1,0,168,192)/x"),
        ("http://3232235521/x", "1,0,168,192)/x"),
        ("http://127.1/x", "1,0,0,127)/x"),
        ("http://[2001:db8::1]/x", "2001:db8::1)/x"),
        ("ftp://lamp.example/x", "example,lamp)/x"),
        ("mailto:a@lamp.example", "mailto:a@lamp.example"),
        ("urn:uuid:1", "urn:uuid:1"),
        ("http://lamp..example./x", "example,lamp)/x"),
        ("http://LAMP.example./A", "example,lamp)/a"),
    ],
)
def test_a_key(url: str, key: str) -> None:
    assert surt(url) == key


@given(st.text(max_size=80), st.sampled_from(["", "http://", "https://lamp.example/", "//", "http://lamp.example/?"]))
def test_any_text_has_a_key_of_bounded_size(text: str, before: str) -> None:
    key = address_key(before + text * 40)
    assert len(key.encode()) <= KEY_BYTES
    assert key == address_key(before + text * 40)


def test_long_addresses_differ_where_they_end() -> None:
    one, other = (address_key(f"http://lamp.example/{'a' * 5000}{end}") for end in "xy")
    assert one != other
    assert one.startswith("example,lamp)/aaa")


@pytest.mark.parametrize(
    "hostile",
    [
        "cfid=1" * 99_999,
        "(s(" * 99_999 + ".aspx",
        "/(0123456789abcdefghijabcd)" * 30_000,
        "../" * 99_999,
        "&" * 500_000,
        "%25" * 99_999,
        "a." * 200_000,
        "[" * 500_000,
        ":" * 500_000,
        "%" * 500_000,
        "?" * 500_000,
        "sid=" * 99_999,
    ],
)
def test_hostile_addresses_cost_little(hostile: str) -> None:
    begun = time.process_time()
    for before in ("http://", "http://x/", "http://x/?"):
        address_key(before + hostile)
    assert time.process_time() - begun < 5


def test_a_domain_lies_between_its_bounds() -> None:
    low, high = domain_bounds("lamp.example")
    for url in ("http://lamp.example/", "http://www.lamp.example/x", "http://a.b.lamp.example/", "lamp.example:81/"):
        assert low <= surt(url) < high
    for url in ("http://example/", "http://lamp.examples/", "http://lampe.example/", "http://lam.example/"):
        assert not low <= surt(url) < high
