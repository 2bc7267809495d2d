"""How the verdicts on a claim's parts stand to what was found: what whoever judges should look at once more.

Findings propose: nothing here moves a verdict, and none of it stands in the way of publishing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.documents.label import in_english
from kb.findings.groups import comparable, together
from kb.findings.origins import circles
from kb.findings.origins import in_words as circle_in_words
from kb.findings.sides import Numbers
from kb.values.origins import independent_origins, is_counted, seen_evidence
from kb.values.vocabulary import VERDICT

Node = Mapping[str, Any]
# By aspect, as they are typed or saved; what is no verdict yet is not in it.
Verdicts = Mapping[str, str]

# Verdicts that say of a part that not all agrees; a conflict of figures under any other is still to be resolved.
ADMITTING = frozenset({"partly_supported", "contradicted", "disputed", "unverified"})
SETTLING = frozenset({"supported", "partly_supported", "contradicted", "disputed"})
# Evidence of these stances speaks against a part that is judged so without any reserve.
AGAINST = {"supported": "contradicts", "contradicted": "supports"}


@dataclass(frozen=True)
class Remark:
    """`kind` is conflict, unused, against, bare, one_origin, dependent, circle or needs."""

    kind: str
    what: str


@dataclass(frozen=True)
class Item:
    """A piece of evidence, for counting and for naming it; `origin` and `aspect` are IRIs."""

    number: int
    node: Node

    @property
    def stance(self) -> str:
        return str(self.node["stance"])

    @property
    def grade(self) -> str:
        return str(self.node["sourceGrade"])

    @property
    def quote_state(self) -> str:
        return str(self.node["quoteState"])

    @property
    def origin(self) -> str:
        return str(self.node["origin"])

    @property
    def aspect(self) -> str:
        return str(self.node["aspect"])

    @property
    def source(self) -> str:
        return str(self.node["target"]["source"])


@dataclass(frozen=True)
class Basis:
    """The main entity of a claim with those of what it rests on, by IRI, as they stand at one moment.

    `needs` are claims that it depends on; `names` say how records are called, `measures` of what kind measures are.
    """

    claim: Node
    origins: Mapping[str, Node]
    sources: Mapping[str, Node]
    needs: Sequence[Node]
    names: Mapping[str, str]
    measures: Mapping[str, str]

    @property
    def items(self) -> list[Item]:
        return [Item(_number(node["@id"]), node) for node in self.claim.get("evidence", ())]

    @property
    def counted(self) -> list[Item]:
        return [one for one in self.items if is_counted(one)]

    @property
    def aspects(self) -> Sequence[Node]:
        found: Sequence[Node] = self.claim.get("aspects", ())
        return found

    def called(self, aspect: str) -> str:
        """“the year”, as the aspect is labelled."""
        return next((f"“{in_english(one['label'])}”" for one in self.aspects if one["@id"] == aspect), "a part")

    def name(self, iri: str) -> str:
        return f"“{self.names.get(iri, iri)}”"


def weigh(basis: Basis, verdicts: Verdicts) -> list[Remark]:
    """Conflicts first, then what no verdict takes up, then what looks like more than it is."""
    rules: tuple[Callable[[Basis, Verdicts], Iterator[Remark]], ...] = (
        _conflicts, _against, _unused, _bare, _needs, _circles, _one_origin, _dependent, _lineage,
    )  # fmt: skip
    return [remark for rule in rules for remark in rule(basis, verdicts)]


def _conflicts(basis: Basis, verdicts: Verdicts) -> Iterator[Remark]:
    """Of figures that can all be held against each other, the two that are furthest apart."""
    by_measure: dict[str | None, list[_Borne]] = {}
    for one in _figures(basis):
        by_measure.setdefault(one.figure.get("measure"), []).append(one)
    for measure, borne in by_measure.items():
        kind = basis.measures.get(measure) if measure else None
        for places in comparable([one.figure for one in borne], kind):
            found = together([borne[place].figure for place in places])
            if found.numbers is Numbers.APART and found.between:
                pair = [borne[places[place]] for place in sorted(found.between)]
                if not any(verdicts.get(one.aspect) in ADMITTING for one in pair):
                    yield Remark("conflict", _conflict(basis, verdicts, pair))


@dataclass(frozen=True)
class _Borne:
    """A figure, where it stands in words, and the aspect that it bears on, or ""."""

    figure: Node
    where: str
    aspect: str


def _figures(basis: Basis) -> Iterator[_Borne]:
    for figure in basis.claim.get("figures", ()):
        yield _Borne(figure, "of the claim", figure.get("aspect", ""))
    for item in basis.counted:
        for figure in item.node.get("figures", ()):
            yield _Borne(figure, f"of item {item.number}", item.aspect)


def _conflict(basis: Basis, verdicts: Verdicts, pair: Sequence[_Borne]) -> str:
    sides = " and ".join(f"“{in_english(one.figure['asPrinted'])}” {one.where}" for one in pair)
    judged = dict.fromkeys(one.aspect for one in pair if one.aspect in verdicts)
    so = "".join(f" {basis.called(one)} is judged {_said(verdicts[one])}." for one in judged)
    return f"Figures that can be compared conflict: {sides}.{so or ' No verdict says so yet.'}"


def _against(basis: Basis, verdicts: Verdicts) -> Iterator[Remark]:
    for aspect, verdict in verdicts.items():
        some = [one for one in basis.counted if one.aspect == aspect and one.stance == AGAINST.get(verdict)]
        if some:
            does = f"{_items(some)} {some[0].stance if len(some) == 1 else some[0].stance.removesuffix('s')}"
            what = f"{does} {basis.called(aspect)}, which is judged {_said(verdict)}. Say in the reason why."
            yield Remark("against", _capital(what))


def _unused(basis: Basis, verdicts: Verdicts) -> Iterator[Remark]:
    for aspect in basis.aspects:
        verdict = verdicts.get(aspect["@id"])
        some = [one for one in basis.counted if one.aspect == aspect["@id"]]
        if verdict is not None and verdict not in SETTLING:
            # What only limits or explains settles nothing, and goes well with “unverified”.
            some = [one for one in some if one.stance != "qualifies"]
        elif verdict is not None:
            some = []
        if some:
            why = f"is judged {_said(verdict)}" if verdict else "has no verdict yet"
            are = "is" if len(some) == 1 else "are"
            what = f"{_items(some)} {are} used by no verdict: {basis.called(aspect['@id'])} {why}."
            yield Remark("unused", _capital(what))


def _bare(basis: Basis, verdicts: Verdicts) -> Iterator[Remark]:
    for aspect, verdict in verdicts.items():
        if verdict in SETTLING and not seen_evidence(basis.items, aspect=aspect):
            what = f"{basis.called(aspect)} is judged {_said(verdict)}, and no evidence that counts bears on it."
            yield Remark("bare", what)


def _needs(basis: Basis, _verdicts: Verdicts) -> Iterator[Remark]:
    for claim in basis.needs:
        verdict = claim.get("assessment", {}).get("verdict")
        if verdict is None:
            yield Remark("needs", f"It depends on {basis.name(claim['@id'])}, which is not judged yet.")
        elif verdict != "supported":
            yield Remark("needs", f"It depends on {basis.name(claim['@id'])}, which is {_said(verdict)}.")


def _circles(basis: Basis, _verdicts: Verdicts) -> Iterator[Remark]:
    for origin in basis.origins.values():
        first_hand = basis.sources.get(origin.get("firstHandSource", ""))
        for circle in circles(basis.claim, origin, first_hand):
            numbers = [_number(one) for one in circle.evidence]
            voice = basis.names.get(circle.voice, "") if circle.voice else ""
            yield Remark("circle", circle_in_words(circle, numbers, voice))


def _one_origin(basis: Basis, _verdicts: Verdicts) -> Iterator[Remark]:
    counted = basis.counted
    if independent_origins(counted) == 1:
        many = f"all {len(counted)} items that count go" if len(counted) > 1 else "the one item that counts goes"
        yield Remark("one_origin", f"One origin only: {many} back to {basis.name(counted[0].origin)}.")
        return
    for aspect in basis.aspects:
        own = [one for one in counted if one.aspect == aspect["@id"]]
        if independent_origins(own) == 1:
            what = f"{basis.called(aspect['@id'])} rests on one origin only, {basis.name(own[0].origin)}."
            yield Remark("one_origin", what)


def _dependent(basis: Basis, _verdicts: Verdicts) -> Iterator[Remark]:
    if independent_origins(basis.counted) < 2:
        return
    for origin in dict.fromkeys(one.origin for one in basis.counted):
        some = [one for one in basis.counted if one.origin == origin]
        if len(some) > 1:
            what = f"{_items(some)} go back to one origin, {basis.name(origin)}, and count once."
            yield Remark("dependent", _capital(what))


def _lineage(basis: Basis, _verdicts: Verdicts) -> Iterator[Remark]:
    """A source that has it from another is no second origin by that alone."""
    by_source: dict[str, list[Item]] = {}
    for one in basis.counted:
        by_source.setdefault(one.source, []).append(one)
    for source, some in by_source.items():
        node = basis.sources.get(source, {})
        for above in dict.fromkeys([node.get("copyOf"), *node.get("derivedFrom", ())]):
            others = by_source.get(above, []) if above and above != source else []
            apart = [one for one in some if one.origin not in {other.origin for other in others}]
            if others and apart:
                what = f"{basis.name(source)} has it from {basis.name(above)}, and yet {_items(apart)}"
                yield Remark("dependent", f"{what} and {_items(others)} are given different origins.")


def _items(some: Iterable[Item]) -> str:
    """“item 3”, “items 3, 4 and 7”."""
    numbers = [str(one.number) for one in some]
    if len(numbers) == 1:
        return f"item {numbers[0]}"
    return f"items {', '.join(numbers[:-1])} and {numbers[-1]}"


def _said(verdict: str) -> str:
    return VERDICT.label(verdict).lower()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _number(iri: str) -> int:
    return int(iri.rpartition("-")[2])
