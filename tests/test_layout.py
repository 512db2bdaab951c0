"""The floors stand where they are said to stand, and the names mean this checkout."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("rights", "filters", "pipelines", "provenance", "datasheets", "flows", "vitrine")
HEAVY = ("pyarrow", "numba", "duckdb", "polars", "prefect", "numpy")
LONGEST = 450


def _python(program: str, *words: str, cwd: Path = ROOT) -> str:
    done = subprocess.run([sys.executable, *words, "-c", program], capture_output=True, text=True, cwd=cwd, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_isolated_interpreter_finds_our_packages() -> None:
    program = f"import importlib, json; print(json.dumps([importlib.import_module(n).__file__ for n in {PACKAGES}]))"
    found = json.loads(_python(program, "-I", cwd=Path("/")))
    assert [Path(file).resolve() for file in found] == [(ROOT / name / "__init__.py").resolve() for name in PACKAGES]


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import json, sys\n"
        "from vitrine.command import app\n"
        "app(['--help'], prog_name='vitrine', standalone_mode=False)\n"
        f"print(json.dumps(sorted({set(HEAVY)} & sys.modules.keys())))"
    )
    assert json.loads(_python(program).splitlines()[-1]) == []


def test_a_local_run_needs_no_scheduler() -> None:
    assert _python("import sys, flows.curation, vitrine.run; print('prefect' in sys.modules)") == "False\n"


def test_nobody_imports_from_a_floor_above() -> None:
    checked = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("package", PACKAGES)
def test_files_are_short_enough_to_read(package: str) -> None:
    lengths = {path.name: len(path.read_text("utf-8").splitlines()) for path in (ROOT / package).rglob("*.py")}
    assert {name: count for name, count in lengths.items() if count > LONGEST} == {}
