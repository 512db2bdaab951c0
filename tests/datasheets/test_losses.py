"""Records that were lost are counted by what stood in the way."""

from pathlib import Path

from datasheets.losses import errors, losses
from pipelines.reason import Reason
from tests.datasheets.asking import answered, kept, section
from tests.provenance.ledgers import RECIPE


def test_the_funnel_is_shown(tmp_path: Path) -> None:
    rows = answered(section(tmp_path, losses))
    assert [(row[0], row[2]) for row in rows][:5] == [
        ("read", 10),
        ("not_response", 1),
        ("http_status", 1),
        ("not_html", 1),
        ("language", 2),
    ]


def test_each_reason_has_its_meaning(tmp_path: Path) -> None:
    third = 1 / 3
    assert answered(section(tmp_path, errors)) == (
        ("not_response", Reason.NOT_RESPONSE.explanation, 1, third, 5),
        ("http_status", Reason.HTTP_STATUS.explanation, 1, third, 7),
        ("not_html", Reason.NOT_HTML.explanation, 1, third, 1000),
    )


def test_a_reason_that_nobody_knows_is_shown_last(tmp_path: Path) -> None:
    rows = [{"outcome": "error", "dropped_by": reason, "content_bytes": 1} for reason in ("aliens", "crashed")]
    found = answered(section(tmp_path, errors, rows=(rows,)))
    assert [row[0] for row in found] == ["crashed", "aliens"]
    assert "does not know" in found[1][1]


def test_no_errors_are_said(tmp_path: Path) -> None:
    found = section(tmp_path, errors, rows=([kept()],))
    assert found.words == ("Every record that was read is a document.",)
    assert answered(found) == ()


def test_texts_that_are_held_are_said(tmp_path: Path) -> None:
    holding = RECIPE.model_copy(update={"output": RECIPE.output.model_copy(update={"dropped_texts": True})})
    assert "in `dropped/`" in " ".join(section(tmp_path / "with", losses, recipe=holding).words)
    assert "`dropped/`" not in " ".join(section(tmp_path / "without", losses).words)
