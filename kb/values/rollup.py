"""The verdict of a claim, from those of its main aspects: DESIGN 2, "Roll-up"."""

from collections.abc import Sequence

from kb.errors import Refused
from kb.values.prose import shown
from kb.values.vocabulary import VERDICT

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


def failing(main: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of the main aspects, as (code, verdict) in their order: those not supported, contradicted ones first."""
    fail = [(code, verdict) for code, verdict in main if verdict != "supported"]
    return sorted(fail, key=lambda aspect: aspect[1] != "contradicted")
