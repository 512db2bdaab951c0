"""The slow, obvious twins of the kernels in `pipelines/edits/`: what a text must become, one text at a time."""

import ipaddress
import re
from collections.abc import Callable

from filters.document import documents
from filters.kernels.phones import CALLING_CODES
from filters.texts import Texts
from filters.units import Units
from pipelines.edits.kernels.accounts import ACCOUNTS
from pipelines.edits.kernels.top_level import NAMES

CITATION = re.compile(r"\[\d*\]|\[edit\]|\[citation needed\]")
POLICIES = ("terms of use", "privacy policy", "cookie policy", "uses cookies", "use of cookies", "use cookies")
COUNTED = "likes|shares|comments|retweets|reposts|quotes|bookmarks|upvotes|downvotes|downloads|views|followers"
COUNTER = re.compile(rf"\W*\d[\d,.]*[kmb]?\s+({COUNTED})\W*")


def cap_newlines(text: str, most: int) -> str:
    """Shorten runs of newlines."""
    return re.sub("\n" * most + "\n+", "\n" * most, text)


def drop_symbol_lines(text: str, symbols: str, replacement: str) -> str:
    """Put `replacement` in place of each run of lines that hold nothing but symbols and blanks."""
    lines: list[str] = []
    inside = False
    for line in text.splitlines():
        found = bool(line.strip()) and not set(line) - {*symbols, " "}
        if not found:
            lines.append(line)
        elif not inside and replacement:
            lines.append(replacement)
        inside = found
    return "\n".join(lines)


def drop_unpunctuated_lines(text: str, marks: tuple[str, ...], min_words: int) -> str:
    """Drop lines without a mark at their end, and short ones, each with its newline."""
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    marked = [line for line in lines if not marks or line.strip().endswith(marks)]
    return "".join(line for line in marked if len(line.split()) >= min_words)


def drop_c4_lines(  # noqa: PLR0913  # as many as the edit has words
    text: str,
    *,
    punctuated: bool,
    min_words: int,
    max_word_length: int,
    javascript: bool,
    policies: bool,
    citations: bool,
) -> str:
    """Keep C4's lines."""
    lines: list[str] = []
    for raw in text.splitlines():
        words = raw.split()
        line = CITATION.sub("", raw.strip()) if citations else raw.strip()
        dropped = (
            any(len(word) > max_word_length for word in words)
            or len(words) < min_words
            or (punctuated and (not line.endswith((".", "?", "!", '"', "'")) or line.endswith("...")))
            or (javascript and "javascript" in line.lower())
            or (policies and any(phrase in line.lower() for phrase in POLICIES))
        )
        lines += [] if dropped else [line]
    return "\n".join(lines).strip()


def drop_refinedweb_lines(  # noqa: PLR0913  # as many as the edit has words
    text: str,
    *,
    max_uppercase: float,
    max_digits: float,
    counters: bool,
    min_words: int,
    cart: bool,
    read_more: bool,
    sign_in: bool,
    max_words: int,
) -> str:
    """Ask RefinedWeb's questions in DCLM's order, one after the other over the whole text."""
    for holds, most in ((str.isupper, max_uppercase), (str.isdigit, max_digits)):
        lines = text.split("\n")
        text = "\n".join(line for line in lines if not line or sum(map(holds, line)) / len(line) <= most).strip()
    if counters:
        text = "\n".join(line for line in text.split("\n") if not COUNTER.fullmatch(line.lower())).strip()
    text = "\n".join(line for line in text.split("\n") if not line or len(line.split()) >= min_words)
    for asked, part in ((cart, r"\s?items in cart"), (read_more, r"\s?read more...$"), (sign_in, r"^sign-in\s?")):
        if asked:
            pairs = [(line, _without(line, part, max_words)) for line in text.split("\n")]
            text = "\n".join(after for line, after in pairs if after.strip() or not line or _long(line, max_words))
            text = text.strip()
    return text


def drop_datamap_lines(
    text: str, max_uppercase: float, max_digits: float, min_words: int, parts: tuple[bool, bool, bool, bool]
) -> str:
    """Ask RefinedWeb's questions as datamap-rs does; `parts` are counters, and the three names in their order."""
    kept = [
        line
        for line, words in _counted(text.split("\n"))
        if not line
        or (
            sum(map(str.isupper, line)) / len(line.encode()) <= max_uppercase
            and len(re.findall("[0-9]", line)) / len(line.encode()) <= max_digits
            and not (parts[0] and COUNTER.fullmatch(line.lower()))
            and words >= min_words
        )
    ]
    text = "\n".join(kept)
    names = ((r"\s?items in cart\s?", " "), (r"\s?Read more...\Z", ""), (r"\ASign-in\s?", ""))
    for (name, put), asked in zip(names, parts[1:], strict=True):
        if asked:
            *ended, last = text.split("\n")
            lines = [line.removesuffix("\r") for line in ended] + ([last] if last else [])
            pairs = [(line, re.sub(name, put, line)) for line in lines]
            text = "\n".join(after for line, after in pairs if after.strip() or not line)
    return text


def _counted(lines: list[str]) -> list[tuple[str, int]]:
    """Count each line's words by UAX 29."""
    return [*zip(lines, Texts(documents(lines), units=Units(words="unicode")).words.count.tolist(), strict=True)]


def _without(line: str, part: str, max_words: int) -> str:
    return line if _long(line, max_words) else re.sub(part, "", line, flags=re.IGNORECASE)


def _long(line: str, max_words: int) -> bool:
    return len(line.split()) > max_words


LETTERS = "A-Za-z0-9"
ATOM = rf"[{LETTERS}!#$%&'*+/=?^_`{{|}}~-]+"
LABEL = rf"[{LETTERS}](?:[{LETTERS}-]*[{LETTERS}])?"
OCTET = r"(?:25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)"
DATATROVE_EMAIL = re.compile(
    rf"\b{ATOM}(?:\.{ATOM})*@"
    rf"(?:(?:{LABEL}\.)+{LABEL}|\[(?:{OCTET}\.){{3}}(?:{OCTET}|[{LETTERS}-]*[{LETTERS}]:)\])"
)
DOLMA_EMAIL = re.compile(r"[.\s@,?!;:)(]*([^\s@]+@[^\s@,?!;:)(]+?)[.\s@,?!;:)(]?\s")
DOLMA_PHONE = re.compile(r"\s+\(?\d{3}\)?[-. ]*\d{3}[-. ]?\d{4}")
LOOSE_IP = re.compile(rf"(?:{OCTET}\.){{3}}{OCTET}")
SHORT_LABEL = rf"[{LETTERS}](?:[{LETTERS}-]{{0,61}}[{LETTERS}])?"
TOP_LABEL = rf"(?:[A-Za-z]{{2,24}}|[Xx][Nn]--(?:[{LETTERS}-]{{0,58}}[{LETTERS}]))(?!-*[{LETTERS}])"
VITRINE_DOMAIN = re.compile(rf"(?:{SHORT_LABEL}\.)+{TOP_LABEL}")
VITRINE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.%+'-]{0,63}\Z")
STRICT_IPV4 = r"(?<![A-Za-z0-9_.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![A-Za-z0-9_]|\.[0-9])"
STRICT_IPV6 = (
    r"(?:(?<![A-Za-z0-9_.:])|(?<=[^0-9A-Fa-f:]:)|(?<=[Vv]6:)|(?<=\A:))"
    # All of it, but for one colon at the end.
    r"[23][0-9A-Fa-f]{3}(?=:)(?>(?:[0-9A-Fa-f]+|::|:(?=[0-9A-Fa-f]))*)(?![0-9A-Za-z_]|::)"
)
DOCUMENTATION = [ipaddress.ip_network(network) for network in ("2001:db8::/32", "3fff::/20")]
GAP = "[ \u00a0()./-]{0,3}"
INTERNATIONAL = re.compile(rf"\+(?>{GAP}(?:1(?:{GAP}[0-9]){{10}}|[2-9](?:{GAP}[0-9]){{7,14}}))(?![A-Za-z0-9_])")
AMERICAN = re.compile(
    r"(?:1(?:[-. ]|(?=\()))?(?:\([2-9][0-9]{2}\)[-. ]?[2-9][0-9]{2}[-. ]|[2-9][0-9]{2}([-.])[2-9][0-9]{2}\1)[0-9]{4}"
    r"(?![A-Za-z0-9_]|[-.][0-9])"
)
CARD_ENDS = "(?![A-Za-z0-9_]|-[A-Za-z0-9_])"
CARD_FORMS = [
    re.compile(form.replace("d", "[0-9]") + CARD_ENDS)
    for form in (
        r"d{4}([ -])d{4}\1d{4}\1d{4}\1d{3}",
        r"d{4}([ -])d{4}\1d{4}\1d{4}",
        r"d{4}([ -])d{6}\1d{4,5}",
        r"d{12,19}",
    )
]
ISSUERS = {
    (13, 16, 19): ["4"],
    (16,): [*(str(lead) for lead in range(51, 56)), *(str(lead) for lead in range(2221, 2721))],
    (15,): ["34", "37"],
    (16, 17, 18, 19): ["6011", *(str(lead) for lead in range(644, 650)), "65", "62"]
    + [str(lead) for lead in range(3528, 3590)],
    (14,): [*(str(lead) for lead in range(300, 306)), "3095", "36", "38", "39"],
    tuple(range(12, 20)): ["5018", "5020", "5038", "5893", "6304", "6759", "6761", "6762", "6763"],
}

Places = list[tuple[int, int]]


def datatrove_emails(text: str) -> Places:
    """Search with datatrove's expression."""
    return [found.span() for found in DATATROVE_EMAIL.finditer(text)]


def dolma_emails(text: str) -> Places:
    """Search each line with Dolma's expression; leave out what it leaves out."""
    counts = [not _is_false(found[1]) for found in _in_lines(DOLMA_EMAIL, text)]
    return [span for span, count in zip(_spans(DOLMA_EMAIL, text), counts, strict=True) if count]


def dolma_phones(text: str) -> Places:
    """Search each line with Dolma's expression."""
    return _spans(DOLMA_PHONE, text)


def _is_false(address: str) -> bool:
    name, _, domain = address.partition("@")
    return name == "(" or "." not in domain


def _in_lines(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    lines = [] if text.count("?") > 10_000 else re.finditer(r"[^\n]*\n|[^\n]+", text)
    return [found for line in lines for found in pattern.finditer(text[: line.end()], line.start())]


def _spans(pattern: re.Pattern[str], text: str) -> Places:
    return [found.span() for found in _in_lines(pattern, text)]


def vitrine_emails(text: str) -> Places:
    """Look on both sides of each at sign."""
    places: Places = []
    for at in re.finditer("@", text):
        free = places[-1][1] if places else 0
        name = VITRINE_NAME.search(text[free : at.start()])
        domain = VITRINE_DOMAIN.match(text, at.end())
        if name and domain:
            places.append((free + name.start(), domain.end()))
    return places


def loose_ips(text: str, public: bool) -> Places:
    """Search with the expression that datatrove and Dolma share."""
    return [found.span() for found in LOOSE_IP.finditer(text) if not public or _is_global(found[0])]


def strict_ips(text: str) -> Places:
    """Search with two expressions of our own."""
    found = sorted(found.span() for kind in (STRICT_IPV4, STRICT_IPV6) for found in re.finditer(kind, text))
    places = [place for place in found if _is_global(text[slice(*place)])]
    return [place for n, place in enumerate(places) if n == 0 or places[n - 1][1] <= place[0]]


def _is_global(word: str) -> bool:
    try:
        address = ipaddress.ip_address(word)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        return not any(address in network for network in DOCUMENTATION)
    # What IANA's registry says of this block, and Python only since 3.11.10 and 3.12.4.
    if address in ipaddress.ip_network("192.0.0.0/24"):
        return address in {ipaddress.ip_address("192.0.0.9"), ipaddress.ip_address("192.0.0.10")}
    return address.is_global


def vitrine_phones(text: str) -> Places:
    """Try each place."""

    def at(i: int, before: str) -> int:
        if text[i] == "+":
            found = None if before == "+" else INTERNATIONAL.match(text, i)
            return found.end() if found and _is_called(re.sub("[^0-9]", "", found[0])) else 0
        found = None if before in "#$+./-" and text[i] != "(" else AMERICAN.match(text, i)
        return found.end() if found else 0

    return _scan(text, "+(123456789", at)


def _is_called(digits: str) -> bool:
    if digits[0] == "1":
        return digits[1] > "1" and digits[4] > "1"
    return any(digits.startswith(str(code)) for code in CALLING_CODES)


def ibans(text: str) -> Places:
    """Try each place."""
    lengths = {account[:2]: int(account[2:]) for account in ACCOUNTS.split()}

    def at(i: int, _: str) -> int:
        letters = [f"[A-Z0-9]{' ?' if n % 4 == 3 else ''}" for n in range(lengths.get(text[i : i + 2], 0) - 1)]
        pattern = f"[A-Z]{{2}}[0-9]{{2}}(?<=(.{{4}})) ?{''.join(letters[4:])}[A-Z0-9](?![A-Za-z0-9_])"
        found = re.match(pattern, text[i:]) if letters else None
        if not found:
            return 0
        account = found[0].replace(" ", "")
        return i + found.end() if int("".join(str(int(c, 36)) for c in account[4:] + account[:4])) % 97 == 1 else 0

    return _scan(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", at)


def cards(text: str) -> Places:
    """Try each place with each form, the longest first."""

    def at(i: int, before: str) -> int:
        found = [] if before in "+-./" else [form.match(text, i) for form in CARD_FORMS]
        ends = [match.end() for match in found if match and _is_card([int(c) for c in match[0] if c.isdigit()])]
        return ends[0] if ends else 0

    return _scan(text, "23456", at)


def _is_card(digits: list[int]) -> bool:
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    known = [lead for sizes, leads in ISSUERS.items() for lead in leads if len(digits) in sizes]
    return sum(doubled + digits[-1::-2]) % 10 == 0 and "".join(map(str, digits)).startswith(tuple(known))


def _scan(text: str, firsts: str, at: Callable[[int, str], int]) -> Places:
    """Ask of each of `firsts` that follows no word where what begins there ends, and go on there."""
    places: Places = []
    for i, character in enumerate(text):
        before = text[i - 1] if i else " "
        if character in firsts and not re.match("[A-Za-z0-9_]", before) and (not places or places[-1][1] <= i):
            end = at(i, before)
            places += [(i, end)] if end else []
    return places


def spliced(pieces: list[str], put: str) -> str:
    """Put something in place of every second piece: nothing of the fourth and so on, once, twice."""
    return "".join(put * (number % 3) if number % 2 else piece for number, piece in enumerate(pieces))


SCHEME = "(?:https?://|ftp://)?"
REST = r"[\w()@:%+.~#?&/=-]*"
TOP = "|".join(sorted(map(re.escape, NAMES), key=len, reverse=True))
BY_NAME = re.compile(rf"\s{{0,10}}{SCHEME}(?a:[\w@:%.+~#=-]){{1,256}}\.(?:{TOP})\b(?a:{REST})")
BY_NUMBER = re.compile(rf"\s{{0,10}}\b{SCHEME}(?:(?:[0-2][0-9]{{2}}|[0-9]{{1,2}})\.){{3}}[0-9](?a:{REST})")


def remove_urls(text: str, *, begun: bool) -> str:
    """Remove addresses by name, if the text is asked for them, then by number."""
    asked = not begun or re.match(TOP, text, re.IGNORECASE)
    return BY_NUMBER.sub("", BY_NAME.sub("", text) if asked else text)
