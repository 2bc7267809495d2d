"""What becomes of an edition, pure: current, superseded, corrected or withdrawn, and by which version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

WITHDRAWAL = "withdrawal"
CORRECTION = "correction"
# The note of such a version says what became of the ones before it, and why.
WITH_A_REASON = (CORRECTION, WITHDRAWAL)


@dataclass(frozen=True)
class Standing:
    """The words are those of vocabulary.STANDING; `by` is the version that made it so, None while current.

    `by_note` is the note of that version, a text for each language, where it corrected or withdrew this one.
    """

    state: str
    latest_version: int
    latest_change: str
    latest_issued: str
    by: int | None = None
    by_change: str | None = None
    by_issued: str | None = None
    by_note: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """One version in the life of a record; `note` only where its kind is one of WITH_A_REASON."""

    version: int
    change: str
    issued: str
    note: Mapping[str, str] = field(default_factory=dict)


def judge(steps: Sequence[Step]) -> Standing:
    """The standing of the first of these versions, given all from there on.

    Withdrawn where the latest is a withdrawal; corrected where a later one is a correction; else superseded.
    """
    own, later, latest = steps[0], steps[1:], steps[-1]
    if latest.change == WITHDRAWAL:
        return _by("withdrawn", latest, latest)
    if not later:
        return Standing("current", own.version, own.change, own.issued)
    correction = next((step for step in later if step.change == CORRECTION), None)
    return _by("corrected", correction, latest) if correction else _by("superseded", latest, latest)


def _by(state: str, step: Step, latest: Step) -> Standing:
    return Standing(
        state,
        latest.version,
        latest.change,
        latest.issued,
        by=step.version,
        by_change=step.change,
        by_issued=step.issued,
        by_note=step.note,
    )
