"""Changes as a table sets them: short values side by side, long ones word by word in one cell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.formats.changes import CHANGED, Change, words

# Kinds of pieces of a word diff, and what stands in for words that were left out.
SAME, REMOVED, ADDED, LEFT_OUT = "same", "removed", "added", "left out"
# In characters. What is longer is set in one cell.
SHORT = 160
# Where less than this of the shorter text stayed, both are read better whole than word by word.
ALIKE = 0.5
# So short that both sides fit beside each other on a phone.
TINY = 32
# What stays of a long stretch that is the same, at each of its ends.
KEPT = 140
# The page says both already, above the table.
_SAID_ABOVE = frozenset({"edition/change", "edition/changeNote"})

Piece = tuple[str, str]


@dataclass(frozen=True)
class Row:
    """One change. `pieces` are of a text that is set in one cell; else `before` and `after` have those of each side."""

    change: Change
    pieces: tuple[Piece, ...] = ()
    before: tuple[Piece, ...] = ()
    after: tuple[Piece, ...] = ()

    @property
    def is_tiny(self) -> bool:
        """True where both sides fit beside each other even on a phone."""
        return max(len(self.change.before or ""), len(self.change.after or "")) <= TINY


def rows(changes: Iterable[Change]) -> list[Row]:
    """All that the record says otherwise."""
    return [_row(change) for change in said(changes)]


def said(changes: Iterable[Change]) -> list[Change]:
    """Without kind and note of the version, which stand beside them wherever changes are told."""
    return [one for one in changes if one.field.partition("@")[0] not in _SAID_ABOVE]


def _row(change: Change) -> Row:
    if change.kind != CHANGED:
        return Row(change)
    before, after = change.before or "", change.after or ""
    pieces = words(before, after)
    if sum(len(text) for kind, text in pieces if kind == SAME) < ALIKE * min(len(before), len(after)):
        return Row(change, (), ((REMOVED, before),), ((ADDED, after),))
    if len(before) + len(after) > 2 * SHORT:
        return Row(change, tuple(_shortened(pieces)))
    return Row(change, (), _side(pieces, ADDED), _side(pieces, REMOVED))


def _side(pieces: Sequence[Piece], without: str) -> tuple[Piece, ...]:
    return tuple(piece for piece in pieces if piece[0] != without)


def _shortened(pieces: Sequence[Piece]) -> Iterable[Piece]:
    """Long stretches that are the same lose their middle, and it is said how much of it."""
    for place, (kind, text) in enumerate(pieces):
        if kind != SAME or len(text) <= 3 * KEPT:
            yield kind, text
            continue
        start = "" if place == 0 else _cut(text[:KEPT], from_end=False)
        end = "" if place == len(pieces) - 1 else _cut(text[-KEPT:], from_end=True)
        middle = text[len(start) : len(text) - len(end)]
        if start:
            yield SAME, start
        yield LEFT_OUT, str(max(1, len(middle.split())))
        if end:
            yield SAME, end


def _cut(text: str, *, from_end: bool) -> str:
    """Up to a blank, so that no word is torn; writing without blanks is cut where it is."""
    blank = text.find(" ") if from_end else text.rfind(" ") + 1
    return text if blank <= 0 else text[blank:] if from_end else text[:blank]
