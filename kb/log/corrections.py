"""The ledger of corrections: every edition that says that something here was wrong, unclear, or no longer stands."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased

from kb.log.news import lives
from kb.log.read import COLUMNS, Edition
from kb.log.standing import Standing, judge
from kb.log.tables import EditionRow

# Everything but what is new, and what is known beside that.
KINDS = ("correction", "clarification", "withdrawal", "restoration", "redaction", "merge")


@dataclass(frozen=True)
class Corrected:
    """An entry of the ledger: the edition, the one before it, and what became of it since."""

    edition: Edition
    before: Edition
    standing: Standing

    @property
    def days(self) -> int:
        """For how many whole days the version before stood."""
        return (_moment(self.edition.issued) - _moment(self.before.issued)).days


@dataclass(frozen=True)
class Ledger:
    """Some entries; `next` is what to give as `before` for older ones, None at the end."""

    entries: tuple[Corrected, ...]
    next: int | None


def corrections(session: Session, limit: int, *, before: int | None = None) -> Ledger:
    """The newest entries, or those before entry `before` of the log. Two statements, whatever their number."""
    # The numbers first, by the index: documents are large, and only those on the page are read.
    # What was itself removed is told by the entry that removed it.
    some = select(EditionRow.seq).where(EditionRow.change.in_(KINDS), func.length(EditionRow.document) > 0)
    if before is not None:
        some = some.where(EditionRow.seq < before)
    chosen = some.order_by(EditionRow.seq.desc()).limit(limit + 1).subquery()
    found = _found(session, EditionRow.seq.in_(select(chosen.c.seq)))
    return Ledger(tuple(found[:limit]), found[limit - 1].edition.seq if len(found) > limit else None)


def correction(session: Session, record: str, version: int) -> Corrected | None:
    """The entry of one version of a record; None where that is none of KINDS, or is not there."""
    # A number beyond what the column holds would be an error of the database, not an entry that is missing.
    if not 1 < version < 2**31:
        return None
    wanted = (EditionRow.record == record) & (EditionRow.version == version)
    there = wanted & EditionRow.change.in_(KINDS) & (func.length(EditionRow.document) > 0)
    return next(iter(_found(session, there)), None)


def _found(session: Session, wanted: ColumnElement[bool]) -> list[Corrected]:
    pairs = [_pair(row._mapping) for row in session.execute(_pairs().where(wanted))]
    steps = lives(session, sorted({edition.record for edition, _ in pairs}))
    return [
        Corrected(edition, old, judge([step for step in steps[edition.record] if step.version >= edition.version]))
        for edition, old in pairs
    ]


def _pairs() -> Select[*tuple[Any, ...]]:
    """Each edition beside the one before it, the newest first."""
    old = aliased(EditionRow)
    names = [column.name for column in fields(Edition)]
    beside = [(old.document if name == "data" else getattr(old, name)).label(f"old_{name}") for name in names]
    is_before = (old.record == EditionRow.record) & (old.version == EditionRow.version - 1)
    return select(*COLUMNS, *beside).join(old, is_before).order_by(EditionRow.seq.desc())


def _pair(row: Mapping[Any, Any]) -> tuple[Edition, Edition]:
    names = [column.name for column in fields(Edition)]
    return Edition(**{name: row[name] for name in names}), Edition(**{name: row[f"old_{name}"] for name in names})


def _moment(issued: str) -> datetime:
    return datetime.fromisoformat(issued)
