"""`--releases DIR` stands for RELEASE in every question."""

import json
import shutil
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner, Result

from tests.releases import curate_sample, sample_inputs
from vitrine.ask.commands import questions
from vitrine.ask.releases import taken
from vitrine.command import app

COMMANDS = getattr(get_command(questions), "commands", {})


def _run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [*map(str, words)], prog_name="vitrine")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder of two releases that are the same."""
    folder = tmp_path_factory.mktemp("releases")
    curate_sample(folder / "one", inputs=sample_inputs()[:1])
    shutil.copytree(folder / "one", folder / "two")
    return folder


def _questions(folder: Path) -> dict[str, tuple[str, ...]]:
    """Give words for every command."""
    benchmark = folder.parent / "benchmark.jsonl"
    benchmark.write_text('{"text": "a question"}\n')
    page = "archesandspans.example"
    return {
        "index": (),
        "why": (page,),
        "url": (page,),
        "domain": (page,),
        "trace": ("some words of a text",),
        "contamination": (str(benchmark), "--ngram", "2"),
        "duplicates": (page,),
        "compare": (page, page),
        "funnel": ("--by", "language"),
        "filter": ("-n", "1", "word_count"),
        "what-if": ("--set", "word_count.low=10"),
        "sample": ("-n", "1"),
        "show": (page,),
        "sql": ("SELECT count(*) FROM ledger", "--rows", "3"),
    }


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_it_is_the_same_as_the_folder_as_release(folder: Path, name: str) -> None:
    words = _questions(folder)[name]
    wanted = _run(name, folder, *words, "--json")
    for told in (("--releases", folder, *words), (*words, f"--releases={folder}")):
        found = _run(name, *told, "--json")
        assert (found.exit_code, found.output) == (wanted.exit_code, wanted.output)
    if not wanted.exit_code:
        assert [json.loads(line)["release"] for line in wanted.output.splitlines()] == [
            str(folder / one) for one in ("one", "two")
        ]
    assert "--releases DIR" in _run(name, "--help").output


def test_most_questions_have_an_answer(folder: Path) -> None:
    codes = {name: _run(name, folder, *words, "--json").exit_code for name, words in _questions(folder).items()}
    assert {name for name, code in codes.items() if code} <= {"duplicates", "compare", "show"}


def test_a_release_is_no_folder_of_releases(folder: Path) -> None:
    found = _run("why", "--releases", folder / "one", "x")
    assert found.exit_code == 2
    assert "a release: give it as RELEASE" in found.stderr


def test_a_folder_without_any_is_said(tmp_path: Path) -> None:
    found = _run("funnel", "--releases", tmp_path)
    assert found.exit_code == 2
    assert "no release.json" in found.stderr


def test_both_are_too_much(folder: Path) -> None:
    found = _run("why", "--releases", folder, folder / "one", "x")
    assert found.exit_code == 2
    assert "not both" in found.stderr
    assert found.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("why a b", (None, "why a b")),
        ("--releases d a", ("d", "a")),
        ("a --releases=d --json", ("d", "a --json")),
        ("--filter --releases a", (None, "--filter --releases a")),
        ("--releases d -- --releases e", ("d", "-- --releases e")),
        ("a --releases", (None, "a --releases")),
        ("--releases d --releases e a --filter", ("e", "a --filter")),
    ],
)
def test_what_is_taken(words: str, wanted: tuple[str | None, str]) -> None:
    folder, others = taken(words.split(), {"--filter"})
    assert (folder, " ".join(others)) == wanted
