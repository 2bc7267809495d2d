"""Who rests on an origin: sources, each below the one it has it from, and claims that rest on themselves.

Circular reporting is not judged here; it is made visible.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kb.values.origins import COUNTED_STANCES

Node = Mapping[str, Any]
FIRST_HAND, RESTS, COPIES, DERIVES = "first_hand", "rests_on", "copy_of", "derived_from"
SAME_ORIGIN = "same_origin"
REPEATS, OWN_SOURCE, OWN_VOICE = "repeats", "own_source", "own_voice"


@dataclass
class Carrier:
    """A source that carries the origin, how it has it, and the sources that have it from this one.

    `again`: it stands further up already, with all that follows it.
    """

    source: str
    how: str
    carried_by: list["Carrier"] = field(default_factory=list)
    again: bool = False


@dataclass(frozen=True)
class Circle:
    """A way in which a claim rests on itself; `evidence` are the IRIs of the items, `voice` whose words they are."""

    kind: str
    evidence: tuple[str, ...]
    voice: str | None = None


def carriers(sources: Mapping[str, Node], first_hand: str | None) -> list[Carrier]:
    """The sources as a tree: those with it at first hand or from the origin, below them those that have it from them.

    `sources` are main entities by their IRI, in the order in which equals are to stand. Each stands there at least
    once, wherever its lineage leads; one that goes in a circle ends there.
    """
    below: dict[str, list[tuple[str, str]]] = {}
    for iri, node in sources.items():
        for how, above in _above(node):
            if above in sources and above != iri:
                below.setdefault(above, []).append((how, iri))
    from_others = {iri for some in below.values() for _, iri in some}
    tops = [iri for iri in sources if iri == first_hand]
    tops += [iri for iri in sources if iri not in from_others and iri != first_hand]
    placed: set[str] = set()
    made = [_placed(iri, FIRST_HAND if iri == first_hand else RESTS, below, placed) for iri in tops]
    # What is left goes in a circle of its own: there the first one stands for the top.
    return made + [_placed(iri, RESTS, below, placed) for iri in sources if iri not in placed]


def circles(claim: Node, origin: Node, first_hand: Node | None) -> list[Circle]:
    """Where the claim rests on itself by way of this origin; `first_hand` is the source that is the origin."""
    own = [one for one in claim.get("evidence", ()) if one["origin"] == origin["@id"]]
    counted = [one for one in own if _counts(one)]
    found = [
        Circle(REPEATS, _names(one for one in own if one["stance"] == SAME_ORIGIN)),
        Circle(OWN_SOURCE, _names(one for one in counted if one["target"]["source"] in claim.get("appearsIn", ()))),
    ]
    voices = _voices(origin, first_hand)
    author = next((one for one in claim.get("author", ()) if one in voices), None)
    if author:
        found.append(Circle(OWN_VOICE, _names(counted), author))
    return [one for one in found if one.evidence]


def in_words(circle: Circle, numbers: Sequence[int], voice: str = "") -> str:
    """What a page says of it; `numbers` are those of the items, `voice` the name of whoever makes the claim."""
    listed = f"{'item' if len(numbers) == 1 else 'items'} {', '.join(map(str, numbers))}"
    one = len(numbers) == 1
    if circle.kind == REPEATS:
        verb = "repeats" if one else "repeat"
        return f"This claim rests on itself here: {listed} {verb} what it was made from, so {_none(one)} counted."
    if circle.kind == OWN_SOURCE:
        return (
            f"This claim rests on itself: {listed} {'is' if one else 'are'} taken from the very source that makes it."
        )
    said = f"{listed} {'goes' if one else 'go'} back to {voice or 'its own author'}, who makes it"
    return f"This claim rests on itself: {said}. What was said is shown by that, not that it is so."


def _above(node: Node) -> Iterator[tuple[str, str]]:
    if "copyOf" in node:
        yield COPIES, node["copyOf"]
    for one in node.get("derivedFrom", ()):
        if one != node.get("copyOf"):
            yield DERIVES, one


def _placed(iri: str, how: str, below: Mapping[str, Sequence[tuple[str, str]]], placed: set[str]) -> Carrier:
    if iri in placed:
        return Carrier(iri, how, again=True)
    placed.add(iri)
    return Carrier(iri, how, [_placed(one, way, below, placed) for way, one in below.get(iri, ())])


def _counts(evidence: Node) -> bool:
    seen = evidence["quoteState"] != "unseen" and evidence["sourceGrade"] != "X"
    return seen and evidence["stance"] in COUNTED_STANCES


def _voices(origin: Node, first_hand: Node | None) -> set[str]:
    """Whose words the origin is."""
    source = first_hand or {}
    some = [origin.get("agent"), *source.get("author", ())]
    # A publisher speaks for itself only where no author is known.
    return {one for one in [*some, None if source.get("author") else source.get("publisher")] if one}


def _names(some: Iterator[Node] | Sequence[Node]) -> tuple[str, ...]:
    return tuple(one["@id"] for one in some)


def _none(one: bool) -> str:
    return "it is not" if one else "they are not"
