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
from typing import Any

import brotli
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.encoding import bytes_to_str, detect_encoding
from resiliparse.parse.html import HTMLTree

HTML = ("text/html", "application/xhtml+xml")


def pages(path: str) -> Iterator[WarcRecord]:
    """Read what everybody here counts as a page: a response with status 200 that is HTML by its Content-Type."""
    # auto_decode="all" would save us `body`, but fastwarc 2.0.1 loses the rest of the file after chunked gzip.
    for record in ArchiveIterator(path, record_types=WarcRecordType.response, parse_http=True, auto_decode="none"):
        if record.http_headers.status_code == 200 and record.http_content_type in HTML:  # noqa: PLR2004
            yield record


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
    """Extract every page of the files given; print what there was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("warc", nargs="+")
    parser.add_argument("--utf8-first", action="store_true", help="detect the charset only of what is not UTF-8")
    parser.add_argument("--texts", metavar="FILE", help="write the texts too, as JSON lines")
    given = parser.parse_args()
    decode = utf8_first if given.utf8_first else as_detected
    counts = {"pages": 0, "html_bytes": 0, "text_characters": 0}
    lines: list[dict[str, Any]] = []
    for path in given.warc:
        for record in pages(path):
            content = body(record)
            text = main_text(decode(content))
            counts["pages"] += 1
            counts["html_bytes"] += len(content)
            counts["text_characters"] += len(text)
            if given.texts and text:
                url = record.headers["WARC-Target-URI"]
                lines.append({"text": text, "id": record.record_id, "metadata": {"url": url}})
    if given.texts:
        with open(given.texts, "w", encoding="utf-8") as file:  # noqa: PTH123  # one call, one script
            file.writelines(json.dumps(line) + "\n" for line in lines)
    json.dump(counts, sys.stdout)


if __name__ == "__main__":
    main()
