"""Second pairs of eyes: who approved exactly this content and is not the one who wrote it."""

from collections.abc import Iterator, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk.history import workers_of
from kb.desk.tables import Approval
from kb.log.chain import Fault
from kb.log.read import since
from kb.publish.compile.rows import CHUNK


def approved(session: Session, contents: Mapping[str, str]) -> frozenset[str]:
    """Of these records, by their content digests, those that somebody else approved."""
    given: list[tuple[str, str]] = []
    wanted = sorted(contents)
    for at in range(0, len(wanted), CHUNK):
        rows = select(Approval.record_id, Approval.content_digest, Approval.actor)
        rows = rows.where(Approval.record_id.in_(wanted[at : at + CHUNK]))
        given += [(row.record_id, row.actor) for row in session.execute(rows) if contents[row[0]] == row[1]]
    writers = workers_of(session, {record for record, _ in given})
    return frozenset(record for record, actor in given if actor not in writers.get(record, ()))


def unapproved(session: Session) -> Iterator[Fault]:
    """A witness for `verify`: editions that say they were reviewed, and nobody else approved them."""
    seq = -1
    while some := list(since(session, seq)):
        reviewed = [one for one in some if one.document["reviewed"]]
        for one in reviewed:
            if one.record not in approved(session, {one.record: one.content_digest}):
                yield Fault(one.record, one.version, "reviewed", "Nobody else has approved this content on the desk.")
        seq = some[-1].seq
