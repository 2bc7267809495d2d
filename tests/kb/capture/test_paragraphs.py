"""Paragraphs of a text of record: blocks of lines between blank ones."""

from hypothesis import given
from hypothesis import strategies as st

from kb.capture.paragraphs import Paragraph, paragraphs


def test_blocks_between_blank_lines_are_numbered() -> None:
    text = "\n\nA 😀 head\n\n  first line\nsecond line \n \t\u00a0\nlast"
    found = paragraphs(text)
    assert found[0] == Paragraph(1, 2, 10)
    assert [text[one.start : one.end] for one in found] == ["A 😀 head", "  first line\nsecond line ", "last"]


def test_a_text_without_words_has_none() -> None:
    assert paragraphs("") == paragraphs(" \n\n\t") == ()


@given(st.text(alphabet="ab \n\t\u00a0\u2028é😀", max_size=60))
def test_they_hold_all_words_and_nothing_blank_around(text: str) -> None:
    found = paragraphs(text)
    inside = "".join(text[one.start : one.end] for one in found)
    assert "".join(inside.split()) == "".join(text.split())
    for one in found:
        lines = text[one.start : one.end].split("\n")
        assert all(line and not line.isspace() for line in lines)
        assert text[: one.start].endswith("\n") or one.start == 0
        assert text[one.end :].startswith("\n") or one.end == len(text)
    assert [one.number for one in found] == list(range(1, len(found) + 1))
