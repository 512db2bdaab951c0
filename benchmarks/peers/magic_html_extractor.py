# /// script
# requires-python = ">=3.12"
# dependencies = ["html-text==0.7.1", "magic-html==0.1.8"]
# ///
# ruff: noqa: PLC0415  # --help answers where it is not installed
"""Main text by magic-html's general extractor, as extractors.py does it; it needs Python 3.12."""

from extractors import Extractor, run


def magic() -> Extractor:
    """Take the general extractor's HTML, laid out as text by html-text."""
    from html_text import extract_text
    from magic_html import GeneralExtractor

    reader = GeneralExtractor()
    return lambda html, url: extract_text(reader.extract(html, base_url=url)["html"])


if __name__ == "__main__":
    run({"magic": magic})
