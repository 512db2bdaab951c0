"""Markup: a page's light text becomes the HTML of an article, and its site's template goes around it."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from string import Template

from pipelines.sample.page import Page

HERE = Path(__file__).parent
TEMPLATES = {path.stem: Template(path.read_text(encoding="utf-8")) for path in sorted(HERE.glob("templates/*.html"))}
#: how a block of light text begins, and what becomes of its lines
BLOCKS = {
    "## ": ("", "<h3>{}</h3>", ""),
    "# ": ("", "<h2>{}</h2>", ""),
    "- ": ("<ul>", "<li>{}</li>", "</ul>"),
    "+ ": ("<ol>", "<li>{}</li>", "</ol>"),
    "> ": ("<blockquote>", "<p>{}</p>", "</blockquote>"),
    "| ": ("<table>", "<tr><td>{}</td></tr>", "</table>"),
    "@ ": ("", '<li class="comment">{}</li>', ""),
}


@dataclass(frozen=True, slots=True)
class Site:
    """What all pages of one host share."""

    name: str
    template: str
    nav: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    footer: str = ""
    cookie: str = ""
    comments: str = "Comments"


def read_sites() -> dict[str, Site]:
    """Read `sites.toml`, by host."""
    tables = tomllib.loads((HERE / "sites.toml").read_text(encoding="utf-8"))
    return {host: Site(**table) for host, table in tables.items()}


def render(page: Page, sites: dict[str, Site]) -> str:
    """Give the page as its server would send it, before any charset; a raw page stands as written."""
    if page.one("template") == "raw":
        return _expand(page.text)
    site = sites[page.one("site", page.host)]
    return TEMPLATES[site.template].substitute(_places(page, site))


def visible(page: Page, sites: dict[str, Site]) -> str:
    """Give the page's text with its menus, one line a block, as the text of a WET record."""
    site = sites[page.one("site", page.host)]
    lines = re.sub(r"<[^>]+>", "", re.sub(r"^(?:##?|[-+>|@]) ", "", page.text, flags=re.MULTILINE)).splitlines()
    return "\n".join((page.one("title"), *site.nav, *filter(None, lines), site.footer)) + "\n"


def opening(page: Page) -> str | None:
    """Give the first words of the page's first plain paragraph, up to any markup; None where it has none."""
    for block in page.text.split("\n\n"):
        if re.match(r"[\w¿¡«„“—(]", block) and page.one("template") != "raw":
            return re.split(r"[<&]", block)[0][:60].strip()
    return None


def _places(page: Page, site: Site) -> dict[str, str]:
    blocks = [block for block in page.text.split("\n\n") if block.strip()]
    charset = page.one("meta", "utf-8")
    return {name: page.one(name) for name in ("title", "description", "author", "published")} | {
        "body": "\n".join(_block(block) for block in blocks if not block.startswith("@ ")),
        "comments": _comments(site, [block for block in blocks if block.startswith("@ ")]),
        "lang": page.one("lang", "en"),
        "dir": "rtl" if page.one("lang") == "ar" else "ltr",
        "canonical": page.one("canonical", page.url),
        "head": "\n".join(page.all("head")),
        "foot": "\n".join(page.all("foot")),
        "meta": "" if charset == "none" else f'<meta charset="{charset}">',
        "site": site.name,
        "nav": _links("section", site.nav),
        "aside": _links("read", site.aside),
        "footer": site.footer,
        "cookie": site.cookie,
    }


def _block(block: str) -> str:
    if block.startswith("<"):
        return _expand(block)
    for mark, (before, line, after) in BLOCKS.items():
        if block.startswith(mark):
            cells = (part[len(mark) :].replace(" | ", "</td><td>") for part in block.splitlines())
            return "\n".join(filter(None, (before, *map(line.format, cells), after)))
    return f"<p>{block}</p>"


def _comments(site: Site, blocks: Iterable[str]) -> str:
    entries = "\n".join(map(_block, blocks))
    return f'<section id="comments"><h3>{site.comments}</h3><ul>\n{entries}\n</ul></section>' if entries else ""


def _links(folder: str, names: Iterable[str]) -> str:
    return "\n".join(f'<li><a href="/{folder}/{at}">{name}</a></li>' for at, name in enumerate(names, 1))


def _expand(text: str) -> str:
    # {{300 * <div>}}: a source that stays readable for a page that is not.
    return re.sub(r"\{\{(\d+) \* (.*?)\}\}", lambda found: int(found[1]) * found[2], text, flags=re.DOTALL)
