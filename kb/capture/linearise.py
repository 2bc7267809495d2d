"""A page's text without loss: each block a paragraph, in the order of the page, one blank line between two.

Runs of ASCII white space are one space, as browsers show them; every other character stays. `<br>` is a line
feed, `<pre>` is kept, a row of a table is one paragraph with tabs between its cells unless a cell holds blocks.
Navigation, captions, forms and closed `<details>` are text. No text are scripts, styles, templates, `<noscript>`,
frames' stand-ins, titles of drawings, alternative texts, and what the attribute `hidden` hides (it is counted).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "col", "colgroup", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frame", "frameset",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "listing", "main", "menu",
    "nav", "ol", "optgroup", "option", "p", "plaintext", "pre", "search", "section", "summary", "table", "tbody",
    "textarea", "tfoot", "thead", "tr", "ul", "xmp",
})  # fmt: skip
_KEPT = frozenset({"listing", "plaintext", "pre", "textarea", "xmp"})
_CELLS = frozenset({"td", "th"})
_NO_TEXT = frozenset({
    "annotation", "annotation-xml", "iframe", "noembed", "noframes", "noscript", "script", "style", "template",
    "title",
})  # fmt: skip
_SPACE = re.compile("[ \t\n\f\r]+")


@dataclass
class Linear:
    """Takes a page's tags and words as they come. `hidden` counts passages that the page hides from readers."""

    hidden: int = 0
    _blocks: list[str] = field(default_factory=list)
    # The block at hand: what stands before the last break or cell, and the pieces since then.
    _done: list[str] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _kept: int = 0
    _depth: int = 0
    _mute_from: int = 0
    _is_hiding: bool = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._mute_from:
            return
        if name in _BLOCKS:
            self._end_block()
        elif name == "br":
            self._divide("\n")
        elif name in _CELLS and (self._pieces or self._done):
            self._divide("\t")
        self._kept += name in _KEPT
        self._is_hiding = name not in _NO_TEXT and attributes.get("hidden", "until-found").lower() != "until-found"
        if name in _NO_TEXT or self._is_hiding:
            self._mute_from = self._depth

    def data(self, text: str) -> None:
        if not self._mute_from:
            self._pieces.append(text)
        elif self._is_hiding and not text.isspace():
            self.hidden += 1
            self._is_hiding = False

    def end(self, name: str) -> None:
        is_first_muted = self._depth == self._mute_from
        self._depth -= 1
        if self._mute_from and not is_first_muted:
            return
        self._mute_from = 0
        if name in _BLOCKS:
            self._end_block()
        self._kept -= name in _KEPT

    def text(self) -> str:
        self._end_block()
        return "\n\n".join(self._blocks)

    def _divide(self, mark: str) -> None:
        self._done += [self._stretch(), mark]

    def _end_block(self) -> None:
        if self._pieces or self._done:
            block = "".join([*self._done, self._stretch()])
            block = block.strip("\r\n" if self._kept else " \t\n")
            if block and not block.isspace():
                self._blocks.append(block)
            self._done = []

    def _stretch(self) -> str:
        text = "".join(self._pieces)
        self._pieces = []
        return text if self._kept else _SPACE.sub(" ", text).strip(" ")
