"""What is computed from a claim's parts, counted again, and the rules that a verdict has to keep.

The rules of counting are those of `kb.values` (DESIGN 2, “Rules that are computed”): a document that says another
number than they give is refused.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from kb.documents import addresses
from kb.documents.assessment import Assessment
from kb.documents.claim import Claim
from kb.documents.faults import NotADocument, fault
from kb.documents.label import verdict_label
from kb.documents.parts import part_faults
from kb.values import origins, rollup

_RESTS_ON_EVIDENCE = frozenset({"supported", "partly_supported", "contradicted"})


def claim_faults(claim: Claim, entity: Mapping[str, Any], *place: str | int) -> Iterator[NotADocument]:
    """Every rule that needs more than one part of a claim; `entity` is the same claim as JSON."""
    inside = list(part_faults(claim, *place))
    yield from inside
    assessment, at = claim.assessment, (*place, "assessment")
    if assessment is None:
        for number, reply in enumerate(claim.replies or ()):
            if reply.said_in is not None:
                yield fault("A withdrawn claim has no evidence in which a reply is said.", *place, "replies", number)
        return
    yield from _same_matter(claim, assessment, *at)
    verdicts = {one.aspect: one.verdict for one in assessment.aspect_verdicts}
    if len(verdicts) != len(assessment.aspect_verdicts) or set(verdicts) != {one.id for one in claim.aspects or ()}:
        yield fault("Every aspect has exactly one verdict.", *at, "aspectVerdicts")
    elif not inside:
        main = [(one.id, verdicts[one.id]) for one in claim.aspects or () if one.main]
        yield from _rolled_up(assessment, main, *at)
        yield from _counted(claim, assessment, *at)
        if assessment.rating.rating_label != {"en": (label := verdict_label(entity))}:
            yield fault(f"The label is “{label}”.", *at, "rating", "ratingLabel")


def _same_matter(claim: Claim, assessment: Assessment, *at: str | int) -> Iterator[NotADocument]:
    """An assessment is of this claim, on its page, of the bare matter that the claim asks."""
    if assessment.url != addresses.page_of(claim.id):
        yield fault("The address of an assessment is the page of its claim.", *at, "url")
    if assessment.claim_reviewed != claim.question:
        yield fault("claimReviewed is the question of the claim.", *at, "claimReviewed")
    for number, one in enumerate(assessment.aspect_verdicts):
        if not one.id.startswith(f"{assessment.id}-aspect-"):
            yield fault("An aspect's verdict has the number of another assessment.", *at, "aspectVerdicts", number)


def _rolled_up(assessment: Assessment, main: list[tuple[str, str]], *at: str | int) -> Iterator[NotADocument]:
    failing = [aspect for aspect, _ in rollup.failing(main)]
    if (assessment.failing or []) != failing:
        yield fault(
            "failing names each main aspect that is not supported, contradicted ones first, and no other.",
            *at,
            "failing",
        )
    if assessment.computed_verdict != (verdict := rollup.roll_up([verdict for _, verdict in main])):
        yield fault(f"The roll-up gives {verdict}.", *at, "computedVerdict")


def _counted(claim: Claim, assessment: Assessment, *at: str | int) -> Iterator[NotADocument]:
    evidence = claim.evidence or []
    seen, independent = origins.seen_evidence(evidence), origins.independent_origins(evidence)
    if assessment.seen_evidence != seen:
        yield fault(f"The rule counts {seen} pieces of seen evidence.", *at, "seenEvidence")
    if assessment.independent_origins != independent:
        yield fault(f"The rule counts {independent} independent origins.", *at, "independentOrigins")
    if assessment.verdict in _RESTS_ON_EVIDENCE and seen == 0:
        yield fault(f"{assessment.verdict} rests on seen evidence, and there is none.", *at, "verdict")
    against = any(one.stance == "contradicts" and one.quote_state != "unseen" for one in evidence)
    if assessment.verdict == "disputed" and not against and not claim.replies:
        yield fault("disputed rests on a contradiction that was seen, or on a reply.", *at, "verdict")
