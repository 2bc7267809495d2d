"""What a draft says otherwise than the edition that readers have, field by field in words."""

from collections.abc import Mapping
from contextlib import nullcontext
from typing import Any

from sqlalchemy.orm import Session

from kb.documents import addresses
from kb.documents.cited import cite
from kb.documents.envelope import Draft
from kb.formats.changes import Change, compare
from kb.log.read import Edition
from kb.log.series import editions_of
from kb.publish.changes import PublishEntry
from kb.publish.citing import cited_records
from kb.publish.compile.record import compile_many, compile_record
from kb.publish.ground import Ground, read_ground
from kb.publish.plan import look_at_all
from kb.publish.relations import stated
from kb.publish.withdraw import WITHDRAWAL


def differences(session: Session, base: str, record: str) -> list[Change] | None:
    """None where nothing of it was published, or nothing of that can be read any more; empty where all is the same.

    A withdrawn record is held against the edition that stood before. Raises NoSuchDraft.
    """
    ground = read_ground(session, base)
    draft = compile_record(session, ground, record, stated(session, [record], [record])[record])
    edition = _standing(session, record)
    return None if edition is None else compare(edition.document, _document(session, ground, draft, edition))


def _standing(session: Session, record: str) -> Edition | None:
    found = None
    for one in editions_of(session, record):
        if one.change != WITHDRAWAL and not one.removed:
            found = one
    return found


def _document(session: Session, ground: Ground, draft: Draft, edition: Edition) -> Mapping[str, Any]:
    """As the next edition would be, in the envelope of the last one, which is not what changed.

    The words of what is cited are those of current editions, and of drafts where publishing would drag them along.
    """
    looks = look_at_all(lambda: nullcontext(session), ground, [draft.record], PublishEntry())
    along = sorted(looks.keys() - {draft.record})
    drafts = [draft, *compile_many(session, ground, along).values()]
    versions = {one.record: edition.version + 1 if one is draft else 1 for one in drafts}
    known = cited_records(session, ground, drafts, versions)
    wanted = frozenset((draft.cites | {ground.publisher}) - {addresses.iri(ground.base, draft.address)})
    page = addresses.page(ground.base, draft.address)
    cited = cite(page, frozenset(wanted & known.keys()), known)
    return {**edition.document, "mainEntity": dict(draft.entity), "cited": cited}
