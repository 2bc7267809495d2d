"""The roll-up: a claim's verdict from those of its main aspects (DESIGN 2, "Roll-up")."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from kb.errors import Refused

Name = TypeVar("Name")


def roll_up(main: Sequence[str]) -> str:
    """The verdict of a claim from the verdicts of its main aspects; the first rule that fits wins."""
    if not main:
        raise Refused("no main aspect has a verdict.", where="aspects", remedy="Judge at least one main aspect.")
    said = set(main)
    if said == {"contradicted"}:
        return "contradicted"
    if said == {"not_checkable"}:
        return "not_checkable"
    if "disputed" in said:
        return "disputed"
    if said == {"supported"}:
        return "supported"
    if said <= {"unverified", "not_checkable"}:
        return "unverified"
    if not said & {"supported", "partly_supported"}:
        return "contradicted"
    return "partly_supported"


def failing(main: Iterable[tuple[Name, str]]) -> list[tuple[Name, str]]:
    """Of (aspect, verdict) of the main aspects, those not supported: contradicted first, then in their order."""
    fail = [pair for pair in main if pair[1] != "supported"]
    return sorted(fail, key=lambda pair: pair[1] != "contradicted")
