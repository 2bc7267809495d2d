"""HTML read as a stream of tags and words: no tree of the page is ever built, so that a huge one takes little room."""

import re
from dataclasses import dataclass, field

from lxml import etree

from kb.capture.characters import STAND_IN
from kb.capture.description import Description
from kb.capture.extracted import NoText
from kb.capture.linearise import Linear

MOST_TAGS = 1_000_000
MOST_DEEP = 1_000
COPY = "Open the page in a browser, copy the text, and paste it."

_XML = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_ENTITIES = re.compile(r"\s*<!DOCTYPE[^<>\[]{0,500}\[[^\]]{0,100000}\]\s*>", re.IGNORECASE)
_ENDS = re.compile(r"</(?:(body|html)|p|(br))\s*>", re.IGNORECASE)


@dataclass
class Page:
    """The target that the parser tells what it meets."""

    linear: Linear = field(default_factory=Linear)
    description: Description = field(default_factory=Description)
    depth: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MOST_DEEP:
            raise NoText(f"The page is nested more than {MOST_DEEP:,} elements deep.", COPY)
        self.linear.start(name, attributes)
        self.description.start(name, attributes)

    def data(self, text: str) -> None:
        self.linear.data(text)
        self.description.data(text)

    def end(self, name: str) -> None:
        self.depth -= 1
        self.linear.end(name)
        self.description.end()

    def close(self) -> "Page":
        return self


def parse(source: str) -> Page:
    """Raises NoText where there is too much of it."""
    tags = source.count("<")
    if tags > MOST_TAGS:
        raise NoText(f"The page has {tags:,} tags; at most {MOST_TAGS:,} are taken.", COPY)
    page = Page()
    # The stubs ask for a target that takes bytes too; characters are all that it is ever told here.
    parser = etree.HTMLParser(target=page, no_network=True, huge_tree=True)  # type: ignore[arg-type]
    try:
        etree.fromstring(_mended(source), parser)
    except etree.XMLSyntaxError:
        # An empty page, or nothing but comments.
        return page
    return page


def _mended(source: str) -> str:
    """What the parser would lose, or join: it drops all that follows `</html>`, and passes over a lone `</p>`.

    An XML declaration is refused before characters, and a list of entities would stand in the text.
    """
    for prologue in (_XML, _ENTITIES):
        if found := prologue.match(source):
            source = source[found.end() :]
    return _ENDS.sub(_mended_end, source.replace("\0", STAND_IN))


def _mended_end(found: re.Match[str]) -> str:
    if found[1]:
        return ""
    return "<br>" if found[2] else f"{found[0]}\n"
