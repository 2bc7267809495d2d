"""The sample's own article, as a page and printed from it: every paragraph comes back, and so does every quote."""

import html
import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from kb.capture.extract import extract
from kb.capture.paragraphs import paragraphs
from kb.values.quote import Quote, locate
from tests.conftest import absent
from tests.support.browser import chromium, opened
from tests.support.tree import ROOT

FOLDER = ROOT / "kb" / "imports" / "sample" / "mountains"
# Chromium draws an emoji as a picture, and the file then has no letter for it.
DRAWN = "🏔"
STYLES = {
    "plain": "",
    "columns": "body { columns: 2; text-align: justify } p { margin: 0; text-indent: 1.5em } h1 { column-span: all }",
    "wide": "p { line-height: 2; letter-spacing: .02em } body { font-family: sans-serif; font-size: 14px }",
    "narrow": "body { width: 9em; hyphens: auto; font-size: 11px }",
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = chromium()
    if program is None:
        absent("Chromium is not installed")
    assert program is not None
    with opened(program) as browser:
        yield browser


def article() -> str:
    return (FOLDER / "article.txt").read_text("utf-8")


def blocks() -> list[str]:
    return article().strip("\n").split("\n\n")


def page(style: str = "") -> str:
    coded = "\n".join(f"<p>{html.escape(one).replace(chr(10), '<br>')}</p>" for one in blocks())
    head = f"<meta charset=utf-8><title>How high is the highest mountain?</title><style>{style}</style>"
    return f"<!doctype html><html lang=en><head>{head}</head><body><h1>A head</h1>{coded}</body></html>"


def undivided(text: str) -> str:
    """Paper does not say which of two a hyphen at the end of a line was, nor whether a space may break."""
    return text.replace("\u00ad", "").replace("-", "").replace("\u00a0", " ")


def quotes() -> list[str]:
    """The exact words of all quotes that the sample has of its article."""
    claims: list[dict[str, Any]] = json.loads((FOLDER / "claims.json").read_text("utf-8"))["claims"]
    return [one["quote"]["exact"] for one in claims]


def test_as_a_page() -> None:
    found = extract(page().encode())
    assert found.text == "A head\n\n" + "\n\n".join(blocks())
    assert [found.text[one.start : one.end] for one in paragraphs(found.text)] == ["A head", *blocks()]
    assert (found.proposed.title, found.proposed.language) == ("How high is the highest mountain?", "en")
    for exact in quotes():
        assert locate(found.text, Quote(exact, start=found.text.find(exact)))


def test_as_plain_text() -> None:
    assert extract(article().encode(), file_name="article.txt").text == article()


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("paper", ["A4", "A5"])
def test_printed(browser: Browser, style: str, paper: str) -> None:
    tab = browser.new_page()
    tab.set_content(page(STYLES[style]))
    found = extract(tab.pdf(format=paper))
    tab.close()
    assert found.media_type == "application/pdf"
    assert found.proposed.title == "How high is the highest mountain?"
    flat = undivided(" ".join(found.text.split()))
    for block in blocks():
        assert undivided(" ".join(block.replace(DRAWN, "\ufffd").split())) in flat
    assert [exact for exact in quotes() if undivided(exact) not in undivided(found.text)] == []


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_printed_paragraphs_are_those_of_the_page(browser: Browser) -> None:
    tab = browser.new_page()
    tab.set_content(page())
    found = extract(tab.pdf(format="A4"))
    tab.close()
    inside = {found.text[one.start : one.end] for one in paragraphs(found.text)}
    long = [one for one in blocks() if len(one) > 200]
    assert len(long) == 7
    assert [one for one in long if one not in inside] == []


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize(
    "words",
    [
        "قمة إفرست هي أعلى قمة في العالم",
        "يبلغ ارتفاع الجبل 8,849 مترا منذ عام 2020",
        "הר האוורסט הוא הגבוה ביותר, 8,849 מטר",
        "An atlas says إفرست here",
        "Élan cafe\u0301 Å",
    ],
)
def test_printed_words_of_other_scripts(browser: Browser, words: str) -> None:
    tab = browser.new_page()
    tab.set_content(f"<meta charset=utf-8><p dir=auto>{words}</p>")
    found = extract(tab.pdf(format="A4"))
    tab.close()
    assert found.text.replace("e\u0301", "é") == words.replace("e\u0301", "é")
