"""Whether two figures can be held against each other, and what comes of it; nothing is averaged.

Numbers are judged by the bounds that their words give. Those who counted are named beside a finding and shut
nothing out: two counts of one thing by two parties are what a conflict is made of.
"""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from enum import StrEnum
from typing import Any

from kb.documents.label import in_english
from kb.findings.sides import Numbers, is_date, judge, period_of, side_of, unit_of
from kb.values.period import overlap

Node = Mapping[str, Any]
# Marks that printing adds around and within words; they change nothing of what is counted.
_MARKS = str.maketrans(dict.fromkeys("“”„«»‘’\"',;:", " "))
FLOW = "flow"
# What is said of numbers that may be held against each other.
FINDINGS = {
    Numbers.AGREE: "agree within their bounds",
    Numbers.ROUNDING: "differ by rounding",
    Numbers.APART: "conflict",
}


class Reason(StrEnum):
    """Why two figures are not comparable, in the order in which a page says it."""

    DATE = "one is a date, the other a number"
    SHARE = "only one is a share, or they are shares of different wholes"
    UNIT = "another unit"
    DEFINITION = "what is counted is another thing or in other words"
    NOT_SAID = "what is counted is not said"
    SCOPE = "another scope"
    PERIOD = "not the same time"
    BOUNDS = "no bounds given"


@dataclass(frozen=True)
class Comparison:
    """One figure beside another. `conversions`: the formulas by which their units were made one."""

    reasons: tuple[Reason, ...]
    numbers: Numbers
    caveats: tuple[str, ...] = ()
    conversions: tuple[str, ...] = ()

    @property
    def comparable(self) -> bool:
        return not self.reasons

    @property
    def finding(self) -> str | None:
        """In words. None where there is nothing to find: that numbers fit does not make them those of one thing."""
        if self.comparable:
            return FINDINGS[self.numbers]
        return "differ by definition" if self.numbers is Numbers.APART else None


@dataclass(frozen=True)
class Key:
    """What figures have in common that are comparable for certain; an empty string is not said."""

    sort: str
    unit: str
    definition: str
    share_of: str
    scope: str
    period: str

    @property
    def text(self) -> str:
        """One line, by which figures of one key stand together in a list."""
        return "\x1f".join(astuple(self))


def key_of(figure: Node) -> Key:
    """The measure is the definition, where an editor gave one. A date has no period here: that is its value."""
    date = is_date(figure)
    return Key(
        "date" if date else "share" if _is_share(figure) else "number",
        "" if date else unit_of(figure).base,
        figure.get("measure") or _words(figure, "counted"),
        figure.get("shareOf", ""),
        _words(figure, "scope"),
        "" if date else figure.get("period", {}).get("edtf", ""),
    )


def compare(one: Node, other: Node, kind: str | None = None) -> Comparison:
    """Symmetric. `kind` is the measure's: of a flow only equal periods are comparable (DESIGN 2, kinds of measure)."""
    mine, yours = key_of(one), key_of(other)
    numbers = _numbers(one, other, mine, yours)
    reasons = differences(mine, yours, kind)
    if numbers is Numbers.UNKNOWN and Reason.DATE not in reasons:
        reasons = (*reasons, Reason.BOUNDS)
    return Comparison(reasons, numbers, _caveats(one, other, mine, yours), conversions([one, other]))


def differences(mine: Key, yours: Key, kind: str | None = None) -> tuple[Reason, ...]:
    """Why figures of these two keys are not comparable, whatever their numbers."""
    if (mine.sort == "date") != (yours.sort == "date"):
        return (Reason.DATE,)
    found = []
    if mine.sort != yours.sort or mine.share_of != yours.share_of:
        found.append(Reason.SHARE)
    if mine.unit != yours.unit:
        found.append(Reason.UNIT)
    if not (mine.definition and yours.definition):
        found.append(Reason.NOT_SAID)
    elif mine.definition != yours.definition:
        found.append(Reason.DEFINITION)
    if mine.scope != yours.scope:
        found.append(Reason.SCOPE)
    if mine.period != yours.period and (kind == FLOW or not _may_overlap(mine.period, yours.period)):
        found.append(Reason.PERIOD)
    return tuple(found)


def conversions(figures: Sequence[Node]) -> tuple[str, ...]:
    """The formulas that make units one, where more than one unit stands for the same base: “1 km = 1000 metres”."""
    bases: dict[str, dict[str, str | None]] = {}
    for figure in figures:
        if not is_date(figure):
            unit = unit_of(figure)
            bases.setdefault(unit.base, {})[unit.name.casefold()] = unit.formula
    return tuple(
        formula for units in bases.values() if len(units) > 1 for _, formula in sorted(units.items()) if formula
    )


def beside(one: Node, others: Sequence[Node], kind: str | None = None) -> list[tuple[Comparison, list[int]]]:
    """Each of `others`, by its place, held against `one`; those of one outcome together, comparable ones first."""
    found: dict[Comparison, list[int]] = {}
    for place, other in enumerate(others):
        made = compare(one, other, kind)
        # What is said beside a finding says nothing where there is none.
        same = made if made.comparable else Comparison(made.reasons, made.numbers)
        found.setdefault(same, []).append(place)
    order = list(Numbers)
    return sorted(found.items(), key=lambda pair: (len(pair[0].reasons), order.index(pair[0].numbers)))


def who(figure: Node) -> str:
    """Who counted, so that two can be told apart; "" where it is not said."""
    return figure.get("countedByAgent") or _words(figure, "countedBy")


def _numbers(one: Node, other: Node, mine: Key, yours: Key) -> Numbers:
    dates = [figure.sort == "date" for figure in (mine, yours)]
    if any(dates) and not all(dates):
        return Numbers.UNKNOWN
    if mine.unit != yours.unit and not (unit_of(one).plain and unit_of(other).plain):
        # Of miles and people nothing is the same number.
        return Numbers.UNKNOWN
    return judge(side_of(one), side_of(other))


def _may_overlap(one: str, other: str) -> bool:
    """True where one of them is not said: that shuts nothing out."""
    mine, yours = period_of(one), period_of(other)
    return overlap(mine, yours) if mine and yours else True


def _caveats(one: Node, other: Node, mine: Key, yours: Key) -> tuple[str, ...]:
    found = []
    if mine.sort == yours.sort and mine.sort != "date":
        if not (mine.period and yours.period):
            found.append("when is not said of both")
        elif mine.period != yours.period and _may_overlap(mine.period, yours.period):
            found.append("their times overlap and are not the same")
    if who(one) != who(other):
        found.append("who counted is not the same")
    return tuple(found)


def _is_share(figure: Node) -> bool:
    base = unit_of(figure).base
    return "shareOf" in figure or base.startswith(("share", "of one"))


def _words(figure: Node, key: str) -> str:
    return " ".join(in_english(figure[key]).translate(_MARKS).casefold().split()).rstrip(".") if key in figure else ""
