"""Words with which statements about rights begin, in many languages: their first 8 bytes are looked for."""

from pipelines.extraction.kernels.mentions import COPYRIGHT, LICENCE, RESERVED, beginnings

_LICENCE = (
    *("licens", "licenc", "licenz", "licenç", "licenţ", "licenț", "lizenz", "lisens", "litsents", "leyfi", "lisans"),
    *("creative", "cc by", "cc-by", "cc0", "cc-0", "cc nc", "public d", "domaine ", "domínio ", "dominio ", "gemeinfr"),
    *("gnu free", "gfdl", "gnu fdl", "mit lice", "apache l", "copyleft", "лиценз", "Лиценз", "ліценз", "Ліценз"),
    *(
        "άδει",
        "Άδει",
        "许可",
        "許可",
        "授权",
        "授權",
        "知识共享",
        "創用",
        "ライセンス",
        "クリエイティブ",
        "라이선스",
        "라이센스",
    ),
    *("رخصة", "ترخيص", "مجوز", "רישיון", "ברישיון", "लाइसेंस", "สัญญาอนุญาต", "giấy phép", "giay phep", "lisensi"),
)
_RESERVED = (
    *("rights r", "alle rech", "alle rett", "alla rätt", "tous dro", "todos lo", "todos os", "tutti i ", "wszelkie"),
    *("všechna ", "všetky p", "minden j", "toate dr", "kaikki o", "tüm hakl", "все прав", "Все прав", "усі прав"),
    *("всички п", "Всички п", "σε κάθε", "版权所有", "版權所有", "著作権", "無断転", "모든 권", "جميع ال", "כל הזכ"),
    *("droits r", "derechos ", "direitos", "hak cipt", "สงวนลิข", "sva prav", "vse prav", "visas ti", "visos te"),
)
_COPYRIGHT = ("©", "(c) ", "copyrigh", "&copy")

BEGINNINGS = beginnings(
    dict.fromkeys(_COPYRIGHT, COPYRIGHT) | dict.fromkeys(_RESERVED, RESERVED) | dict.fromkeys(_LICENCE, LICENCE)
)
