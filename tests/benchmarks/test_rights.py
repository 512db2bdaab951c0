"""The benchmark of rights measures what it is told to."""

import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import zstandard

from benchmarks.rights import outside
from benchmarks.rights.__main__ import main
from benchmarks.rights.cost import PARTS, RESILIPARSE, RIGHTS, cost
from benchmarks.rights.detectors import OURS
from benchmarks.rights.named import Named
from benchmarks.rights.ours import answer, told
from benchmarks.rights.plain import PATTERNS
from benchmarks.rights.score import scored
from benchmarks.rights.spellings import SPELLINGS, pages, reads
from benchmarks.rights.truth import Label, Page, read_labels, read_pages

_WORDS = "<p>The orchard was planted by the school and is looked after by its pupils.</p>" * 6
_OPEN = '<footer><a rel="license" href="http://creativecommons.org/licenses/by-sa/3.0/de/">terms</a></footer>'
#: address, scope, licence as the truth writes it, its family, what the page objects to, markup
_CASES: tuple[tuple[str, str, str | None, str | None, dict[str, Any], str], ...] = (
    ("http://a.example/", "page", "CC-BY-SA-3.0-DE", "CC-BY-SA", {}, _OPEN),
    ("http://b.example/", "none", None, None, {"robots": ["noai"]}, '<meta name="robots" content="noai">'),
    ("http://c.example/", "ambiguous", None, None, {}, _OPEN),
    ("http://d.example/", "none", None, None, {"tdm-policy": "http://d.example/p"}, ""),
)


@pytest.fixture
def truth(tmp_path: Path) -> Path:
    rows: list[dict[str, Any]] = []
    members: list[bytes] = []
    for url, scope, licence, family, reservation, markup in _CASES:
        html = f"<html><body>{_WORDS}{markup}{url}</body></html>".encode()
        digest = hashlib.sha256(html).hexdigest()
        rows.append(
            {"html_sha256": digest, "url": url, "scope": scope, "page_licence": licence, "licence_family": family}
            | {"reservation": reservation}
        )
        members.append(_member(digest, url, html))
    rows.append({**rows[0], "html_sha256": "0" * 64, "url": "http://e.example/"})
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.warc.gz").write_bytes(b"".join(members))
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "labels.jsonl.zst").write_bytes(zstandard.compress(lines.encode()))
    return tmp_path


def _member(digest: str, url: str, html: bytes) -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + html
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-X-Source-Id: html:{digest}\r\nWARC-Target-URI: {url}\r\n"
    return gzip.compress(head.encode() + b"Content-Length: %d\r\n\r\n" % len(block) + block + b"\r\n\r\n")


def _labels(truth: Path) -> list[Label]:
    return read_labels(truth / "labels.jsonl.zst")


def test_labels_say_what_people_noted(truth: Path) -> None:
    first, second, third, fourth, _ = _labels(truth)
    assert (first.has, first.licence) == (True, Named("CC-BY-SA", "3.0", "DE"))
    assert (second.has, second.licence, second.reserved) == (False, None, ("robots",))
    assert scored([first, third]) == [first]
    assert fourth.reserved == ()


def test_pages_are_found_by_their_digest(truth: Path) -> None:
    wanted = [label.html for label in _labels(truth)][1:2]
    (page,) = read_pages(truth / "pages", wanted)
    assert (page.id, page.url, page.fields) == (wanted[0], "http://b.example/", (("content-type", "text/html"),))
    assert len(list(read_pages(truth / "pages"))) == len(_CASES)


def _run(truth: Path, *options: str) -> dict[str, Any]:
    figures = truth / "figures.json"
    places = ("--labels", truth / "labels.jsonl.zst", "--pages", truth / "pages", "--bulk", truth / "pages")
    main([*map(str, places), "--json", str(figures), "--rounds", "1", *options])
    return json.loads(figures.read_text())


def test_all_is_measured_without_dolma(truth: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = _run(truth, "--dolma", "none", "--errors")
    assert found["pages"] == {"scored": 3, "licensed": 1, "hosts": 1, "ambiguous": 1, "missing": 1}
    ours = found["detectors"][OURS]
    assert ours["presence"] == {"right": 1, "said": 1, "wanted": 1, "precision": 1, "recall": 1, "f1": 1}
    assert ours["wrongly_taken"] == {"none": [0, 2]}
    assert ours["exact"] == {"licensed": 1, "family": 1, "versioned": 1, "version": 1, "jurisdiction": 1}
    assert (ours["consent"]["right"], ours["consent"]["said"]) == (1, 1)
    assert found["detectors"]["CC address"]["consent"] is None
    assert found["cost"]["pages"] == len(_CASES)
    assert found["cost"]["peers"] == {}
    assert set(found["spellings"]) == {OURS, *PATTERNS}
    assert "left out: Dolma was not asked for" in capsys.readouterr().out


def _stub(folder: Path, program: str) -> str:
    """Make what is run in place of an interpreter."""
    stub = folder / "python"
    stub.write_text(f"#!/bin/sh\n{program}\n")
    stub.chmod(0o755)
    return str(stub)


def test_a_peer_that_fails_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    failing = _stub(tmp_path, "echo 'no such module' >&2; exit 3")
    main(["--labels", str(tmp_path / "none"), "--rounds", "0", "--dolma", failing])
    told_of = capsys.readouterr().out
    assert "detectors are not scored" in told_of
    assert "left out: Dolma ended with 3: no such module" in told_of


def test_a_runner_that_is_not_there_is_told() -> None:
    with pytest.raises(outside.PeerError, match="did not start"):
        outside.answers([("a", "<p>")], "/no/such/python")


def test_uv_runs_the_peer_in_an_environment_of_its_own() -> None:
    assert outside.command(Path("p.gz"), outside.UV)[:4] == ["uv", "run", "--no-project", "--script"]
    assert outside.command(Path("p.gz"), "python3", "--rounds", "2") == [
        *("python3", outside.SCRIPT, Path("p.gz"), "--rounds", "2")
    ]


def test_what_a_peer_says_is_read(tmp_path: Path) -> None:
    line = json.dumps({"id": "a", "cc_re": {"cc_by-nc-sa_3.0_de": 1.0, "cc_by": 0.75}, "cc_re_fast": {}})
    stub = _stub(tmp_path, f"""zcat "$2" | grep -q '"html": "<p>"' && echo '{line}'""")
    found = outside.answers([("a", "<p>")], stub)
    assert found == {"cc_re": {"a": Named("CC-BY-NC-SA", "3.0", "DE")}, "cc_re_fast": {"a": None}}


def _spelled() -> Iterator[tuple[str, str]]:
    for name, page in pages().items():
        yield name, reads(answer(told(page)).licence, SPELLINGS[name][1])


def test_spellings_are_pages_that_can_be_read() -> None:
    assert dict(_spelled())["https, rel=license"] == "read"
    assert reads(Named("CC-BY", "4.0", "FR"), Named("CC-BY", "4.0")) == "read, jurisdiction wrong"
    assert reads(Named("CC-BY"), Named("CC-BY", "4.0")) == "family alone"
    assert reads(Named("CC-BY-ND"), Named("CC-BY", "4.0")) == "as CC-BY-ND"
    assert reads(None, Named("none")) == "left out"


def test_cost_is_of_every_part() -> None:
    page = Page("a", "http://a.example/", f"<html><body>{_WORDS}{_OPEN}</body></html>".encode(), ())
    found = cost([page] * 3, 2)
    assert (found.pages, found.rounds, len(found.seconds)) == (3, 2, len(PARTS))
    assert found.of_resiliparse == found.seconds[RIGHTS] / found.seconds[RESILIPARSE]
    assert 0 < found.of_resiliparse < found.of_resiliparse_with_evidence
