"""What a page says of itself: JSON-LD first, then OpenGraph, citation and Dublin Core names, then plain HTML."""

from collections.abc import Callable, Iterable, Iterator
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from kb.capture import json_ld
from kb.capture.characters import STAND_IN, storable
from kb.capture.dates import day_of
from kb.capture.description import Description
from kb.capture.extracted import Proposed
from kb.errors import Refused
from kb.values.prose import check_iri, check_language

LONGEST = 500
MOST_AUTHORS = 20

_TITLE = ("og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title")
_AUTHOR = ("citation_author", "author", "article:author", "dc.creator", "dcterms.creator", "parsely-author")
_PUBLISHER = ("og:site_name", "citation_publisher", "citation_journal_title", "dc.publisher", "dcterms.publisher")
_PUBLISHED = (
    "article:published_time", "citation_publication_date", "citation_date", "citation_online_date", "dc.date.issued",
    "dcterms.issued", "dcterms.created", "dc.date", "dcterms.date", "parsely-pub-date", "datepublished", "pubdate",
    "date",
)  # fmt: skip

Names = dict[str, list[str]]


def proposals(page: Description, address: str | None) -> Proposed:
    """Values too long, out of the calendar or not addresses are passed over; `address` is that of the page."""
    names, works = _names(page), json_ld.works(page)
    return Proposed(
        title=_first(_short, _of(works, "headline", "name"), _named(names, _TITLE), _titles(page)),
        author=_authors(page, names, works),
        publisher=_first(_who, _of(works, "publisher"), _named(names, _PUBLISHER)),
        published=_first(day_of, _of(works, "datePublished"), _named(names, _PUBLISHED), _times(page)),
        language=_first(_language, _languages(page, names), _of(works, "inLanguage")),
        address=_first(
            lambda text: _iri(text, address),
            _links(page, "canonical"),
            _named(names, ("og:url",)),
            _of(works, "url", "mainEntityOfPage"),
        ),
        licence=_first(
            lambda text: _iri(text, address), _links(page, "license"), _of(works, "license"),
            _named(names, ("dc.rights", "dcterms.license", "dcterms.rights")),
        ),
    )  # fmt: skip


def is_behind_a_wall(page: Description) -> bool:
    """Whether the page says so itself, as search engines ask of pages with a wall."""
    return any(str(node.get("isAccessibleForFree", "")).lower() == "false" for node in json_ld.works(page))


def _first(read: Callable[[str], str | None], *sources: Iterable[str]) -> str | None:
    """The first value that can be read, looking through the sources in turn."""
    return next((value for source in sources for text in source if (value := read(text)) is not None), None)


def _names(page: Description) -> Names:
    """All `<meta>` by name, in lower case."""
    found: Names = {}
    for meta in page.named("meta"):
        said = meta.attributes
        for name in (said.get(key) for key in ("name", "property", "itemprop", "http-equiv")):
            if name and "content" in said:
                found.setdefault(name.strip().lower(), []).append(said["content"])
    return found


def _named(names: Names, wanted: Iterable[str]) -> Iterator[str]:
    return (text for name in wanted for text in names.get(name, ()))


def _of(works: list[dict[str, Any]], *fields: str) -> Iterator[str]:
    return (text for node in works for name in fields if name in node for text in json_ld.words(node[name]))


def _authors(page: Description, names: Names, works: list[dict[str, Any]]) -> str | None:
    """Every name that the best source has, joined with commas; addresses of profiles are no names."""
    sources = (
        *([*json_ld.words(node["author"])] for node in works if "author" in node),
        *(names.get(name, []) for name in _AUTHOR),
        _marked(page, "itemprop", "author"),
        _marked(page, "rel", "author")[:1],
        _marked(page, "class", "author", "vcard")[:1],
    )
    for source in sources:
        short = dict.fromkeys(name for text in source if (name := _who(text)))
        if short:
            return _short(", ".join(list(short)[:MOST_AUTHORS]))
    return None


def _marked(page: Description, attribute: str, *values: str) -> list[str]:
    """The words of elements whose attribute has all these values; none on a list of many articles."""
    found = [one.words for one in page.told if set(values) <= set(one.tokens(attribute))]
    return found if len(found) <= MOST_AUTHORS else []


def _titles(page: Description) -> Iterator[str]:
    return (one.words for name in ("title", "h1") for one in page.named(name))


def _times(page: Description) -> Iterator[str]:
    """`<time>` counts inside an article only: elsewhere it may be the day of anything."""
    times = [one for one in page.named("time") if one.in_article]
    times.sort(key=lambda one: "pubdate" not in one.attributes and "datepublished" not in one.tokens("itemprop"))
    return (one.attributes["datetime"] for one in times)


def _languages(page: Description, names: Names) -> Iterator[str]:
    for one in page.named("html", "body"):
        yield one.attributes.get("lang") or one.attributes.get("xml:lang") or ""
    yield from _named(names, ("content-language", "dc.language", "dcterms.language", "og:locale"))


def _links(page: Description, relation: str) -> Iterator[str]:
    return (one.attributes["href"] for one in page.told if relation in one.tokens("rel") and "href" in one.attributes)


def _short(text: str) -> str | None:
    """One line of at most LONGEST characters without stand-ins, or None."""
    if len(text) > 10 * LONGEST:
        return None
    # Many pages escape such words twice.
    line = " ".join(storable(unescape(text)).split())
    return line if 0 < len(line) <= LONGEST and STAND_IN not in line else None


def _who(text: str) -> str | None:
    """A name; the address of a profile is none."""
    name = _short(text)
    return name if name and "://" not in name else None


def _language(text: str) -> str | None:
    tag = text.strip().lower().replace("_", "-")
    try:
        return check_language(tag) if len(tag) < 36 else None
    except Refused:
        return None


def _iri(text: str, base: str | None) -> str | None:
    """An absolute address, made so by that of the page; it names a host."""
    try:
        whole = check_iri(urljoin(base or "", text.strip()))
        return whole if urlsplit(whole).hostname else None
    except (Refused, ValueError):
        return None
