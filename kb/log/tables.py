"""Tables of the log: editions, which are only ever added, and the one row that says where the log ends."""

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kb.db import LogTable


class EditionRow(LogTable):
    """One sealed edition. The database refuses to change or delete it."""

    __tablename__ = "edition"
    __table_args__ = (
        CheckConstraint("seq >= 0", name="seq_from_0"),
        CheckConstraint("version >= 1", name="version_from_1"),
        CheckConstraint("(version = 1) = (prev IS NULL)", name="prev_after_version_1"),
        CheckConstraint("(seq = 0) = (parent IS NULL)", name="parent_after_seq_0"),
        UniqueConstraint("record", "version"),
        UniqueConstraint("digest"),
        UniqueConstraint("leaf_hash"),
        Index(None, "address", "version"),
        Index(None, "record_kind", "seq"),
        Index(None, "change", "seq"),
    )

    # Never a database sequence: a rollback would leave a gap, and a later commit could slip behind a reader's cursor.
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    record: Mapped[str]
    record_kind: Mapped[str]
    # The page's path under the base address, without slashes at its ends: "claims/37d2qfnqr", "method".
    address: Mapped[str]
    version: Mapped[int]
    change: Mapped[str]
    # Whole seconds in UTC, as the document and the leaf write it: "2026-11-25T09:00:00Z".
    issued: Mapped[str]
    digest: Mapped[str]
    content_digest: Mapped[str]
    prev: Mapped[str | None]
    parent: Mapped[str | None]
    leaf: Mapped[str]
    leaf_hash: Mapped[str]
    # The canonical bytes, the thing hashed.
    document: Mapped[bytes] = mapped_column(LargeBinary)
    # Sorted N-Quads of the document, compressed with zstd.
    nquads: Mapped[bytes] = mapped_column(LargeBinary)


class LogHead(LogTable):
    """Where the log ends. Whoever appends locks this row first."""

    __tablename__ = "log_head"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"), CheckConstraint("seq >= -1", name="seq_from_empty"))

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    # -1 while the log is empty.
    seq: Mapped[int]
    leaf_hash: Mapped[str | None]
    time: Mapped[str | None]
