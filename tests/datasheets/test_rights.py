"""Licences are counted, and what each signal of consent would remove, heard or not."""

from pathlib import Path

import pytest

from datasheets.explain import Room
from datasheets.rights import consent, licences
from pipelines.recipe import Recipe
from tests.datasheets.asking import answered, kept, section

NOTHING_KEPT = Recipe.parse('name = "bare"\npurpose = "Nothing."\n[extract]\nmetadata = "none"\n')
HEARD = Recipe.parse('name = "heard"\npurpose = "Hear."\n[[steps]]\nuse = "consent"\n')
ROWS = (
    (
        kept(id="1", stated_licence="CC-BY-4.0", licence_confidence=0.5, licence_disagreement=True, text_bytes=10),
        kept(id="2", stated_licence="CC-BY-4.0", licence_confidence=1.0, licence_disagreement=False, text_bytes=5),
        kept(id="3", stated_consent="robots_meta/html/*=deny tdmrep/html/*=allow", text_bytes=3),
    ),
    (
        kept(id="4", stated_consent="robots_meta/html/*=deny robots_meta/html/gptbot=unknown", outcome="dropped"),
        kept(id="5", stated_consent="tdmrep/html/*=unknown"),
        kept(id="6", stated_consent="robots_meta/html/*=deny", outcome="error"),
    ),
)


def test_licences_by_documents(tmp_path: Path) -> None:
    assert answered(section(tmp_path, licences, rows=ROWS)) == (
        ("", 3, 2, 4, None, 0),
        ("CC-BY-4.0", 2, 2, 15, 0.75, 1),
    )


def test_each_signal_is_counted_whether_heard_or_not(tmp_path: Path) -> None:
    found = section(tmp_path, consent, rows=ROWS)
    assert answered(found) == (("robots_meta", "html", 2, 1, 3, 0, 0), ("tdmrep", "html", 0, 0, 0, 1, 1))
    assert "hears none" in found.words[0]
    assert (
        "hears these"
        in section(tmp_path / "heard", consent, HEARD, ((kept(id="1", stated_consent="rsl/html/*=deny"),),)).words[0]
    )


def test_without_statements_it_says_so(tmp_path: Path) -> None:
    found = section(tmp_path, consent, rows=((kept(id="1"),),))
    assert answered(found) == ()
    assert "No page and no site" in found.words[0]


@pytest.mark.parametrize("room", [licences, consent])
def test_a_recipe_that_keeps_nothing_is_not_asked(tmp_path: Path, room: Room) -> None:
    found = section(tmp_path, room, NOTHING_KEPT, (({"id": "1", "outcome": "kept"},),))
    assert found.answer is None
    assert "no rights are known" in found.words[0]
