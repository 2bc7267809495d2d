"""Atom: an independent reader finds in it what was put there, and no character makes it unreadable."""

from dataclasses import replace
from typing import Any

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kb.formats.feed import ATOM, Category, Entry, Feed, atom

ENTRY = Entry(
    id="http://localhost:8000/claims/37d2qfnqr/v2",
    title="Bela Invented denies it. Is it so that Bela Invented moved the summit? Disputed",
    updated="2026-11-26T09:00:00Z",
    address="http://localhost:8000/claims/37d2qfnqr/v2",
    summary="Bela Invented denies it. The survey says <b>so</b> & more.",
    author="Invented Survey",
    published="2026-11-25T09:00:00Z",
    categories=(Category("correction", "Correction"), Category("disputed", "Disputed")),
)
FEED = Feed(
    id="http://localhost:8000/feed.atom",
    title="Invented",
    updated="2026-11-26T09:00:00Z",
    address="http://localhost:8000/feed.atom?after=9",
    about="http://localhost:8000/",
    author="Invented desk",
    author_address="http://localhost:8000/agents/37d2qfnqr",
    rights="Our own words only.",
    licence="https://creativecommons.org/licenses/by/4.0/",
    entries=(ENTRY,),
    subtitle="What is new",
    first="http://localhost:8000/feed.atom",
    next="http://localhost:8000/feed.atom?after=3",
)


def parsed(feed: Feed) -> Any:
    """By feedparser, which must find nothing to complain of."""
    found = feedparser.parse(atom(feed), sanitize_html=False, resolve_relative_uris=False)
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def test_a_feed_reader_finds_what_was_put_there() -> None:
    found = parsed(FEED)
    feed, entry = found.feed, found.entries[0]
    assert (feed.id, feed.title, feed.subtitle, feed.updated) == (FEED.id, FEED.title, FEED.subtitle, FEED.updated)
    assert (feed.author_detail.name, feed.author_detail.href) == (FEED.author, FEED.author_address)
    assert feed.rights == FEED.rights
    ways = {link.rel: link.href for link in feed.links}
    assert ways == {
        "self": FEED.address,
        "alternate": FEED.about,
        "first": FEED.first,
        "next": FEED.next,
        "license": FEED.licence,
    }
    assert (entry.id, entry.title, entry.link) == (ENTRY.id, ENTRY.title, ENTRY.address)
    assert (entry.updated, entry.published, entry.author) == (ENTRY.updated, ENTRY.published, ENTRY.author)
    assert [(tag.term, tag.label) for tag in entry.tags] == [("correction", "Correction"), ("disputed", "Disputed")]


def test_words_are_text_and_no_markup() -> None:
    root = etree.fromstring(atom(FEED))
    summary = root.find(f"{{{ATOM}}}entry/{{{ATOM}}}summary")
    assert summary is not None
    assert summary.text == ENTRY.summary
    assert len(summary) == 0
    assert summary.get("type") is None


def test_a_feed_without_entries_is_whole() -> None:
    found = parsed(replace(FEED, entries=(), next=None, first=None, subtitle=None, author_address=None))
    assert found.entries == []
    assert {link.rel for link in found.feed.links} == {"self", "alternate", "license"}


def test_the_language_stands_with_the_words() -> None:
    root = etree.fromstring(atom(replace(FEED, entries=(ENTRY, replace(ENTRY, id="urn:x:2", lang="ar")))))
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert root.get(lang) == "en"
    assert [one.get(lang) for one in root.iter(f"{{{ATOM}}}entry")] == [None, "ar"]


@pytest.mark.parametrize("letter", ["\0", "\x08", "\x1f", "\ufffe", "\uffff", "\ud800"])
def test_what_xml_cannot_hold_is_replaced_and_seen(letter: str) -> None:
    odd = f"a{letter}b"
    found = parsed(replace(FEED, title=odd, entries=(replace(ENTRY, title=odd, summary=odd, author=odd),)))
    assert found.feed.title == "a\N{REPLACEMENT CHARACTER}b"
    assert found.entries[0].title == found.entries[0].summary == "a\N{REPLACEMENT CHARACTER}b"


@given(st.text(max_size=60))
def test_no_words_break_it(words: str) -> None:
    entry = replace(ENTRY, title=words, summary=words, author=words, categories=(Category(words, words),))
    root = etree.fromstring(atom(replace(FEED, title=words, entries=(entry,))))
    assert len(root.findall(f"{{{ATOM}}}entry")) == 1
