"""What changed between two versions of one record: field by field in readable words, and word by word."""

from kb.formats.changes.change import ADDED, CHANGED, REMOVED, Change, Line
from kb.formats.changes.compare import compare
from kb.formats.changes.words import words

__all__ = ["ADDED", "CHANGED", "REMOVED", "Change", "Line", "compare", "words"]
