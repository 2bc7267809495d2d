"""A page as those read it who read text: what stands in its body, in which language, and where it leads."""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from lxml import html
from lxml.html import HtmlElement

# What no reader of the page sees, whatever stands in it.
UNREAD = frozenset({"script", "style", "template", "noscript"})
# Classes of what is no saying of the page's own: what only paper shows, and the citation, which repeats title, verdict
# and digest. A page that has them there alone does not show them.
NOT_COUNTED = frozenset({"onpaper", "cite"})
# Between words of two languages; no text holds it (`kb.values.prose`).
_GAP = "\0"


@dataclass(frozen=True)
class PageText:
    """`whole` is the text of the body, `by_language` the same by the language that it is marked with, tidied."""

    whole: str
    by_language: dict[str, str]
    links: tuple[str, ...]

    @cached_property
    def loose(self) -> str:
        """Without the difference of capitals."""
        return self.whole.casefold()


def tidy(text: str) -> str:
    """Blanks and line ends of every kind are one blank: a browser shows them so."""
    return " ".join(text.split())


def read_page(data: bytes) -> PageText:
    """Attributes, the head and what is hidden are no text. A page that is not HTML at all has none."""
    document = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    body = document.find("body")
    if body is None:
        return PageText("", {}, ())
    runs: list[tuple[str, str]] = []
    _gather(body, document.get("lang", ""), runs)
    spoken: dict[str, list[str]] = {}
    for lang, some in groupby(runs, key=lambda run: run[0]):
        spoken.setdefault(lang, []).append("".join(text for _, text in some))
    return PageText(
        whole=tidy("".join(text for _, text in runs)),
        by_language={lang: tidy(_GAP.join(texts)) for lang, texts in spoken.items()},
        links=tuple(str(one.get("href")) for one in body.iter("a") if one.get("href")),
    )


def _gather(element: HtmlElement, lang: str, runs: list[tuple[str, str]]) -> None:
    """Stretches of text in their order, each with the language in force."""
    # A comment is an element to lxml, and its tag is no string.
    if not isinstance(element.tag, str) or _is_unread(element):
        return
    own = element.get("lang", lang)
    if element.text:
        runs.append((own, element.text))
    for child in element:
        _gather(child, own, runs)
        if child.tail:
            runs.append((own, child.tail))


def _is_unread(element: HtmlElement) -> bool:
    return (
        element.tag in UNREAD
        or "hidden" in element.attrib
        or not NOT_COUNTED.isdisjoint(element.get("class", "").split())
    )
