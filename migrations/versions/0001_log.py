"""The log: editions and its head, with triggers that refuse to change what was written.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SQLITE = (
    """CREATE TRIGGER edition_no_update BEFORE UPDATE ON edition
    BEGIN SELECT RAISE(ABORT, 'an edition is never changed'); END""",
    """CREATE TRIGGER edition_no_delete BEFORE DELETE ON edition
    BEGIN SELECT RAISE(ABORT, 'an edition is never deleted'); END""",
    """CREATE TRIGGER log_head_one_step BEFORE UPDATE ON log_head
    WHEN NEW.seq <> OLD.seq + 1
    BEGIN SELECT RAISE(ABORT, 'the head of the log moves by one'); END""",
    """CREATE TRIGGER log_head_no_delete BEFORE DELETE ON log_head
    BEGIN SELECT RAISE(ABORT, 'the head of the log is never deleted'); END""",
)
POSTGRESQL = (
    """CREATE FUNCTION log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the log is append-only: % on % refused', TG_OP, TG_TABLE_NAME; END $$""",
    """CREATE TRIGGER edition_no_change BEFORE UPDATE OR DELETE ON edition
    FOR EACH ROW EXECUTE FUNCTION log_is_append_only()""",
    """CREATE TRIGGER edition_no_truncate BEFORE TRUNCATE ON edition
    FOR EACH STATEMENT EXECUTE FUNCTION log_is_append_only()""",
    """CREATE TRIGGER log_head_one_step BEFORE UPDATE ON log_head
    FOR EACH ROW WHEN (NEW.seq <> OLD.seq + 1) EXECUTE FUNCTION log_is_append_only()""",
    """CREATE TRIGGER log_head_no_delete BEFORE DELETE ON log_head
    FOR EACH ROW EXECUTE FUNCTION log_is_append_only()""",
    """CREATE TRIGGER log_head_no_truncate BEFORE TRUNCATE ON log_head
    FOR EACH STATEMENT EXECUTE FUNCTION log_is_append_only()""",
)


def upgrade() -> None:
    """Make both tables, the empty head, and the triggers."""
    op.create_table(
        "edition",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        *[sa.Column(name, sa.String(), nullable=False) for name in ("record", "record_kind", "address")],
        sa.Column("version", sa.Integer(), nullable=False),
        *[sa.Column(name, sa.String(), nullable=False) for name in ("change", "issued", "digest", "content_digest")],
        *[sa.Column(name, sa.String(), nullable=True) for name in ("prev", "parent")],
        *[sa.Column(name, sa.String(), nullable=False) for name in ("leaf", "leaf_hash")],
        *[sa.Column(name, sa.LargeBinary(), nullable=False) for name in ("document", "nquads")],
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_edition")),
        sa.UniqueConstraint("record", "version", name=op.f("uq_edition_record_version")),
        sa.UniqueConstraint("digest", name=op.f("uq_edition_digest")),
        sa.UniqueConstraint("leaf_hash", name=op.f("uq_edition_leaf_hash")),
        sa.CheckConstraint("seq >= 0", name=op.f("ck_edition_seq_from_0")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_edition_version_from_1")),
        sa.CheckConstraint("(version = 1) = (prev IS NULL)", name=op.f("ck_edition_prev_after_version_1")),
        sa.CheckConstraint("(seq = 0) = (parent IS NULL)", name=op.f("ck_edition_parent_after_seq_0")),
    )
    op.create_index(op.f("ix_edition_address_version"), "edition", ["address", "version"])
    op.create_index(op.f("ix_edition_record_kind_seq"), "edition", ["record_kind", "seq"])
    head = op.create_table(
        "log_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("leaf_hash", sa.String(), nullable=True),
        sa.Column("time", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_head")),
        sa.CheckConstraint("id = 1", name=op.f("ck_log_head_one_row")),
        sa.CheckConstraint("seq >= -1", name=op.f("ck_log_head_seq_from_empty")),
    )
    op.execute(sa.insert(head).values(id=1, seq=-1, leaf_hash=None, time=None))
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    """Take both tables away; their triggers go with them."""
    op.drop_table("log_head")
    op.drop_table("edition")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION log_is_append_only()")
