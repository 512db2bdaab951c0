"""The phrases that name licences which are not Creative Commons', as patterns for folded text."""

from rights.folding import any_of
from rights.licence_words import PUBLIC_DOMAIN, RESERVED, SOME, words

_L = "licen[cs]e"
#: family, and what names it; a version may follow. Where two begin alike, the first is read
NAMED: tuple[tuple[str, str], ...] = (
    (
        "GFDL",
        (
            rf"(?:gnu )?free documentation {_L}|gnu[ -]fdl|gfdl|gnu-lizenz fur freie dokumentation|"
            r"licence de documentation libre(?: gnu)?|"
            r"licencia de documentacion libre(?: de)? gnu|gnu自由文档许可证|gnu自由文檔授權"
        ),
    ),
    ("AGPL", rf"(?:gnu )?affero (?:general )?public {_L}|(?:gnu )?agpl"),
    ("LGPL", rf"(?:gnu )?(?:lesser|library) general public {_L}|(?:gnu )?lgpl"),
    ("GPL", rf"(?:gnu )?general public {_L}|(?:gnu )?gpl"),
    ("MIT-0", r"mit-0|mit no attribution"),
    (
        "MIT",
        (
            r"mit[ -](?:style )?(?:open[ -]source )?(?:licen[cs]e|lizenz)|mit-licensed|"
            r"(?:licen[cs]e|licencia|licenza|licenca|lizenz)(?: de tipo)? mit|"
            r"licen[cs]ed? ?(?:under |: ?)(?:the )?mit(?=\W*$| ?[.,;)])|mit/x11|mit许可|mit ライセンス|лицензи[яи] mit"
        ),
    ),
    (
        "Apache",
        (
            rf"apache(?: software| public)? {_L}|apache-lizenz|(?:licence|licencia|licenza|licenca) apache|"
            rf"apache(?=-[12]\.[01])|apache(?= v?[12](?:\.[01])? (?:public )?{_L})"
        ),
    ),
    ("BSD-2-Clause", rf"bsd[ -]2[ -]clause|2[ -]clause bsd|two[ -]clause bsd|simplified bsd {_L}|freebsd {_L}"),
    ("BSD-3-Clause", rf"bsd[ -]3[ -]clause|3[ -]clause bsd|three[ -]clause bsd|(?:new|modified|revised) bsd {_L}"),
    ("BSD-4-Clause", rf"bsd[ -]4[ -]clause|4[ -]clause bsd|original bsd {_L}"),
    ("BSD", rf"bsd(?:-style)?[ -]{_L}|bsd-lizenz|licence bsd|licencia bsd"),
    ("MPL", rf"mozilla public {_L}|mpl(?=[ -]?v?[12]\.[01])"),
    ("EPL", rf"eclipse public {_L}|epl(?=[ -]v?[12]\.0)"),
    ("EUPL", rf"european union public {_L}|eupl"),
    ("ISC", rf"isc[ -]{_L}"),
    ("Zlib", rf"zlib(?:/libpng)?[ -]{_L}"),
    ("Artistic", rf"artistic {_L}"),
    ("BSL", rf"boost software {_L}"),
    ("OFL", rf"(?:sil )?open font {_L}|sil ofl"),
    ("Unlicense", r"unlicense(?!d)"),
    ("WTFPL", rf"wtfpl|do what the fuck you want to public {_L}"),
    ("OGL-Canada", rf"open government {_L}(?: |, ?| ?- ?)canada|licence du gouvernement ouvert(?: |, ?| ?- ?)canada"),
    ("OGL-UK", rf"open government {_L}|ogl(?=[ -](?:uk|v[123]))(?:-uk)?"),
    ("ODbL", rf"odbl|open data commons open database {_L}|open database {_L}"),
    ("ODC-By", rf"odc[ -]by|open data commons attribution {_L}"),
    ("PDDL", r"pddl|open data commons public domain dedication"),
    (
        "LAL",
        (
            rf"licence art libre|free art {_L}|lizenz freie kunst|licencia arte libre|licenza arte libre|"
            r"licenca da arte livre"
        ),
    ),
    ("OPUBL", rf"open publication {_L}"),
    ("OpenContent", rf"opencontent {_L}"),
    ("DL-DE-ZERO", r"dl[ -]de[/ -]zero|datenlizenz deutschland ?-? ?zero"),
    ("DL-DE-BY-NC", r"dl[ -]de[/ -]by-nc|datenlizenz deutschland ?-? ?namensnennung ?-? ?nicht[ -]?kommerziell"),
    ("DL-DE-BY", r"dl[ -]de[/ -]by|datenlizenz deutschland ?-? ?namensnennung|data licence germany ?-? ?attribution"),
    ("etalab", rf"licence ouverte(?: ?/ ?open {_L})?(?: etalab)?|etalab(?= ?-? ?v?[12]\.0)|etalab open {_L}"),
    ("IODL", rf"italian open data {_L}|iodl"),
    ("NLOD", rf"norwegian {_L} for open government data|norsk lisens for offentlige data|nlod"),
    ("CDLA-Permissive", r"cdla[ -]permissive|community data license agreement ?-? ?permissive"),
    ("CDLA-Sharing", r"cdla[ -]sharing|community data license agreement ?-? ?sharing"),
    ("CC-PDM", r"public domain mark"),
)

_YEAR = "(?:19|20)[0-9]{2}"
_SIGN = r"(?:©|\(c\)|&copy;)"
#: what says something of the rights without naming a licence; none has a version
SAID: tuple[tuple[str, str], ...] = (
    ("some-rights-reserved", any_of(words(SOME))),
    (
        "all-rights-reserved",
        rf"(?<!algunos )(?<!alguns )(?<!alcuni )(?<!pewne )(?<!niektore )(?:{any_of(words(RESERVED))})",
    ),
    ("public-domain", rf"(?<!not in the )(?<!not )(?:{any_of(words(PUBLIC_DOMAIN))})"),
    (
        "copyright-notice",
        rf"\bcopyright[\W_]{{0,4}}(?:{_SIGN}|{_YEAR})|©[ ,:]{{0,3}}(?=[^\W_])|\(c\) ?(?=(?:by )?{_YEAR})",
    ),
)
