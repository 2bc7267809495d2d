"""Text at the edge: what comes in unchanged, and what is refused with code point and place."""

import json
import sqlite3
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kb.errors import Refused
from kb.values.prose import check_iri, check_language, check_text, nfc, shown

UNFIT = [chr(number) for number in range(0x20) if number not in (9, 10)] + ["\ufffe", "\uffff", "\ud800", "\udfff"]


@pytest.mark.parametrize("letter", UNFIT, ids=lambda letter: f"U+{ord(letter):04X}")
def test_an_unfit_character_is_named_with_its_place(letter: str) -> None:
    with pytest.raises(Refused) as caught:
        check_text("an 🏔 before" + letter, where="claims.json C04 note")
    assert f"U+{ord(letter):04X}" in caught.value.what
    assert "offset 11" in caught.value.what
    assert caught.value.where == "claims.json C04 note"


@given(st.text(max_size=60))
def test_text_is_kept_whole_or_refused(text: str) -> None:
    expected = not any(letter in UNFIT or 0xD800 <= ord(letter) < 0xE000 for letter in text)
    try:
        assert check_text(text, where="x") == text
        accepted = True
    except Refused:
        accepted = False
    assert accepted is expected


@given(st.text(max_size=60))
def test_what_is_taken_survives_xml_json_and_sqlite(text: str) -> None:
    try:
        check_text(text, where="x")
    except Refused:
        return
    element = etree.Element("a")
    element.text = text
    assert (etree.fromstring(etree.tostring(element)).text or "") == text
    assert json.loads(json.dumps(text).encode()) == text
    connection = sqlite3.connect(":memory:")
    assert connection.execute("SELECT ?", (text,)).fetchone() == (text,)
    connection.close()


def test_long_text_is_refused_without_an_echo() -> None:
    with pytest.raises(Refused) as caught:
        check_text("a" * 5_000_000, where="note")
    assert len(str(caught.value)) < 200
    assert check_text("a" * 5_000_000, where="text", limit=6_000_000)


@pytest.mark.parametrize("text", ["e\u0301\u202e", "a" + "\u0301" * 1000, "عربي 🏔\ufe0f", "\t\n\x7f\x85\u2028"])
def test_odd_but_fit_text_is_left_alone(text: str) -> None:
    assert check_text(text, where="x") == text


def test_own_prose_is_composed() -> None:
    assert nfc("e\u0301") == "\u00e9"


@given(st.text(max_size=80))
def test_what_is_shown_is_short_and_printable(text: str) -> None:
    assert len(shown(text)) <= 41
    assert shown(text).isprintable()


@pytest.mark.parametrize("tag", ["en", "en-gb", "ar", "zh-hant-tw", "de-1996", "und", "sl-rozaj-biske", "en-x-desk"])
def test_language_tags(tag: str) -> None:
    assert check_language(tag) == tag


@pytest.mark.parametrize(
    "tag", ["", "e", "english", "en_GB", "en-", "-en", "en-123456789", "en-a", "en-x", "en\n", "ён"]
)
def test_what_is_no_language_tag(tag: str) -> None:
    with pytest.raises(Refused):
        check_language(tag)


def test_a_tag_with_capitals_is_told_its_lower_case() -> None:
    with pytest.raises(Refused, match=r"Write en-gb\."):
        check_language("en-GB")


@given(st.lists(st.text("abcdez019x", min_size=1, max_size=9), min_size=1, max_size=6).map("-".join))
def test_language_tags_agree_with_a_parser_of_rdf(tag: str) -> None:
    try:
        check_language(tag)
    except Refused:
        return
    assert pyoxigraph.Literal("x", language=tag).language == tag


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "http://localhost:8000/claims/7k3mq9v2j#it",
        "https://example.org/a(b)?q=%5B1%5D&r=a:b@c;d#x/y?z",
        "https://пример.example/путь/é",
        "http://[2001:db8::1]:80/",
        "https://web.archive.org/web/2019/https://example.org/?a=b",
    ],
)
def test_addresses(address: str) -> None:
    assert check_iri(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "example.org",
        "//example.org/",
        "javascript:alert(1)",
        "ftp://example.org/",
        "HTTP://example.org/",
        "http://",
        "http:///path",
        "http://:80/",
        "http://example.org:port/",
        "http://example.org:99999/",
        "http://user:secret@example.org/",
        "http://example.org/a b",
        "http://example.org/a\u00a0b",
        "http://example.org/\u202etxt",
        "http://example.org/\n",
        "http://example.org/%zz",
        "http://example.org/%4",
        "http://example.org/?a[]=1",
        "http://example.org/#a#b",
        "http://[::zz]/",
        "http://[::1/",
        "http://example.org/\ud800",
        *(f"http://example.org/{sign}" for sign in '<>{}|\\^`"'),
    ],
)
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(Refused) as caught:
        check_iri(address)
    assert caught.value.where == "address"


@given(st.text(st.sampled_from("aé:/?#[]@!%20f:é\u3000\ue000<\\.-🏔\u0378"), max_size=20))
def test_an_address_that_is_taken_is_taken_by_a_parser_of_rdf(rest: str) -> None:
    address = "http://a" + rest
    try:
        check_iri(address)
    except Refused:
        return
    assert pyoxigraph.NamedNode(address).value == address


def test_a_giant_address_is_not_echoed() -> None:
    with pytest.raises(Refused) as caught:
        check_iri("http://example.org/" + "a" * 3_000_000)
    assert len(str(caught.value)) < 200


@pytest.mark.corpus
def test_every_text_address_and_language_of_the_corpora(shared: Path) -> None:
    seen = 0
    for folder in (shared / "seed", shared / "pages" / "sample"):
        check_text((folder / "article.txt").read_text("utf-8"), where="article.txt", limit=12_000_000)
        claims = json.loads((folder / "claims.json").read_bytes())
        evidence = json.loads((folder / "evidence.json").read_bytes())
        check_iri(claims["source"]["url"]) if claims["source"].get("url") else None
        for source in evidence["sources"]:
            if source["url"]:
                check_iri(source["url"])
                seen += 1
            check_language(source["language"])
        for link in evidence["evidence"]:
            if link["quote"]:
                check_language(link["quote_language"])
                check_text(link["quote"], where=link["id"])
    assert seen > 100
