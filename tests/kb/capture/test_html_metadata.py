"""What a page says of itself: which word wins, and what hostile words do."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.capture.extract import Extracted, Proposed, extract
from kb.capture.html_metadata import LONGEST

HERE = "https://news.example/2019/12/page.html?from=feed"


def read(head: str, body: str = "<p>words</p>", *, html: str = "<html>") -> Extracted:
    return extract(f"<!doctype html>{html}<head>{head}</head><body>{body}".encode(), address=HERE)


def said(head: str, body: str = "<p>words</p>", *, html: str = "<html>") -> Proposed:
    return read(head, body, html=html).proposed


def ld(value: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def test_a_page_that_says_all_of_it() -> None:
    article = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "A &  B\n rise",
        "author": [{"@type": "Person", "name": "Ann Doe"}, "Bo Roe", {"@id": "https://news.example/#x"}],
        "publisher": {"@type": "Organization", "name": "Daily Example"},
        "datePublished": "2019-12-04T23:30:00-05:00",
        "inLanguage": "en-GB",
        "url": "https://news.example/page",
        "license": "https://creativecommons.org/licenses/by/4.0/",
    }
    assert said(ld(article)) == Proposed(
        title="A & B rise",
        author="Ann Doe, Bo Roe",
        publisher="Daily Example",
        published="2019-12-04",
        language="en-gb",
        address="https://news.example/page",
        licence="https://creativecommons.org/licenses/by/4.0/",
    )


def test_a_graph_whose_parts_point_at_each_other() -> None:
    graph = [
        {"@type": "WebPage", "@id": "#page", "name": "The page"},
        {
            "@type": ["Article", "x"],
            "headline": "The article",
            "author": {"@id": "#ann"},
            "publisher": {"@id": "#desk"},
        },
        {"@type": "Person", "@id": "#ann", "name": "Ann Doe"},
        {"@type": "Organization", "@id": "#desk", "name": "The desk"},
    ]
    found = said(ld({"@graph": graph}))
    assert (found.title, found.author, found.publisher) == ("The article", "Ann Doe", "The desk")


@pytest.mark.parametrize(
    ("field", "head", "value"),
    [
        ("title", "<title> A\n title </title>", "A title"),
        ("title", "<title>A title | Site</title><meta property=og:title content='A title'>", "A title"),
        ("title", "<meta name=citation_title content='A title'>", "A title"),
        ("title", "<meta name=DC.title content='A title'>", "A title"),
        ("title", "<meta property=og:title content='&amp;quot;A&amp;quot; &amp;#0; title'>", None),
        ("title", "<meta property=og:title content='&amp;quot;A&amp;quot; title'>", '"A" title'),
        ("author", "<meta name=author content='Ann Doe'>", "Ann Doe"),
        (
            "author",
            "<meta name=citation_author content='Doe, A'><meta name=citation_author content='Roe'>",
            "Doe, A, Roe",
        ),
        ("author", "<meta property=article:author content='https://social.example/ann'>", None),
        ("publisher", "<meta property=og:site_name content='Daily'>", "Daily"),
        ("published", "<meta property=article:published_time content='2019-12-04T10:00Z'>", "2019-12-04"),
        ("published", "<meta name=citation_publication_date content='2019/12/4'>", "2019-12-04"),
        ("published", "<meta name=date content=soon><meta name=DC.date content=2019-12>", "2019-12"),
        ("published", "<meta itemprop=datePublished content=2019>", "2019"),
        ("language", "<meta property=og:locale content=pt_BR>", "pt-br"),
        ("language", "<meta http-equiv=Content-Language content='not a language'>", None),
        ("address", "<link rel=canonical href='/page'>", "https://news.example/page"),
        ("address", "<meta property=og:url content='https://news.example/page'>", "https://news.example/page"),
        ("address", "<link rel=canonical href='javascript:alert(1)'>", None),
        ("address", "<link rel=canonical href='https://user:word@news.example/'>", None),
        ("address", "<link rel=canonical href='ftp://news.example/page'>", None),
        ("licence", "<link rel='nofollow LICENSE' href='//cc.example/by'>", "https://cc.example/by"),
        ("licence", "<meta name=dc.rights content='All rights reserved'>", None),
    ],
)
def test_one_field(field: str, head: str, value: str | None) -> None:
    assert getattr(said(head), field) == value


def test_words_on_the_page_itself() -> None:
    body = (
        "<time datetime=2001-01-01>when the site began</time>"
        "<article><h1>The <b>head</b></h1><a rel=author href=/ann>Ann Doe</a><time datetime=2018-05-05>an event</time>"
        "<time datetime=2019-12-04 pubdate>then</time></article>"
        "<footer><a rel=license href='http://cc.example/by'>CC</a></footer>"
    )
    found = said("", body, html="<html lang=de-AT>")
    assert found == Proposed(
        title="The head", author="Ann Doe", published="2019-12-04", language="de-at", licence="http://cc.example/by"
    )


def test_a_page_that_says_nothing() -> None:
    assert said("") == Proposed()


def test_what_comes_later_helps_where_the_first_word_is_unfit() -> None:
    long = "x" * (LONGEST + 1)
    found = said(ld({"@type": "Article", "headline": long, "datePublished": "soon"}) + "<title>short</title>")
    assert found.title == "short"
    assert found.published is None


HOSTILE = (
    "{",
    "[" * 100_000,
    "1" * 10_000,
    "NaN",
    "[1e400]",
    '"text"',
    "null",
    '{"@graph": 5}',
    '{"@type": "Article", "author": 5}',
    '{"@type": {"a": 1}, "headline": ["x"]}',
    '{"@type": "Article", "author": {"name": {"name": "x"}}, "url": ["\\ud800"]}',
    '{"@id": "a", "@type": "Article", "mainEntity": {"@id": "a"}}',
    "[" + "{}," * 50_000 + "{}]",
)


@pytest.mark.parametrize("block", HOSTILE, ids=lambda block: block[:20])
def test_hostile_blocks_are_passed_over(block: str) -> None:
    found = said(f'<script type="application/ld+json">{block}</script><title>still here</title>')
    assert found.title == "still here"
    assert found.author is None


def test_giant_and_hostile_values_are_passed_over() -> None:
    head = (
        f"<title>{'t' * 1_000_000}</title><meta name=author content='{'a' * 100_000}'>"
        + "<meta name=date content=0>" * 9_000
    )
    found = said(head + "<meta property=og:site_name content='a&#0;b'><link rel=canonical href='https://[::1'>")
    assert found == Proposed()


def test_a_list_of_articles_has_no_author() -> None:
    assert said("", "".join(f"<a itemprop=author>Name {n}</a>" for n in range(30))).author is None


def test_a_wall_is_noted() -> None:
    found = read(ld({"@type": "NewsArticle", "isAccessibleForFree": "False"}), f"<p>{'word ' * 80}</p>")
    assert found.notes == ("The page says that it is not free to read: what came may be only its beginning.",)


def test_a_page_with_little_text_is_noted() -> None:
    assert read("").notes == ("The page has little text: it may be drawn by scripts or stand behind a wall.",)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5) | st.sampled_from(["Article", "#a", "2019-01-01"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["@type", "@graph", "@id", "name", "author", "publisher", "headline", "url", "datePublished"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_no_json_breaks_it(value: Any) -> None:
    found = said(ld(value))
    for text in (found.title, found.author, found.publisher):
        assert text is None or 0 < len(text) <= LONGEST
