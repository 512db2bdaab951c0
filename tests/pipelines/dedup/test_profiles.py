"""A recipe names a profile, and numbers in place of its own."""

from typing import Any

import pytest
from pydantic import ValidationError

from pipelines.dedup.lsh import choose
from pipelines.dedup.minhash import MinHash
from pipelines.dedup.profiles import PROFILES


def test_default_numbers_are_those_of_fineweb() -> None:
    """Words, five of them, 112 values; no pair is verified."""
    chosen = MinHash().resolved
    assert (chosen.ngram, chosen.bands, chosen.rows, chosen.values) == (5, 14, 8, 112)
    assert (chosen.tokens, chosen.seed, chosen.bits, chosen.verify) == ("words", 1, 32, None)


@pytest.mark.parametrize("name", PROFILES)
def test_every_number_may_be_another(name: Any) -> None:
    """Also the ones that are 0."""
    own = {"ngram": 3, "bands": 4, "rows": 6, "seed": 0, "verify": 0.5}
    chosen = MinHash(profile=name, **own).resolved
    assert {field: getattr(chosen, field) for field in own} == own
    assert chosen.hash == PROFILES[name].hash


def test_dolma_verifies_unless_told_otherwise() -> None:
    """26 bands of 11 rows, and pairs of a similarity of 0.8."""
    chosen = MinHash(profile="dolma-3").resolved
    assert (chosen.bands, chosen.rows, chosen.verify) == (26, 11, 0.8)
    assert MinHash(profile="dolma-3", verify=0).resolved.verify is None


def test_a_similarity_chooses_bands_and_rows() -> None:
    """Of as many values as the recipe or else the profile says."""
    chosen = MinHash(similarity=0.8, values=256).resolved
    assert (chosen.bands, chosen.rows) == choose(0.8, 256)
    assert MinHash(similarity=0.5).resolved.values <= 112
    assert MinHash(similarity=0.5).resolved.chance(0.5) == pytest.approx(0.5, abs=0.2)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"bands": 0}, "greater than or equal to 1"),
        ({"rows": 0}, "greater than or equal to 1"),
        ({"ngram": 0}, "greater than or equal to 1"),
        ({"seed": -1}, "greater than or equal to 0"),
        ({"row": 8}, "Extra inputs"),
        ({"verify": 1.5}, "less than or equal to 1"),
        ({"profile": "fineweb-3"}, "Input should be"),
        ({"similarity": 0.8, "values": 112, "bands": 14, "rows": 8}, "either similarity and values, or bands and rows"),
        ({"similarity": 0.8, "rows": 8}, "either similarity and values, or bands and rows"),
        ({"values": 112}, "values only with a similarity"),
        ({"profile": "fineweb", "unit": "characters"}, "no unit"),
        ({"language": "fr"}, "no language"),
        ({"profile": "datasketch", "seed": 1 << 32}, "seed below 2"),
    ],
)
def test_what_makes_no_sense_is_refused(wrong: dict[str, Any], said: str) -> None:
    """Once, in words."""
    with pytest.raises(ValidationError, match=said) as refused:
        MinHash(**wrong)
    assert refused.value.error_count() == 1


def test_a_changed_copy_is_resolved_anew() -> None:
    """Nothing of the first stays with the second."""
    first = MinHash()
    assert first.resolved.bands == 14
    assert first.model_copy(update={"bands": 3}).resolved.bands == 3


def test_only_datatroves_words_need_spacy() -> None:
    """The rest is at hand."""
    needy = {name for name in PROFILES if MinHash(profile=name).packages}
    assert needy == {"fineweb", "fineweb-2"}
