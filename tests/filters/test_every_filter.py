"""Every filter passes this battery, from the moment its file exists."""

import inspect
import math
from pathlib import Path

import pyarrow as pa
import pytest

import filters
from filters.catalog import FOUNDATION, catalog, named
from filters.document import documents
from filters.filter import Filter
from filters.texts import Texts
from pipelines.judge import judge
from pipelines.resource import load_once

ODD_TEXTS = [
    "",
    " \n\t ",
    "\N{BELL}",
    "word",
    "\u2028",
    "🙂🙂 🙂",
    "a\r\nb\r\n",
    "क" * 5000,
    "日本語の文章です。",
    "x" * 100_000,
    "... … # • - \n" * 100,
    "e\u0301" * 30,
    "\U0010ffff",
    "a\0b \0\0 c\0\n\0",
    "\u202e\u05d0\u05d1 \u05d2.\n\u202c\u0627\u0644\u0639 \u200f1",
    "?!.,;:()[]{}" * 50,
]
#: bytes of one word: no rule may take long over it, or copy it for each of its characters
HUGE = 10_000_000

every_filter = pytest.mark.parametrize("kind", catalog().values(), ids=list(catalog()))


@pytest.fixture(autouse=True)
def _skip_where_the_model_is_elsewhere(request: pytest.FixtureRequest) -> None:
    kind = request.node.callspec.params.get("kind") if hasattr(request.node, "callspec") else None
    if kind and kind().paths():
        pytest.skip("its model is no part of Vitrine: it has tests of its own, with a small one")


def _signal(rule: Filter, texts: list[str]) -> pa.Array:
    return rule.signal(Texts(documents(texts, rule.subject), load_once((rule,))))


@every_filter
def test_its_examples_hold(kind: type[Filter]) -> None:
    rule = kind()
    verdicts = judge(Texts(documents([*kind.examples], kind.subject), load_once((rule,))), [rule])
    assert verdicts.kept.to_pylist() == [*kind.examples.values()]


@every_filter
def test_its_examples_show_both_ends(kind: type[Filter]) -> None:
    assert set(kind.examples.values()) == {True, False}


@every_filter
def test_odd_texts_get_a_decision(kind: type[Filter]) -> None:
    rule = kind()
    signal = _signal(rule, ODD_TEXTS)
    assert signal.type == rule.kind
    assert len(signal) == len(ODD_TEXTS)
    assert None not in judge(Texts(documents(ODD_TEXTS, kind.subject), load_once((rule,))), [rule]).kept.to_pylist()


@every_filter
def test_ten_megabytes_of_one_word_get_a_decision(kind: type[Filter]) -> None:
    rule = kind()
    assert judge(Texts(documents(["x" * HUGE], kind.subject), load_once((rule,))), [rule]).kept.to_pylist()[0] in {
        True,
        False,
    }


@every_filter
def test_a_measured_number_is_finite(kind: type[Filter]) -> None:
    measured = [value for value in _signal(kind(), ODD_TEXTS).to_pylist() if isinstance(value, float)]
    assert all(math.isfinite(value) for value in measured)


@every_filter
def test_a_signal_does_not_depend_on_its_neighbours(kind: type[Filter]) -> None:
    rule = kind()
    together = _signal(rule, ODD_TEXTS).to_pylist()
    assert together == [_signal(rule, [text]).to_pylist()[0] for text in ODD_TEXTS]
    assert together[::-1] == _signal(rule, ODD_TEXTS[::-1]).to_pylist()


@every_filter
def test_a_slice_of_a_batch_is_measured_like_the_batch(kind: type[Filter]) -> None:
    rule = kind()
    part = documents(ODD_TEXTS, kind.subject).slice(3, 5)
    assert rule.signal(Texts(part, load_once((rule,)))).to_pylist() == _signal(rule, ODD_TEXTS[3:8]).to_pylist()


@every_filter
def test_no_text_at_all_is_measured(kind: type[Filter]) -> None:
    assert len(_signal(kind(), [])) == 0


@every_filter
def test_it_says_what_it_is(kind: type[Filter]) -> None:
    assert kind.__doc__
    assert kind.source
    assert Path(inspect.getfile(kind)).stem == kind.name
    assert not kind().mistakes()


def test_there_are_no_stray_files() -> None:
    folder = Path(next(iter(filters.__path__)))
    stems = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert stems == {*catalog(), *(FOUNDATION - {"kernels", "models"})}


def test_a_misspelt_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(ValueError, match="did you mean 'word_count'"):
        named("word_cout")
