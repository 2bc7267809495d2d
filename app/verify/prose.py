"""A text in Markdown as readers read it: the words of each block, without the marks."""

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

_reader = MarkdownIt("commonmark", {"html": False}).enable("table")
_AS_THEY_STAND = frozenset({"fence", "code_block"})
_BREAKS = frozenset({"softbreak", "hardbreak"})


def blocks(markdown: str) -> Iterator[str]:
    """Paragraphs, headings, items, cells and blocks of code, in their order; pictures have no words here."""
    for token in _reader.parse(markdown):
        text = token.content if token.type in _AS_THEY_STAND else _inside(token.children or ())
        if text.strip():
            yield text


def _inside(tokens: Sequence[Token]) -> str:
    return "".join(" " if one.type in _BREAKS else one.content for one in tokens if one.type != "image")
