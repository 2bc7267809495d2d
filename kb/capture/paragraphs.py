"""Numbered paragraphs of a text of record: blocks of lines between blank ones, and so the same for ever."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Paragraph:
    """Offsets are code points, end exclusive, without the blank lines around; numbers begin at 1."""

    number: int
    start: int
    end: int


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """A line is blank where it holds nothing, or nothing but white space of any width."""
    found: list[Paragraph] = []
    at, start, end = 0, -1, -1
    for line in [*text.split("\n"), ""]:
        if not line or line.isspace():
            if start >= 0:
                found.append(Paragraph(len(found) + 1, start, end))
                start = -1
        else:
            start = at if start < 0 else start
            end = at + len(line)
        at += len(line) + 1
    return tuple(found)
