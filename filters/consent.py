"""Consent."""

from functools import lru_cache
from typing import ClassVar, Literal

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import Field

from filters.filter import Filter
from filters.texts import Texts
from rights.consent.agents import TRAINING
from rights.consent.preference import Verdict, combine
from rights.consent.written import read

#: the syntaxes that are read
Signal = Literal[
    "robots_meta", "x_robots_tag", "tdmrep", "content_usage", "content_signal", "rsl", "ai_txt", "robots_txt"
]


class Consent(Filter):
    """Whether page and site allow training, as they said when the page was crawled: `allow`, `deny` or `unknown`.

    Any denial denies, else any allowance allows (the rule of IETF aipref); a malformed statement is unknown, never an
    allowance.
    """

    name: ClassVar = "consent"
    subject: ClassVar = "stated_consent"
    source: ClassVar = (
        "IETF aipref (draft-ietf-aipref-vocab), W3C TDMRep, RSL 1.0, Cloudflare Content Signals, RFC 9309, `noai`; "
        "Longpre et al. 2024, Consent in Crisis"
    )
    examples: ClassVar = {
        "content_signal/file/*=allow": True,
        "tdmrep/file/*=deny tdmrep/html/*=allow": True,
        "robots_meta/html/*=deny": False,
        "robots_txt/file/ccbot=deny": False,
        "robots_meta/html/*=deny tdmrep/html/*=allow": False,
    }
    kind: ClassVar = pa.string()

    #: the syntaxes that are heard; the others are only recorded
    signals: tuple[Signal, ...] = Field(
        default=(
            *("robots_meta", "x_robots_tag", "tdmrep", "content_usage", "content_signal", "rsl", "ai_txt"),
            "robots_txt",
        ),
        min_length=1,
    )
    #: crawlers whose denials count beside those for everybody: by default those that gather for training
    agents: tuple[str, ...] = TRAINING
    #: what becomes of a document of which nothing is known
    unknown: Literal["keep", "drop"] = "keep"

    def signal(self, texts: Texts) -> pa.Array:
        """Answer for each document."""
        said = pc.dictionary_encode(texts.batch.column("stated_consent"))
        answers = [_answer(written, self.agents, self.signals) for written in said.dictionary.to_pylist()]
        return pc.fill_null(pa.array(answers, pa.string()).take(said.indices), "unknown")

    def keep(self, signal: pa.Array) -> pa.BooleanArray:
        """Keep what is not denied; of the unknown as `unknown` says."""
        return pc.not_equal(signal, "deny") if self.unknown == "keep" else pc.equal(signal, "allow")


@lru_cache(maxsize=65536)
def _answer(written: str, agents: tuple[str, ...], signals: tuple[str, ...]) -> Verdict:
    try:
        return combine(read(written), agents=agents, signals=signals).verdict
    except ValueError:
        return "unknown"
