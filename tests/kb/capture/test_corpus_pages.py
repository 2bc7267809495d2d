"""Real pages: every passage that their readers marked as part of the article is in the text of record, in order."""

import gzip
import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

from kb.capture.extract import extract
from kb.capture.paragraphs import paragraphs
from kb.values.prose import check_text
from kb.values.quote import Quote, locate

pytestmark = pytest.mark.corpus

# A formula stands between these words in the page: “Given a set of N high-dimensional objects”.
NOT_IN_THE_PAGE = {"Given a set of high-dimensional objects"}
# Words that the marked passages and the pages have with other white space between them (no-break spaces, an end cut
# off), and which are therefore found only with white space made alike.
OTHER_SPACES = {
    "Seit dem Ausbruch der Massenproteste gegen",
    "Erwachsene: 3 € (Preis 2019) ",
    "© 2004 - 2020 Volker Pohl",
}

NO_TEXT = re.compile(r"(?is)<(script|style|noscript|title|template|iframe|annotation)\b.*?</\1>|<!--.*?-->")
TAG = re.compile(r"(?s)</?[a-zA-Z][^>]*>|<![^>]*>")
# What reading by patterns takes for words: the end of a tag with a `>` in an attribute, and a program.
LEFT_BY_CRUDENESS = ('" alt="" />', "<?php if (function_exists('sharethis_button')) { sharethis_button(); } ?>")


def entries(shared: Path) -> list[tuple[str, bytes, dict[str, Any]]]:
    folder = shared / "data" / "html_cc"
    listed = json.loads((folder / "gold.json").read_text("utf-8"))
    return [(one["file"], gzip.decompress((folder / one["file"]).read_bytes()), one["gold"] or {}) for one in listed]


def alike(text: str) -> str:
    """Runs of white space of every kind as one space."""
    return " ".join(text.split())


def marked(gold: dict[str, Any]) -> list[str]:
    return [
        passage for kind in ("with", "comments") for passage in gold.get(kind, []) if passage not in NOT_IN_THE_PAGE
    ]


def stripped(data: bytes) -> str:
    """The page's words by the crudest of means: all that stands between its tags."""
    words = TAG.sub("", NO_TEXT.sub("", data.decode("utf-8", "replace")))
    for leftover in LEFT_BY_CRUDENESS:
        words = words.replace(leftover, "")
    return alike(html.unescape(words))


def test_every_marked_passage_is_found(shared: Path) -> None:
    found, exact = 0, 0
    for name, data, gold in entries(shared):
        text = extract(data).text
        for passage in marked(gold):
            assert alike(passage) in alike(text), f"{name}: {passage}"
            found += 1
            if passage not in OTHER_SPACES:
                first = locate(text, Quote(passage, start=text.find(passage)))
                assert text[first.start : first.end] == passage
                exact += 1
    assert (found, exact) == (97, 94)


def test_they_stand_in_the_order_of_the_page(shared: Path) -> None:
    compared = 0
    for name, data, gold in entries(shared):
        source, text = stripped(data), alike(extract(data).text)
        passages = [alike(one) for one in marked(gold) if source.count(alike(one)) == text.count(alike(one)) == 1]
        assert sorted(passages, key=source.find) == sorted(passages, key=text.find), name
        compared += len(passages)
    assert compared >= 70


def test_the_exception_is_one(shared: Path) -> None:
    passages = {
        one for _, data, gold in entries(shared) for one in gold.get("with", []) if alike(one) not in stripped(data)
    }
    assert passages >= NOT_IN_THE_PAGE


def test_no_letter_between_tags_is_lost_or_invented(shared: Path) -> None:
    for name, data, _ in entries(shared):
        text = extract(data).text
        check_text(text, where=name)
        assert "".join(text.split()) == "".join(stripped(data).split()), name
        assert len(paragraphs(text)) > 10


def test_titles_and_days_are_those_that_readers_noted(shared: Path) -> None:
    """Of 23 titles 17 word for word (the others carry the site's name), and no day that is another one."""
    titles, days = 0, 0
    for _, data, gold in entries(shared):
        said = extract(data).proposed
        titles += bool(gold.get("title")) and said.title == alike(gold["title"])
        if gold.get("date") and said.published:
            assert said.published == gold["date"]
            days += 1
    assert (titles, days) == (17, 17)


def test_each_page_names_its_licence(shared: Path) -> None:
    licences = [extract(data).proposed.licence or "" for _, data, _ in entries(shared)]
    assert sum("creativecommons.org/licenses/" in licence for licence in licences) == 25
