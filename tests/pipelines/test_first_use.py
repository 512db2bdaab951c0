"""Kernels are compiled once, before the first run, and by two processes at once."""

import os
import subprocess
import sys
from pathlib import Path

from pipelines import first_use
from pipelines.recipe import Recipe

ASK = "from pipelines.first_use import is_first_use; print(is_first_use())"


def test_a_machine_where_nothing_is_compiled_is_told_from_one_where_all_is(tmp_path: Path) -> None:
    first_use.compile_kernels(Recipe.load("sample"))
    assert not first_use.is_first_use()
    fresh = os.environ | {"NUMBA_CACHE_DIR": str(tmp_path)}
    asked = subprocess.run([sys.executable, "-c", ASK], env=fresh, capture_output=True, text=True, check=True)
    assert asked.stdout == "True\n"
