"""The commands that ask a release, as people and programs see them."""

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import typer
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from pipelines.sample import crawl
from provenance.schema import schema
from tests.releases import curate_sample
from vitrine.ask.commands import questions
from vitrine.ask.printing import cell, readable, screen, table

ARCH = "https://archesandspans.example/stone/how-an-arch-stands"
TIDES = "https://harbourtides.example/2026/03/how-tides-work/"
STONES = (
    "AN ARCH is a heap of stones, in which every stone is trying to fall; and each is prevented by its neighbours - "
    "nothing is glued. In many old bridges the mortar"
)
EVIL = "\x1b]0;owned\x07[bold red]:smile:[/] {0} \u202e"
ASKED: dict[str, Sequence[str]] = {
    "why": (ARCH,),
    "url": (ARCH,),
    "domain": ("archesandspans.example",),
    "duplicates": (ARCH,),
    "compare": (ARCH, f"{ARCH}/amp"),
    "funnel": ("--by", "language"),
    "filter": ("word_count", "-n", "3"),
    "what-if": ("--set", "word_count.low=5", "--set", 'language.allowed=["en"]'),
    "sample": ("--kept", "-n", "2", "--seed", "3"),
    "show": (TIDES, "--source", str(crawl().parent)),
    "trace": (f"Somebody said: {STONES} And more.",),
    "sql": ("SELECT outcome, count(*) AS records FROM ledger GROUP BY 1 ORDER BY 1",),
}
SAID = {
    "why": ("kept: its text is row", "steps, in the recipe's order", "1 other records"),
    "url": ("2 captures, 1 of those listed are kept", "2026-07-20T09:52:53Z"),
    "domain": ("7 captures, 3 kept", "rank        5 of 33"),
    "duplicates": ("lost by", "longest"),
    "compare": ("minhash is the first step that tells them apart", "`longest`"),
    "funnel": ("by language", "conserved: every record is accounted for"),
    "filter": ("lost most, by language", "samples", "does not hold the texts of what"),
    "what-if": ("come in", "not replayed: round minhash"),
    "sample": ("kept; ",),
    "show": ("kept", "record: "),
    "trace": ("31 words, characters 15 to", "an-arch-stands", "other case, spacing or marks", "at least 15 words"),
    "sql": ("4 rows", "duplicate"),
}


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder: Path = tmp_path_factory.mktemp("asked") / "release"
    curate_sample(folder)
    shutil.rmtree(folder / "index", ignore_errors=True)
    assert "was missing or stale" in run("index", str(folder))
    return str(folder)


def run(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(questions, [*words], env={"COLUMNS": "200", "TERM": "dumb"})
    assert done.exit_code == code, done.output
    return done.stdout if code == 0 else done.stderr


@pytest.mark.parametrize("question", [*ASKED])
def test_people_get_tables(release: str, question: str) -> None:
    shown = run(question, release, *ASKED[question])
    assert all(said in shown for said in SAID[question]), shown
    assert "\x1b" not in shown


@pytest.mark.parametrize("question", [*ASKED])
def test_programs_get_the_envelope(release: str, question: str) -> None:
    said: Any = json.loads(run(question, release, *ASKED[question], "--json"))
    Draft202012Validator(schema()).validate(said)
    assert (said["question"], said["release"]) == (question, release)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        *((question, (EVIL,)) for question in ("why", "url", "domain", "duplicates", "show")),
        ("compare", (EVIL, EVIL)),
        ("why", ("x'; DROP TABLE ledger; --",)),
    ],
)
def test_what_was_not_read_is_said_and_harmless(release: str, question: str, words: Sequence[str]) -> None:
    shown = run(question, release, *words)
    assert "not in our inputs" in shown
    assert not {"\x1b", "\x07", "\u202e"} & {*shown}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("filter", "wordcount"), "did you mean 'word_count'"),
        (("funnel", "--by", "nothing"), "expected one of language, domain"),
        (("what-if", "--set", "word_count"), "expected FILTER.LIMIT=VALUE"),
        (("sql", "DROP VIEW ledger"), "expected one SELECT"),
        (("sql", "SELECT * FROM read_text('/etc/hostname')"), "disabled"),
        (("sample", "--kept", "--filter", "word_count"), "got both"),
        (("why", ""), "expected an id, address or domain"),
        (("url", "x" * 70_000), "expected an id, address or domain"),
    ],
)
def test_what_cannot_be_asked_is_one_clear_error(release: str, words: Sequence[str], said: str) -> None:
    shown = run(words[0], release, *words[1:], code=2)
    assert said in shown
    assert "Traceback" not in shown
    assert len(shown) < 1000


def test_a_folder_that_is_no_release_is_one_clear_error(tmp_path: Path) -> None:
    for question, words in ASKED.items():
        assert "no release.json" in run(question, str(tmp_path), *words, code=2)
    assert "no release.json" in run("index", str(tmp_path), code=2)


def test_an_index_is_made_once_and_again_when_it_is_stale(release: str) -> None:
    assert json.loads(run("index", release, "--json"))["made"] is False
    header = Path(release) / "index" / "ledger.json"
    whole = header.read_bytes()
    header.write_bytes(whole.replace(b'"ledgers": "', b'"ledgers": "0'))
    assert "run `vitrine index" in run("why", release, ARCH, code=2)
    (Path(release) / "index" / "by_id" / "00000.parquet").unlink()
    assert json.loads(run("index", release, "--json"))["stale"] == ["index/by_id/00000.parquet"]
    assert header.read_bytes() == whole


def test_a_file_or_what_is_piped_in_is_traced(release: str, tmp_path: Path) -> None:
    (tmp_path / "said.txt").write_text(STONES)
    found = json.loads(run("trace", release, "-f", str(tmp_path / "said.txt"), "--json"))["answer"]
    (span,) = found["spans"]
    assert (span["start"], span["end"], span["sources"][0]["url"]) == (0, len(STONES), ARCH)
    piped = CliRunner().invoke(questions, ["trace", release, "-f", "-"], input=STONES)
    assert "how-an-arch-stands" in piped.stdout
    assert "expected either a TEXT or -f FILE" in run("trace", release, code=2)
    assert "expected a file of text" in run("trace", release, "-f", str(tmp_path), code=2)


def test_how_much_of_a_benchmark_is_there(release: str, tmp_path: Path) -> None:
    items = [{"question": STONES}, {"question": "What is glued?", "answer": "Nothing."}, {"text": "none of this " * 9}]
    path = tmp_path / "benchmark.jsonl"
    path.write_text("".join(json.dumps(item) + "\n" for item in items))
    said: Any = json.loads(run("contamination", release, str(path), "--json"))
    Draft202012Validator(schema()).validate(said)
    assert [item["share"] for item in said["answer"]["items"]] == [1.0, None, 0.0]
    shown = run("contamination", release, str(path))
    assert "1 of 3 items have 13-grams" in shown
    assert "1 items have fewer than 13 words" in shown
    path.write_text('{"question": "?"}\n[]\n')
    assert "line 2: expected a JSON object" in run("contamination", release, str(path), code=2)


def test_help_imports_nothing_heavy() -> None:
    program = "import sys, vitrine.ask.commands; print({'duckdb', 'numba', 'pyarrow'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_the_commands_join_another_app(release: str) -> None:
    app = typer.Typer()
    app.command()(lambda: None)
    app.add_typer(questions)
    done = CliRunner().invoke(app, ["sql", release, "SELECT 1 AS one", "--json"])
    assert json.loads(done.stdout)["answer"]["columns"] == ["one"]


def test_text_from_the_web_is_text(capsys: pytest.CaptureFixture[str]) -> None:
    screen().print(table(EVIL, (EVIL[9:15],), [(EVIL,), (None,), (1.5,)]))
    shown = capsys.readouterr().out
    assert "[bold red]:smile:[/]" in shown
    assert not {"\x1b", "\x07", "\u202e"} & {*shown}
    assert readable("a\x1b[31m\r\n\tb\u202e\x9b") == "a\ufffd[31m\ufffd\n\tb\ufffd\ufffd"
    assert [cell(value) for value in (None, True, 1234, 0.123456, ("a", 2), "x\ny")] == [
        "",
        "yes",
        "1,234",
        "0.1235",
        "a, 2",
        "x y",
    ]


def test_all_releases_of_a_folder_are_asked(release: str) -> None:
    (line,) = run("url", str(Path(release).parent), ARCH, "--json").splitlines()
    assert json.loads(line)["release"] == release
    assert "no release.json" in run("url", str(Path(release) / "data"), ARCH, code=2)
