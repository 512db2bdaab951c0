"""TDMRep in headers, pages, and the file of the site."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rights.consent.preference import MOST, Preference, Verdict, combine
from rights.consent.tdmrep import FILE_BYTES, tdm_file, tdm_header, tdm_meta


def file(*rules: object, path: str = "/a/b.html") -> tuple[Preference, ...]:
    return tdm_file(json.dumps(rules).encode(), path)


def rule(location: object = "/", reservation: object = 1, **more: object) -> dict[str, object]:
    return {"location": location, "tdm-reservation": reservation} | {key.replace("_", "-"): more[key] for key in more}


@pytest.mark.parametrize(
    ("reservation", "verdict"),
    [
        ("1", "deny"),
        ("0", "allow"),
        (" 1 ", "deny"),
        ("\t0\t", "allow"),
        ("1, 1", "deny"),
        ("0, 0", "allow"),
        ("0, 1", "deny"),
        ("1, x", "deny"),
        ("0, x", "unknown"),
        ("0,", "unknown"),
        ("", "unknown"),
        ("01", "unknown"),
        ("00", "unknown"),
        ("-0", "unknown"),
        ("0.0", "unknown"),
        ("2", "unknown"),
        ("true", "unknown"),
        ("false", "unknown"),
        ('"0"', "unknown"),
        ("\uff10", "unknown"),
        ("\u0660", "unknown"),
        ("\u00a00", "unknown"),
        ("0;x", "unknown"),
    ],
)
def test_reservations(reservation: str, verdict: Verdict) -> None:
    for read, place in ((tdm_header, "header"), (tdm_meta, "html")):
        (preference,) = read(reservation, None)
        assert (preference.verdict, preference.place, preference.purpose) == (verdict, place, "train_ai")
        assert (preference.detail != "") is (verdict == "unknown")


def test_policies() -> None:
    address = "https://a.example/policy.json"
    assert tdm_header(None, None) == ()
    assert tdm_header("1", address)[0].detail == address
    assert tdm_header("0", address)[0].detail == ""
    assert address in tdm_header("1", address)[0].raw
    (alone,) = tdm_meta(None, address)
    assert (alone.verdict, alone.detail) == ("unknown", "no tdm-reservation")


@pytest.mark.parametrize(
    ("rules", "path", "verdict"),
    [
        ([rule("/")], "/a", "deny"),
        ([rule("/", 0)], "/a", "allow"),
        ([rule("/a/")], "/b", "unknown"),
        ([rule("/a/")], "/A/", "unknown"),
        ([rule("/a/"), rule("/", 0)], "/a/b", "deny"),
        ([rule("/", 0), rule("/a/")], "/a/b", "allow"),
        ([rule("/*.jpg", 0), rule("/")], "/i/a.jpg", "allow"),
        ([rule("/*.jpg$", 0), rule("/")], "/i/a.jpg?x=1", "deny"),
        ([rule("/caf\u00e9/")], "/caf%c3%a9/", "deny"),
        ([rule("/foo-%24")], "/foo-$", "deny"),
        ([rule("/")], "https://a.example", "deny"),
        ([rule("/", "0")], "/a", "unknown"),
        ([rule("/", "1")], "/a", "unknown"),
        ([rule("/", False)], "/a", "unknown"),
        ([rule("/", True)], "/a", "unknown"),
        ([rule("/", 0.0)], "/a", "unknown"),
        ([rule("/", None)], "/a", "unknown"),
        ([rule("/", [0])], "/a", "unknown"),
        ([{"location": "/"}], "/a", "unknown"),
        ([{"Location": "/", "tdm-reservation": 0}], "/a", "unknown"),
        ([{"location": "/", "TDM-Reservation": 0}], "/a", "unknown"),
        ([rule("", 0)], "/a", "unknown"),
        ([rule("a", 0)], "/a", "unknown"),
        ([rule(1, 0)], "/a", "unknown"),
        ([0, "x", None, []], "/a", "unknown"),
        ([rule("/", 2), rule("/", 0)], "/a", "unknown"),
        ([rule("/", 2), rule("/", 1)], "/a", "deny"),
        ([rule("x", 1), rule("/", 0)], "/a", "allow"),
        ([], "/a", "unknown"),
    ],
)
def test_files(rules: list[Any], path: str, verdict: Verdict) -> None:
    found = file(*rules, path=path)
    assert combine(found).verdict == verdict
    assert all((one.signal, one.place, one.agent) == ("tdmrep", "file", "*") for one in found)


def test_a_rule_keeps_its_policy_and_its_words() -> None:
    (preference,) = file(rule(tdm_policy="https://a.example/p"))
    assert preference.detail == "https://a.example/p"
    assert json.loads(preference.raw) == rule(tdm_policy="https://a.example/p")


@pytest.mark.parametrize(
    ("members", "verdict"),
    [
        ('"tdm-reservation": 1, "tdm-reservation": 0', "deny"),
        ('"tdm-reservation": 0, "tdm-reservation": 1', "deny"),
        ('"tdm-reservation": 0, "tdm-reservation": 0', "allow"),
        ('"tdm-reservation": 0, "tdm-reservation": "x"', "unknown"),
    ],
)
def test_a_key_that_is_there_twice(members: str, verdict: Verdict) -> None:
    content = f'[{{"location": "/", {members}}}]'.encode()
    assert combine(tdm_file(content, "/a")).verdict == verdict


@pytest.mark.parametrize(
    ("content", "detail"),
    [
        (b"", "no JSON: "),
        (b"<html>", "no JSON: "),
        (b'[{"location": "/", "tdm-reservation": 0}', "no JSON: "),
        (b'[{"location": "/\xff", "tdm-reservation": 0}]', "no JSON: "),
        (b'{"location": "/", "tdm-reservation": 0}', "expected an array"),
        (b"0", "expected an array"),
        (b"[" * 100000, "no JSON: "),
        (b"[" + b"9" * 9999 + b"]", "no JSON: "),
        (b" " * (FILE_BYTES + 1), f"{FILE_BYTES + 1} bytes, more than {FILE_BYTES}, are not read"),
    ],
)
def test_what_is_no_file(content: bytes, detail: str) -> None:
    (fault,) = tdm_file(content, "/a")
    assert fault.verdict == "unknown"
    assert fault.detail.startswith(detail)


def test_a_byte_order_mark_is_passed_over() -> None:
    assert tdm_file(b'\xef\xbb\xbf[{"location": "/", "tdm-reservation": 1}]', "/a")[0].verdict == "deny"


def test_a_flood_of_rules_is_bounded() -> None:
    assert len(file(*range(5000))) == MOST + 1


def test_a_long_url_is_told() -> None:
    assert file(rule(), path="/" + "a" * 9000)[-1].detail == "of a URL of 9001 characters only 8192 were compared"


@given(st.text(st.characters() | st.sampled_from("01, ")), st.none() | st.text())
def test_only_zeros_allow(reservation: str, policy: str | None) -> None:
    for found in (tdm_header(reservation, policy), tdm_meta(reservation, policy)):
        if combine(found).verdict == "allow":
            assert set(reservation) <= set("0, \t\r\n\f")
            assert "0" in reservation


VALUES = st.none() | st.booleans() | st.integers(-1, 2) | st.floats() | st.sampled_from(["0", "1", ""])
RULES = st.fixed_dictionaries(
    {}, optional={"location": st.sampled_from(["/", "/a", "*", "", 1]), "tdm-reservation": VALUES}
)


@given(st.lists(RULES | VALUES, max_size=4))
def test_an_allowance_rests_on_the_first_rule_that_meets_the_path(rules: list[Any]) -> None:
    verdict = combine(file(*rules, path="/a")).verdict
    meeting = [one for one in rules if isinstance(one, dict) and one.get("location") in {"/", "/a", "*"}]
    if verdict == "allow":
        first = meeting[0]["tdm-reservation"]
        assert type(first) is int
        assert first == 0
    if meeting and type(meeting[0].get("tdm-reservation")) is int and meeting[0]["tdm-reservation"] == 1:
        assert verdict == "deny"


@given(st.binary(max_size=99) | st.text().map(str.encode), st.text())
def test_any_bytes_are_read(content: bytes, path: str) -> None:
    assert all(one.verdict == "unknown" for one in tdm_file(content, path))


@given(st.integers(0, 45), st.binary(max_size=2), st.integers(0, 2))
def test_a_broken_file_allows_nothing(place: int, inserted: bytes, lost: int) -> None:
    whole = b'[{"location": "/", "tdm-reservation": 0}]'
    broken = whole[:place] + inserted + whole[place + lost :]
    if combine(tdm_file(broken, "/a")).verdict == "allow":
        (only,) = json.loads(broken.decode("utf-8-sig"))
        assert only["tdm-reservation"] == 0
        assert only["location"].startswith(("/", "*"))
