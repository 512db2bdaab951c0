"""What is said around licences, in many languages."""

# ruff: noqa: RUF001  # letters of other scripts are what it is about

import time
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rights.cues import NEAR, Cue, cues
from rights.licence_words import words

GRANTS = words(
    "This work is licensed under a|Dieses Werk ist lizenziert unter einer|mis à disposition sous licence|"
    "Esta obra está bajo una licencia|Este trabalho está sob uma licença|è distribuito con licenza|"
    "dit werk valt onder een licentie|jest dostępny na licencji|доступно на условиях лицензии|на умовах ліцензії|"
    "dílo podléhá licenci|verket är licensierad under|er licenseret under|er lisensiert under|on lisensoitu|"
    "διατίθεται με άδεια|a licenc feltételei szerint|este licențiat sub|lisansı ile lisanslanmıştır|"
    "の下に提供されています|本作品采用知识共享|本著作採用創用|라이선스에 따라|مرخص بموجب|"
    "מורשה תחת|تحت مجوز|के तहत लाइसेंस|"
    "ภายใต้สัญญาอนุญาต|theo giấy phép|dilisensikan di bawah|subjecte a una llicència|лиценциран под"
)
MEDIA = words(
    "Photo by Ann,|Image: Ann,|Foto: Ann|Bild von Ann|Crédit photo : Ann|Icons by Ann|Map data|Theme by Ann|"
    "on Flickr|via Wikimedia Commons|Unsplash|this font is|写真：|图片来自|사진|фото Анны|صورة|תמונה|ảnh|Valokuva"
)
NEGATIONS = words(
    "is not licensed under|no está bajo|ohne Lizenz|n'est pas sous licence|не лицензировано|"
    "ライセンスされていません|without a licence|zonder licentie"
)
PLAIN = (
    "",
    "The mapping of a bildung in iconic times",
    "Licensing of drivers",
    "Unless otherwise noted, all of it",
    "Sofern nicht anders angegeben",
)


@pytest.mark.parametrize("text", GRANTS)
def test_a_licence_is_granted(text: str) -> None:
    assert "grant" in cues(text, "")
    assert "grant" in cues("", text)
    assert "negation" not in cues(text, "")


@pytest.mark.parametrize("text", MEDIA)
def test_something_other_than_the_text_is_spoken_of(text: str) -> None:
    assert cues(text, "") == {"media"}


@pytest.mark.parametrize("text", NEGATIONS)
def test_the_licence_is_denied(text: str) -> None:
    assert "negation" in cues(text, "")


@pytest.mark.parametrize("text", PLAIN)
def test_plain_words_are_no_cue(text: str) -> None:
    assert cues(text, text) == frozenset()


def test_each_side_by_itself() -> None:
    assert cues("Photo by Ann, licensed under", "© 2020. All rights reserved") == {"media", "grant", "reserved"}
    assert cues("it is licensed", "under a law") == frozenset({"grant"})
    assert cues("it was licensed", "under a law") == frozenset()


def test_an_exception_leaves_the_grant() -> None:
    assert cues("Except where otherwise noted, content is licensed under a", "") == {"grant", "own"}


def test_what_is_far_away_is_not_read() -> None:
    far = " word" * NEAR
    assert cues("photo" + far, far + "photo") == frozenset()
    assert cues("photo" + far[-NEAR // 2 :], "") == {"media"}


@given(st.text(), st.text())
def test_any_text_is_read_without_an_error(before: str, after: str) -> None:
    assert cues(before, after) <= set(get_args(Cue))


def test_a_long_text_takes_no_longer() -> None:
    cues("x", "x")
    text = "licensed photo not " * 100_000
    began = time.perf_counter()
    cues(text, text)
    assert time.perf_counter() - began < 1
