"""A claim as its page sets it out; every number on it stands in the document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.web import links
from app.web.views.cited import Cited, anchor, number
from app.web.views.evidence import Point, by_origin, not_counted, points
from app.web.views.figures import figures
from app.web.views.pieces import in_order, moved, only
from app.web.views.quote import Quote, quote
from app.web.views.timeline import timeline
from kb.documents.addresses import record_of, version_of
from kb.documents.label import main_verdicts, replies_in_view
from kb.projections.catalogue.lists import Related
from kb.projections.catalogue.rows import Listed
from kb.values.label import verdict_words
from kb.values.vocabulary import INVERSE

Node = Mapping[str, Any]
CARRIER = "carrier"
# In the order in which a page names them.
COUNTED = ("supports", "contradicts", "qualifies")


@dataclass(frozen=True)
class Verdict:
    """The line of the verdict: with what is contradicted, and below it the other parts that are not supported."""

    headline: str
    also: str
    in_one: str


@dataclass(frozen=True)
class Part:
    """An aspect with its verdict and the evidence that bears on it, by stance."""

    aspect: Node
    verdict: Node
    anchor: str
    evidence: tuple[tuple[str, tuple[Point, ...], int], ...]


@dataclass(frozen=True)
class Appearance:
    """One occurrence: its chain with the innermost voice first."""

    node: Node
    anchor: str
    chain: tuple[Node, ...]
    quote: Quote
    elsewhere: tuple[Quote, ...]


@dataclass(frozen=True)
class Reply:
    """What somebody concerned answers, and the evidence that carries it."""

    node: Node
    anchor: str
    name: Mapping[str, str] | None
    agent: str | None
    quote: Quote | None
    # By source.
    carried_by: tuple[tuple[str, tuple[Point, ...]], ...]


@dataclass(frozen=True)
class Relation:
    """How this claim stands to another one; `row` is None where the catalogue does not know it."""

    word: str
    address: str
    row: Listed | None


def view(document: Node, related: Sequence[Related], most: int | None = None) -> dict[str, Any]:
    """What the template of a claim takes beside the edition.

    `most`: how many points of evidence stand on the page itself; None for all of them. The rest is only linked to.
    """
    entity: Node = document["mainEntity"]
    all_points = points(entity)
    if most is not None:
        all_points = moved(all_points, version_at(document["@id"]), most)
    here = [point for point in all_points if not point.page]
    kept = {point.number for point in here}
    cited, groups = Cited(document), figures(entity, here)
    return {
        "claim": entity,
        "cited": cited,
        "shorts": replies_in_view(entity),
        "verdict": verdict(entity) if "assessment" in entity else None,
        "parts": parts(entity, all_points),
        "appearances": appearances(entity),
        "replies": replies(entity, all_points),
        "groups": only(by_origin(all_points), kept),
        "apart": only(not_counted(all_points), kept),
        "elsewhere": [point for point in in_order(all_points) if point.page],
        "states": sorted({point.node["quoteState"] for point in all_points}),
        "figures": groups,
        "timeline": timeline(entity, here, groups, cited),
        "searches": searches(entity),
        "relations": relations(entity, related),
    }


def version_at(iri: str) -> str:
    """`claims/37d2qfnqr/v2` of the IRI of an edition."""
    return links.version(record_of(iri), version_of(iri))


def verdict(entity: Node) -> Verdict:
    """By the label rule of INTERFACES."""
    label = verdict_words(entity["assessment"]["verdict"], main_verdicts(entity))
    pieces = label.split("; ")
    first = [pieces[0], *(piece for piece in pieces[1:] if piece.endswith(" is contradicted"))]
    rest = [piece for piece in pieces[1:] if piece not in first]
    return Verdict("; ".join(first), "; ".join(rest), label)


def parts(entity: Node, all_points: Sequence[Point]) -> list[Part]:
    """Every aspect, the main ones first."""
    verdicts = {one["aspect"]: one for one in entity.get("assessment", {}).get("aspectVerdicts", ())}
    found = []
    for aspect in sorted(entity.get("aspects", ()), key=lambda one: not one["main"]):
        own = [point for point in all_points if point.counted and point.aspect["@id"] == aspect["@id"]]
        by_stance = tuple(
            (stance, some, len({point.node["origin"] for point in some}))
            for stance in COUNTED
            if (some := tuple(point for point in own if point.stance == stance))
        )
        if aspect["@id"] in verdicts:
            found.append(Part(aspect, verdicts[aspect["@id"]], anchor(aspect["@id"]), by_stance))
    return found


def appearances(entity: Node) -> list[Appearance]:
    """In order of their number."""
    found = []
    for node in sorted(entity.get("appearances", ()), key=lambda one: number(one["@id"])):
        state = node["quoteState"]
        chain = innermost_first(node["chain"])
        elsewhere = tuple(quote(target, state) for target in node.get("otherPlaces", ()))
        found.append(Appearance(node, anchor(node["@id"]), tuple(chain), quote(node["target"], state), elsewhere))
    return found


def innermost_first(chain: Sequence[Node]) -> list[Node]:
    """The publisher last; a carrier after the voice that it carries, which stands before it in the document."""
    ordered: list[Node] = []
    waiting: list[Node] = []
    for link in sorted(chain, key=lambda one: -one["position"]):
        if link["role"] == CARRIER:
            waiting.append(link)
        else:
            ordered += [link, *waiting]
            waiting = []
    return ordered + waiting


def replies(entity: Node, all_points: Sequence[Point]) -> list[Reply]:
    """In the order of the document."""
    concerned = {one["@id"]: one for one in entity.get("concerns", ())}
    by_iri = {point.node["@id"]: point for point in all_points}
    found = []
    for node in entity.get("replies", ()):
        person = concerned.get(node.get("by", ""), {})
        said = quote(node["target"], node["quoteState"], node.get("translation")) if "target" in node else None
        carried = _by_source([by_iri[iri] for iri in node.get("saidIn", ()) if iri in by_iri])
        name, agent = node.get("name") or person.get("name"), node.get("agent") or person.get("record")
        found.append(Reply(node, anchor(node["@id"]), name, agent, said, carried))
    return found


def _by_source(some: Sequence[Point]) -> tuple[tuple[str, tuple[Point, ...]], ...]:
    found: dict[str, list[Point]] = {}
    for point in some:
        found.setdefault(point.node["target"]["source"], []).append(point)
    return tuple((source, tuple(those)) for source, those in found.items())


def searches(entity: Node) -> list[tuple[Node, str, Quote | None]]:
    """Each with its anchor and what was found and set aside."""
    return [
        (node, anchor(node["@id"]), quote(node["target"], node["quoteState"], node.get("translation")))
        if "target" in node
        else (node, anchor(node["@id"]), None)
        for node in entity.get("searches", ())
    ]


def relations(entity: Node, related: Sequence[Related]) -> list[Relation]:
    """Its own relations as this edition has them, then those of other claims to it, each with its line of today."""
    rows = {one.row.address: one.row for one in related}
    own = [
        Relation(word, record_of(target), rows.get(record_of(target)))
        for word, targets in entity.get("relations", {}).items()
        for target in targets
    ]
    known = {(one.word, one.address) for one in own}
    # A stored word that this edition does not have is one of its own later ones; all others are said by other claims.
    back = [
        Relation(one.word, one.row.address, one.row)
        for one in related
        if one.word not in INVERSE and (one.word, one.row.address) not in known
    ]
    return own + back
