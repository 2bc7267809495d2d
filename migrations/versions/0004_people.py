"""Accounts and sign-ins; handing over, comments; and what a draft of a claim may lack.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# Table → column → what the older schema needs of a draft that does not say it yet.
MAY_LACK = {
    "claim": {
        "claim_type": "numerical",
        "commitment": "asserted",
        "checkability": "not_checkable",
        "checkability_reason": "Not said yet.",
    },
    "appearance": {"certainty": "uncertain", "certainty_reason": "Not said yet."},
}


def upgrade() -> None:
    """Make the tables, and let a draft lack what the gate asks for."""
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("totp_secret", sa.String(), nullable=True),
        sa.Column("totp_step", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("disabled_at", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("folded", name=op.f("uq_account_folded")),
    )
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("who", sa.String(length=64), nullable=False),
        sa.Column("happened_at", sa.String(), nullable=False),
        sa.CheckConstraint("what IN ('sign_in', 'fetch')", name=op.f("ck_attempt_what_listed")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    op.create_index(op.f("ix_attempt_what_who_happened_at"), "attempt", ["what", "who", "happened_at"])

    op.create_table(
        "account_role",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.CheckConstraint(
            "role IN ('contributor', 'editor', 'reviewer', 'publisher', 'admin')",
            name=op.f("ck_account_role_role_listed"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_role_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "role", name=op.f("pk_account_role")),
    )
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("record_id", sa.String(length=9), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.Column("resolved_at", sa.String(), nullable=True),
        sa.Column("resolved_by", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(resolved_at IS NULL) = (resolved_by IS NULL)", name=op.f("ck_comment_resolved_at_with_resolved_by")
        ),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_comment_record_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sa.UniqueConstraint("record_id", "number", name=op.f("uq_comment_record_id_number")),
    )
    op.create_index(op.f("ix_comment_record_id"), "comment", ["record_id"])

    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("record_id", sa.String(length=9), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint("step IN ('submit', 'return')", name=op.f("ck_handover_step_listed")),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_handover_record_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    op.create_index(op.f("ix_handover_record_id"), "handover", ["record_id"])

    op.create_table(
        "one_time_link",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.Column("expires_at", sa.String(), nullable=False),
        sa.Column("used_at", sa.String(), nullable=True),
        sa.CheckConstraint(
            "purpose IN ('welcome', 'invitation', 'reset')", name=op.f("ck_one_time_link_purpose_listed")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_one_time_link_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_link")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_one_time_link_token_sha256")),
    )
    op.create_index(op.f("ix_one_time_link_account_id"), "one_time_link", ["account_id"])

    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("code_sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_recovery_code_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("account_id", "code_sha256", name=op.f("uq_recovery_code_account_id_code_sha256")),
    )
    op.create_index(op.f("ix_recovery_code_account_id"), "recovery_code", ["account_id"])

    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("started_at", sa.String(), nullable=False),
        sa.Column("seen_at", sa.String(), nullable=False),
        sa.Column("client", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_in_account_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_sign_in_token_sha256")),
    )
    op.create_index(op.f("ix_sign_in_account_id"), "sign_in", ["account_id"])

    # What the queue asks of every record is answered from this index alone.
    op.create_index(op.f("ix_history_record_id_verb_id"), "history", ["record_id", "verb", "id"])
    op.drop_index(op.f("ix_history_record_id"), table_name="history")
    _may_lack(True)


def downgrade() -> None:
    """Take them away again. A draft is given what the older schema cannot leave open."""
    for name, columns in MAY_LACK.items():
        table = sa.table(name, *(sa.column(column, sa.String) for column in columns))
        for column, said in columns.items():
            op.execute(table.update().where(table.c[column].is_(None)).values({column: said}))
    _may_lack(False)
    op.create_index(op.f("ix_history_record_id"), "history", ["record_id"])
    op.drop_index(op.f("ix_history_record_id_verb_id"), table_name="history")

    op.drop_index(op.f("ix_sign_in_account_id"), table_name="sign_in")

    op.drop_table("sign_in")
    op.drop_index(op.f("ix_recovery_code_account_id"), table_name="recovery_code")

    op.drop_table("recovery_code")
    op.drop_index(op.f("ix_one_time_link_account_id"), table_name="one_time_link")

    op.drop_table("one_time_link")
    op.drop_index(op.f("ix_handover_record_id"), table_name="handover")

    op.drop_table("handover")
    op.drop_index(op.f("ix_comment_record_id"), table_name="comment")

    op.drop_table("comment")
    op.drop_table("account_role")
    op.drop_index(op.f("ix_attempt_what_who_happened_at"), table_name="attempt")

    op.drop_table("attempt")
    op.drop_table("account")


def _may_lack(nullable: bool) -> None:
    for name, columns in MAY_LACK.items():
        with op.batch_alter_table(name, schema=None) as batch:
            for column in columns:
                batch.alter_column(column, existing_type=sa.String(), nullable=nullable)
