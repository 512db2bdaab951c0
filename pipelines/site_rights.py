"""Adds to pages what their sites' own files said of use when the pages were captured."""

from collections.abc import Sequence
from dataclasses import replace

from pipelines import stated
from pipelines.extract import Page
from pipelines.record import Record
from pipelines.site_files import SiteFile, SiteFiles, as_of, host_and_path
from pipelines.timestamps import timestamp
from rights.consent.ai_txt import ai_txt
from rights.consent.preference import Preference
from rights.consent.robots_txt import robots_txt
from rights.consent.tdmrep import tdm_file


def add_sites(
    records: Sequence[Record], pages: Sequence[Page], sites: SiteFiles, agents: tuple[str, ...]
) -> list[Page]:
    """Give the pages, each with what its site's files said at the time; those of which nothing is kept stay."""
    if not sites:
        return [*pages]
    pairs = [*zip(records, pages, strict=True)]
    hosts = [host_and_path(record.url or "")[0] if page.stated else "" for record, page in pairs]
    known = sites.of(hosts)
    return [
        _with_site(record, page, known[host], agents) if host in known else page
        for (record, page), host in zip(pairs, hosts, strict=True)
    ]


def _with_site(record: Record, page: Page, captures: Sequence[SiteFile], agents: tuple[str, ...]) -> Page:
    said = [
        (preference, f"{capture.date:%Y-%m-%dT%H:%M:%SZ}" if capture.date else "")
        for capture in as_of(captures, timestamp(record.date))
        for preference in _read(capture, record.url or "", agents)
    ]
    return replace(page, stated=stated.with_site(page.stated or (), said)) if said else page


def _read(capture: SiteFile, url: str, agents: tuple[str, ...]) -> tuple[Preference, ...]:
    if capture.kind == "robots_txt":
        return robots_txt(capture.content, url, agents)
    return tdm_file(capture.content, url) if capture.kind == "tdmrep" else ai_txt(capture.content, url, agents)
