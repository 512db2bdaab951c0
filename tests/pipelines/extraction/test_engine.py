"""From a page to its text: what is taken, how it is written, and why."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extraction.engine import Extractor, Options, extractor
from pipelines.extraction.explain import explain
from pipelines.extraction.kernels.layout import DEPTH
from tests.naive_pages import SCANNER

SENTENCE = "The river rose in the night, and by the morning the lower fields of the village were under water again. "
ARTICLE = f"""<html><head><title>High water</title></head><body>
<nav class="main-menu"><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li><li><a href="/about">About
us</a></li></ul></nav>
<div class="sidebar"><a href="/1">Ten ways to cook rice</a> <a href="/2">What to read now</a></div>
<article class="post"><h1>High water in the valley</h1><p>{SENTENCE * 3}</p><p>{SENTENCE * 2}</p>
<p>{SENTENCE * 4}</p></article>
<div id="comments"><p class="comment">First! I saw the water rise from my own window, it was terrible.</p></div>
<footer class="site-footer"><p>Copyright 2024 The Valley Post. All rights reserved.</p></footer></body></html>"""
WRITTEN = (
    "<p>Before &amp;  after<br>a break</p><ul><li>one<li>two<p>three</ul><ol><li>first<li>second</ol>"
    "<table><tr><td>a<td>b<tr><td>c<td>d</table><table><tr><td><p>e<p>f<td>g</table>"
    "<pre>\n  x = 1\n\ty</pre><dl><dt>term<dd>meaning</dl><p hidden>never seen</p>"
)
AS_TEXT = (
    "Before & after\na break\n\n- one\n- two\n\nthree\n\n1. first\n2. second\n\na | b\nc | d\n\ne\n\nf\n\ng\n\n"
    "  x = 1\n\ty\n\nterm\nmeaning"
)


def extracted(html: str, options: Options | None = None) -> str:
    return extractor().extract(html.encode(), options or Options())


def test_an_article_is_taken_and_what_surrounds_it_is_left() -> None:
    text = extracted(ARTICLE)
    assert text.count(SENTENCE.strip()) == 9
    assert text.startswith("High water in the valley")
    for left in ("Home", "rice", "Copyright", "First!"):
        assert left not in text


def test_comments_are_taken_where_they_are_wanted() -> None:
    assert "First! I saw" in extracted(ARTICLE, Options(comments=True))


def test_all_text_is_written_as_the_page_lays_it_out() -> None:
    assert extracted(WRITTEN, Options("full")) == AS_TEXT


def test_tables_and_code_are_left_out_where_they_are_not_wanted() -> None:
    text = extracted(WRITTEN, Options("full", tables=False, code=False))
    assert "a | b" not in text
    assert "x = 1" not in text
    assert "term\nmeaning" in text


def test_lists_in_lists_go_on_and_lists_beside_lists_do_not() -> None:
    nested = "<ul><li>a<ul><li>b<li>c<ol><li>d</ol></ul><li>e</ul><ul><li>f</ul><p>g</p><ul><li>h</ul>"
    assert extracted(nested, Options("full")) == "- a\n- b\n- c\n1. d\n- e\n\n- f\n\ng\n\n- h"


def test_a_row_with_many_cells_is_one_line() -> None:
    cells = "".join(f"<td>{number}" for number in range(3000))
    text = extracted(f"<table><tr>{cells}</table>", Options("full"))
    assert text == " | ".join(map(str, range(3000)))


@pytest.mark.parametrize("html", ["", "   ", "<p>", "<", "<!--", "<script>x</script>", "<p hidden>x</p>"])
def test_a_page_without_text_has_none(html: str) -> None:
    assert extracted(html, Options("full")) == ("<" if html == "<" else "")


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<li>",
                "<ul>",
                "</ul>",
                "<td>",
                "<tr>",
                "<table>",
                "</table>",
                "a b ",
                "&amp;",
                "<br>",
                "<pre>",
                "é",
                "\n",
            ]
        ),
        max_size=60,
    )
)
def test_a_page_has_the_same_text_whatever_was_read_before(parts: list[str]) -> None:
    html = "".join(parts).encode()
    for options in (Options(), Options("full")):
        alone = Extractor().extract(html, options)
        shared = extractor()
        shared.extract(ARTICLE.encode())
        assert shared.extract(html, options) == alone


def test_every_block_is_explained() -> None:
    blocks = explain(extractor(), ARTICLE.encode(), Options())
    kept = [block["text"] for block in blocks if block["kept"]]
    assert "\n\n".join(kept) == extracted(ARTICLE)
    heading = next(block for block in blocks if block["text"].startswith("High water in"))
    assert heading["path"] == "article>h1"
    assert np.isfinite(heading["score"])


def test_the_command(tmp_path: Path) -> None:
    place = tmp_path / "page.html"
    place.write_text(ARTICLE)

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "vitrine.command", "extract", *words]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert run(str(place)).stdout.strip() == extracted(ARTICLE)
    said = json.loads(run(str(place), "--json", "--explain").stdout)
    assert said["text"] == extracted(ARTICLE)
    assert said["metadata"]["title"] == "High water"
    assert said["model"] == extractor().model.digest
    assert any(block["kept"] for block in said["blocks"])
    assert "The river rose" in run(str(place), "--explain").stdout
    assert "The river rose" in run(str(place), "--engine", "resiliparse").stdout
    wrong = run(str(place), "--engine", "resiliparse", "--explain")
    assert (wrong.returncode, "--engine vitrine" in wrong.stderr) == (2, True)
    assert run(str(tmp_path / "none.html")).returncode == 1


def test_a_page_without_text_is_read_as_browsers_without_scripts_do() -> None:
    page = "<body><div id=app></div><noscript><p>The river rose in the night, and fell again.</noscript>"
    assert extracted(page) == "The river rose in the night, and fell again."
    assert "again" not in extracted("<p>A text of its own, and long enough to be one.</p>" + page)
    assert SCANNER.scan(page.encode(), scripts=False).containers[:, DEPTH].max() == 2
    assert len(SCANNER.scan(page.encode()).blocks) == 0


def test_a_menu_is_no_text_even_where_there_is_no_other() -> None:
    menu = "<nav><ul><li><a href=/1>Garden</a><li><a href=/2>Walls</a></ul></nav>"
    assert extracted(f"{menu}<main></main><form><input name=q></form>") == ""
    assert extracted("<p>Gone.") == "Gone."
