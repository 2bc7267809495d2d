"""The verdict of a claim, from those of its main aspects: DESIGN 2, "Roll-up"."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from kb.errors import Refused
from kb.values.prose import shown
from kb.values.vocabulary import VERDICT

Aspect = TypeVar("Aspect")
SETTLES_NOTHING = {"unverified", "not_checkable"}


def roll_up(main: Sequence[str]) -> str:
    """First match wins. Raises Refused where there is no main aspect, or a word that is no verdict."""
    seen = set(main)
    if not seen:
        raise Refused("A claim has at least one main aspect.", where="aspects", remedy="Mark what the claim is about.")
    if unknown := seen - set(VERDICT):
        raise Refused(
            f"“{shown(min(unknown))}” is no verdict.", where="aspects", remedy=f"Choose of {', '.join(VERDICT)}."
        )
    if seen == {"contradicted"} or seen == {"not_checkable"}:
        return main[0]
    if "disputed" in seen:
        return "disputed"
    if seen == {"supported"}:
        return "supported"
    if seen <= SETTLES_NOTHING:
        return "unverified"
    return "partly_supported" if seen & {"supported", "partly_supported"} else "contradicted"


def failing(main: Iterable[tuple[Aspect, str]]) -> list[tuple[Aspect, str]]:
    """Of the main aspects, as (aspect, verdict) in their order: those not supported, contradicted ones first."""
    fail = [pair for pair in main if pair[1] != "supported"]
    return sorted(fail, key=lambda pair: pair[1] != "contradicted")
