"""A text is traced to the documents that share passages with it, and to the very characters."""

import random
import unicodedata
from dataclasses import asdict, fields
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.passage_index.scheme import SCHEME
from pipelines.store import Store
from provenance.masked import masked
from provenance.passages.answer import Trace
from provenance.passages.index import PassageIndex
from provenance.passages.trace import LIMITS, Limits, trace
from tests import naive_trace, odd
from tests.provenance.passages.small import data_name, release

WHALE = (
    "Call me Ishmael. Some years ago—never mind how long precisely—having little or no money in my purse, and nothing "
    "particular to interest me on shore, I thought I would sail about a little and see the watery part of the world."
)
PRIDE = (
    "It is a truth universally acknowledged, that a single man in possession of a good fortune, must be in want of a "
    "wife. However little known the feelings or views of such a man may be on his first entering a neighbourhood."
)
CAT = "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。何でも薄暗いじめじめした所で。"
HOME = "Home | About us | Contact | Imprint | Privacy policy | Terms of use | All rights reserved by their owners 2026"
FILES = [
    [WHALE, f"{HOME}\n{PRIDE}", "short"],
    [],
    ["", f"{CAT}\n{HOME}", f"Before. {WHALE} After. {WHALE}", "ΟΔΟΣ " * 40, HOME],
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> PassageIndex:
    return PassageIndex(release(tmp_path_factory.mktemp("release"), FILES, [PRIDE * 2, WHALE[:200], "nothing of note"]))


def text_of(data_file: str, row: int) -> str:
    return next(texts[row] for number, texts in enumerate(FILES) if data_name(number) == data_file)


def test_a_quotation_is_found_with_its_documents_and_places(index: PassageIndex) -> None:
    asked = f"As the book says: {WHALE[31:150]}"
    (span,) = trace(index, asked).spans
    assert asked[span.start : span.end] == asked[len("As the book says: —") :]
    assert span.documents_at_most == 2
    one, other = span.sources
    assert (one.id, one.url, one.date, one.licence) == (
        "id-0-0",
        "https://id-0-0.example/",
        "2026-07-20T09:38:35Z",
        "CC-BY-0",
    )
    assert (one.data_file, one.data_row, one.start, one.end, one.verbatim, one.places) == (
        "data/00000.parquet",
        0,
        32,
        150,
        True,
        1,
    )
    assert (other.id, other.licence, other.places) == ("id-2-2", "CC-BY-5", 2)
    for source in span.sources:
        assert text_of(source.data_file, source.data_row)[source.start : source.end] == WHALE[32:150]


def test_case_white_space_and_punctuation_do_not_matter(index: PassageIndex) -> None:
    asked = WHALE.upper().replace(" ", "\n\t ").replace(",", " ;;").replace("—", " ... ")
    (span,) = trace(index, asked).spans
    assert (span.start, span.end) == (0, len(asked) - 1)
    assert [source.verbatim for source in span.sources] == [False, False]
    assert span.sources[0].end == len(WHALE) - 1


def test_punctuation_left_out_within_words_is_grown_over(index: PassageIndex) -> None:
    asked = WHALE.replace("—", "")
    (span,) = trace(index, asked).spans
    assert (span.start, span.end) == (0, len(asked) - 1)


def test_text_without_spaces_is_found(index: PassageIndex) -> None:
    asked = "x" + CAT[5:50]
    (span,) = trace(index, asked).spans
    assert asked[span.start : span.end] == CAT[5:50].rstrip("。")
    assert span.sources[0].id == "id-2-1"


def test_spans_come_by_length_and_rarity_and_none_lies_in_another(index: PassageIndex) -> None:
    found = trace(index, f"{HOME} and {WHALE[:90]} and {PRIDE}")
    assert [span.sources[0].id for span in found.spans] == ["id-0-1", "id-0-0", "id-0-1"]
    assert [span.score for span in found.spans] == sorted((span.score for span in found.spans), reverse=True)
    home = next(span for span in found.spans if span.start == 0)
    assert sorted(source.id for source in home.sources) == ["id-0-1", "id-2-1", "id-2-4"]
    assert home.documents_at_most == 3


def test_what_is_in_no_document_is_not_found(index: PassageIndex) -> None:
    backwards = " ".join(reversed(WHALE.split()))
    found = trace(index, backwards)
    assert found.spans == found.unverified == ()
    assert found.work.complete
    assert found.guarantee == SCHEME.guarantee


def test_dropped_text_is_known_by_fingerprints_alone(index: PassageIndex) -> None:
    found = trace(index, PRIDE)
    (one,) = found.unverified
    assert (one.id, one.ledger_file, one.ledger_row) == ("dropped-0", "ledger/00000.parquet", 0)
    assert (one.outcome, one.dropped_by, one.date) == ("dropped", "word_count", "2026-07-20T09:38:35Z")
    assert one.certainty == ("likely" if one.fingerprints > 1 else "possible")
    assert 0 <= one.start < one.end <= len(PRIDE)
    assert "31 words" in (found.dropped_guarantee or "")
    assert found.dropped_guarantee != found.guarantee
    assert one.extracted_digest == "digest-0"
    assert one.snippet == masked(PRIDE[one.start : one.end])
    assert not {"text"} & {field.name for field in fields(one)}
    assert found.dropped == ()


def test_dropped_text_that_is_held_is_compared(tmp_path: Path) -> None:
    lost = ["nothing of note", *("filler of no note" for _ in range(5)), f"字 Before. {PRIDE} {PRIDE}", WHALE[:200]]
    with PassageIndex(release(tmp_path, FILES, lost, holding=True)) as index:
        asked = f"He said: {PRIDE.upper()}"
        found = trace(index, asked)
        assert found.unverified == ()
        (span,) = found.dropped
        (one,) = span.sources
        assert (one.id, one.fate, one.dropped_by, one.places) == ("dropped-6", "dropped", "word_count", 2)
        assert (one.data_file, one.data_row, one.date) == ("dropped/00000.parquet", 6, "2026-07-20T09:38:35Z")
        said = lost[6][one.start : one.end]
        assert said.upper() == asked[span.start : span.end] == PRIDE.upper().rstrip(".")
        assert (one.snippet, one.verbatim) == (masked(said), False)
        assert [(one.id, one.fate, one.snippet) for one in found.spans[0].sources] == [("id-0-1", "kept", None)]
        assert "31 words" in (found.dropped_guarantee or "")
        assert "By fingerprints alone" not in (found.dropped_guarantee or "")
        assert found.work.compared > 1
        assert found.work.complete


def test_what_fingerprints_alone_would_tell_is_refuted_by_the_text(tmp_path: Path) -> None:
    # The index has the fingerprints of one text, and another is held.
    store = release(tmp_path, FILES, [PRIDE], holding=True)
    held = pq.read_table(tmp_path / "dropped/00000.parquet")
    pq.write_table(held.set_column(0, "text", pa.array(["other words"])), tmp_path / "dropped/00000.parquet")
    with PassageIndex(store) as index:
        assert trace(index, PRIDE).dropped == ()
    pq.write_table(held.slice(0, 0), tmp_path / "dropped/00000.parquet")
    with PassageIndex(store) as index, pytest.raises(LookupError, match="row 0 of ledger/00000"):
        trace(index, PRIDE)


def test_shorter_texts_are_answered_and_the_guarantee_says_so(index: PassageIndex) -> None:
    ten = trace(index, "never mind how long precisely—having little or no money")
    assert "not all that is shared may be found" in ten.guarantee
    found = [bool(trace(index, " ".join(WHALE.split()[at : at + 10])).spans) for at in range(20)]
    assert any(found)
    for nothing in ("", "too short a text", "!?", "\0", "\ud800", "。" * 40):
        short = trace(index, nothing)
        assert short.spans == ()
        assert "nothing can be found" in short.guarantee


def test_work_that_is_left_out_is_counted(index: PassageIndex) -> None:
    asked = f"{HOME} and {WHALE} and {PRIDE}"
    whole = trace(index, asked).work
    assert whole.complete
    one = trace(index, asked, Limits(documents=1)).work
    assert (one.compared, one.not_compared) == (1, whole.compared - 1)
    assert one.not_followed > 0
    assert not one.complete
    few = trace(index, asked, Limits(fingerprints=3)).work
    assert (few.looked_up, few.not_looked_up) == (3, whole.looked_up - 3)
    assert not few.complete
    hits = trace(index, asked, Limits(hits=1)).work
    assert hits.not_read > 0
    assert hits.complete
    shared_out = trace(index, asked, Limits(all_hits=whole.looked_up)).work
    assert shared_out == hits
    grown = trace(index, asked, Limits(runs=2)).work
    assert grown.not_grown > 0
    assert not grown.complete
    listed = trace(index, asked, Limits(spans=1, unverified=0))
    assert (len(listed.spans), listed.unverified) == (1, ())
    assert listed.work.not_listed == 2 + len(trace(index, asked).unverified)
    assert [len(span.sources) for span in trace(index, asked, Limits(sources=1)).spans] == [1, 0, 0]


def test_a_megabyte_and_a_text_that_repeats_itself_end_soon(index: PassageIndex) -> None:
    megabyte = " ".join(f"{number} {WHALE[:80]}" for number in range(13_000))
    assert len(megabyte) > 1 << 20
    found = trace(index, megabyte)
    assert found.work.tokens > 100_000
    assert len(found.spans) == LIMITS.spans
    repeated = trace(index, "οδοσ " * 20_000)
    assert repeated.spans[0].sources[0].id == "id-2-3"
    # All places of the one are equal to all of the other: not all pairs are looked at.
    assert repeated.work.not_grown > 0
    assert not repeated.work.complete


SCRIPTS = (
    *("LATIN SMALL", "GREEK SMALL", "CYRILLIC SMALL", "ARMENIAN SMALL", "HEBREW", "ARABIC", "SYRIAC", "THAANA", "NKO"),
    *("DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA"),
    *("THAI CHARACTER", "LAO", "TIBETAN", "MYANMAR", "GEORGIAN", "HANGUL SYLLABLE", "ETHIOPIC SYLLABLE", "CHEROKEE"),
    *("CANADIAN SYLLABICS", "MONGOLIAN", "KHMER", "HIRAGANA", "KATAKANA", "CJK UNIFIED IDEOGRAPH-4", "YI SYLLABLE"),
)


def test_thirty_scripts_are_found_in_another_case_and_spacing(tmp_path: Path) -> None:
    assert len(SCRIPTS) > 30
    chance = random.Random(5)  # noqa: S311  # seeded
    every = [chr(point) for point in range(0x41, 0xD7A4)]
    names = {one: unicodedata.name(one, "") for one in every if unicodedata.category(one) in {"Ll", "Lo"}}
    letters = [[one for one, name in names.items() if name.startswith(script)] for script in SCRIPTS]
    texts = ["\u3000".join("".join(chance.choices(some, k=5)) for _ in range(20)) for some in letters]
    with PassageIndex(release(tmp_path, [texts])) as index:
        for row, text in enumerate(texts):
            changed = text.upper().replace("\u3000", ",\n\u200b")
            (span,) = trace(index, changed).spans
            assert [source.data_row for source in span.sources] == [row], SCRIPTS[row]
            assert (span.start, span.end) == (0, len(changed)), SCRIPTS[row]
            assert (span.sources[0].start, span.sources[0].end) == (0, len(text))


def test_an_answer_is_plain_values(index: PassageIndex) -> None:
    def plain(value: object) -> bool:
        if isinstance(value, dict):
            return all(map(plain, value.values()))
        return (
            all(map(plain, value)) if isinstance(value, tuple) else type(value) in {int, float, str, bool, type(None)}
        )

    assert plain(asdict(trace(index, f"{HOME} {PRIDE}")))


def test_a_release_without_an_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        PassageIndex(Store.at(tmp_path))


def assert_true(found: Trace, asked: str, documents: list[str]) -> None:
    """Compare an answer with the naive one: nothing invented, nothing missed that is guaranteed."""
    runs = [naive_trace.shared_runs(asked, document) for document in documents]
    for span in found.spans:
        for source in span.sources:
            assert (span.start, span.end, source.start, source.end) in runs[source.data_row]
            said = documents[source.data_row][source.start : source.end]
            assert source.verbatim == (said == asked[span.start : span.end])
    for document in documents:
        for start, end in naive_trace.shared_tokens(asked, document):
            if naive_trace.units(asked[start:end]) > SCHEME.characters:
                assert any(span.start <= start and end <= span.end for span in found.spans)
    for span in found.spans:
        # Every document that has the span is listed.
        whole = {
            row for row, of_document in enumerate(runs) if any(run[:2] == (span.start, span.end) for run in of_document)
        }
        if span.tokens >= SCHEME.characters:
            assert {source.data_row for source in span.sources} == whole


@given(st.data())
@settings(max_examples=25)
def test_the_naive_twin_agrees(data: st.DataObject) -> None:
    # Few different words, so that much is shared by chance, in odd texts.
    words = data.draw(st.lists(st.text(odd.CHARACTERS, min_size=1, max_size=3), min_size=2, max_size=4))
    run = st.lists(st.sampled_from([*words, "a", "字"]), max_size=60)
    documents = [" ".join(data.draw(run)) for _ in range(3)]
    cut = data.draw(st.integers(0, max(len(documents[0]) - 1, 0)))
    asked = f"{' '.join(data.draw(run))} {documents[0][cut:]} {documents[1][: 3 * cut].upper()}"
    with TemporaryDirectory() as folder, PassageIndex(release(Path(folder), [documents])) as index:
        assert_true(trace(index, asked), asked, documents)
