"""Why a record is not a document: one closed list, so that reasons can be counted."""

from enum import StrEnum
from typing import Self


class Reason(StrEnum):
    """What stood in the way. The value is what the ledger's `dropped_by` says."""

    explanation: str

    def __new__(cls, value: str, explanation: str) -> Self:
        """Keep the sentence that the documentation prints beside the word."""
        reason = str.__new__(cls, value)
        reason._value_ = value
        reason.explanation = explanation
        return reason

    NOT_RESPONSE = "not_response", "a record that holds no page: a request, warcinfo, metadata, revisit"
    HTTP_STATUS = "http_status", "the server did not answer 200: a redirect, an error page"
    NOT_HTML = "not_html", "another type of content: an image, a PDF, plain data"
    TOO_LARGE = "too_large", "more bytes than the recipe allows, as stored or once decompressed"
    EMPTY = "empty", "no text was left once the page was read"
    UNDECODABLE = "undecodable", "no charset turns these bytes into text"
    BAD_HTTP = "bad_http", "the HTTP head cannot be read, or the body is not in the encoding that it names"
    TRUNCATED = "truncated", "the file or the record ends before its stated length"
    BAD_RECORD = "bad_record", "the record's own header cannot be read or contradicts itself"
    DAMAGED = "damaged", "bytes that belong to no readable record"
    UNSUPPORTED = "unsupported", "a file format that Vitrine does not read"
    BAD_ROW = "bad_row", "a line or row that is not what its format promises"
    TIMED_OUT = "timed_out", "extraction took more processor time than the recipe allows"
    CRASHED = "crashed", "extraction killed its process or ran out of its memory"
