"""Numbers of parts: a counter for each record and kind of part, which never goes back."""

from sqlalchemy.orm import Session

from kb.desk.records import begun_here, hold
from kb.desk.tables import PartCounter


def next_number(session: Session, record_id: str, kind: str) -> int:
    """A number that no part of this kind has had; `kind` is the fragment's stem, as "evidence"."""
    hold(session, record_id)
    begun = begun_here(session, record_id)
    counter = session.get(PartCounter, (record_id, kind)) if begun is None else begun.get(kind)
    if counter is None:
        counter = PartCounter(record_id=record_id, kind=kind, last=0)
        session.add(counter)
    if begun is not None:
        begun[kind] = counter
    counter.last += 1
    return counter.last


def fragment(kind: str, number: int) -> str:
    """`evidence-3`: what stands behind # in the part's IRI."""
    return f"{kind}-{number}"
