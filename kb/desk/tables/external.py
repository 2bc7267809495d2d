"""Ids that others gave: external ids of records and parts, and checked identifiers."""

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kb.db import DeskTable
from kb.desk.tables.columns import listed, owned_by, part_key
from kb.values import vocabulary


class ExternalId(DeskTable):
    """`scheme:value` within a scope, as `seed:air-2019-12-19/C04`; `part` is a part's fragment or ''."""

    __tablename__ = "external_id"
    __table_args__ = (UniqueConstraint("record_id", "part", "scheme", "scope", "value"),)

    id: Mapped[int] = part_key()
    record_id: Mapped[str] = owned_by("record")
    part: Mapped[str] = mapped_column(default="")
    scheme: Mapped[str]
    scope: Mapped[str] = mapped_column(default="")
    value: Mapped[str] = mapped_column(index=True)


class Identifier(DeskTable):
    """A checked identifier of an agent, source or topic, as Wikidata or DOI."""

    __tablename__ = "identifier"
    __table_args__ = (UniqueConstraint("record_id", "scheme", "value"), listed("scheme", vocabulary.IDENTIFIER_SCHEME))

    id: Mapped[int] = part_key()
    record_id: Mapped[str] = owned_by("record")
    scheme: Mapped[str] = mapped_column(String(16))
    value: Mapped[str]
