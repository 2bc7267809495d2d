"""What of an edition can be found by its words: each piece with its rank, its language and what it is. Pure.

A person without a page of their own is found by no name: of voices, replies and mentions only those count that lead to
a record, or that name nobody. What a claim's own sentences and quotations say is found as they say it.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from kb.log.read import Edition
from kb.values.keys import line

Node = Mapping[str, Any]
# The ranks: question, statement, titles and names; exact words and their translations; all else.
HEAD, QUOTED, REST = "head", "quoted", "rest"
# What is searched, in the order in which equals are given.
KINDS = ("claim", "topic", "agent", "source", "origin", "page")
# Of each rank this many bytes of keys are kept: a tsvector of PostgreSQL takes 1,048,575 bytes in all.
MOST_BYTES = 200_000
HEADS = {
    "source": (("title", "Title"), ("publisherAsPrinted", "Publisher"), ("authorAsPrinted", "Author")),
    "agent": (("name", "Name"), ("otherNames", "Also named")),
    "origin": (("label", "Name"),),
    "topic": (("prefLabel", "Name"), ("otherNames", "Also named")),
    "page": (("name", "Name"),),
}
RESTS = (("description", "Description"), ("genre", "Kind"), ("body", "Text"), ("note", "Note"))
OF_ASSESSMENT = (
    ("reason", "Reason"),
    ("overrideReason", "Reason"),
    ("confidenceReason", "Confidence"),
    ("wouldChange", "What would change it"),
)
OF_FIGURE = (("asPrinted", "Figure"), ("unit", "Unit"), ("counted", "Counted"), ("scope", "Scope"))


class Piece(NamedTuple):
    """`state` is that of a quotation, None of what is no quotation."""

    rank: str
    what: str
    text: str
    lang: str
    state: str | None = None


class SearchText(NamedTuple):
    """The indexed text of a record: for each rank the lines of its pieces."""

    head: str
    quoted: str
    rest: str


def search_text(edition: Edition) -> SearchText:
    """What the index holds of an edition, cut where it would be too long."""
    found: dict[str, list[str]] = {HEAD: [], QUOTED: [], REST: []}
    for piece in pieces(edition):
        found[piece.rank].append(line(piece.text))
    return SearchText(*(_cut("\n".join(filter(None, dict.fromkeys(lines)))) for lines in found.values()))


def pieces(edition: Edition) -> Iterator[Piece]:
    """All that can be found of an edition, in the order of its page; nothing of the foundation."""
    entity: Node = edition.document["mainEntity"]
    kind = edition.record_kind
    if kind == "foundation":
        return
    if kind == "claim":
        yield from _claim(edition.document, entity)
    else:
        for key, what in HEADS[kind]:
            yield from _words(HEAD, what, entity.get(key))
        for key, what in RESTS:
            yield from _words(REST, what, entity.get(key))
    yield from _known_as(edition, entity)


def _claim(document: Node, entity: Node) -> Iterator[Piece]:
    for key, what in (("question", "Question"), ("statement", "Statement"), ("title", "Title")):
        yield from _words(HEAD, what, entity.get(key))
    yield from _voices(entity)
    for appearance in entity.get("appearances", ()):
        for target in (appearance["target"], *appearance.get("otherPlaces", ())):
            yield from _quote("Quotation", target, appearance["quoteState"])
    for key, what in (("evidence", "Evidence"), ("searches", "Search")):
        for part in entity.get(key, ()):
            yield from _quote(what, part.get("target"), part.get("quoteState"))
            yield from _words(QUOTED, "Translation", part.get("translation"))
    for reply in entity.get("replies", ()):
        yield from _words(QUOTED, "Reply", reply["statement"])
        yield from _words(QUOTED, "Reply", reply["short"])
        yield from _quote("Reply", reply.get("target"), reply.get("quoteState"))
        yield from _words(QUOTED, "Translation", reply.get("translation"))
    yield from _judged(entity)
    yield from _cited(document)


def _voices(entity: Node) -> Iterator[Piece]:
    """Names of those who stand in the chains, are concerned, are mentioned or reply."""
    links = [link for appearance in entity.get("appearances", ()) for link in appearance["chain"]]
    for link in links:
        if "agent" in link or link["unnamed"]:
            yield from _words(HEAD, "Voice", link["name"])
    for key, what in (("concerns", "Concerned"), ("mentions", "Named")):
        for one in entity.get(key, ()):
            if "record" in one:
                yield from _words(HEAD, what, one["name"])
                yield from _words(REST, what, one.get("asPrinted"))
    for reply in entity.get("replies", ()):
        if "agent" in reply:
            yield from _words(HEAD, "Who replies", reply.get("name"))


def _judged(entity: Node) -> Iterator[Piece]:
    assessment: Node = entity.get("assessment", {})
    for key, what in OF_ASSESSMENT:
        yield from _words(REST, what, assessment.get(key))
    for judged in assessment.get("aspectVerdicts", ()):
        yield from _words(REST, "Reason", judged.get("reason"))
    for aspect in entity.get("aspects", ()):
        yield from _words(REST, "Part", aspect["label"])
        yield Piece(REST, "Part", aspect["code"].replace("_", " "), "en")
    for figure in (*entity.get("figures", ()), *_figures_of(entity.get("evidence", ()))):
        for key, what in OF_FIGURE:
            yield from _words(REST, what, figure.get(key))
        for number in dict.fromkeys(figure[key] for key in ("value", "low", "high") if key in figure):
            yield Piece(REST, "Figure", number, "en")
    for part in entity.get("evidence", ()):
        yield from _words(REST, "Evidence", part.get("note"))
    for question in entity.get("openQuestions", ()):
        yield from _words(REST, "Open question", question["label"])
    for search in entity.get("searches", ()):
        yield from _words(REST, "Search", search["description"])
    yield from _words(REST, "Note", entity.get("note"))


def _figures_of(evidence: Iterable[Node]) -> Iterator[Node]:
    for part in evidence:
        yield from part.get("figures", ())


def _cited(document: Node) -> Iterator[Piece]:
    """Sources, origins and topics as this edition names them; agents stand in the chains already."""
    for one in document.get("cited", ()):
        if "citedTitle" in one:
            for key, what in (("citedTitle", "Source"), ("citedPublisher", "Publisher"), ("citedAuthor", "Author")):
                yield from _words(REST, what, one.get(key))
        elif "citedKind" not in one:
            yield from _words(REST, "Origin" if "citedSeen" in one else "Topic", one.get("citedAs"))


def _known_as(edition: Edition, entity: Node) -> Iterator[Piece]:
    """The id, the slug, ids of elsewhere whole and short (`seed:air-2019/C04`, `seed:C04`), addresses of the same."""
    yield Piece(REST, "Id", edition.record, "")
    if edition.record_kind in ("topic", "page"):
        yield Piece(REST, "Address", edition.address.rpartition("/")[2], "")
    for known in entity.get("externalIds", ()):
        scheme, _, rest = known.partition(":")
        short = f"{scheme}:{rest.rpartition('/')[2]}"
        for one in dict.fromkeys((known, short)):
            yield Piece(REST, "Also known as", one, "")
    for same in entity.get("sameAs", ()):
        yield Piece(REST, "Also known as", str(same), "")
    if "url" in entity and edition.record_kind == "source":
        yield Piece(REST, "Address", str(entity["url"]), "")


def _words(rank: str, what: str, words: Node | None) -> Iterator[Piece]:
    for lang, value in (words or {}).items():
        for text in value if isinstance(value, list) else [value]:
            yield Piece(rank, what, str(text), lang)


def _quote(what: str, target: Node | None, state: str | None) -> Iterator[Piece]:
    for one in (target or {}).get("selector", ()):
        if one["@type"] == "TextQuoteSelector":
            yield Piece(QUOTED, what, one["exact"], one["language"], state)


def _cut(lines: str) -> str:
    data = lines.encode()
    if len(data) <= MOST_BYTES:
        return lines
    # At the end of a whole key, which is followed by a space.
    return data[: data.rindex(b" ", 0, MOST_BYTES) + 1].decode()
