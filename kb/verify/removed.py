"""Editions without content: removed by an entry of the log that says so, and with nothing left beside the leaf."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from kb.errors import Problem
from kb.log.chain import Fault
from kb.log.read import Edition
from kb.log.redacted import redacted


def check_removed(session: Session, edition: Edition, packed: bytes) -> Iterator[Fault]:
    """Faults of an edition whose document is empty: no entry removed it, or something of it is still there."""
    try:
        redacted(session, edition.seq)
    except Problem as error:
        yield _fault(edition, "document", f"It cannot be read: {error.what}")
    if packed:
        yield _fault(edition, "nquads", "The document was removed, and its N-Quads are still here.")
    if edition.content_digest:
        yield _fault(
            edition, "edition/content_digest", "The document was removed, and its content digest is still here."
        )


def _fault(edition: Edition, where: str, problem: str) -> Fault:
    return Fault(edition.record, edition.version, where, problem)
