"""Every edit passes this battery, from the moment its file exists."""

import inspect
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pyarrow as pa
import pytest

import pipelines.edits
from filters.document import documents
from filters.texts import Texts
from pipelines.edits.apply import EDIT, edit
from pipelines.edits.catalog import FOUNDATION, edits
from pipelines.edits.edit import Edit
from tests.pipelines.edits.edited import after

ODD_TEXTS = [
    "",
    " \n\t ",
    "\N{BELL}\0",
    "word",
    "\u2028",
    "🙂🙂 🙂",
    "a\r\nb\r\n\r\n\n\n\nc",
    "क" * 5000,
    "日本語の文章です。ann@shop.example 8.8.8.8、[1]日本語",
    "x" * 100_000,
    "... … # • - |\n" * 100,
    "e\u0301" * 30,
    "\U0010ffff",
    "\u202e\u05d0\u05d1 ann@shop.example \u05d2\n|\n\u202cSign-in 3 likes",
    "Ã¤ &amp; Ã¶\n\x1b[1mA\x1b[0m",
    "(ann@shop.example) +49 30 901820, DE89 3704 0044 0532 0130 00: 4111-1111-1111-1111\n",
]

#: Each once and again for long: what a search could try again from every place.
HOSTILE_TEXTS = [
    *(
        "@",
        "a.",
        "a@",
        "a@a.",
        ".@ ",
        "@[1.1.1.a",
        "1",
        "1.",
        "1 ",
        "+1 ",
        "(212) ",
        "2001:",
        "2a00::",
        "DE89 ",
        "4111-",
    ),
    *(
        "\n",
        "\r",
        "\u00a0",
        "[",
        "[1",
        "items in cart ",
        "Sign-in\n",
        "3 likes\n",
        " \n",
        "java",
        "Ã¤",
        "&amp;",
        "amp;",
        "|\n",
    ),
    *("\x1b[", "\0", "\u0301", "🙂", "use of "),
]
LONG = 200_000


def _variants() -> list[Any]:
    """List each edit as it is by default, and with each choice of its words."""
    found: list[Any] = []
    for name, kind in edits().items():
        choices: list[dict[str, Any]] = [{}]
        for word, field in kind.model_fields.items():
            others = get_args(field.annotation) if isinstance(field.default, str) else ()
            others = (not field.default,) if isinstance(field.default, bool) else others
            choices += [{word: other} for other in others if other != field.default]
        found += [pytest.param(kind(**choice), id=" ".join([name, *map(str, choice.values())])) for choice in choices]
    return found


every_edit = pytest.mark.parametrize("kind", edits().values(), ids=list(edits()))
every_variant = pytest.mark.parametrize("step", _variants())


@every_edit
def test_its_examples_hold(kind: type[Edit]) -> None:
    assert after(kind(), [*kind.examples]) == [*kind.examples.values()]


@every_edit
def test_its_examples_show_a_change(kind: type[Edit]) -> None:
    assert any(text != edited for text, edited in kind.examples.items())


@every_variant
def test_what_was_done_adds_up(step: Edit) -> None:
    edited, done = edit(Texts(documents(ODD_TEXTS)), (step,))
    assert done.type == pa.list_(EDIT)
    edited.column.validate(full=True)
    for before, entries, text in zip(ODD_TEXTS, done.to_pylist(), edited.column.to_pylist(), strict=True):
        entry = entries[0] if entries else {"count": 0, "characters_removed": 0, "characters_put": 0, "spans": []}
        bounds = [bound for span in entry["spans"] for bound in (span["start"], span["end"])]
        assert bounds == sorted(bounds)
        assert all(0 <= bound <= len(before) for bound in bounds)
        assert entry["count"] == len(entry["spans"])
        assert len(text) == len(before) - entry["characters_removed"] + entry["characters_put"]
        assert text == before or entry["count"]


@every_variant
def test_what_was_not_found_still_stands(step: Edit) -> None:
    edited, done = edit(Texts(documents(ODD_TEXTS)), (step,))
    for before, entries, text in zip(ODD_TEXTS, done.to_pylist(), edited.column.to_pylist(), strict=True):
        place, rest = 0, text
        for span in entries[0]["spans"] if entries and text != before else []:
            kept = before[place : span["start"]]
            assert kept in rest
            rest, place = rest[rest.index(kept) + len(kept) :], span["end"]
        assert rest.endswith(before[place:])


@every_variant
def test_an_edit_does_not_depend_on_its_neighbours(step: Edit) -> None:
    together = after(step, ODD_TEXTS)
    assert together == [after(step, [text])[0] for text in ODD_TEXTS]
    assert together[::-1] == after(step, ODD_TEXTS[::-1])


@every_variant
def test_a_slice_of_a_batch_is_edited_like_the_batch(step: Edit) -> None:
    part = Texts(documents(ODD_TEXTS).slice(6, 9))
    assert edit(part, (step,))[0].column.to_pylist() == after(step, ODD_TEXTS)[6:15]


@every_variant
def test_no_text_at_all_is_edited(step: Edit) -> None:
    texts = Texts(documents([]))
    edited, done = edit(texts, (step,))
    assert edited is texts
    assert done.to_pylist() == []


@every_variant
def test_a_long_hostile_text_gets_a_decision(step: Edit) -> None:
    texts = [unit * (LONG // len(unit.encode())) for unit in HOSTILE_TEXTS]
    assert len(after(step, ["&" + "amp;" * (LONG // 4), *texts])) == len(texts) + 1


@every_edit
def test_ten_megabytes_of_one_word_are_edited(kind: type[Edit]) -> None:
    text = "x" * 10_000_000
    assert after(kind(), [text]) in ([text], [""])


@every_variant
def test_bytes_that_are_no_text_are_edited_like_alone(step: Edit) -> None:
    chance = np.random.default_rng(1)
    pieces = [
        b"\xc3",
        b"\xe1\x80",
        b"\xf4\x90\x80\x80",
        b"\xed\xa0\x80",
        b"\x80",
        b"@",
        b"a.b",
        b"\n",
        b" ",
        b"[1]",
        b"8.8.8.8",
    ]
    raw = [b"".join(pieces[n] for n in chance.integers(0, len(pieces), size)) for size in range(40)]
    alone = [edit(_bytes([text]), (step,))[0] for text in raw]
    together, done = edit(_bytes(raw), (step,))
    bounds = together.offsets
    edited = [together.data[bounds[n] : bounds[n + 1]].tobytes() for n in range(len(raw))]
    assert edited == [text.data[text.offsets[0] : text.offsets[1]].tobytes() for text in alone]
    assert len(done) == len(raw)


def _bytes(raw: list[bytes]) -> Texts:
    """Make texts of bytes that Arrow would refuse: a file may hold them."""
    bounds = np.cumsum([0, *map(len, raw)], dtype=np.int32)
    column = pa.StringArray.from_buffers(len(raw), pa.py_buffer(bounds), pa.py_buffer(b"".join(raw)))
    batch = documents([""] * len(raw))
    return Texts(batch.set_column(batch.schema.get_field_index("text"), batch.schema.field("text"), column))


@every_edit
def test_it_says_what_it_is(kind: type[Edit]) -> None:
    assert kind.__doc__
    assert kind.source
    assert Path(inspect.getfile(kind)).stem == kind.name
    assert not kind().mistakes()


def test_there_are_no_stray_files() -> None:
    folder = Path(next(iter(pipelines.edits.__path__)))
    stems = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert stems == {*edits(), *(FOUNDATION - {"kernels"})}
