"""Figures of a claim as lists by measure keep them: pure, so that `verify` can draw them again."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kb.documents.addresses import record_of
from kb.documents.label import in_english
from kb.findings.figures import key_of
from kb.findings.sides import is_date
from kb.findings.units import read_unit
from kb.log.read import Edition

Node = Mapping[str, Any]
# Where the figures of a measure stand, and those of which only the unit is said; the former first.
MEASURED, UNMEASURED = "0", "1"
# What is longer is cut: keys sort, they do not decide.
LONGEST = 160
# What of a piece of evidence a list must know to say whether it counts, and what of its source.
_EVIDENCE = ("@id", "stance", "quoteState", "sourceGrade", "origin")
_CITED = ("citedTitle", "citedPublisher", "citedDate")


@dataclass(frozen=True)
class Placed:
    """One figure, the `place`th of its claim. `shelf` is its measure or unit; by `key` comparable ones stand together.

    `said` is JSON: the figure's node, and of evidence what it says of itself and its source.
    """

    record: str
    place: int
    shelf: str
    key: str
    said: str


def placed(edition: Edition) -> list[Placed]:
    """In the order of the document: the claim's own first."""
    if edition.record_kind != "claim":
        return []
    entity: Node = edition.document["mainEntity"]
    cited = {one["record"]: one for one in edition.document.get("cited", ())}
    return [
        Placed(edition.record, place, shelf_of(figure), key_of(figure).text[:LONGEST], _said(figure, evidence, cited))
        for place, (figure, evidence) in enumerate(_walk(entity), 1)
    ]


def shelf_of(figure: Node) -> str:
    """`0heights` of the measure heights, `1metres` of feet without a measure, `1date` of all that are dates."""
    if "measure" in figure:
        return (MEASURED + record_of(figure["measure"]).rpartition("/")[2])[:LONGEST]
    return shelf_of_unit("date" if is_date(figure) else in_english(figure["unit"]))


def shelf_of_unit(words: str) -> str:
    """The shelf of figures without a measure whose unit is this one, or is one with it by definition: feet, metres."""
    return (UNMEASURED + read_unit(words).base)[:LONGEST]


def _walk(entity: Node) -> Iterator[tuple[Node, Node | None]]:
    for figure in entity.get("figures", ()):
        yield figure, None
    for evidence in entity.get("evidence", ()):
        for figure in evidence.get("figures", ()):
            yield figure, evidence


def _said(figure: Node, evidence: Node | None, cited: Mapping[str, Node]) -> str:
    said: dict[str, Any] = {"figure": figure}
    if evidence is not None:
        source = evidence["target"]["source"]
        words = cited.get(source, {})
        said["evidence"] = {key: evidence[key] for key in _EVIDENCE if key in evidence}
        said["source"] = {"record": source} | {key: words[key] for key in _CITED if key in words}
    if agent := cited.get(figure.get("countedByAgent", "")):
        said["counted_by"] = agent.get("citedAs", {})
    return json.dumps(said, ensure_ascii=False, sort_keys=True)
