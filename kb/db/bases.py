"""Declarative bases, one for each wing, with names of constraints by convention."""

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

# Alembic can only drop or alter what has a name, and SQLite makes none up.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class DeskTable(DeclarativeBase):
    """A table of the desk: mutable, and never read by the readers' wing."""

    metadata = MetaData(naming_convention=NAMING)


class LogTable(DeclarativeBase):
    """A table of the log: rows are added and never changed."""

    metadata = MetaData(naming_convention=NAMING)


class ProjectionTable(DeclarativeBase):
    """A table that can be thrown away and built again from the log; outside the migrations."""

    metadata = MetaData(naming_convention=NAMING)
