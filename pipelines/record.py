"""A record: one thing read from a source, or the fault that stands where one should be."""

from dataclasses import dataclass

from pipelines.reason import Reason


@dataclass(frozen=True, slots=True)
class Record:
    """One thing read, and where it lies.

    `offset` and `length` point into the shard: bytes as stored for WARC and WET (compressed where the file is),
    bytes of the decompressed stream for JSONL, row number and 1 for Parquet. Two records never share bytes.
    """

    offset: int
    length: int
    #: the source's own identity (WARC-Record-ID, a row's id), or None: then the file and the offset identify it
    id: str | None = None
    #: WARC-Type in lower case, "row" for Parquet and JSONL, "" where it could not be read
    kind: str = ""
    url: str | None = None
    #: as the source writes it; the ledger parses it
    date: str | None = None
    #: WARC-Payload-Digest as the source writes it
    payload_digest: str | None = None
    #: WARC-Truncated: why the crawler kept only the beginning of the payload, such as "length"
    truncated: str | None = None
    #: the record's block: HTTP head and body of a response, UTF-8 text of a conversion or a row
    content: bytes = b""
    #: size of the block as found, also where `content` was not kept
    content_length: int = 0
    #: set where the record cannot become a document; then `detail` says what was expected and what came
    reason: Reason | None = None
    detail: str = ""
