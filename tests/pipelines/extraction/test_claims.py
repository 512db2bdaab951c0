"""What a page says of its rights is gathered with its surroundings."""

import pytest

from pipelines.extraction.claims import Claims
from pipelines.extraction.engine import extractor
from pipelines.extraction.evidence import Evidence
from pipelines.extraction.kernels.gathering import NEARBY
from pipelines.extraction.kernels.mentions import MOST
from rights.evidence import Item, Location, Statement
from rights.licence import licence_of
from rights.licence_words import COMMONS, PUBLIC_DOMAIN, RESERVED, words
from rights.weigh import weigh, weigh_all

BY = "https://creativecommons.org/licenses/by/4.0/"
CLAIMS = Claims()
SOME = "some rights reserved|einige rechte vorbehalten|certains droits réservés|algunos derechos reservados"
#: a page's content, of more blocks than its end has
STORY = "".join(f"<p>Ferry {number} leaves at dawn and is back before the tide turns.</p>" for number in range(30))
PHRASES = {"reserved": words(RESERVED), "some": words(SOME), "free": words(PUBLIC_DOMAIN)}
WRITTEN = {"as listed": str, "capital": str.capitalize, "capitals": str.upper}


def gathered(html: str) -> tuple[list[Statement | Item], int]:
    page = extractor().scanner.scan(html.encode())
    return CLAIMS.statements(page, Evidence(page, None))


def said(html: str, location: Location) -> list[Statement]:
    """List the statements of a place that are not read yet."""
    return [one for one in gathered(html)[0] if isinstance(one, Statement) and one.location == location]


def only(html: str, location: Location) -> Statement:
    (found,) = said(html, location)
    return found


def parsed(text: str) -> set[str]:
    """Name the licences that are read of the words of a page's foot."""
    statements, _ = gathered(f"{STORY}<footer><p>{text}</p></footer>")
    return {item.parsed for item in weigh_all(statements)}


def missed(kind: str, written: str) -> list[str]:
    """List the phrases of a kind that a page may say without being heard."""
    texts = [WRITTEN[written](phrase.rstrip("*")) for phrase in PHRASES[kind]]
    known = [(text, licence.id) for text in texts if (licence := licence_of(text))]
    return [text for text, licence in known if parsed(text) != {licence}]


@pytest.mark.parametrize(
    ("html", "location", "name"),
    [
        (f'<link rel="license" href="{BY}">', "link", "license"),
        (f'<link rel="DCTERMS.License" href="{BY}">', "link", "dcterms.license"),
        (f'<meta name="DC.Rights" content="{BY}">', "meta", "dc.rights"),
        (f'<meta property="og:license" content="{BY}">', "meta", "og:license"),
        (f'<a rel="nofollow license" href="{BY}">x</a>', "rel", "nofollow license"),
        (f'<p><a itemprop="license" href="{BY}">x</a>', "item", "license"),
        (f'<p><a href="{BY}">x</a>', "anchor", ""),
    ],
)
def test_a_statement_has_its_place_and_name(html: str, location: Location, name: str) -> None:
    statement = only(html, location)
    assert (statement.name, statement.value) == (name, BY)


@pytest.mark.parametrize("before", ["", "License: "])
def test_an_address_in_text_is_one_statement(before: str) -> None:
    statements = said(f"<p>{before}{BY}", "text")
    assert [item.parsed for statement in statements for item in weigh(statement)] == ["CC-BY-4.0"]


@pytest.mark.parametrize("html", ["", "<p>", f"<!-- {BY} -->", f"<script>{BY}</script>", '<img alt="x" src="/by.png">'])
def test_what_nobody_reads_says_nothing(html: str) -> None:
    assert gathered(html)[0] == []


def test_an_anchor_with_a_relation_is_one_statement() -> None:
    assert len(gathered(f'<p><a rel="license" href="{BY}">x</a>')[0]) == 1


def test_an_anchor_that_is_an_item_is_one_statement() -> None:
    # Two would be two witnesses, of which each makes the other more likely.
    assert len(gathered(f'<p><a itemprop="license" href="{BY}">x</a>')[0]) == 1


def test_an_item_without_a_value_is_its_text() -> None:
    assert only('<p><span itemprop="license">CC BY 4.0</span></p>', "item").value == "CC BY 4.0"


@pytest.mark.parametrize(
    ("html", "around"),
    [
        ("<footer>{}</footer>", "footer"),
        ("<figure><figcaption>{}</figcaption></figure>", "figure"),
        ("<nav>{}</nav>", "navigation"),
        ("<aside>{}</aside>", "aside"),
        ("<article><p>x</p><article>{}</article></article>", "card"),
        ('<section id="comments" class="comment-list">{}</section>', "comments"),
        ("<div hidden>{}</div>", "hidden"),
    ],
)
@pytest.mark.parametrize("anchor", ['<a rel="license" href="{}">CC</a>', '<a href="{}">CC</a>', "{}"])
def test_it_has_its_surroundings(html: str, around: str, anchor: str) -> None:
    content = f"<p>Ann, {anchor.format(BY)}</p>"
    for statement in gathered(html.format(content) + STORY)[0]:
        assert isinstance(statement, Statement)
        assert statement.around == {around}


@pytest.mark.parametrize("html", ["<figure>{}</figure>", "<nav>{}</nav>", "<article><article>{}</article></article>"])
def test_an_anchor_without_text_has_its_surroundings(html: str) -> None:
    # A badge alone: the block that follows it is another's.
    badge = f'<a rel="license" href="{BY}"><img src="/by.png" alt=""></a>'
    assert only(html.format(badge) + STORY, "rel").around != set()


def test_what_stands_last_is_the_end() -> None:
    assert only(f"{STORY}<p>CC BY 4.0", "text").around == {"end"}
    assert only(f"<p>CC BY 4.0</p>{STORY}", "text").around == set()


def test_a_text_has_what_stands_before_it_in_its_block() -> None:
    found = only(f"<p>Another.</p><p>All of this is under CC BY 4.0, mostly.</p>{STORY}", "text")
    assert (found.before, found.value) == ("All of this is under ", "CC BY 4.0, mostly.")


@pytest.mark.parametrize("letter", ["x", "é", "許", "\U0001f600"])
def test_no_more_is_read_than_is_near(letter: str) -> None:
    found = only(f"<p>{letter * 5000} CC BY 4.0 {letter * 5000}</p>", "text")
    assert 0 < len(found.before.encode()) <= NEARBY
    assert len(found.value.encode()) <= NEARBY
    assert "\N{REPLACEMENT CHARACTER}" not in found.before + found.value
    (anchor,) = said(f'<p>{letter * 5000} <a href="{BY}">x</a> {letter * 5000}</p>', "anchor")
    assert len(anchor.before.encode()) <= 5 * NEARBY


def test_of_many_notices_of_copyright_the_last_are_kept() -> None:
    statements, left = gathered("".join(f"<p>© 20{number} Ann</p>" for number in range(10, 40)))
    # The page's own is the last, if there is one.
    assert [(one.raw, one.parsed) for one in weigh_all(statements)] == [("© 2039 Ann", "LicenseRef-copyright-notice")]
    assert left == 29


@pytest.mark.parametrize("piece", [f'<a href="{BY}">x</a> ', "<p>CC BY 4.0", "CC BY 4.0 ", "<p>© 2020 "])
@pytest.mark.parametrize("count", [100, 10_000])
def test_many_are_counted_and_few_are_kept(piece: str, count: int) -> None:
    statements, left = gathered(f"<p>{piece * count}")
    assert len(statements) <= MOST
    assert len(statements) + left == count


def test_what_is_left_out_is_of_this_page_alone() -> None:
    gathered("<p>© 2020 Ann. Alle Rechte vorbehalten.</p>" * 9)
    assert gathered("<p>Nothing is said here.") == ([], 0)
    assert gathered(f'<p>See <a href="{BY}">this</a>.')[1] == 0


@pytest.mark.parametrize("kind", PHRASES)
@pytest.mark.parametrize("written", WRITTEN)
def test_every_phrase_that_is_known_is_heard_in_text(kind: str, written: str) -> None:
    assert missed(kind, written) == []


@pytest.mark.parametrize("name", words(COMMONS))
def test_every_name_of_creative_commons_is_heard_in_text(name: str) -> None:
    assert licence_of(f"{name} BY 4.0 licence") is not None
    assert "CC-BY-4.0" in parsed(f"{name} BY 4.0 licence")


@pytest.mark.parametrize(
    "name",
    [
        *("Open Government Licence v3.0", "GNU Free Documentation License 1.3", "GFDL 1.3", "Licence Art Libre 1.3"),
        *("Free Art License 1.3", "Licence Ouverte 2.0", "Etalab-2.0", "Open Database License 1.0", "ODbL 1.0"),
        *(
            "Datenlizenz Deutschland Namensnennung 2.0",
            "Attribution 4.0 International",
            "Namensnennung 3.0 Deutschland",
        ),
    ],
)
def test_other_licences_of_content_are_heard_in_text(name: str) -> None:
    licence = licence_of(name)
    assert licence is not None
    assert licence.id in parsed(f"Published under the {name}.")
