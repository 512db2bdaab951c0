"""Ways in which a page can state its licence, each a small page: which of them does a detector read."""

from benchmarks.rights.named import Named
from benchmarks.rights.truth import Page

_BY = Named("CC-BY", "4.0")
_ZERO = Named("CC0", "1.0")


def _footer(markup: str) -> str:
    words = "<p>The river rose again in spring, and the mill stood still for a week.</p>" * 8
    return f"<html><head><title>A mill</title></head><body><main>{words}</main><footer>{markup}</footer></body></html>"


def _head(markup: str) -> str:
    return _footer("").replace("</head>", f"{markup}</head>")


def _link(address: str, attributes: str = 'rel="license" ') -> str:
    return _footer(f'<p>This page is licensed under <a {attributes}href="{address}">these terms</a>.</p>')


#: by name: a page, and the licence that it states
SPELLINGS: dict[str, tuple[str, Named]] = {
    "https, rel=license": (_link("https://creativecommons.org/licenses/by/4.0/"), _BY),
    "no relation": (_link("https://creativecommons.org/licenses/by/4.0/", ""), _BY),
    "protocol-relative": (_link("//creativecommons.org/licenses/by/4.0/"), _BY),
    "www.": (_link("https://www.creativecommons.org/licenses/by/4.0/"), _BY),
    "capitals": (_link("HTTPS://CreativeCommons.org/licenses/BY/4.0/"), _BY),
    "unquoted": (_link("").replace('href=""', "href=https://creativecommons.org/licenses/by/4.0/"), _BY),
    "line break in the element": (_link("https://creativecommons.org/licenses/by/4.0/", 'rel="license"\n  '), _BY),
    "CC0": (_link("https://creativecommons.org/publicdomain/zero/1.0/"), _ZERO),
    "public domain mark": (_link("https://creativecommons.org/publicdomain/mark/1.0/"), Named("CC-PDM", "1.0")),
    "order of 1.0": (_link("https://creativecommons.org/licenses/by-nd-nc/1.0/"), Named("CC-BY-NC-ND", "1.0")),
    "ported": (_link("https://creativecommons.org/licenses/by-sa/3.0/de/"), Named("CC-BY-SA", "3.0", "DE")),
    "deed in a language": (_link("https://creativecommons.org/licenses/by/4.0/deed.fr"), _BY),
    "link in the head": (_head('<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">'), _BY),
    "meta": (_head('<meta name="dcterms.license" content="https://creativecommons.org/licenses/by/4.0/">'), _BY),
    "JSON-LD": (
        _head(
            '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "WebPage",'
            ' "license": "https://creativecommons.org/licenses/by/4.0/"}</script>'
        ),
        _BY,
    ),
    "words alone": (_footer("<p>This page is licensed under CC BY-SA 4.0.</p>"), Named("CC-BY-SA", "4.0")),
    "not of the page: a picture": (
        _footer("").replace(
            "</main>",
            '<figure><img src="mill.jpg" alt=""><figcaption>Photo: A. Miller, '
            '<a href="https://creativecommons.org/licenses/by/4.0/">CC BY</a></figcaption></figure></main>',
        ),
        Named("none"),
    ),
}


def pages() -> dict[str, Page]:
    """Make the pages, each by its spelling's name and at an address of its own."""
    named = enumerate(SPELLINGS.items())
    return {name: Page(name, f"https://mill.example/{place}", html.encode(), ()) for place, (name, (html, _)) in named}


def reads(said: Named | None, stated: Named) -> str:
    """Say how well a licence was read."""
    if stated.family == "none":
        return "taken" if said else "left out"
    if said is None:
        return "missed"
    if said == stated:
        return "read"
    if said[:2] == stated[:2]:
        return "read, jurisdiction wrong"
    return "family alone" if said.family == stated.family else f"as {said.family}"
