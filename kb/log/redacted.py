"""Editions whose content was removed: the leaf stays in the log, and a later entry says so, with a class of reason.

An edition is removed where its document is empty; document, N-Quads and content digest go together, since each of them
would tell what stood there (DESIGN 5, “Redaction”).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.errors import Broken, Missing
from kb.log.tables import EditionRow
from kb.values.vocabulary import REDACTION_REASON

REDACTION = "redaction"


@dataclass(frozen=True)
class Removal:
    """What is still known of an edition that was removed: what its leaf says, and which entry removed it.

    `reason` is a word of REDACTION_REASON; None where the entry names none of them, since no other words are shown.
    """

    record: str
    address: str
    version: int
    issued: str
    seq: int
    digest: str
    leaf_hash: str
    by_version: int
    by_seq: int
    removed_on: str
    reason: str | None

    def as_json(self) -> dict[str, Any]:
        """Field by field, for machines."""
        return dict(vars(self))


class Redacted(Missing):
    """The content of this edition was removed for good."""

    def __init__(self, removal: Removal) -> None:
        why = f": {_why(removal.reason)}" if removal.reason else ""
        super().__init__(
            f"the content of version {removal.version} was removed on {removal.removed_on[:10]}{why}",
            where=f"{removal.address}/v{removal.version}",
        )
        self.removal = removal


def redacted(session: Session, seq: int) -> Redacted:
    """The error that tells of an edition without content, by its number. Raises Broken where no entry removed it."""
    row = session.execute(select(EditionRow).where(EditionRow.seq == seq)).scalar_one()
    later = select(EditionRow.version, EditionRow.seq, EditionRow.issued, EditionRow.document)
    later = later.where(
        EditionRow.record == row.record, EditionRow.version > row.version, EditionRow.change == REDACTION
    )
    by = session.execute(later.order_by(EditionRow.version).limit(1)).first()
    if by is None:
        raise Broken(
            "the document is gone, and no entry of the log says that it was removed",
            where=f"{row.address}/v{row.version}",
            remedy="Run `claimbase verify`, and recover a backup.",
        )
    reason = reason_of(json.loads(by.document)) if by.document else None
    return Redacted(
        Removal(
            record=row.record,
            address=row.address,
            version=row.version,
            issued=row.issued,
            seq=row.seq,
            digest=row.digest,
            leaf_hash=row.leaf_hash,
            by_version=by.version,
            by_seq=by.seq,
            removed_on=by.issued,
            reason=reason,
        )
    )


def reason_of(document: Mapping[str, Any]) -> str | None:
    """The class of reason of a redaction: the entry's note is the label of one, in English, and nothing else."""
    note = document.get("changeNote", {}).get("en")
    return next((term.word for term in REDACTION_REASON.terms if term.label == note), None)


def _why(reason: str) -> str:
    label = REDACTION_REASON.label(reason)
    return label[:1].lower() + label[1:]
