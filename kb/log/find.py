"""Finding an edition by what a citation says of it: its digest, or where it stands."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.log import read
from kb.log.read import COLUMNS, Edition, NoSuchRecord
from kb.log.tables import EditionRow
from kb.values.ids import is_id


def by_digest(session: Session, digest: str) -> Edition | None:
    """The one edition whose bytes have this SHA-256, in lower-case hexadecimal; the column is unique, so indexed."""
    row = session.execute(select(*COLUMNS).where(EditionRow.digest == digest)).first()
    return Edition(**row._mapping) if row else None


def newest(session: Session, address: str) -> Edition | None:
    """The newest edition at an address, or of the record whose id ends it; None where nothing is published there."""
    try:
        return read.latest_at(session, address)
    except NoSuchRecord:
        record = address.rpartition("/")[2]
        return read.latest(session, record) if is_id(record) else None
