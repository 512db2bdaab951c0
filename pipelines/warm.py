"""Imported once by the server that forks workers: every kernel is loaded before the first of them is forked."""

from filters.document import documents
from filters.language import Language
from filters.texts import Texts
from pipelines import shard
from pipelines.dedup.minhash import MinHash, signatures
from pipelines.judge import judge
from pipelines.passage_index.scheme import SCHEME
from pipelines.passage_index.winnow import postings_of
from pipelines.resource import load

_BATCH = documents(["a text of some words"])
_TEXTS = Texts(_BATCH)
_RULE = Language()

judge(Texts(_BATCH, load([_RULE])), [_RULE])
signatures(_TEXTS.data, _TEXTS.offsets, MinHash())
postings_of(_TEXTS.data, _TEXTS.offsets, 0, SCHEME)

#: what workers are sent to do
WORK = (shard.curate, _TEXTS.words, _TEXTS.lines)
