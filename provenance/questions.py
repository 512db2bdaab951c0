"""All questions by name: the command, a server and Python ask the same ones and get the same answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from provenance.addresses import Address, address
from provenance.answer import Answer, answered
from provenance.compare import Comparison, compare
from provenance.domain import Domain, domain
from provenance.duplicates import Duplicates, duplicates
from provenance.filter_cost import FilterCost, filter_cost
from provenance.funnel_by import Funnel, funnel_by
from provenance.opened import Opened
from provenance.passages.contamination import Contamination
from provenance.read_only_sql import Table, run_sql
from provenance.sample import Sampled, sample
from provenance.show import Shown, show
from provenance.traced import Traced, contaminated, trace_text
from provenance.what_if import GUARANTEE, WhatIf, what_if
from provenance.why import Why, why

#: what an index of all records allows to say
_ALL = "Complete: every record that the release read is in its ledger, kept or not, and the index has a row for each."
_CAPTURES = (
    "Complete: every capture that the release read is in the index. Addresses are one where their SURTs are equal; "
    "requests, metadata and records without an address are no captures."
)
_DRAWN = "The same seed draws the same documents of the same release: they are ordered by a hash of seed and id."


@dataclass(frozen=True, slots=True)
class Asking:
    """One question: the function that answers it, what it gives, and what can be relied on."""

    function: Callable[..., Any]
    kind: type
    guarantee: str | None


QUESTIONS: Mapping[str, Asking] = {
    "why": Asking(why, Why, _ALL),
    "url": Asking(address, Address, _CAPTURES),
    "domain": Asking(domain, Domain, f"{_CAPTURES} Domains are those of the Public Suffix List's ICANN section."),
    "duplicates": Asking(duplicates, Duplicates, _ALL),
    "compare": Asking(compare, Comparison, _ALL),
    "funnel": Asking(funnel_by, Funnel, "`conserved` is counted: every record has exactly one fate."),
    "filter": Asking(filter_cost, FilterCost, _DRAWN),
    "what-if": Asking(what_if, WhatIf, GUARANTEE),
    "sample": Asking(sample, Sampled, _DRAWN),
    "show": Asking(show, Shown, None),
    "trace": Asking(trace_text, Traced, None),
    "contamination": Asking(contaminated, Contamination, None),
    "sql": Asking(run_sql, Table, None),
}


def put(opened: Opened, question: str, /, *given: Any, **named: Any) -> Answer[Any]:  # noqa: ANN401  # as it is asked
    """Put a question, by its name in QUESTIONS, with the arguments of its function; UsageError says what is wrong."""
    asking = QUESTIONS[question]
    return answered(opened, question, lambda release: asking.function(release, *given, **named), asking.guarantee)
