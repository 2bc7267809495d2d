"""The text of record on its page: to the character, whatever is quoted in it and wherever a page ends."""

import html
from collections.abc import Sequence

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lxml import html as lxml_html

from app.public.quoted import Set
from app.web.held import Held
from app.web.templates import FOLDER
from app.web.views.text import (
    Mark,
    Piece,
    fits_html,
    foreign_spans,
    page_at,
    paragraph_at,
    paragraphs,
    piece,
    pieces,
)

# Each is a text whose characters a page could lose, change, or be turned round by.
SAMPLES = {
    "plain": "First line.\n\nSecond line.\n",
    "emoji": "🏔 A summit \U0001f468\u200d\U0001f469\u200d\U0001f467 and a flag \U0001f1f3\U0001f1f5.",
    "combining": "e\u0301 and " + "a" + "\u0301" * 200 + " end",
    "arabic": "في الأطلس العربي إفرست\nHeight: 8,849 metres (متر).",
    "hebrew": "אוורסט הוא 8,849 מטר.\n\nThe end.",
    "override": "Paid \u202e000,1\u202c euros, \u202ethe rest is turned",
    "isolates": "a \u2067b\u2069 c \u2066d",
    "soft hyphen": "moun\u00adtain, 8\u00a0848\u202fm, zero\u200bwidth\ufeff",
    "markup": "<mark>5 < 6 & 7 > 2</mark> &amp; \"quoted\" 'once'",
    "carriage returns": "one\r\ntwo\rthree\r\n\r\nfour\r",
    "blanks": "  \n\t\n   indented\ttabs  \n\n\n last  ",
    "no-break line": "one\n\u00a0\ntwo",
    "separators": "one\u2028two\u2029three\x85four\x0cfive",
    "chinese": "珠穆朗玛峰高8848.86米。\u3000中国",
    "empty": "",
    "only blanks": "\n \n",
}
ALPHABET = st.sampled_from(list("ab \t\n\r<>&\"'é\u0301\u202e\u202c\u200d\u00a0\u00ad🏔א ف米"))


def root_of(made: Piece) -> str:
    """The root as its template writes it."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    shown = Set(Held(1, "0" * 64, "en", {}), made, 1, 1, None, None, {}, made.quotes)
    template = environment.from_string('{% from "parts/text.html" import root with context %}{{ root(set) }}')
    return template.render(set=shown)


def by_lxml(markup: str) -> str:
    page = lxml_html.document_fromstring(f"<!doctype html><meta charset=utf-8><main>{markup}</main>")
    (root,) = page.xpath("//*[@data-text-of-record]")
    return str(root.text_content())


def by_html5lib(markup: str) -> str:
    page = html5lib.parse(f"<!doctype html><main>{markup}</main>", namespaceHTMLElements=False)
    (root,) = page.iterfind(".//*[@data-text-of-record]")
    return "".join(root.itertext())


def quoted(text: str) -> list[Mark]:
    """One in the middle, one nested in it, one that overlaps both, the whole, and all but the ends."""
    size = len(text)
    spans = [(size // 4, size // 2), (size // 3, size // 2), (size // 3, 3 * size // 4), (0, size), (1, size - 1)]
    return [Mark(number, *span) for number, span in enumerate(spans, 1) if span[0] < span[1]]


def set_out(text: str, some: Sequence[Mark], size: int = 20_000) -> list[Piece]:
    pages = pieces(text, size)
    return [piece(text, pages, page, some, ()) for page in range(len(pages))]


@pytest.mark.parametrize("text", SAMPLES.values(), ids=SAMPLES.keys())
@pytest.mark.parametrize("size", [20_000, 7])
def test_the_root_holds_the_text_and_nothing_else(text: str, size: int) -> None:
    assert fits_html(text)
    made = set_out(text, quoted(text), size)
    for read in (by_lxml, by_html5lib):
        if read is by_lxml and "\x0c" in text:
            continue  # libxml2 knows no form feed in HTML; browsers, and html5lib, do.
        assert "".join(read(root_of(one)) for one in made) == text
    assert [one.start for one in made] == [0, *(one.end for one in made[:-1])]
    assert made[-1].end == len(text)


@given(st.text(ALPHABET, max_size=60), st.integers(1, 30), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60))))
def test_whatever_is_quoted_the_pages_are_the_text(text: str, size: int, spans: list[tuple[int, int]]) -> None:
    some = [Mark(number, *span) for number, span in enumerate(spans, 1) if span[0] < span[1] <= len(text)]
    made = set_out(text, some, size)
    assert "".join(by_html5lib(root_of(one)) for one in made) == text
    covered = {number for one in made for number in one.quotes}
    holding = {one.number for one in some if text[one.start : one.end].strip("\n")}
    assert covered <= {one.number for one in some}
    assert {one for one in holding if not text[some_at(some, one)].isspace()} <= covered


def some_at(some: Sequence[Mark], number: int) -> slice:
    return next(slice(one.start, one.end) for one in some if one.number == number)


def test_overlapping_and_nested_quotations_are_split_and_each_ends_once() -> None:
    text = "The height is 4,807 metres, says the survey."
    some = [Mark(1, 4, 27), Mark(2, 14, 19), Mark(3, 14, 44)]
    (made,) = set_out(text, some)
    runs = [(run.text, run.quotes, run.ends) for run in made.paragraphs[0].runs]
    assert runs == [
        ("The ", (), ()),
        ("height is ", (1,), ()),
        ("4,807", (1, 2, 3), (2,)),
        (" metres,", (1, 3), (1,)),
        (" says the survey.", (3,), (3,)),
    ]
    assert [run.anchors for run in made.paragraphs[0].runs] == [(), ("q-4-27",), ("q-14-19", "q-14-44"), (), ()]
    ids = [part.partition('"')[0] for part in root_of(made).split('id="')[1:]]
    assert ids == ["p-1", "q-4-27", "q-14-44", "q-14-19"]


def test_a_quotation_across_paragraphs_and_pages_is_marked_in_each() -> None:
    text = "One two.\n\nThree four.\n\nFive six."
    made = set_out(text, [Mark(1, 4, 28)], 12)
    assert [[run.text for one in page.paragraphs for run in one.runs if run.quotes] for page in made] == [
        ["two."],
        ["Three four."],
        ["Five "],
    ]
    assert [page.paragraphs[0].number for page in made] == [1, 2, 3]


def test_foreign_matter_is_named_where_it_begins_and_no_quotation_of_it_is_lost() -> None:
    text = "The article.\n\nMore from us\nBuy this."
    segments = [
        {"start": 14, "end": 36, "segmentRole": "foreign_matter"},
        {"start": 0, "end": 12, "segmentRole": "body"},
    ]
    pages = pieces(text)
    made = piece(text, pages, 0, [Mark(1, 0, 20)], foreign_spans(segments))
    runs = [run for one in made.paragraphs for run in one.runs]
    assert [(run.text, run.foreign, run.says_foreign) for run in runs] == [
        ("The article.", False, False),
        ("More f", True, True),
        ("rom us", True, False),
        ("Buy this.", True, False),
    ]
    assert by_lxml(root_of(made)) == text
    assert root_of(made).count("Not part of the article") == 1


def test_an_override_stays_within_its_mark() -> None:
    text = SAMPLES["override"]
    (made,) = set_out(text, [Mark(1, 5, 15)])
    markup = root_of(made)
    assert markup.count("<bdi>") == markup.count("</bdi>") == 1
    assert html.unescape(markup.partition("<bdi>")[2].partition("</bdi>")[0]) == text[5:15]
    assert "right-to-left override" in made.unseen_marks


def test_pages_end_between_paragraphs_or_words_and_never_within_a_letter() -> None:
    text = "word " * 100 + "\n" + "a\u0301" * 300 + "\n" + "short"
    pages = pieces(text, 100)
    cuts = [cut for page in pages for cut in page]
    assert max(cut.end - cut.start for cut in cuts) <= 100
    for cut in cuts[1:]:
        assert text[cut.start] != "\u0301"
        if cut.continued and cut.number == 1:
            assert text[cut.start - 1] == " "
    assert [page_at(pages, cuts[place].start) for place in (0, len(cuts) - 1)] == [0, len(pages) - 1]
    assert page_at(pages, 10**9) == len(pages) - 1
    assert paragraph_at(pages, 0) == 1
    assert paragraph_at(pages, len(text) - 1) == 3


def test_a_text_of_ten_megabytes_is_cut_and_whole() -> None:
    text = ("All work and no play. " * 40 + "\n") * 11_500
    assert len(text) > 10_000_000
    pages = pieces(text)
    assert len(pages) > 500
    first, last = piece(text, pages, 0, [], ()), piece(text, pages, len(pages) - 1, [], ())
    assert len(root_of(first)) < 40_000
    assert last.end == len(text)
    assert len(list(paragraphs(text))) == 11_500


@pytest.mark.parametrize("letter", ["\x00", "\x07", "\x1b", "\x7f", "\ufffe", "\uffff"])
def test_what_no_page_can_hold_is_told(letter: str) -> None:
    assert not fits_html(f"a{letter}b")
