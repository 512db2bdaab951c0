"""The envelope: the release, what was asked, and the queries that can be asked again."""

import json
from datetime import UTC, date, datetime

from provenance.addresses import address
from provenance.answer import answered, plain
from provenance.opened import Opened
from provenance.why import why


def test_an_answer_says_of_which_release_it_is(opened: Opened) -> None:
    answer = answered(
        opened, "why", lambda release: why(release, "https://harbourtides.example/2026/03/how-tides-work/")
    )
    said = json.loads(json.dumps(answer.plain(), allow_nan=False))
    assert [*said] == ["release", "digest", "as_of", "question", "sql", "guarantee", "answer"]
    assert (said["release"], said["digest"]) == (opened.store.root, opened.manifest["digest"])
    assert (said["as_of"], said["question"]) == ("2026-07-20T12:30:14Z", "why")
    assert said["answer"]["status"] == "kept"


def test_its_queries_can_be_asked_again(opened: Opened) -> None:
    answer = answered(opened, "url", lambda release: address(release, "http://claypath.example/glazes/ash-glaze"))
    for query in answer.sql:
        assert opened.connection.execute(query.sql, dict(query.parameters)).fetchall()


def test_every_value_is_one_that_json_knows() -> None:
    odd = {"a": (float("inf"), float("nan"), 1.5), "b": b"\0\xff", "c": "\ud800", 1: date(2026, 1, 2), "d": None}
    odd |= {"e": datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC)}
    found = {"a": [None, None, 1.5], "b": "00ff", "c": "?", "1": "2026-01-02", "d": None, "e": "2026-01-02T03:04:05Z"}
    assert plain(odd) == found
