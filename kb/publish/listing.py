"""What the desk holds, drafts included, with the version that each record has reached in the log."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from kb.desk import externals
from kb.desk.tables import Agent, Claim, ClaimText, Origin, Page, Record, Source, Topic
from kb.log.tables import EditionRow


@dataclass(frozen=True)
class Listed:
    """One record; `version` is None for a draft, `slug` only for topics and pages."""

    id: str
    version: int | None
    label: str
    external_ids: tuple[str, ...]
    slug: str | None = None

    def as_json(self) -> dict[str, Any]:
        """INTERFACES, `list --json`; topics have `slug` and `name` as well."""
        row: dict[str, Any] = {
            "id": self.id,
            "version": self.version,
            "label": self.label,
            "external_ids": list(self.external_ids),
        }
        return row if self.slug is None else row | {"slug": self.slug, "name": self.label}


def list_records(session: Session, kind: str) -> list[Listed]:
    """Records of a kind in the order in which they were made. Private agents are left out."""
    named = externals.of_kind(session, kind)
    rows = session.execute(_wanted(kind).order_by(Record.created_at, Record.id)).all()
    return [Listed(row.id, row.version, row.label, tuple(named.get(row.id, ())), row.slug) for row in rows]


def _wanted(kind: str) -> Select[Any]:
    reached = (
        select(EditionRow.record, func.max(EditionRow.version).label("version")).group_by(EditionRow.record).subquery()
    )
    label, slug, table = _words(kind)
    wanted = select(Record.id, reached.c.version, label.label("label"), slug.label("slug"))
    wanted = wanted.join(table, table.id == Record.id).outerjoin(reached, reached.c.record == Record.id)
    return wanted.where(Agent.visibility != "private") if kind == "agent" else wanted


def _words(kind: str) -> tuple[ColumnElement[Any], ColumnElement[Any], type[Any]]:
    """(label, slug or NULL, table) of a kind. A claim's label is its question, or its statement where it has none."""
    if kind == "claim":
        text = select(ClaimText.text).where(ClaimText.claim_id == Record.id).limit(1)
        words = [text.where(ClaimText.field == field).scalar_subquery() for field in ("question", "statement")]
        return func.coalesce(*words), func.nullif("", ""), Claim
    plain: dict[str, tuple[ColumnElement[Any], ColumnElement[Any], type[Any]]] = {
        "source": (Source.title.expression, func.nullif("", ""), Source),
        "agent": (Agent.name.expression, func.nullif("", ""), Agent),
        "origin": (Origin.label.expression, func.nullif("", ""), Origin),
        "topic": (Topic.label.expression, Topic.slug.expression, Topic),
        "page": (Page.name.expression, Page.slug.expression, Page),
    }
    return plain[kind]
