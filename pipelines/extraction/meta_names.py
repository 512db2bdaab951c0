"""Which names of `meta` and `itemprop` say what, and whom to believe first.

How often each agreed with a known title (on 1,400 pages), author (700) or date (950) was looked at where a name was
frequent enough to tell; the order of the rare ones is a choice.
"""

from pipelines.extraction.kernels import naming, told
from pipelines.extraction.kernels.names import table

#: An `article:` or `og:` name is a statement for others to show, so it is kept clean; names of the standards of
#: libraries and of journals follow, then names that only custom has.
TITLE = ("headline", "og:title", "twitter:title", "citation_title", "dc.title", "dcterms.title", "title")
DESCRIPTION = (
    *("description", "og:description", "twitter:description", "dc.description", "dcterms.description"),
    *("dcterms.abstract",),
)
AUTHOR = (
    *("citation_author", "author", "article:author", "og:article:author", "dc.creator", "dcterms.creator"),
    *("parsely-author", "sailthru.author", "article:author_name", "cxenseparse:author", "creator"),
)
PUBLISHED = (
    *("article:published_time", "og:article:published_time", "datepublished", "citation_publication_date"),
    *("citation_online_date", "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created"),
    *("prism.publicationdate", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "pubdate"),
    *("publishdate", "publish_date", "publish-date", "originalpublicationdate", "dc.date", "dcterms.date", "date"),
    *("datecreated", "uploaddate"),
)
MODIFIED = (
    *("article:modified_time", "og:article:modified_time", "datemodified", "dcterms.modified", "dc.date.modified"),
    *("og:updated_time", "last-modified", "lastmod", "revised"),
)
SITE_NAME = ("og:site_name", "application-name")
LANGUAGE = ("content-language", "og:locale", "dc.language", "dcterms.language", "language")
PAGE_TYPE = ("og:type",)
ADDRESS = ("og:url",)

#: the field of each group that is one's, and the element if that says it
FIELDS = {
    told.TITLE: ("title", ""),
    told.DESCRIPTION: ("description", ""),
    told.SITE_NAME: ("site_name", ""),
    told.PAGE_TYPE: ("page_type", ""),
    told.PUBLISHED: ("published", ""),
    told.MODIFIED: ("modified", ""),
    told.LANGUAGE: ("language", ""),
    told.ADDRESS: ("address", ""),
    told.TITLE_TEXT: ("title", "title"),
    told.TIME: ("published", "time"),
    told.CANONICAL: ("canonical", "link"),
}
_NAMES = {
    told.TITLE: TITLE,
    told.DESCRIPTION: DESCRIPTION,
    told.AUTHOR: AUTHOR,
    told.PUBLISHED: PUBLISHED,
    told.MODIFIED: MODIFIED,
    told.SITE_NAME: SITE_NAME,
    told.LANGUAGE: LANGUAGE,
    told.PAGE_TYPE: PAGE_TYPE,
    told.ADDRESS: ADDRESS,
}
#: names of the vocabularies that Open Graph's parsers read begin so
OPEN_GRAPH = ("og:", "article:", "book:", "profile:", "product:", "video:", "music:")
#: the fields that a microdata value may fill: `author` and others may be an address there
ITEMS = ("headline", "datepublished", "datemodified", "datecreated", "uploaddate", "description")
#: where `twitter:data1` is the author, as WordPress plugins label it in some languages
WRITTEN_BY = (
    *("written by", "author", "by", "verfasst von", "geschrieben von", "escrito por", "écrit par", "scritto da"),
    *("geschreven door", "napisane przez", "skriven av", "автор", "autor", "rédigé par"),
)
#: beside what ends in `bot`, holds `bot-`, or begins with `tdm-`
AGENTS = ("robots", "slurp", "teoma", "x-robots-tag", "google-extended", "anthropic-ai", "claude-web")


def numbers() -> dict[str, int]:
    """Give the numbers, as `kernels.naming` has them, of names that are known and of beginnings."""
    found = {
        name: (field + 1) << naming.FIELD | rank | naming.IS_ITEM * (name in ITEMS)
        for field, names in _NAMES.items()
        for rank, name in enumerate(names)
    }
    return (
        found
        | dict.fromkeys(OPEN_GRAPH, naming.IS_PROPERTY)
        | dict.fromkeys((*AGENTS, "tdm-"), naming.IS_AGENT)
        | {"twitter:label1": naming.IS_LABEL, "twitter:data1": naming.IS_LABELLED}
    )


#: uint64[slots, 2], as `kernels.names.table` makes it
NUMBERS = table(numbers())
