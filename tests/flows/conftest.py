"""A real Prefect server for the tests of the flows, on a free port of this machine."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId
from prefect.client.schemas.objects import TaskRun
from prefect.client.schemas.sorting import TaskRunSort
from prefect.context import refresh_global_settings_context
from prefect.events.worker import EventsWorker
from prefect.logging.handlers import APILogWorker

#: seconds that a server may take to start: it makes its database first
START = 60
#: seconds that the server may take to write down what it was told
SETTLE = 10

TaskRuns = Callable[[UUID, int], list[TaskRun]]


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """Run a server of its own and point Prefect to it; give the address of its API."""
    home = tmp_path_factory.mktemp("prefect")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with (home / "server.log").open("wb") as log:
        command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
        options = {"stdout": log, "stderr": subprocess.STDOUT, "start_new_session": True}
        server = subprocess.Popen(command, env=_environment(home), **options)
    try:
        url = f"http://127.0.0.1:{port}/api"
        _wait(url, server, home / "server.log")
        with _pointed_to(url, home):
            yield url
            # What Prefect's own threads have still to send, they would try to send to a dead server for a minute.
            EventsWorker.drain_all()
            APILogWorker.drain_all()
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


@pytest.fixture
def task_runs(prefect_server: str) -> TaskRuns:
    """Ask the server for the task runs of a flow run, by name, once so many of them are over."""
    assert prefect_server

    def ask(flow_run: UUID, count: int) -> list[TaskRun]:
        until = time.monotonic() + SETTLE
        of_run = FlowRunFilter(id=FlowRunFilterId(any_=[flow_run]))
        while True:
            with get_client(sync_client=True) as client:
                found = client.read_task_runs(flow_run_filter=of_run, sort=TaskRunSort.NAME_ASC, limit=200)
            over = [run for run in found if run.state and run.state.is_final()]
            if len(over) >= count or time.monotonic() > until:
                return found
            time.sleep(0.2)

    return ask


@contextmanager
def _pointed_to(url: str, home: Path) -> Generator[None]:
    """Point Prefect to a server by the environment: its threads and the workers see no other setting."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PREFECT_HOME", str(home))
        patch.setenv("PREFECT_API_URL", url)
        patch.setenv("PREFECT_SERVER_ALLOW_EPHEMERAL_MODE", "false")
        patch.setenv("PREFECT_LOGGING_TO_API_BATCH_INTERVAL", "0.2")
        refresh_global_settings_context()
        yield
    refresh_global_settings_context()


def _environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return kept | {
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_UI_ENABLED": "false",
        "PREFECT_LOGGING_SERVER_LEVEL": "WARNING",
        "DO_NOT_TRACK": "1",
    }


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers; fail with its log if it ends or takes too long."""
    until = time.monotonic() + START
    while time.monotonic() < until and server.poll() is None:
        try:
            if httpx.get(f"{url}/health", timeout=2).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise RuntimeError(f"no Prefect server at {url} after {START} s; its log:\n{log.read_text('utf-8')[-4000:]}")
