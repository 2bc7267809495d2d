"""Shapes of columns that many desk tables share."""

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String
from sqlalchemy.orm import MappedColumn, mapped_column

from kb.values.vocabulary import ClosedList


def listed(column: str, words: ClosedList) -> CheckConstraint:
    """Only words of the closed list may stand in the column; an empty column passes."""
    inside = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({inside})", name=f"{column}_listed")


def both_or_neither(one: str, other: str) -> CheckConstraint:
    """Two columns are filled together or not at all."""
    return CheckConstraint(f"({one} IS NULL) = ({other} IS NULL)", name=f"{one}_with_{other}")


def record_key() -> MappedColumn[str]:
    """The id of a record as primary key of its kind's table; `record` holds ids of all kinds."""
    return mapped_column(String(9), ForeignKey("record.id", ondelete="CASCADE"), primary_key=True)


def part_key() -> MappedColumn[int]:
    return mapped_column(Integer, primary_key=True, autoincrement=True)


def owned_by(parent: str) -> MappedColumn[str]:
    """A part goes with its record."""
    return mapped_column(String(9), ForeignKey(f"{parent}.id", ondelete="CASCADE"), index=True)


def child_of(parent: str) -> MappedColumn[int]:
    """A part of a part goes with it."""
    return mapped_column(Integer, ForeignKey(f"{parent}.id", ondelete="CASCADE"), index=True)
