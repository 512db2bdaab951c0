"""Whether page and site allow training."""

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from filters.consent import Consent
from filters.document import DOCUMENT
from filters.texts import Texts
from rights.consent.preference import Preference
from rights.consent.written import write

#: three documents: allowed, unknown, denied
THREE = ("tdmrep/html/*=allow", None, "tdmrep/html/*=deny")
ANSWERS = {"allow", "deny", "unknown"}
PIECES = st.sampled_from(
    ["robots_meta", "tdmrep", "/", "html", "file", "*", "gptbot", "=", "deny", "allow", " ", "unknown"]
)


def texts(*written: str | None) -> Texts:
    columns: dict[str, list[Any]] = {name: [None] * len(written) for name in DOCUMENT.names}
    columns |= {"id": [str(number) for number in range(len(written))], "text": [""] * len(written)}
    return Texts(pa.RecordBatch.from_pydict(columns | {"stated_consent": [*written]}, schema=DOCUMENT))


def answer(written: str | None, **limits: Any) -> str:
    return Consent(**limits).signal(texts(written)).to_pylist()[0]


def kept(*written: str | None, **limits: Any) -> list[bool]:
    rule = Consent(**limits)
    return rule.keep(rule.signal(texts(*written))).to_pylist()


def test_nothing_said_is_unknown() -> None:
    assert Consent().signal(texts(None, "", None)).to_pylist() == ["unknown"] * 3
    assert Consent().signal(texts()).to_pylist() == []


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("tdmrep/file/*=deny", "deny"),
        ("tdmrep/file/*=deny tdmrep/header/*=allow", "allow"),
        ("tdmrep/file/*=allow tdmrep/header/*=deny", "deny"),
        ("tdmrep/header/*=deny tdmrep/html/*=allow", "allow"),
        ("tdmrep/file/*=allow tdmrep/header/*=allow tdmrep/html/*=deny", "deny"),
        ("tdmrep/file/*=deny tdmrep/header/*=deny tdmrep/html/*=allow", "allow"),
        ("tdmrep/file/*=deny tdmrep/html/*=unknown", "deny"),
        ("tdmrep/header/*=allow tdmrep/html/*=unknown", "allow"),
    ],
)
def test_of_one_syntax_the_more_specific_place_overrules(written: str, expected: str) -> None:
    assert answer(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("robots_meta/html/*=deny tdmrep/html/*=allow", "deny"),
        ("content_signal/file/*=allow robots_txt/file/*=deny", "deny"),
        ("content_signal/file/*=allow rsl/html/*=unknown", "allow"),
        ("rsl/header/*=unknown", "unknown"),
    ],
)
def test_among_syntaxes_any_denial_denies(written: str, expected: str) -> None:
    assert answer(written) == expected


@pytest.mark.parametrize("agent", ["ccbot", "gptbot", "claudebot", "google-extended"])
def test_crawlers_that_gather_for_training_are_heard(agent: str) -> None:
    assert answer(f"robots_txt/file/{agent}=deny") == "deny"


@pytest.mark.parametrize("agent", ["googlebot", "oai-searchbot", "somebody", ""])
def test_other_crawlers_are_not(agent: str) -> None:
    assert answer(f"robots_txt/file/{agent}=deny") == "unknown"


def test_who_is_heard_is_a_limit() -> None:
    written = "robots_txt/file/gptbot=deny robots_txt/file/*=allow"
    assert answer(written) == "deny"
    assert answer(written, agents=()) == "allow"
    assert answer(written, agents=("GPTBot",)) == "deny"
    assert answer(written, agents=("ccbot",)) == "allow"


def test_an_agent_with_a_blank_is_heard() -> None:
    written = write([Preference("robots_txt", "file", "my bot/2=a", "train_ai", "deny", "")])
    assert answer(written, agents=("My Bot/2=a",)) == "deny"


def test_which_syntaxes_are_heard_is_a_limit() -> None:
    written = "robots_txt/file/*=deny content_signal/file/*=allow"
    assert answer(written, signals=("content_signal",)) == "allow"
    assert answer(written, signals=("robots_txt", "rsl")) == "deny"
    assert answer(written, signals=("rsl",)) == "unknown"


@pytest.mark.parametrize("limits", [{"signals": ()}, {"signals": ("robots",)}, {"unknown": "allow"}])
def test_other_limits_are_refused(limits: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Consent(**limits)


def test_the_unknown_is_kept_or_dropped() -> None:
    assert kept(*THREE) == [True, True, False]
    assert kept(*THREE, unknown="drop") == [True, False, False]


@pytest.mark.parametrize(
    "written",
    [
        "allow",
        "*=allow",
        "tdmrep/html/*=allowed",
        "tdmrep/html/*=ALLOW",
        "tdmrep/attic/*=allow",
        "tdmrep/html/x/*=allow",
        "tdmrep/html/*=allow nonsense",
        "tdmrep/html/*",
        "=allow",
        "//=allow",
        "\0",
    ],
)
def test_what_cannot_be_read_is_unknown(written: str) -> None:
    assert answer(written) == "unknown"
    assert kept(written, unknown="drop") == [False]


def test_each_document_has_its_own_answer() -> None:
    assert Consent().signal(texts(*THREE * 3)).to_pylist() == ["allow", "unknown", "deny"] * 3


@given(st.lists(st.none() | st.text() | st.lists(PIECES).map("".join)))
def test_any_text_is_judged(written: list[str | None]) -> None:
    assert set(Consent().signal(texts(*written)).to_pylist()) <= ANSWERS
    assert None not in kept(*written)


@given(st.lists(PIECES).map("".join), st.sampled_from(["!", "deny", "=", "tdmrep/html/*=no"]))
def test_a_broken_statement_allows_nothing(written: str, broken: str) -> None:
    assert answer(f"tdmrep/html/*=allow {written} {broken}") != "allow"
