"""What the foundation fixed for good: base address, licence of the data, and whose editions these are."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from kb.documents import addresses
from kb.errors import Conflict, Missing
from kb.log import read as log


@dataclass(frozen=True)
class Ground:
    """`publisher` is the IRI of the desk's own agent, which stands on every edition and signs every assessment."""

    base: str
    license: str
    publisher: str


def read_ground(session: Session, base: str | None = None) -> Ground:
    """Raises Missing before `found`, and Conflict where `base` is another than the one that was fixed."""
    found = next(log.since(session, -1, 1), None)
    if found is None:
        raise Missing("there is no knowledge base here yet.", where="log", remedy="Run `claimbase init`.")
    entity = found.document["mainEntity"]
    ground = Ground(entity["baseAddress"], entity["license"], found.document["publisher"])
    if base not in {None, ground.base}:
        raise Conflict(f"this knowledge base stands under {ground.base}.", where=f"{base}"[:80])
    return ground


def publisher_address(ground: Ground) -> str:
    """`agents/266jnjc2w`."""
    return addresses.record_of(ground.publisher)
