"""HTML to text: what is a paragraph, what is kept as it is, and what is no text."""

import pytest

from kb.capture.characters import storable
from kb.capture.extracted import NoText
from kb.capture.html_parser import MOST_DEEP, MOST_TAGS, parse


def text_of(page: str) -> str:
    return storable(parse(page).linear.text())


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<p>one<p>two", "one\n\ntwo"),
        ("<h1>Head</h1><div>a<div>b</div>c</div>", "Head\n\na\n\nb\n\nc"),
        ("<ul><li>a<li>b <b>c</b></ul><dl><dt>t<dd>d</dl>", "a\n\nb c\n\nt\n\nd"),
        ("<p>a<br>b<br/>c</br>d</p>", "a\nb\nc\nd"),
        ("<p>so <b>bold</b>ly <i> in </i> and out</p>", "so boldly in and out"),
        ("<p>  a \n\t b  <br>  c  </p>", "a b\nc"),
        ("<pre>\n a\n\n  b \n</pre>", " a\n\n  b "),
        ("<table><tr><th>name<th>height<tr><td>Everest<td>8,849<br>m</table>", "name\theight\n\nEverest\t8,849\nm"),
        ("<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>", "a\n\nb\n\nc"),
        ("<table><tr><td>a</td><td></td><td>c</td></tr></table>", "a\t\tc"),
        ("<details><summary>s</summary>closed</details>", "s\n\nclosed"),
        ("<p>a<!-- not <p>text -->b<?pi x?></p>", "ab"),
        ("<nav><a>Home</a> <a>News</a></nav><p>x</p>", "Home News\n\nx"),
        ("<p>1 < 2 &amp; 3&lt;4 &notit; &copy</p>", "1 < 2 & 3<4 ¬it; ©"),
        ("<p>a&#128;&#x96;b</p>", "a€–b"),
        ("<svg><title>icon</title><text>label</text></svg>", "label"),
        ("<p>x<sup>2</sup><wbr>y</p>", "x2y"),
        ("<p><o:p>word</o:p></p>", "word"),
    ],
)
def test_linearised(page: str, text: str) -> None:
    assert text_of(page) == text


@pytest.mark.parametrize(
    "kept", ["\u00ad", "\u00a0", "\u202f", "\u200d", "\u200b", "\u2028", "\ufeff", "👩\u200d🚀", "e\u0301", "א\u200fב"]
)
def test_only_ascii_white_space_is_collapsed(kept: str) -> None:
    assert text_of(f"<p>a {kept} b{kept}</p>") == f"a {kept} b{kept}"


@pytest.mark.parametrize("name", ["script", "style", "template", "noscript", "iframe", "title"])
def test_what_is_no_text(name: str) -> None:
    page = parse(f"<p>a</p><{name}>not <b>this</b></{name}><p>b</p><img alt='nor this'>")
    assert page.linear.text() == "a\n\nb"
    assert page.linear.hidden == 0


def test_what_the_page_hides_is_left_out_and_counted() -> None:
    page = parse("<p hidden>a <b>b</b></p>c<div hidden><p> </p></div><p hidden=until-found>d</p><i HIDDEN=''>e</i>f")
    assert page.linear.text() == "c\n\nd\n\nf"
    assert page.linear.hidden == 2


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<html><body><p>a</p></body></html>after<p>the end</p>", "a\n\nafter\n\nthe end"),
        ("<div>one</p>two</div>", "one two"),
        ("<?xml version='1.0' encoding='latin-1'?><!DOCTYPE html [<!ENTITY x 'b'>]><html><p>a &x;</p></html>", "a &x;"),
        ("no tags at all", "no tags at all"),
        ("<p>a<script>never closed <p>b", "a"),
        ("<select><option>a<option>b</select><textarea>\n c </textarea>", "a\n\nb\n\n c "),
    ],
)
def test_broken_pages_lose_nothing_that_browsers_show(page: str, text: str) -> None:
    assert text_of(page) == text


def test_nothing_unfit_for_a_database_is_left() -> None:
    assert text_of("<p>a&#xD800;b&#0;c\0d&#1;e&#xFFFE;f&#13;g</p>") == "a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf g"


def test_a_page_may_be_deep_but_not_without_end() -> None:
    deep = MOST_DEEP - 10
    assert text_of("<div>" * deep + "x" + "</div>" * deep + "y") == "x\n\ny"
    with pytest.raises(NoText, match="nested more than 1,000 elements"):
        parse("<div>" * 100_000)


def test_a_page_has_not_too_many_tags() -> None:
    with pytest.raises(NoText, match="has 1,000,001 tags; at most 1,000,000 are taken"):
        parse("<" * (MOST_TAGS + 1))


def test_hostile_pages_are_read_in_one_go() -> None:
    assert text_of("<!DOCTYPE x [" * 200_000) == text_of("<!DOCTYPE x [")
    assert text_of("<p>" + "a < b " * 100_000).count("<") == 100_000
    assert text_of("<div>" * 900 + "</x>" * 200_000 + "tail") == "tail"
