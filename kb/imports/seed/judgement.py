"""What a claim's record in assessments.json becomes: assessment, replies, open questions, or that none replied."""

from functools import partial
from typing import Any

from kb.desk.assessments import (
    AssessmentEntry,
    VerdictEntry,
    add_assessment,
    change_assessment,
    find_assessment,
    remove_assessment,
)
from kb.desk.parts import fragment
from kb.desk.questions import QuestionEntry, add_question, change_question, remove_question
from kb.desk.replies import (
    NoReplyEntry,
    ReplyEntry,
    add_reply,
    change_reply,
    remove_reply,
    set_no_reply_found,
)
from kb.desk.tables import Assessment, OpenQuestion, Reply
from kb.errors import Refused
from kb.imports.report import ADDED, REMOVED, UNCHANGED, UPDATED, Tally
from kb.imports.seed.draft import Draft
from kb.imports.seed.evidence import KIND as LINK
from kb.imports.seed.layout import AssessmentRow, ReplyRow
from kb.imports.seed.matching import pair
from kb.imports.seed.people import KIND as ENTITY
from kb.imports.seed.reading import ASSESSMENTS

KIND = "assessment"
_FIELDS = {"statement": "text", "stated_on": "date", "verdicts": "aspects", "label": "open_questions"}


def import_judgement(draft: Draft) -> None:
    """One that is refused leaves the claim standing, and what was judged before as it was."""
    row = draft.assessment
    if row is not None:
        act = partial(_import, draft, row)
        draft.job.attempt(ASSESSMENTS, KIND, row.claim, act, fields=_FIELDS, into=draft.tally)
    elif draft.row.id not in draft.job.corpus.bad.get(KIND, ()):
        _remove(draft)


def _import(draft: Draft, row: AssessmentRow, tally: Tally) -> None:
    inner = Draft(draft.job, draft.row, draft.claim, draft.there, tally, draft.numbers, draft.items)
    _import_assessment(inner, row)
    _import_replies(inner, row.replies)
    _import_questions(inner, row.open_questions)


def _import_assessment(draft: Draft, row: AssessmentRow) -> None:
    job, there = draft.job, draft.there.assessment
    none_found = row.assessed_on if row.reply_of_persons_concerned and not row.replies else None
    if there is None:
        entry = _entry(draft, row, None, job.run.method_version)
        add_assessment(job.session, job.actor, draft.claim, entry)
        if none_found:
            set_no_reply_found(job.session, job.actor, draft.claim, NoReplyEntry(found_none_on=none_found))
        draft.tally.count(ADDED, "assessments")
        draft.tally.count(ADDED, "aspect_verdicts", len(row.aspects))
        return
    with draft.counted("assessments"):
        before = draft.revision
        change_assessment(job.session, job.actor, there, _entry(draft, row, there, there.method_version))
        if draft.revision != before:
            # It was judged anew, by the method that is in force now.
            change_assessment(job.session, job.actor, there, _entry(draft, row, there, job.run.method_version))
        set_no_reply_found(job.session, job.actor, draft.claim, NoReplyEntry(found_none_on=none_found))
    _count_verdicts(draft, row)


def _entry(draft: Draft, row: AssessmentRow, there: Assessment | None, method: int) -> AssessmentEntry:
    """What only an editor can have said stays: an override, what would change it, reasons for each aspect."""
    names = ("override_verdict", "override_reason", "confidence_reason", "would_change")
    own = {name: getattr(there, name) for name in names} if there else {}
    reasons = {draft.there.aspect_code(one.aspect_id): one.reason for one in draft.there.verdicts}
    judged = tuple(
        VerdictEntry(aspect=one.aspect, verdict=one.verdict, confidence=one.confidence, reason=reasons.get(one.aspect))
        for one in row.aspects
    )
    return AssessmentEntry(
        **own,
        confidence=row.confidence,
        reason=row.reason,
        assessed_on=row.assessed_on,
        method_version=method,
        verdicts=judged,
    )


def _count_verdicts(draft: Draft, row: AssessmentRow) -> None:
    codes = {one.aspect_id: draft.there.aspect_code(one.aspect_id) for one in draft.there.verdicts}
    before = {codes[one.aspect_id]: (one.verdict, one.confidence) for one in draft.there.verdicts}
    for one in row.aspects:
        now = (one.verdict, one.confidence)
        outcome = ADDED if one.aspect not in before else UNCHANGED if before[one.aspect] == now else UPDATED
        draft.tally.count(outcome, "aspect_verdicts")
    draft.tally.count(REMOVED, "aspect_verdicts", len(before.keys() - {one.aspect for one in row.aspects}))


def _import_replies(draft: Draft, rows: list[ReplyRow]) -> None:
    """A reply is the same by who, when and what it says; where it stands in the file is its position."""
    job = draft.job
    wanted = []
    for position, row in enumerate(rows, 1):
        agent = job.id_of(ENTITY, row.agent, f"replies.{position - 1}.agent") if row.agent else None
        wanted.append(((agent, row.date, row.text), (position, row, agent)))
    pairs, gone = pair([((one.agent_id, one.stated_on, one.statement), one) for one in draft.there.replies], wanted)
    for (position, row, agent), reply in pairs:
        entry = _reply_entry(draft, row, position, agent, reply)
        if reply is None:
            add_reply(job.session, job.actor, draft.claim, entry)
            draft.tally.count(ADDED, "replies")
        else:
            with draft.counted("replies"):
                change_reply(job.session, job.actor, reply, entry)
    for reply in gone:
        remove_reply(job.session, job.actor, reply)
        draft.tally.count(REMOVED, "replies")


def _reply_entry(draft: Draft, row: ReplyRow, position: int, agent: str | None, there: Reply | None) -> ReplyEntry:
    own: dict[str, Any] = {}
    if there is not None:
        own = {"translation": there.translation, "translation_language": there.translation_language}
        own |= {"origin": there.origin_id}
    return ReplyEntry(
        **own,
        position=position,
        agent=agent,
        name=draft.job.corpus.entities[row.agent].name if row.agent else None,
        statement=row.text,
        short=row.short,
        stated_on=row.date,
        evidence=tuple(_number(draft, link, position) for link in dict.fromkeys(row.evidence)),
    )


def _number(draft: Draft, link: str, position: int) -> int:
    where = f"replies.{position - 1}.evidence"
    if link in draft.numbers:
        return draft.numbers[link]
    if link in draft.job.corpus.evidence and link not in draft.job.corpus.bad.get(LINK, ()):
        what = f"{link} is no evidence of this claim."
        raise Refused(what, where=where, remedy="Name links of this claim whose quote carries the answer.")
    raise draft.job.lacking(LINK, link, where)


def _import_questions(draft: Draft, labels: list[str]) -> None:
    """By their words; those that a link became have the link's id and are left to it."""
    job = draft.job
    there = [one for one in draft.there.questions if fragment("open", one.number) not in draft.there.file_ids]
    pairs, gone = pair([(one.label, one) for one in there], [(label, label) for label in labels])
    for label, question in pairs:
        if question is None:
            add_question(job.session, job.actor, draft.claim, QuestionEntry(label=label))
            draft.tally.count(ADDED, "open_questions")
        else:
            with draft.counted("open_questions"):
                change_question(job.session, job.actor, question, _question_entry(draft, question))
    for question in gone:
        remove_question(job.session, job.actor, question)
        draft.tally.count(REMOVED, "open_questions")


def _question_entry(draft: Draft, there: OpenQuestion) -> QuestionEntry:
    return QuestionEntry(
        label=there.label,
        would_settle=there.would_settle_id,
        aspect=draft.there.aspect_code(there.aspect_id),
        origin=there.origin_id,
        grade=there.grade,
        grade_reason=there.grade_reason,
    )


def _remove(draft: Draft) -> None:
    """The file judges the claim no longer."""
    job, there = draft.job, find_assessment(draft.job.session, draft.claim.id)
    if there is not None:
        draft.tally.count(REMOVED, "assessments")
        draft.tally.count(REMOVED, "aspect_verdicts", len(draft.there.verdicts))
        remove_assessment(job.session, job.actor, there)
        set_no_reply_found(job.session, job.actor, draft.claim, NoReplyEntry(found_none_on=None))
    _import_replies(draft, [])
    _import_questions(draft, [])
