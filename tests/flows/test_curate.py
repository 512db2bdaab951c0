"""The flow over the bundled sample, on a real server: the same bytes as without one, and the server's own account."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
import yaml
from prefect.client.schemas.objects import State, TaskRun
from prefect.exceptions import ParameterTypeError
from prefect.flows import load_flow_from_entrypoint
from prefect.states import get_state_exception

from flows.curate import curate_crawl
from flows.prefect_runner import Kind
from pipelines.recipe import Recipe, RecipeError
from pipelines.runner import LocalRunner
from tests.releases import contents, curate_sample, manifest

ROOT = Path(__file__).parents[2]
TaskRuns = Callable[[UUID, int], list[TaskRun]]

pytestmark = pytest.mark.usefixtures("prefect_server")


#: in which the sample's recipe looks for duplicates
ROUNDS = ("text", "minhash")


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Curate the sample in this process, without Prefect."""
    out = tmp_path_factory.mktemp("alone")
    curate_sample(out, LocalRunner(1), Recipe.load("sample").source.inputs)
    return out


def run_flow(**parameters: Any) -> State[Any]:
    return curate_crawl(**parameters, return_state=True)


@pytest.mark.parametrize("kind", ["process", "thread"])
def test_prefect_makes_the_same_release(
    tmp_path: Path, kind: Kind, alone: Path, prefect_server: str, task_runs: TaskRuns
) -> None:
    state = run_flow(recipe="sample", out=str(tmp_path), runner=kind)
    told = state.result()
    assert told["digest"] == manifest(alone)["digest"]
    assert told["release"] == str(tmp_path)
    assert told["records"] == told["kept"] + sum(told["dropped"].values()) + told["duplicates"] + told["errors"] > 0
    assert contents(tmp_path) == contents(alone)
    flow_run = state.state_details.flow_run_id
    assert flow_run
    shards = [f"{stage} {number:05d}" for stage in ("sites", "curate", "ledger") for number in range(3)]
    rounds = [f"{one}-{part} {number:05d}" for one in ROUNDS for part in ("keys", "members") for number in range(3)]
    rounds += [f"{one}-{part}" for one in ROUNDS for part in ("links 00000", "clusters 00000", "survivors 00000")]
    index = [f"{one}-parts {number:05d}" for one in ("by_id", "by_address") for number in range(3)]
    index += [
        f"{one} 00000" for one in ("passage-parts", "passages", "similar-parts", "similar", "by_id", "by_address")
    ]
    index += ["passages-list all", "similar-list all", "index all"]
    names = sorted([*shards, *rounds, *index, "deduplicate all", "write 00000", "datasheet all", "release all"])
    runs = task_runs(flow_run, len(names))
    assert [(run.name, run.state_name) for run in runs] == [(name, "Completed") for name in names]
    check_account(prefect_server, flow_run, told["digest"])


def check_account(server: str, flow_run: UUID, digest: str) -> None:
    """Ask the server what it knows of a flow run."""
    found = httpx.get(f"{server}/flow_runs/{flow_run}").json()
    assert (found["name"], found["state_name"]) == ("curate sample", "Completed")
    page = httpx.get(f"{server}/artifacts/release-sample/latest").json()
    assert page["flow_run_id"] == str(flow_run)
    assert digest in page["data"]
    assert "| **kept** |" in page["data"]
    wanted = {"logs": {"flow_run_id": {"any_": [str(flow_run)]}}, "limit": 200}
    said = [line["message"] for line in httpx.post(f"{server}/logs/filter", json=wanted).json()]
    assert any(line.startswith("curate 00002: done, ") for line in said)
    assert "ledger: done" in said


def test_a_second_run_does_nothing(alone: Path, task_runs: TaskRuns) -> None:
    before = contents(alone)
    state = run_flow(recipe="sample", out=str(alone), runner="thread")
    told = state.result()
    assert (told["unchanged"], told["digest"]) == (True, manifest(alone)["digest"])
    assert contents(alone) == before
    assert state.state_details.flow_run_id
    assert task_runs(state.state_details.flow_run_id, 0) == []


def test_a_flow_run_keeps_its_work_and_knows_earlier_releases(tmp_path: Path) -> None:
    recipe = tmp_path / "monthly.toml"
    recipe.write_text('name = "monthly"\npurpose = ""\n[dedup]\n[output]\nindex = []\nfingerprints = true\n')
    inputs = list(Recipe.load("sample").source.inputs)
    first = run_flow(recipe=str(recipe), inputs=inputs, out=str(tmp_path / "a"), runner="thread", keep_work=True)
    assert (tmp_path / "a" / ".work" / "done").is_dir()
    second = run_flow(
        recipe=str(recipe), inputs=inputs, out=str(tmp_path / "b"), runner="thread", earlier=[str(tmp_path / "a")]
    )
    assert not (tmp_path / "b" / ".work").exists()
    passed = first.result()["kept"] + first.result()["duplicates"]
    assert (second.result()["kept"], second.result()["duplicates"]) == (0, passed)


def test_a_wrong_recipe_fails_the_run_with_all_its_mistakes(tmp_path: Path, prefect_server: str) -> None:
    recipe = tmp_path / "wrong.toml"
    recipe.write_text('name = "wrong"\npurpose = ""\n[[steps]]\nuse = "word_cont"\n[dedup]\nprefers = ["longest"]\n')
    state = run_flow(recipe=str(recipe), out=str(tmp_path / "out"))
    assert state.is_failed()
    message = httpx.get(f"{prefect_server}/flow_runs/{state.state_details.flow_run_id}").json()["state"]["message"]
    assert "2 mistakes" in message
    assert "steps.0.use: no filter or edit is named 'word_cont'; did you mean 'word_count'?" in message
    assert "dedup.prefers: no such word" in message
    assert isinstance(get_state_exception(state), RecipeError)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("wrong", [{"workers": 0}, {"runner": "cluster"}, {"limit_records": -1}])
def test_a_wrong_parameter_is_refused(wrong: dict[str, Any], tmp_path: Path) -> None:
    state = run_flow(recipe="sample", out=str(tmp_path), **wrong)
    assert state.is_failed()
    assert isinstance(get_state_exception(state), ParameterTypeError)
    assert next(iter(wrong)) in state.message


def test_the_deployment_names_a_flow_that_takes_its_parameters() -> None:
    (deployment,) = yaml.safe_load((ROOT / "prefect.yaml").read_text("utf-8"))["deployments"]
    path, name = deployment["entrypoint"].split(":")
    flow = load_flow_from_entrypoint(f"{ROOT / path}:{name}")
    assert flow.name == deployment["name"] == curate_crawl.name
    assert flow.validate_parameters(deployment["parameters"])["recipe"] == "sample"
