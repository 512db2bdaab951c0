"""WARC: request, response and metadata of a page as records, one gzip member each, some damaged on purpose."""

import base64
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha1
from uuid import NAMESPACE_URL, uuid5

from pipelines.sample.page import Page
from pipelines.sample.wire import gzipped, response

FLIPPED = 64
LENGTH_OFF = {"too-long": 700, "too-short": -700}


@dataclass(frozen=True, slots=True)
class Member:
    """One record before compression, and what befalls its compressed bytes: "", "flipped" or "truncated"."""

    content: bytes
    damage: str = ""


def record_id(kind: str, page: Page) -> str:
    """Give the WARC-Record-ID that follows from type, address and time."""
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, f'{kind} {page.url} {page.date}')}>"


def members(page: Page, body: bytes) -> list[Member]:
    """Write the records that a crawler writes for one page; nothing follows where the file breaks off."""
    broken = page.one("broken")
    captured = Member(_response(page, body), broken if broken in {"flipped", "truncated"} else "")
    if broken == "truncated":
        return [Member(_request(page)), captured]
    return [Member(_request(page)), captured, Member(_metadata(page))]


def information(name: str, page: Page) -> Member:
    """Write the record that heads a file; it carries the time of the file's first page."""
    facts = (
        "isPartOf: CC-MAIN-2026-30",
        "publisher: Vitrine, sample crawl",
        "description: Invented pages on invented hosts, in the form of a Common Crawl archive",
        "software: pipelines.sample.build",
        "format: WARC File Format 1.0",
    )
    headers = {
        "WARC-Type": "warcinfo",
        "WARC-Date": page.date,
        "WARC-Record-ID": f"<urn:uuid:{uuid5(NAMESPACE_URL, name)}>",
        "WARC-Filename": name,
        "Content-Type": "application/warc-fields",
    }
    return Member(_record(headers, "\r\n".join((*facts, "")).encode()))


def conversion(page: Page, text: str) -> Member:
    """Write a page's text as the record of a WET file."""
    headers = {"WARC-Refers-To": record_id("response", page), "Content-Type": "text/plain"}
    return Member(_record(_named("conversion", page) | headers, text.encode()))


def pack(found: Iterable[Member]) -> bytes:
    """Compress each record as a gzip member of its own, and damage those that are to be damaged."""
    return b"".join(_packed(member) for member in found)


def flip(member: bytes) -> bytes:
    """Invert some bytes in the middle of a gzip member; done twice, it undoes itself."""
    at = len(member) // 2
    return member[:at] + bytes(byte ^ 0xFF for byte in member[at : at + FLIPPED]) + member[at + FLIPPED :]


def _packed(member: Member) -> bytes:
    deflater = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = gzipped(member.content, deflater.compress(member.content) + deflater.flush())
    if member.damage == "flipped":
        return flip(packed)
    return packed[: len(packed) // 2] if member.damage == "truncated" else packed


def _request(page: Page) -> bytes:
    path = "/" + page.url.split("/", 3)[3]
    head = f"GET {path} HTTP/1.1\r\nHost: {page.host}\r\nUser-Agent: sample/1\r\nAccept-Encoding: br,gzip\r\n\r\n"
    headers = {"WARC-Concurrent-To": record_id("response", page)}
    headers["Content-Type"] = "application/http; msgtype=request"
    return _record(_named("request", page) | headers, head.encode())


def _response(page: Page, body: bytes) -> bytes:
    head, sent = response(page, body)
    headers = {
        "WARC-IP-Address": f"203.0.113.{sum(page.host.encode()) % 254 + 1}",
        "WARC-Payload-Digest": _digest(sent),
        "Content-Type": "application/http; msgtype=response",
    }
    named = _named("response", page)
    if page.one("broken") == "no-id":
        del named["WARC-Record-ID"]
    return _record(named | headers, head + sent, LENGTH_OFF.get(page.one("broken"), 0))


def _metadata(page: Page) -> bytes:
    headers = {"WARC-Concurrent-To": record_id("response", page), "Content-Type": "application/warc-fields"}
    block = f"fetchTimeMs: {sum(page.url.encode()) % 900 + 40}\r\n".encode()
    return _record(_named("metadata", page) | headers, block)


def _named(kind: str, page: Page) -> dict[str, str]:
    return {
        "WARC-Type": kind,
        "WARC-Date": page.date,
        "WARC-Record-ID": record_id(kind, page),
        "WARC-Target-URI": page.url,
    }


def _record(headers: dict[str, str], block: bytes, length_off: int = 0) -> bytes:
    measured = {"Content-Length": str(len(block) + length_off), "WARC-Block-Digest": _digest(block)}
    head = "".join(f"{name}: {value}\r\n" for name, value in (headers | measured).items())
    return b"WARC/1.0\r\n" + head.encode() + b"\r\n" + block + b"\r\n\r\n"


def _digest(data: bytes) -> str:
    return "sha1:" + base64.b32encode(sha1(data, usedforsecurity=False).digest()).decode()
