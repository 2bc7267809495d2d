"""Who rests on an origin: claims, with what of their evidence goes back to it, and the sources that carry it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.web.views.cited import Cited, number
from app.web.views.evidence import apart, points
from kb.documents.addresses import record_of
from kb.findings.origins import Carrier, circles, in_words
from kb.projections.catalogue.rows import Listed

Node = Mapping[str, Any]
STANCES = {"supports": "for", "contradicts": "against", "qualifies": "limiting"}


@dataclass(frozen=True)
class Branch:
    """A source that carries the origin, as a line, with those that have it from this one below."""

    row: Listed
    how: str
    again: bool
    below: tuple["Branch", ...]


def branches(some: Sequence[Carrier], rows: Mapping[str, Listed]) -> tuple[Branch, ...]:
    """The tree with the line of each source; `rows` by address."""
    return tuple(
        Branch(rows[record_of(one.source)], one.how, one.again, branches(one.carried_by, rows)) for one in some
    )


def notes(document: Node, origin: Node, first_hand: Node | None) -> list[str]:
    """What is to be said of a claim beside its passages: how often it counts, and where it rests on itself."""
    claim, cited = document["mainEntity"], Cited(document)
    own = [point for point in points(claim) if point.node["origin"] == origin["@id"]]
    counted = [point for point in own if apart(point.node) is None]
    by_stance = [
        f"{many} {words}" for stance, words in STANCES.items() if (many := sum(one.stance == stance for one in counted))
    ]
    found = []
    if counted:
        items = f"{len(counted)} {'item' if len(counted) == 1 else 'items'}"
        found.append(f"{items} ({', '.join(by_stance)}), counted as one origin.")
    for circle in circles(claim, origin, first_hand):
        name = " ".join(cited.name(circle.voice).values()) if circle.voice else ""
        found.append(in_words(circle, [number(one) for one in circle.evidence], name))
    return found


def summary(claims: Sequence[Listed], items: int, sources: int) -> str:
    """“23 items from 9 sources in 4 claims”; every claim counts it once."""
    pieces = [f"{many} {word if many == 1 else word + 's'}" for many, word in ((items, "item"), (sources, "source"))]
    return f"{' from '.join(pieces)} in {len(claims)} {'claim' if len(claims) == 1 else 'claims'}"
