"""Compiles a recipe's kernels where that was never done: in several processes at once, once for all later runs."""

import multiprocessing
import subprocess
from pathlib import Path
from typing import Any

from filters.filter import Filter
from filters.kernels.fasttext_words import sum_words
from filters.texts import Texts
from pipelines.canary import canaries
from pipelines.edits.apply import edit
from pipelines.judge import closing, judge
from pipelines.recipe import Recipe
from pipelines.runner import start_server
from pipelines.sandbox import COMMAND
from pipelines.steps import Step


def is_first_use() -> bool:
    """Say whether no kernel lies compiled on this machine: the one that takes longest stands for all."""
    kernel: Any = sum_words
    module = sum_words.__module__.rpartition(".")[2]
    return not any(Path(kernel.stats.cache_path).glob(f"{module}.{sum_words.__name__}-*.nbi"))


def compile_kernels(recipe: Recipe) -> None:
    """Run a recipe's steps over a few texts here, while the server that forks workers compiles what all recipes need.

    Another process compiles what reads pages. Filters that need a file are left to their first batch.
    """
    nothing = subprocess.DEVNULL
    reader = subprocess.Popen([*COMMAND, recipe.extract.engine], stdin=nothing, stdout=nothing, stderr=nothing)  # noqa: S603  # our own program
    start_server()
    steps = [step for step in recipe.steps if not _needs_files(step)]
    texts = Texts(canaries(), {}, recipe.units)
    edit(judge(texts, steps).texts, closing(steps))
    # The server answers once it has compiled its own part.
    asked = multiprocessing.get_context("forkserver").Process(target=_answer)
    asked.start()
    asked.join()
    reader.wait()


def _needs_files(step: Step) -> bool:
    return isinstance(step, Filter) and bool(step.resources() or step.paths())


def _answer() -> None:
    """Do nothing."""
