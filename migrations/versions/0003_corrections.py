"""The log by kind of edition, so that the ledger of corrections is read without the rest of the log.

Revision ID: 0003
Revises: 0002
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    op.create_index(op.f("ix_edition_change_seq"), "edition", ["change", "seq"])


def downgrade() -> None:
    """Take it away again."""
    op.drop_index(op.f("ix_edition_change_seq"), table_name="edition")
