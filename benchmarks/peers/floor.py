# /// script
# requires-python = ">=3.11"
# dependencies = ["brotli", "fastwarc", "resiliparse"]
# ///
"""The floor: WARC files to main text with fastwarc and resiliparse, and nothing else.

Whoever turns a crawl into text with a parser pays at least this. Nothing is judged, kept, deduplicated or written.
"""

import argparse
import json
import sys
import zlib
from collections.abc import Iterator
from http import HTTPStatus
from itertools import chain, islice
from pathlib import Path

import brotli
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.encoding import bytes_to_str, detect_encoding
from resiliparse.parse.html import HTMLTree

HTML = ("text/html", "application/xhtml+xml")


def pages(path: str) -> Iterator[WarcRecord]:
    """Read the pages of a file: responses with status 200 that are HTML by their Content-Type."""
    # auto_decode="all" would save us `body`, but fastwarc 2.0.1 loses the rest of the file after chunked gzip.
    for record in ArchiveIterator(path, record_types=WarcRecordType.response, parse_http=True, auto_decode="none"):
        if is_page(record):
            yield record


def is_page(record: WarcRecord) -> bool:
    """Say whether the record, its HTTP head parsed, is what everybody here counts as a page."""
    head = record.http_headers if record.record_type == WarcRecordType.response else None
    return head is not None and head.status_code == HTTPStatus.OK and record.http_content_type in HTML


def body(record: WarcRecord) -> bytes:
    """Read the page's bytes, with the encodings of HTTP undone."""
    content = record.reader.read()
    headers = {name.lower(): value.strip().lower() for name, value in record.http_headers}
    if headers.get("transfer-encoding") == "chunked":
        content = b"".join(_chunks(content))
    encoding = headers.get("content-encoding")
    if encoding == "br":
        return brotli.decompress(content)
    if encoding in ("gzip", "deflate"):
        return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(content)
    return content


def _chunks(content: bytes) -> Iterator[bytes]:
    position = 0
    while (end := content.find(b"\r\n", position)) >= 0:
        size = int(content[position:end].partition(b";")[0], 16)
        yield content[end + 2 : end + 2 + size]
        position = end + 2 + size + 2


def as_detected(content: bytes) -> str:
    """Decode as the detector says, whatever the page."""
    return bytes_to_str(content, detect_encoding(content))


def utf8_first(content: bytes) -> str:
    """Ask the detector only where the bytes are not UTF-8."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        return as_detected(content)


def main_text(html: str) -> str:
    """Extract the main text."""
    return extract_plain_text(HTMLTree.parse(html), main_content=True)


def main() -> None:
    """Extract the pages of the files given; print what there was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("warc", nargs="+")
    parser.add_argument("--utf8-first", action="store_true", help="detect the charset only of what is not UTF-8")
    parser.add_argument("--pages", type=int, help="stop after so many pages")
    parser.add_argument("--texts", metavar="FILE", type=Path, help="write the texts too, as JSON lines")
    given = parser.parse_args()
    decode = utf8_first if given.utf8_first else as_detected
    counts = {"pages": 0, "html_bytes": 0, "text_characters": 0}
    lines: list[str] = []
    for record in islice(chain.from_iterable(map(pages, given.warc)), given.pages):
        content = body(record)
        text = main_text(decode(content))
        counts["pages"] += 1
        counts["html_bytes"] += len(content)
        counts["text_characters"] += len(text)
        if given.texts and text:
            url = record.headers["WARC-Target-URI"]
            lines.append(json.dumps({"text": text, "id": record.record_id, "metadata": {"url": url}}) + "\n")
    if given.texts:
        given.texts.write_text("".join(lines), encoding="utf-8")
    json.dump(counts, sys.stdout)


if __name__ == "__main__":
    main()
