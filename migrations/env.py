"""How Alembic reaches our tables: on the connection that it is handed, inside the transaction that is open there."""

from alembic import context
from sqlalchemy import Connection

import kb.desk.tables
import kb.log.tables
from kb.db import DeskTable, LogTable

# Importing the rooms of tables has filled the two collections.
ROOMS = (kb.desk.tables, kb.log.tables)
TABLES = [DeskTable.metadata, LogTable.metadata]


def run(connection: Connection) -> None:
    """Run what was asked for. SQLite alters a table by rewriting it."""
    context.configure(
        connection=connection,
        target_metadata=TABLES,
        transactional_ddl=True,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
