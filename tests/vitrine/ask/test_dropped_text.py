"""What the commands show of texts that are not kept: nothing that can be read, unless somebody asks."""

import json
from collections.abc import Sequence
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import Result
from typer.testing import CliRunner

from pipelines.recipe import Recipe
from tests.releases import curate_sample
from vitrine.ask.commands import questions

LOST = "https://starfinder.example/lost-page"
SAYS = "Sorry, we could not find that page."


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder: Path = tmp_path_factory.mktemp("holding") / "release"
    recipe = Recipe.load("sample")
    output = recipe.output.model_copy(update={"dropped_texts": True, "index": (*recipe.output.index, "dropped")})
    curate_sample(folder, recipe=recipe.model_copy(update={"output": output}))
    return str(folder)


def ask(*words: str) -> Result:
    done = CliRunner().invoke(questions, [*words], env={"COLUMNS": "200", "TERM": "dumb"})
    assert done.exit_code == 0, done.output
    return done


@pytest.mark.parametrize("words", [("sample", "-n", "999"), ("filter", "word_count"), ("show", LOST)])
def test_texts_are_masked_and_who_asks_is_warned(release: str, words: Sequence[str]) -> None:
    question, *options = words
    masked = ask(question, release, *options)
    assert masked.stderr == ""
    assert "S····· ·· c···· n·· f··· t··· p····" in masked.stdout
    assert SAYS not in masked.stdout
    shown = ask(question, release, *options, "--dropped-text")
    assert "no part of the published data" in shown.stderr
    assert SAYS in shown.stdout
    said = ask(question, release, *options, "--dropped-text", "--json")
    assert "no part of the published data" in json.loads(said.stdout)["answer"]["says"]


def test_a_trace_says_what_became_of_documents(release: str) -> None:
    dropped = pq.read_table(Path(release) / "dropped").to_pylist()
    one = max((row for row in dropped if row["outcome"] == "dropped"), key=lambda row: len(row["text"]))
    kept = pq.read_table(Path(release) / "data")["text"][0].as_py()
    shown = ask("trace", release, f"{one['text']} {kept}").stdout
    before, _, after = shown.partition("in documents that are not kept")
    assert "(kept, " in before
    assert one["url"] not in before
    assert f"{one['url']}  (dropped by {one['dropped_by']}, " in after
    assert "Of dropped texts: Any shared run of at least 31 words" in after
