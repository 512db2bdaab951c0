"""The ledger: one row for every record read, kept or not, with what was measured and what decided."""

from collections.abc import Sequence

import pyarrow as pa

from filters.filter import Filter
from pipelines import stated
from pipelines.edits.apply import EDIT
from pipelines.stated import Detail

#: what happened to a record; exactly one of these
OUTCOMES = ("kept", "dropped", "duplicate", "error")

#: name, type, meaning: what is known of a record before any filter is asked
IDENTITY: tuple[tuple[str, pa.DataType, str], ...] = (
    ("id", pa.string(), "WARC-Record-ID or the row's own id; else `file_path:offset`"),
    ("url", pa.string(), "WARC-Target-URI or the row's URL"),
    ("date", pa.timestamp("s", tz="UTC"), "when the page was captured; null where the source's date is none"),
    ("dump", pa.string(), "the crawl, such as CC-MAIN-2026-30"),
    ("file_path", pa.string(), "the input file, named as in the manifest"),
    ("offset", pa.int64(), "where the record starts: byte as stored (WARC), byte decompressed (JSONL), row (Parquet)"),
    ("length", pa.int64(), "how many bytes it takes there; 1 for a row of Parquet"),
    ("record_type", pa.string(), "WARC-Type, or `row`; empty where it could not be read"),
    ("payload_digest", pa.string(), "WARC-Payload-Digest as the source states it"),
    (
        "truncated",
        pa.string(),
        "WARC-Truncated: why the crawler kept only the beginning; null where it kept all",
    ),
    ("content_bytes", pa.int64(), "size of the record's block"),
    ("http_status", pa.int16(), "the server's answer"),
    ("mime", pa.string(), "the type that the server names"),
    ("charset", pa.string(), "the charset that was used, by its WHATWG name"),
)

#: what is known of the text
TEXT: tuple[tuple[str, pa.DataType, str], ...] = (
    ("extracted_bytes", pa.int64(), "UTF-8 size of the extracted text"),
    ("extracted_digest", pa.string(), "BLAKE2b-128 of the extracted text, hexadecimal"),
    ("text_bytes", pa.int64(), "UTF-8 size after the edits; null where a filter dropped the document first"),
    ("text_digest", pa.string(), "BLAKE2b-128 after the edits"),
    (
        "edits",
        pa.list_(EDIT),
        "what was edited: edit, places, characters removed and put, where; of a dropped document up to the last filter",
    ),
)

#: what was decided; the signals of the recipe's filters stand before these, one column each
DECISION: tuple[tuple[str, pa.DataType, str], ...] = (
    ("outcome", pa.string(), "kept, dropped, duplicate or error"),
    (
        "dropped_by",
        pa.string(),
        "the first filter that drops it, how it was found to be a duplicate, or the reason of the error",
    ),
    ("failed", pa.list_(pa.string()), "all filters that would drop it, in recipe order"),
    ("detail", pa.string(), "for an error: what was expected and what came"),
    ("cluster", pa.string(), "the cluster of duplicates, named by its survivor's id; null where it is alone"),
    ("survivor", pa.string(), "for a duplicate: id of the document that stands for it, if one does"),
    (
        "survivor_release",
        pa.string(),
        "the earlier release, by name and digest, that holds that document; null where it is this one",
    ),
    (
        "similarity",
        pa.float32(),
        "for a duplicate: share of equal MinHash values with the survivor, 1 where their words are equal; else null",
    ),
    ("cluster_size", pa.int64(), "documents of the cluster"),
    (
        "address_digest",
        pa.string(),
        "BLAKE2b-128 of the address as `exact_url` compares it; null where the recipe does not, or a filter dropped it",
    ),
    (
        "words_digest",
        pa.string(),
        "BLAKE2b-128 of the words as `exact_words` compares them, in lower case, a blank after each; null likewise",
    ),
    ("copies", pa.int16(), "for a kept document: how often to train on it, where the recipe weights clusters"),
    ("data_file", pa.string(), "for a kept document: the file that holds its text"),
    ("data_row", pa.int64(), "and its row there, from 0"),
)

#: what only deduplication and packing can know, beside `outcome` and `dropped_by`
LATER = (
    "cluster",
    "survivor",
    "survivor_release",
    "similarity",
    "cluster_size",
    "address_digest",
    "words_digest",
    "copies",
    "data_file",
    "data_row",
)


def columns(filters: Sequence[Filter], detail: Detail) -> list[tuple[str, pa.DataType, str]]:
    """List all columns of a ledger whose recipe has these filters and keeps so much of what pages say of themselves."""
    signals = [(rule.column, rule.kind, f"signal of the filter `{rule.name}`") for rule in filters]
    return [*IDENTITY, *stated.columns(detail), *TEXT, *signals, *DECISION]


def schema(filters: Sequence[Filter], detail: Detail) -> pa.Schema:
    """Make the Arrow schema of such a ledger."""
    return pa.schema([(name, kind) for name, kind, _ in columns(filters, detail)])


#: FineWeb's columns in FineWeb's order, then ours: loading code that knows FineWeb works unchanged
DATA_COLUMNS: tuple[tuple[str, pa.DataType, str], ...] = (
    ("text", pa.string(), "the text as kept, edits included"),
    ("id", pa.string(), "as in the ledger"),
    ("dump", pa.string(), "the crawl"),
    ("url", pa.string(), "the address of the page"),
    ("date", pa.string(), "when it was captured, such as 2026-07-20T09:38:35Z"),
    ("file_path", pa.string(), "the input file, as in the ledger"),
    ("language", pa.string(), "signal of the filter `language`; null where the recipe has none"),
    ("language_score", pa.float64(), "signal of the filter `language_score`; null where the recipe has none"),
    ("offset", pa.int64(), "where the record starts in the input file"),
    ("length", pa.int64(), "how many bytes it takes there"),
    ("text_digest", pa.string(), "BLAKE2b-128 of the text, hexadecimal"),
)
DATA = pa.schema([(name, kind) for name, kind, _ in DATA_COLUMNS])
