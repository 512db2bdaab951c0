"""Addresses of one page have one key, those of different pages have different ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.dedup.addresses import url_key


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://A.example", "a.example/"),
        ("https://a.example/", "a.example/"),
        (" https://user:secret@A.Example.:443/x?q=1#top ", "a.example/x?q=1"),
        ("http://a.example.:80/B", "a.example/B"),
        ("https://a.example:80/", "a.example:80/"),
        ("https://www.a.example/x/", "www.a.example/x/"),
        ("https://a.example/x?", "a.example/x"),
        ("ftp://a.example/x", "ftp://a.example/x"),
        ("urn:uuid:1", "urn:uuid:1"),
        ("http://[broken/", "http://[broken/"),
        ("", ""),
    ],
)
def test_a_key_is_what_is_left(url: str, key: str) -> None:
    assert url_key(url) == key


@given(st.text())
def test_any_text_has_a_key(url: str) -> None:
    assert isinstance(url_key(url), str)
    assert (
        url_key(f"https://a.example/{url.split('#', 1)[0].strip()}").startswith("a.example/")
        or "]" in url
        or "[" in url
    )
