"""A review's rating: the verdict in words, and a scale that holds its number."""

import re
from decimal import Decimal

from kb.lint import review_rules as rules
from kb.lint.faults import Faults
from kb.lint.kinds import check_type, kind_of, lack_of, text_of
from kb.lint.nodes import Node, Number
from kb.lint.schema import prop
from kb.values.prose import shown

# What schema.org assumes where an end of the scale is left out.
_ASSUMED = {"bestRating": "5", "worstRating": "1"}
# The grammar comes before the number: a program that counts with `1e2000000` counts for minutes.
_NUMBER = re.compile(r"[+-]?[0-9]{1,12}(\.[0-9]{1,12})?")


def check_rating(rating: Node, faults: Faults) -> None:
    if not rating.members():
        at, kind = rating.at, kind_of(rating)
        faults.add(rules.NOT_OBJECT, at, rating.path, name="reviewRating", kind=kind, wanted="a Rating")
        return
    check_type(rating, "reviewRating", faults, "Rating", "AggregateRating", "EndorsementRating")
    _check_verdict(rating, faults)
    _check_scale(rating, faults)


def _check_verdict(rating: Node, faults: Faults) -> None:
    verdict = prop(rating, "alternateName")
    if lack := lack_of(verdict):
        named = prop(rating, "name")
        rule = rules.MISSING if lack_of(named) else rules.RATING_NAMED
        place = verdict or rating
        faults.add(rule, place.at, place.path, name="reviewRating.alternateName", lack=lack)
    elif verdict is not None:
        text = text_of(verdict)
        if text is None:
            faults.add(rules.NOT_TEXT, verdict.at, verdict.path, name="alternateName", kind=kind_of(verdict))
        elif _NUMBER.fullmatch(text.strip()):
            faults.add(rules.RATING_NUMBER, verdict.at, verdict.path, value=text.strip())


def _check_scale(rating: Node, faults: Faults) -> None:
    numbers: dict[str, Decimal] = {}
    for name in ("ratingValue", "bestRating", "worstRating"):
        node = prop(rating, name)
        if node is None:
            continue
        value = _number(node)
        if value is not None:
            numbers[name] = value
        elif not lack_of(node):
            shape = _written(node)
            faults.add(rules.NOT_NUMBER, node.at, node.path, name=name, value=shape)
    if "ratingValue" in numbers:
        _check_range(rating, numbers, faults)
    worst = prop(rating, "worstRating")
    if worst is not None and numbers.get("worstRating", Decimal(1)) < 1:
        faults.add(rules.WORST_LOW, worst.at, worst.path, worst=numbers["worstRating"])


def _check_range(rating: Node, numbers: dict[str, Decimal], faults: Faults) -> None:
    for name, assumed in _ASSUMED.items():
        if prop(rating, name) is None:
            faults.add(rules.SCALE_MISSING, rating.at, rating.path, name=name, value=assumed)
    value = numbers["ratingValue"]
    best, worst = (numbers.get(name, Decimal(assumed)) for name, assumed in _ASSUMED.items())
    place = prop(rating, "ratingValue") or rating
    if best <= worst and prop(rating, "bestRating") is not None:
        scale = prop(rating, "bestRating") or rating
        faults.add(rules.REVERSED, scale.at, scale.path, best=best, worst=worst)
    elif not worst <= value <= best:
        faults.add(rules.OUT_OF_RANGE, place.at, place.path, value=value, worst=worst, best=best)


def _number(node: Node) -> Decimal | None:
    text = node.value.literal if isinstance(node.value, Number) else text_of(node)
    return Decimal(text.strip()) if text is not None and _NUMBER.fullmatch(text.strip()) else None


def _written(node: Node) -> str:
    if isinstance(node.value, Number):
        return shown(node.value.literal)
    text = text_of(node)
    return f"“{shown(text)}”" if text is not None else kind_of(node)
