"""Markdown of our own pages as HTML: the one place where markup is not escaped, so it is cleaned here."""

from collections.abc import Sequence

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

TAGS = frozenset(
    {"p", "h2", "h3", "h4", "ul", "ol", "li", "em", "strong", "code", "pre", "blockquote", "a", "hr", "br"}
    | {"table", "thead", "tbody", "tr", "th", "td"}
)
ATTRIBUTES = {"a": {"href"}, "th": {"scope"}, "ol": {"start"}}
# The page has its own first heading, so the text's begin one level below.
_BELOW = {"h1": "h2", "h2": "h3", "h3": "h4"}

_reader = MarkdownIt("commonmark", {"html": False}).enable("table")


def markdown(text: str, home: str) -> Markup:
    """HTML of the tags above and no others; addresses are http, https, mail or within this place.

    `home` is the relative way to the first page: a link that begins with a slash is led there.
    """
    tokens = _reader.parse(text)
    _lead_home(tokens, home)
    shift = any(token.type == "heading_open" and token.tag == "h1" for token in tokens)
    for token in tokens:
        if token.type in ("heading_open", "heading_close") and shift:
            token.tag = _BELOW.get(token.tag, token.tag)
        if token.type == "th_open":
            # Alignment would come as an inline style, which our own policy forbids.
            token.attrs = {"scope": "col"}
        elif token.type == "td_open":
            token.attrs = {}
    made = _reader.renderer.render(tokens, _reader.options, {})
    clean = nh3.clean(made, tags=set(TAGS), attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto"})
    return Markup(clean)  # noqa: S704


def _lead_home(tokens: Sequence[Token], home: str) -> None:
    for token in tokens:
        _lead_home(token.children or (), home)
        address = str(token.attrs.get("href", ""))
        if address.startswith("/") and not address.startswith("//"):
            token.attrs["href"] = home + address[1:]
