"""The few elements of a page that may say what it is, kept while the page streams by."""

from collections.abc import Mapping
from dataclasses import dataclass, field

MOST_ELEMENTS = 5_000
MOST_NESTED = 8
MOST_WORDS = 10_000
MOST_SCRIPT = 1_000_000

_ALWAYS = frozenset(("html", "body", "meta", "link", "title", "h1"))


@dataclass
class Told:
    """One element: its attributes, and its words up to a limit (longer ones are left out whole)."""

    name: str
    attributes: Mapping[str, str]
    in_article: bool
    room: int
    pieces: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        return "".join(self.pieces) if self.room >= 0 else ""

    def tokens(self, attribute: str) -> list[str]:
        """`rel="Canonical nofollow"` as its words in lower case."""
        return self.attributes.get(attribute, "").lower().split()

    def add(self, text: str) -> None:
        if self.room >= 0:
            self.room -= len(text)
            self.pieces.append(text)


@dataclass
class Description:
    """Takes a page's tags and words as they come; `told` is in the order of the page."""

    told: list[Told] = field(default_factory=list)
    _open: list[tuple[int, Told]] = field(default_factory=list)
    _depth: int = 0
    _article: int = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if name == "article":
            self._article = self._article or self._depth
        if _tells(name, attributes) and len(self.told) < MOST_ELEMENTS and len(self._open) < MOST_NESTED:
            room = {"script": MOST_SCRIPT, "html": -1, "body": -1}.get(name, MOST_WORDS)
            one = Told(name, dict(attributes), self._article > 0, room)
            self.told.append(one)
            self._open.append((self._depth, one))

    def data(self, text: str) -> None:
        for _, one in self._open:
            one.add(text)

    def end(self) -> None:
        if self._open and self._open[-1][0] == self._depth:
            self._open.pop()
        if self._article == self._depth:
            self._article = 0
        self._depth -= 1

    def named(self, *names: str) -> list[Told]:
        return [one for one in self.told if one.name in names]


def _tells(name: str, attributes: Mapping[str, str]) -> bool:
    if name == "script":
        return attributes.get("type", "").lower().startswith("application/ld+json")
    if name == "time":
        return "datetime" in attributes
    return (
        name in _ALWAYS
        or "rel" in attributes
        or any("author" in attributes.get(key, "") for key in ("itemprop", "class"))
    )
