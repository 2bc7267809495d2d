"""In which state each record is: draft, to_review, returned, approved, changed, published or withdrawn."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from sqlalchemy.orm import Session

from kb.log.series import latest_of
from kb.publish.approvals import approved
from kb.publish.compile.record import compile_many
from kb.publish.ground import Ground
from kb.publish.marks import Marks
from kb.publish.relations import stated
from kb.publish.survey import stated_by

DRAFT, TO_REVIEW, RETURNED, APPROVED = "draft", "to_review", "returned", "approved"
CHANGED, PUBLISHED, WITHDRAWN = "changed", "published", "withdrawn"
STATES: Mapping[str, str] = {
    DRAFT: "Draft",
    TO_REVIEW: "To review",
    RETURNED: "Returned",
    APPROVED: "Approved, to be published",
    CHANGED: "Published, changed since",
    PUBLISHED: "Published",
    WITHDRAWN: "Withdrawn",
}
# Drafts that are compiled at once.
BATCH = 500


@dataclass(frozen=True)
class Standing:
    """A record's state, and the number of the history row that brought it there."""

    state: str
    since: int


def standings(session: Session, ground: Ground, marks: Iterable[Marks]) -> dict[str, Standing]:
    """By record. Only what may differ from its edition, or may be approved, is compiled.

    These are the records that were changed since they were published last, the few that others touched, and those
    approved and not yet published; drafts that nobody has read are not. It takes about thirty statements, and the
    same again for each further 500 of these.
    """
    known = list(marks)
    doubtful = iter([one.record for one in known if one.may_differ or one.approved > one.published])
    same: set[str] = set()
    read: set[str] = set()
    while some := list(islice(doubtful, BATCH)):
        contents = _contents(session, ground, some)
        same |= _unchanged(session, contents)
        read |= approved(session, contents)
    return {one.record: _standing(one, one.record not in same, one.record in read) for one in known}


def _contents(session: Session, ground: Ground, records: list[str]) -> dict[str, str]:
    return {record: draft.content_digest for record, draft in compile_many(session, ground, records).items()}


def _unchanged(session: Session, contents: Mapping[str, str]) -> set[str]:
    """Those whose content and relations are those of their latest edition."""
    editions = latest_of(session, sorted(contents))
    same = {one.record: one for one in editions.values() if one.content_digest == contents[one.record]}
    claims = [record for record, one in same.items() if one.record_kind == "claim"]
    relations = stated(session, claims)
    return {record for record, one in same.items() if record not in relations or stated_by(one) == relations[record]}


def _standing(marks: Marks, differs: bool, is_read: bool) -> Standing:
    if marks.withdrawn:
        return Standing(WITHDRAWN, marks.published)
    if marks.published and not (differs and marks.may_differ):
        return Standing(PUBLISHED, marks.published)
    handed, returned = (max(0, one - marks.published) for one in (marks.handed, marks.returned))
    if is_read and marks.approved > marks.returned:
        return Standing(APPROVED, marks.approved)
    if handed or returned:
        return Standing(RETURNED, marks.returned) if returned > handed else Standing(TO_REVIEW, marks.handed)
    return Standing(CHANGED if marks.published else DRAFT, marks.content)
