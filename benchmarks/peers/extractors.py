# /// script
# requires-python = ">=3.11"
# dependencies = [
#     "boilerpy3==1.0.7",
#     "goose3==3.1.22",
#     "html-text==0.7.1",
#     "justext==3.0.2",
#     "newspaper4k[ja,zh]==0.9.6",
#     "readability-lxml==0.9",
# ]
# ///
# ruff: noqa: PLC0415  # --help answers where none of them is installed
"""Main text by one of several extractors, each as its documentation shows it; nothing is fetched from the network.

Pages come as JSON lines, gzipped: `id`, `url`, `html` (already decoded). Each is answered by a JSON line: `id`, `text`,
`seconds` of the processor, and `error` where the extractor raised one, whose text is then empty.
"""

import argparse
import gzip
import json
import re
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

#: a page and its URL to its main text
Extractor = Callable[[str, str], str]
#: lxml refuses text that names the charset of its bytes
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def readability() -> Extractor:
    """Take readability-lxml's summary, laid out as text by html-text."""
    from html_text import extract_text
    from readability import Document

    return lambda html, _: extract_text(Document(html).summary())


def justext() -> Extractor:
    """Take jusText's good paragraphs; the stop words of all its languages serve every page."""
    from justext import get_stoplist, get_stoplists
    from justext import justext as paragraphs

    stop_words = frozenset(word for language in get_stoplists() for word in get_stoplist(language))
    return lambda html, _: "\n".join(
        paragraph.text for paragraph in paragraphs(html, stop_words) if not paragraph.is_boilerplate
    )


def newspaper() -> Extractor:
    """Take newspaper4k's text; the page names its language."""
    from newspaper import Article, Config

    config = Config()
    config.fetch_images = False

    def extract(html: str, url: str) -> str:
        article = Article(url or "http://example.test/", config=config)
        article.download(input_html=html)
        article.parse()
        return article.text

    return extract


def goose() -> Extractor:
    """Take Goose3's cleaned text; the page names its language."""
    from goose3 import Goose

    reader = Goose({"enable_image_fetching": False, "strict": False})
    return lambda html, _: reader.extract(raw_html=html).cleaned_text


def boilerpy() -> Extractor:
    """Take what boilerpy3's ArticleExtractor leaves."""
    from boilerpy3.extractors import ArticleExtractor

    reader = ArticleExtractor(raise_on_failure=False)
    return lambda html, _: reader.get_content(html)


EXTRACTORS = {made.__name__: made for made in (readability, justext, newspaper, goose, boilerpy)}


def answer(extract: Extractor, page: dict[str, str]) -> dict[str, str | float]:
    """Extract one page; whatever the extractor raises is a page without text."""
    html = _DECLARATION.sub("", page["html"])
    started = time.process_time()
    try:
        said = {"text": extract(html, page["url"]) or ""}
    except Exception as error:  # noqa: BLE001  # the peers' own mistakes, of any kind
        said = {"text": "", "error": f"{type(error).__name__}: {error}"[:200]}
    return {"id": page["id"], "seconds": round(time.process_time() - started, 6), **said}


def run(extractors: dict[str, Callable[[], Extractor]], words: list[str] | None = None) -> None:
    """Answer every page of a file with one of the extractors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path, help="JSON lines, gzipped: id, url, html")
    parser.add_argument("--extractor", choices=sorted(extractors), default=next(iter(extractors)))
    given = parser.parse_args(words)
    out = sys.stdout
    with redirect_stdout(sys.stderr), gzip.open(given.pages, "rt", encoding="utf-8") as lines:
        extract = extractors[given.extractor]()
        for line in lines:
            out.write(json.dumps(answer(extract, json.loads(line))) + "\n")
            out.flush()


if __name__ == "__main__":
    run(EXTRACTORS)
