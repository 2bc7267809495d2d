"""What the parts of a claim say of each other: every reference leads to a part of the right kind."""

from collections.abc import Iterator

from kb.documents.claim import Claim
from kb.documents.faults import NotADocument, fault
from kb.documents.figure import Figure


def part_faults(claim: Claim, *place: str | int) -> Iterator[NotADocument]:
    """References inside a claim that lead nowhere, names given twice, a claim related to itself."""
    yield from _aspects(claim, *place)
    yield from _evidence_and_figures(claim, *place)
    yield from _replies(claim, *place)
    for number, appearance in enumerate(claim.appearances or ()):
        for step, link in enumerate(appearance.chain):
            if not link.id.startswith(f"{appearance.id}-link-"):
                yield fault("This is the link of another appearance.", *place, "appearances", number, "chain", step)
    for kind, claims in (claim.relations or {}).items():
        if claim.id in claims:
            yield fault("A claim cannot be related to itself.", *place, "relations", kind)


def _aspects(claim: Claim, *place: str | int) -> Iterator[NotADocument]:
    aspects = claim.aspects or []
    if len({aspect.code for aspect in aspects}) != len(aspects):
        yield fault("Two aspects have one code.", *place, "aspects")
    if aspects and not any(aspect.main for aspect in aspects):
        yield fault("A claim needs a main aspect.", *place, "aspects")
    known = {aspect.id for aspect in aspects}
    named = [
        *((("evidence", number), part.aspect) for number, part in enumerate(claim.evidence or ())),
        *((where, figure.aspect) for where, figure in _figures(claim)),
        *((("openQuestions", number), part.aspect) for number, part in enumerate(claim.open_questions or ())),
        *((("searches", number), part.aspect) for number, part in enumerate(claim.searches or ())),
    ]
    for where, aspect in named:
        if aspect is not None and aspect not in known:
            yield fault("This is not an aspect of the claim.", *place, *where, "aspect")


def _figures(claim: Claim) -> Iterator[tuple[tuple[str | int, ...], Figure]]:
    """Every figure of a claim and of its evidence, with its place."""
    for number, figure in enumerate(claim.figures or ()):
        yield ("figures", number), figure
    for number, piece in enumerate(claim.evidence or ()):
        for step, figure in enumerate(piece.figures or ()):
            yield ("evidence", number, "figures", step), figure


def _evidence_and_figures(claim: Claim, *place: str | int) -> Iterator[NotADocument]:
    pieces = {piece.id for piece in claim.evidence or ()}
    for number, piece in enumerate(claim.evidence or ()):
        if not pieces - {piece.id} >= set(piece.explains or ()):
            yield fault("What is explained is another piece of evidence.", *place, "evidence", number, "explains")
    figures = list(_figures(claim))
    known = {figure.id for _, figure in figures}
    for where, figure in figures:
        if figure.share_of is not None and figure.share_of not in known - {figure.id}:
            yield fault("A share is one of another figure.", *place, *where, "shareOf")


def _replies(claim: Claim, *place: str | int) -> Iterator[NotADocument]:
    evidence = {piece.id for piece in claim.evidence or ()}
    concerned = {one.id: one for one in claim.concerns or ()}
    for number, reply in enumerate(claim.replies or ()):
        if not evidence >= set(reply.said_in or ()):
            yield fault("A reply is said in evidence of the claim.", *place, "replies", number, "saidIn")
        if reply.by is None:
            continue
        if reply.by not in concerned:
            yield fault("The person who replies is one whom the claim concerns.", *place, "replies", number, "by")
        elif reply.agent is not None and reply.agent != concerned[reply.by].record:
            yield fault("The agent is not the person concerned who replies.", *place, "replies", number, "agent")
