"""A page that hangs, crashes or fills the memory costs that page only."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines import sandbox
from pipelines.reason import Reason
from pipelines.sandbox import Limits, Sandbox, SandboxError, end_waiting

CHILD = (sys.executable, str(Path(__file__).with_name("poisoned_child.py")))
LIMITS = Limits(seconds=1, memory_bytes=500_000_000, max_page_bytes=1_000_000)


def _page(words: str) -> tuple[str, bytes, None]:
    return "response", f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{words}".encode(), None


@pytest.mark.parametrize(
    ("poison", "reason", "detail"),
    [
        ("HANG", Reason.TIMED_OUT, "processor time"),
        ("KILL", Reason.CRASHED, "SIGKILL"),
        ("SEGFAULT", Reason.CRASHED, "SIGSEGV"),
        ("MEMORY", Reason.CRASHED, "bytes of memory"),
        ("RAISE", Reason.CRASHED, "cursed"),
    ],
)
def test_poison_costs_one_page(poison: str, reason: Reason, detail: str) -> None:
    with Sandbox("resiliparse", LIMITS, "none", CHILD) as box:
        pages = box.read([_page("before"), _page(poison), _page("after"), _page("at last")])
    assert [page.text for page in pages] == ["before", None, "after", "at last"]
    assert pages[1].reason is reason
    assert detail in pages[1].detail


def test_a_page_that_waits_for_ever_is_ended_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "PATIENCE", 2)
    with Sandbox("resiliparse", LIMITS, "none", CHILD) as box:
        pages = box.read([_page("SLEEP"), _page("after")])
    assert [page.reason for page in pages] == [Reason.TIMED_OUT, None]
    assert "by the clock" in pages[0].detail


def test_what_a_library_prints_is_no_answer() -> None:
    with Sandbox("resiliparse", LIMITS, "none", CHILD) as box:
        assert [page.text for page in box.read([_page("PRINT"), _page("after")])] == ["PRINT", "after"]


def test_many_groups_keep_their_order() -> None:
    words = [str(number) for number in range(100)]
    with Sandbox("resiliparse", LIMITS, "none", CHILD) as box:
        pages = box.read(_page("KILL" if word == "50" else word) for word in words)
    assert [page.text for page in pages] == [None if word == "50" else word for word in words]


def test_a_child_serves_the_next_sandbox_of_its_kind_unless_a_page_has_cost_it() -> None:
    def process(limits: Limits = LIMITS) -> tuple[int, str | None]:
        with Sandbox("resiliparse", limits, "none", CHILD) as box:
            (page,) = box.read([_page("a page")])
            assert box._child
            return box._child.process.pid, page.text

    (first, text), other = process(), process(replace(LIMITS, memory_bytes=900_000_000))
    assert process() == (first, text)
    assert other[0] != first
    with Sandbox("resiliparse", LIMITS, "none", CHILD) as box:
        box.read([_page("KILL")])
    assert process()[0] != first
    end_waiting()


def test_a_child_that_cannot_start_is_an_error_and_no_page_pays() -> None:
    with (
        Sandbox("resiliparse", LIMITS, "none", (sys.executable, "-c", "import no_such_module")) as box,
        pytest.raises(SandboxError, match="does not start: ModuleNotFoundError: No module named 'no_such_module'"),
    ):
        box.read([_page("any")])


def test_an_engine_that_is_not_there_is_an_error() -> None:
    with Sandbox("no_engine", LIMITS) as box, pytest.raises(SandboxError, match="no_engine"):
        box.read([_page("any")])
