"""The database: bases for the tables of each wing, engines, and the two kinds of session."""

from kb.db.bases import DeskTable, LogTable, ProjectionTable
from kb.db.engine import open_engine, open_reading_engine
from kb.db.sessions import reading, writing

__all__ = ["DeskTable", "LogTable", "ProjectionTable", "open_engine", "open_reading_engine", "reading", "writing"]
