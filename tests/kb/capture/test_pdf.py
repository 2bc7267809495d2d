"""PDF files: phrases run on over the ends of lines, paragraphs are told apart, and what cannot be read says why."""

import subprocess
import sys
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.capture import pdf, pdf_reader
from kb.capture.extract import Extracted, NoText, extract
from kb.capture.paragraphs import paragraphs
from kb.capture.pdf_lines import Line
from kb.capture.pdf_paragraphs import text_of
from kb.values.prose import check_text
from kb.values.quote import Quote, locate
from tests.factories.pdfs import PICTURE, Placed, lines, pdf_of

PROSE = (
    "The first surveyors never set foot on it. They",
    "looked at the summit through heavy brass in-",
    "struments from the plains of India, and then the",
    "well-",
    "known survey gave Peak XV a height of 29,002 feet.",
)
SECRETS = f"/V 1 /R 2 /O <{'41' * 32}> /U <{'42' * 32}> /P -1"


def read(*pages: list[Placed] | bytes, info: str = "", trailer: str = "") -> Extracted:
    return extract(pdf_of(pages, info=info, trailer=trailer))


def text(words: list[str], **how: float) -> str:
    return read(lines(words, **how)).text


def test_a_phrase_runs_on_over_the_ends_of_lines() -> None:
    found = text(list(PROSE))
    for phrase in ("They looked at the summit", "and then the well", "They looked at the summit through heavy brass"):
        assert locate(found, Quote(phrase)).occurrences == 1
    assert "\n" not in found


def test_a_word_divided_at_the_end_of_a_line_keeps_a_soft_hyphen() -> None:
    found = read(lines(PROSE))
    assert "heavy brass in\u00adstruments from" in found.text
    assert "2 words are divided at the end of a line; a soft hyphen (U+00AD) keeps the place." in found.notes


def test_a_hyphen_that_the_file_has_elsewhere_stays() -> None:
    found = read(lines([*PROSE, "The well-known survey ended."]))
    assert "the well-known survey gave" in found.text
    assert found.text.count("\u00ad") == 1


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("between 737\u2013", "9 airplanes", "between 737\u20139 airplanes"),
        ("a word\u2014", "an aside", "a word\u2014an aside"),
        ("a word \u2013", "an aside", "a word \u2013 an aside"),
        ("at https://", "www.example.org/a", "at https://www.example.org/a"),
        ("at https://example.org/a/", "b.html now", "at https://example.org/a/b.html now"),
        ("mail desk@", "example.org now", "mail desk@example.org now"),
        ("plain", "words", "plain words"),
    ],
)
def test_joined_lines(before: str, after: str, joined: str) -> None:
    assert text([before, after]) == joined


def test_east_asian_lines_have_no_space_between_them() -> None:
    two = [Line("\u73e0\u7a46\u6717\u739b", 10, 90, 100, 10), Line("\u5cf0\u9ad8", 10, 30, 88, 10)]
    assert text_of([two]) == "\u73e0\u7a46\u6717\u739b\u5cf0\u9ad8"


def paragraphs_in(found: str) -> list[str]:
    return [found[one.start : one.end] for one in paragraphs(found)]


def test_a_gap_begins_a_paragraph() -> None:
    words = ["One line of the first and", "another of it here", "", "The second begins and", "goes on for a while"]
    assert paragraphs_in(text(words)) == [
        "One line of the first and another of it here",
        "The second begins and goes on for a while",
    ]


def test_an_indent_begins_one_and_a_hanging_indent_does_not() -> None:
    indented = [
        *lines(["This line is as long as the column is,", "and so is this one that follows it on."], top=700),
        (90, 672, 12, "Here the second paragraph begins, which"),
        (72, 658, 12, "goes on at the edge."),
    ]
    assert len(paragraphs_in(read(indented).text)) == 2
    hanging = [(72, 700, 12, "Doe, A.: A book with a long title that"), (90, 686, 12, "hangs in from the edge")]
    assert len(paragraphs_in(read(hanging).text)) == 1


def test_larger_letters_bullets_and_short_last_lines_begin_one() -> None:
    page = [
        (72, 740, 20, "A head"),
        *lines(["The text begins under it and is long, all", "the way."], top=716),
        *lines(["Another one begins, with no gap and no", "indent at all in front"], top=688),
        *lines(["\u2022 a point", "\u2022 another point"], top=660),
    ]
    assert paragraphs_in(read(page).text) == [
        "A head",
        "The text begins under it and is long, all the way.",
        "Another one begins, with no gap and no indent at all in front",
        "\u2022 a point",
        "\u2022 another point",
    ]


def test_rows_of_figures_stand_alone() -> None:
    rows = ["State permits handguns and long guns", "Alabama 18,870 23,022 22,650 859", "Alaska 209 3,062 3,209 191"]
    assert paragraphs_in(text(rows)) == rows


def test_a_sentence_goes_on_in_the_next_column_and_on_the_next_page() -> None:
    left = lines(["A sentence that begins here in", "the left column goes"], top=200)
    right = lines(["on in the right one, and then"], x=320, top=760)
    found = read([*left, *right], lines(["on the next page. It ends."]), lines(["A third begins."]))
    assert paragraphs_in(found.text) == [
        "A sentence that begins here in the left column goes on in the right one, and then on the next page. It ends.",
        "A third begins.",
    ]


def test_what_the_file_says_of_itself() -> None:
    found = read(
        lines(["words"]), info="/Title (A  title) /Author (Ann Doe) /CreationDate (D:20191204103000Z)"
    ).proposed
    assert (found.title, found.author, found.published) == ("A title", "Ann Doe", "2019-12-04")
    hostile = read(lines(["words"]), info=f"/Title ({'x' * 100_000}) /CreationDate (D:00000000)").proposed
    assert (hostile.title, hostile.published) == (None, None)


def test_pages_without_text_are_named() -> None:
    found = read(lines(["words"]), PICTURE, lines(["more"]), b"")
    assert found.notes == ("No text layer on page 2, 4: blank, or a picture.",)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (pdf_of([PICTURE, PICTURE]), "no text layer"),
        (pdf_of([]), "damaged|no text layer"),
        (pdf_of([b""] * (pdf_reader.MOST_PAGES + 1)), "more than 2,000 pages"),
        (pdf_of([lines(["x"])])[:200], "damaged"),
        (b"%PDF-1.7\nnothing follows", "damaged"),
        (pdf_of([lines(["x"])], trailer=f"/Encrypt << /Filter /Standard {SECRETS} >> /ID [<41> <41>]"), "a password"),
        (pdf_of([lines(["x"])], trailer="/Encrypt << /Filter /Other /V 1 >> /ID [<41> <41>]"), "locked in a way"),
    ],
    ids=["scan", "no pages", "many pages", "cut off", "junk", "password", "other lock"],
)
def test_what_cannot_be_read_says_why(data: bytes, what: str) -> None:
    with pytest.raises(NoText, match=what) as refused:
        extract(data)
    assert refused.value.where == "file"
    assert refused.value.remedy


def test_too_many_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "MOST_CHARACTERS", 20)
    assert pdf_reader.read(pdf_of([lines(["0123456789"])] * 3)) == {"refused": "characters"}


def test_a_reader_that_takes_too_long_or_falls_is_told_from_a_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "PATIENCE", 0.001)
    with pytest.raises(NoText, match="damaged, or takes more time or memory"):
        read(lines(["words"]))


def test_a_reader_is_told_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMBASE_DATABASE", "postgresql://desk:secret@localhost/desk")
    assert "secret" not in str(pdf._surroundings())
    assert read(lines(["words"])).text == "words"


@pytest.mark.slow
def test_a_bomb_fells_its_reader_only() -> None:
    packer, unit = zlib.compressobj(9), b"0 0 m 1 1 l S " * 70_000
    packed = b"".join(packer.compress(unit) for _ in range(300)) + packer.flush()
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed) + packed
    whole = pdf_of([b"X"]).replace(b"<< /Length 1 >>\nstream\nX", stream)
    assert len(whole) < 1_000_000
    with pytest.raises(NoText, match="more time or memory"):
        extract(whole)


def test_the_reader_is_bounded() -> None:
    """The limits hold in the process that reads, and are seen from outside."""
    command = """
import sys
from kb.capture import pdf_reader
sys.stdin = open("/dev/null")
pdf_reader.main()
bytearray(2 * 10**9)
"""
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=False)
    assert done.stdout == '{"refused": "damaged"}'
    assert "MemoryError" in done.stderr


PLAIN = st.text("abcdefgh,XY09", min_size=1, max_size=9)


@settings(max_examples=25)
@given(
    st.lists(st.lists(PLAIN, min_size=1, max_size=7), min_size=1, max_size=25), st.integers(8, 18), st.floats(1.1, 1.6)
)
def test_no_letter_is_lost_and_every_line_is_found(made: list[list[str]], size: int, pitch: float) -> None:
    rows = [" ".join(words) for words in made]
    page = lines(rows, size=size, pitch=size * pitch, top=780)
    found = pdf_reader.read(pdf_of([page]))
    result = text_of([[Line(*line) for line in one] for one in found["pages"]])
    check_text(result, where="text")
    assert "".join(result.split()) == "".join("".join(rows).split())
    at = 0
    for row in rows:
        at = result.index(row, at) + len(row)


def test_hyphens_that_belong_to_the_word() -> None:
    words = ["the existing FAA-", "approved list, a 90-", "day period, and Coca-", "Cola"]
    assert text(words) == "the existing FAA-approved list, a 90-day period, and Coca-Cola"
