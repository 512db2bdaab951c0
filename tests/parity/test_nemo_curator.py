"""Filters of ours measure and decide as NeMo Curator 1.4.0 does, on texts made up, of which its answers are recorded.

Its environment is too large for a test. `python -m tests.parity.nemo_curator` compares on real texts, and with
`--record` asks anew about those here.
"""

import pytest

from benchmarks.peers import nemo_curator_filters as peer
from tests.parity import nemo_curator as shared

ROWS = shared.recorded()


def test_each_of_its_rules_is_recorded() -> None:
    names = {*peer.STRINGS, *peer.REPETITIONS}
    assert names == {*shared.RULES}
    assert all({*row["said"]} == names - {shared.UNSTABLE} for row in ROWS)


@pytest.mark.parametrize("name", sorted({*shared.RULES} - {shared.UNSTABLE}))
def test_a_rule_is_equal_but_where_it_is_said_to_differ(name: str) -> None:
    rows = [(row["said"][name], name in row["differs"]) for row in ROWS]
    ours = shared.ours(shared.RULES[name], [row["text"] for row in ROWS])
    equal = [shared.same(one, said) for (one, _), ((said, _), _) in zip(ours, rows, strict=True)]
    assert equal == [not differs for _, differs in rows]
    verdicts = {(one, said) for (_, one), ((_, said), differs) in zip(ours, rows, strict=True) if not differs}
    assert verdicts == {(True, True), (False, False)}
