"""A chunk of claims as drafts on the desk, with all that comes new with them; and what is corrected in it later."""

from collections.abc import Callable

from sqlalchemy import select

from kb.desk.assessments import AssessmentEntry, VerdictEntry, change_assessment, find_assessment
from kb.desk.tables import Aspect, AspectVerdict
from kb.errors import Broken
from kb.imports.generated.dice import Dice
from kb.imports.generated.hanging import write_full
from kb.imports.generated.job import Job
from kb.imports.generated.light import write_light
from kb.imports.generated.profiles import LIGHT, SEED
from kb.imports.generated.world import World

WRITERS: dict[str, Callable[[Job, int], None]] = {LIGHT.name: write_light, SEED.name: write_full}
COUNTED_AGAIN = "It was looked up again: the page had been read wrongly."
NOTE = "The assessment followed a page that was read wrongly."


def write_claims(job: Job, claims: range) -> None:
    """Into the session's transaction, which the caller commits. The hubs come with the very first claim."""
    # The verbs flush what they add by themselves, and nothing here is asked of what they leave to be flushed later.
    with job.session.no_autoflush, job.holding():
        if claims.start == 0:
            job.add_new(job.world.hubs())
        for number in claims:
            job.add_new(job.world.new(number))
            if number % job.world.profile.article == 0:
                job.add_article(number)
            WRITERS[job.world.profile.name](job, number)


def corrected_of(world: World, claims: range) -> str:
    """The one claim of a whole chunk that has a second edition."""
    return world.id(world.claim(world.dice("correction", claims.start).of(claims)))


def correct(job: Job, claim: str) -> None:
    """Its first aspect is unverified now; done again, it changes nothing."""
    assessment = find_assessment(job.session, claim)
    if assessment is None:
        raise Broken("a generated claim has lost its assessment", where=claim)
    change_assessment(job.session, job.actor, assessment, _corrected(job, claim))


def _corrected(job: Job, claim: str) -> AssessmentEntry:
    dice = Dice(job.world.desk, "corrected", claim)
    rows = select(Aspect.code, AspectVerdict.verdict, AspectVerdict.confidence)
    judged = rows.join(AspectVerdict, AspectVerdict.aspect_id == Aspect.id).where(Aspect.claim_id == claim)
    first, *rest = [
        VerdictEntry(aspect=code, verdict=verdict, confidence=sure)
        for code, verdict, sure in job.session.execute(judged.order_by(Aspect.position))
    ]
    return AssessmentEntry(
        confidence=job.confidence(dice),
        reason=COUNTED_AGAIN,
        assessed_on=job.day,
        method_version=job.method,
        verdicts=(first.model_copy(update={"verdict": "unverified"}), *rest),
    )
