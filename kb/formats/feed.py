"""Feeds as Atom 1.0 (RFC 4287), in pages that lead to one another (RFC 5005)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

ATOM = "http://www.w3.org/2005/Atom"
TYPE = "application/atom+xml"
# The language of the feed's own words.
ENGLISH = "en"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Everything that XML 1.0 cannot hold, not even escaped.
_OUTSIDE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_IN_ITS_PLACE = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True)
class Category:
    """A word of a closed list, and how people read it."""

    term: str
    label: str


@dataclass(frozen=True)
class Entry:
    """Something that is new: `title` and `summary` are plain text in the language `lang`.

    `id` is an IRI that stays the same for ever, whatever the feed it stands in; `updated` and `published` are UTC as
    `2026-11-25T09:00:00Z`; `address` is where it is read.
    """

    id: str
    title: str
    updated: str
    address: str
    summary: str
    author: str | None = None
    published: str | None = None
    lang: str = ENGLISH
    categories: Sequence[Category] = ()


@dataclass(frozen=True)
class Feed:
    """One page of a feed; all addresses are absolute.

    `address` is where this page is had, `about` the page that it is the feed of, `first` and `next` the pages around
    it. `updated` is the time of the newest entry there is, or any fixed one while there is none.
    """

    id: str
    title: str
    updated: str
    address: str
    about: str
    author: str
    author_address: str | None
    rights: str
    licence: str
    entries: Sequence[Entry]
    subtitle: str | None = None
    first: str | None = None
    next: str | None = None


def atom(feed: Feed) -> bytes:
    """The feed as a document. Characters that XML cannot hold are replaced by U+FFFD, so that none is lost unseen."""
    # Without a prefix, and said here alone: a table of prefixes would be one for the whole process.
    root = ElementTree.Element("feed", {"xmlns": ATOM, _LANG: ENGLISH})
    _say(root, "id", feed.id)
    _say(root, "title", feed.title)
    if feed.subtitle:
        _say(root, "subtitle", feed.subtitle)
    _say(root, "updated", feed.updated)
    _author(root, feed.author, feed.author_address)
    _say(root, "rights", feed.rights)
    for rel, href, kind in _ways(feed):
        ElementTree.SubElement(root, "link", {"rel": rel, "href": _held(href)} | ({"type": kind} if kind else {}))
    for entry in feed.entries:
        _entry(root, entry)
    made: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def _ways(feed: Feed) -> Iterator[tuple[str, str, str | None]]:
    yield "self", feed.address, TYPE
    yield "alternate", feed.about, "text/html"
    if feed.first:
        yield "first", feed.first, TYPE
    if feed.next:
        yield "next", feed.next, TYPE
    yield "license", feed.licence, None


def _entry(root: ElementTree.Element, entry: Entry) -> None:
    made = ElementTree.SubElement(root, "entry", {_LANG: entry.lang} if entry.lang != ENGLISH else {})
    _say(made, "id", entry.id)
    _say(made, "title", entry.title)
    _say(made, "updated", entry.updated)
    if entry.published:
        _say(made, "published", entry.published)
    if entry.author:
        _author(made, entry.author, None)
    ElementTree.SubElement(made, "link", {"rel": "alternate", "href": _held(entry.address), "type": "text/html"})
    for one in entry.categories:
        ElementTree.SubElement(made, "category", {"term": _held(one.term), "label": _held(one.label)})
    _say(made, "summary", entry.summary)


def _author(parent: ElementTree.Element, name: str, address: str | None) -> None:
    author = ElementTree.SubElement(parent, "author")
    _say(author, "name", name)
    if address:
        _say(author, "uri", address)


def _say(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = _held(text)


def _held(text: str) -> str:
    return _OUTSIDE.sub(_IN_ITS_PLACE, text)
