"""Work that is kept beside a release: a later run does what is new, and gives what a run from nothing gives."""

import json
import random
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from flows.curation import Curated, curate
from flows.jobs import make_job
from flows.kept_work import forget_unfit, remove_others
from pipelines.ledger_index.projections import build_index
from pipelines.plan import WORK, Made, Stage, Task
from pipelines.recipe import Recipe
from pipelines.runner import LocalRunner
from pipelines.store import Store
from provenance.several import find_releases
from tests.releases import Interrupted, PowerCut, contents, curate_sample, sample_inputs
from vitrine.command import app
from vitrine.status import status

SAMPLE = Recipe.load("sample")
#: with all parts of an index, and data files that are small
RECIPE = SAMPLE.model_copy(
    update={
        "output": SAMPLE.output.model_copy(
            update={"index": ("ledger", "passages", "similar", "dropped"), "fingerprints": True, "file_bytes": 20_000}
        )
    }
)
INPUTS = sample_inputs()
OF_TEXTS = Recipe.parse(
    'name = "r"\npurpose = ""\n[[steps]]\nuse = "word_count"\nlow = 10\n[dedup.minhash]\n'
    '[[dedup.passages]]\nkind = "lines"\n[[dedup.passages]]\nkind = "ngrams"\nbloom = { items = 10000 }\n'
    '[output]\nfile_bytes = 10000\nfingerprints = true\nindex = ["ledger", "passages", "similar", "dropped"]'
)
WORDS = [f"{one}{other}" for one in ("al", "be", "ce", "di", "o") for other in ("pha", "ta", "re", "ns", "ga", "mo")]


class Heard:
    """Hears which tasks were done, and which had been."""

    def __init__(self) -> None:
        self.done_now: dict[str, list[str]] = defaultdict(list)
        self.reused: dict[str, list[str]] = defaultdict(list)

    def begin(self, stage: Stage, tasks: Sequence[Task]) -> None:
        """Hear nothing."""

    def done(self, task: Task, made: Made) -> None:
        """Note it."""
        (self.reused if made.reused else self.done_now)[task.stage].append(task.key)

    def end(self, stage: Stage) -> None:
        """Hear nothing."""


def kept(folder: Path, inputs: Sequence[str], recipe: Recipe = RECIPE, *, keep: bool = True) -> tuple[Curated, Heard]:
    heard = Heard()
    job = make_job(recipe, tuple(inputs), str(folder), None, None)
    with LocalRunner(1) as runner:
        return curate(job, runner, heard, keep_work=keep), heard


def released(folder: Path) -> dict[str, str]:
    return {name: digest for name, digest in contents(folder).items() if not name.startswith(".work/")}


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fresh")
    curate_sample(folder, recipe=RECIPE)
    return folder


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Curate all inputs but the last, and keep the work."""
    folder = tmp_path_factory.mktemp("first")
    kept(folder, [*INPUTS[:2], INPUTS[3]])
    return folder


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """Write three files of documents that have nothing in common."""
    drawn, folder = random.Random(5), tmp_path_factory.mktemp("texts")  # noqa: S311  # seeded
    for name in ("a", "b", "c"):
        rows = ({"id": f"{name}{n}", "text": " ".join(drawn.choices(WORDS, k=80))} for n in range(40))
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return tuple(str(path) for path in sorted(folder.iterdir()))


def test_only_what_is_new_is_done(texts: tuple[str, ...], tmp_path: Path) -> None:
    curate_sample(tmp_path / "fresh", inputs=texts, recipe=OF_TEXTS)
    kept(tmp_path / "kept", texts[:2], OF_TEXTS)
    before = {path.name: path.read_bytes() for path in (tmp_path / "kept" / "data").iterdir()}
    curated, heard = kept(tmp_path / "kept", texts, OF_TEXTS)
    assert released(tmp_path / "kept") == released(tmp_path / "fresh")
    assert curated.replaced
    assert curated.reused == sum(map(len, heard.reused.values()))
    # One shard is read and judged, and gives its part of each index.
    for stage in ("curate", "text-keys", "minhash-keys", "by_id-parts", "by_address-parts"):
        assert (heard.reused[stage], heard.done_now[stage]) == (["00000", "00001"], ["00002"]), stage
    # Data files but the last stay as they are, and so do their parts.
    same = [name for name, data in sorted(before.items()) if (tmp_path / "kept" / "data" / name).read_bytes() == data]
    assert same == sorted(before)[:-1]
    for stage in ("passage-parts", "similar-parts"):
        assert heard.reused[stage] == [Path(name).stem for name in same], stage
        assert heard.done_now[stage] == ["00003", "00004"], stage


def test_of_real_pages_a_later_shard_is_read_alone(first: Path, fresh: Path, tmp_path: Path) -> None:
    shutil.copytree(first, tmp_path / "kept")
    _, heard = kept(tmp_path / "kept", INPUTS)
    assert released(tmp_path / "kept") == released(fresh)
    assert (heard.reused["curate"], heard.done_now["curate"]) == (["00000", "00001", "00002"], ["00003"])
    assert heard.reused["sites"] == ["00000", "00001", "00002"]
    assert status(Store.at(tmp_path / "kept"))["state"] == "finished"
    assert find_releases(str(tmp_path)) == [str(tmp_path / "kept")]


@pytest.mark.parametrize("some", [INPUTS[1:], INPUTS[2:3]])
def test_an_input_that_comes_before_the_others_changes_nothing(
    fresh: Path, tmp_path: Path, some: tuple[str, ...]
) -> None:
    kept(tmp_path, some)
    _, heard = kept(tmp_path, INPUTS)
    # What is numbered otherwise is made again.
    assert not heard.reused["curate"]
    assert released(tmp_path) == released(fresh)


def test_fewer_inputs_leave_nothing_of_the_others(first: Path, tmp_path: Path) -> None:
    shutil.copytree(first, tmp_path / "kept")
    curate_sample(tmp_path / "small", recipe=RECIPE, inputs=INPUTS[:1])
    kept(tmp_path / "kept", INPUTS[:1])
    assert released(tmp_path / "kept") == released(tmp_path / "small")
    kept(tmp_path / "work", INPUTS[:1])
    assert Store.at(tmp_path / "kept").list(WORK) == Store.at(tmp_path / "work").list(WORK)
    # Of what was removed no marker speaks.
    kept(tmp_path / "kept", [*INPUTS[:2], INPUTS[3]])
    assert released(tmp_path / "kept") == released(first)


def test_another_limit_is_another_release(first: Path, tmp_path: Path) -> None:
    steps = tuple(step.model_copy(update={"low": 200}) if step.name == "word_count" else step for step in RECIPE.steps)
    changed = RECIPE.model_copy(update={"steps": steps})
    shutil.copytree(first, tmp_path / "kept")
    _, heard = kept(tmp_path / "kept", INPUTS[:2], changed)
    assert heard.reused["sites"]
    assert not heard.reused["curate"]
    curate_sample(tmp_path / "fresh", recipe=changed, inputs=INPUTS[:2])
    assert released(tmp_path / "kept") == released(tmp_path / "fresh")


def test_a_run_that_is_not_told_to_keep_work_removes_it(texts: tuple[str, ...], tmp_path: Path) -> None:
    kept(tmp_path, texts, OF_TEXTS)
    before, work = released(tmp_path), Store.at(tmp_path).list(WORK)
    assert kept(tmp_path, texts, OF_TEXTS)[0].unchanged
    assert Store.at(tmp_path).list(WORK) == work
    assert kept(tmp_path, texts, OF_TEXTS, keep=False)[0].unchanged
    assert contents(tmp_path) == before
    kept(tmp_path, texts[:1], OF_TEXTS)
    assert Store.at(tmp_path).list(WORK)
    kept(tmp_path, texts, OF_TEXTS, keep=False)
    assert contents(tmp_path) == before


def test_every_file_that_is_kept_has_a_maker_in_the_plan(first: Path, tmp_path: Path) -> None:
    shutil.copytree(first, tmp_path / "kept")
    store = Store.at(tmp_path / "kept")
    markers = {name for name in store.list(WORK) if name.startswith(f"{WORK}/done/")}
    before = store.list(WORK)
    assert len(before) > len(markers) + 20
    for name in ("text-keys/00077.parquet", "gone/00000.parquet", "living/00009.parquet", "fates/00003.parquet"):
        store.write(f"{WORK}/{name}", b"")
    remove_others(store, markers, 3)
    assert store.list(WORK) == before


def test_of_a_release_that_is_not_whole_nothing_is_trusted(texts: tuple[str, ...], tmp_path: Path) -> None:
    kept(tmp_path, texts, OF_TEXTS)
    before = released(tmp_path)
    (tmp_path / "data" / "00001.parquet").unlink()
    curated, heard = kept(tmp_path, texts, OF_TEXTS)
    assert (curated.unchanged, curated.reused, heard.reused) == (False, 0, {})
    assert released(tmp_path) == before


def test_an_index_that_is_made_again_leaves_what_is_kept(texts: tuple[str, ...], tmp_path: Path) -> None:
    kept(tmp_path, texts[:2], OF_TEXTS)
    before = released(tmp_path)
    (tmp_path / "index" / "by_id" / "00000.parquet").unlink()
    with LocalRunner(1) as runner:
        build_index(Store.at(tmp_path), runner)
    assert released(tmp_path) == before
    _, heard = kept(tmp_path, texts, OF_TEXTS)
    assert heard.reused["curate"] == heard.reused["by_id-parts"] == ["00000", "00001"]
    curate_sample(tmp_path / "fresh", inputs=texts, recipe=OF_TEXTS)
    assert {name: digest for name, digest in released(tmp_path).items() if not name.startswith("fresh")} == released(
        tmp_path / "fresh"
    )


def torn(task: Task) -> Made:
    task.function(task.given)
    raise PowerCut


class Torn(Interrupted):
    """A runner that stops within a task: what it writes is there, its marker is not."""

    def map(self, function: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
        """Do tasks while there are any left to do, and the next without its marker."""
        for item in items:
            if not self.left:
                function(replace(item, function=torn, given=item))
                raise PowerCut
            self.left -= 1
            yield item, function(item)


@pytest.mark.parametrize("tasks", [4, 22, 30])
def test_a_power_cut_on_the_way_to_other_inputs_and_back(texts: tuple[str, ...], tmp_path: Path, tasks: int) -> None:
    kept(tmp_path / "kept", texts[1:], OF_TEXTS)
    wanted = released(tmp_path / "kept")
    job = make_job(OF_TEXTS, texts, str(tmp_path / "kept"), None, None)
    with pytest.raises(PowerCut):
        curate(job, Torn(tasks), keep_work=True)
    kept(tmp_path / "kept", texts[1:], OF_TEXTS)
    assert released(tmp_path / "kept") == wanted


def test_what_is_told_of_earlier_releases_moves_with_the_number_of_shards(tmp_path: Path) -> None:
    store = Store.at(tmp_path)
    for stage in ("curate", "earlier", "gone", "release"):
        store.write(f"{WORK}/done/{stage}/00002.json", b"{}")
    store.write(f"{WORK}/job.json", b'{"shards": [1, 2]}')
    plan = [Stage(name, "", lambda _: []) for name in ("curate", "earlier", "release")]
    forget_unfit(store, plan, 2, lambda: True)
    assert store.list(f"{WORK}/done") == [f"{WORK}/done/{stage}/00002.json" for stage in ("curate", "earlier")]
    forget_unfit(store, plan, 3, lambda: True)
    assert store.list(f"{WORK}/done") == [f"{WORK}/done/curate/00002.json"]
    forget_unfit(store, plan, 2, lambda: False)
    assert store.list(f"{WORK}/done") == []


def test_it_is_an_option_of_the_command_and_works_in_any_store(texts: tuple[str, ...], tmp_path: Path) -> None:
    recipe = tmp_path / "recipe.toml"
    recipe.write_text('name = "r"\npurpose = ""\n[[steps]]\nuse = "word_count"\nlow = 10\n[output]\nindex = []')

    def run(out: str, *words: str) -> dict[str, Any]:
        done = CliRunner().invoke(app, ["run", str(recipe), "--json", "--workers", "1", "--out", out, *words])
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    inputs, store = [f"--input={text}" for text in texts[:2]], Store.at("memory://kept_work/release")
    run(store.root, "--keep-work", inputs[0])
    assert store.exists(f"{WORK}/done/curate/00000.json")
    said = run(store.root, *inputs)
    assert said["reused_tasks"] > 0
    assert not store.list(WORK)
    assert said["digest"] == run(str(tmp_path / "fresh"), *inputs)["digest"]
    store.remove("")
