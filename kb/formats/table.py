"""Tables as CSV (RFC 4180) that a spreadsheet can open: no cell of text is ever taken for a formula."""

import csv
import io
import re
from collections.abc import Collection, Iterable, Sequence

# What spreadsheets begin a formula with, in both widths, and the marks that they strip before they look.
TRIGGERS = "=+-@\t\r\n\0＝＋－＠"
GUARD = "'"
# What may stand before a trigger without hiding it from every program: blanks, and what does not show.
_GUARDED = re.compile(rf"'*[\s\x00-\x1f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]*[{re.escape(TRIGGERS)}]")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


class Lines:
    """The lines of one table, as bytes: UTF-8 without a mark at its beginning, ended by CR LF.

    `text_columns` are those that hold text; without them, every cell that is a `str` is text. Elsewhere a plain number
    stays a number, though it begins with a sign. None is an empty cell, True and False are words.
    """

    def __init__(self, columns: Sequence[str], text_columns: Collection[str] | None = None) -> None:
        self._columns = columns
        self._texts = [text_columns is None or name in text_columns for name in columns]
        self._made = io.StringIO(newline="")
        self._writer = csv.writer(self._made, lineterminator="\r\n")

    def header(self) -> bytes:
        return self._line([guarded(name) for name in self._columns])

    def row(self, cells: Sequence[object]) -> bytes:
        """Raises ValueError where there are more or fewer cells than columns."""
        return self._line([_cell(value, text) for value, text in zip(cells, self._texts, strict=True)])

    def _line(self, cells: Sequence[object]) -> bytes:
        self._writer.writerow(cells)
        # Half of a surrogate pair is no character, and no file can hold it.
        line = self._made.getvalue().encode("utf-8", "replace")
        self._made.seek(0)
        self._made.truncate()
        return line


def csv_bytes(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    text_columns: Collection[str] | None = None,
) -> bytes:
    """A header and the rows, as `Lines` writes them."""
    lines = Lines(columns, text_columns)
    return b"".join([lines.header(), *map(lines.row, rows)])


def guarded(text: str) -> str:
    """The text with `'` before it where a spreadsheet would compute it; `unguarded` gives back the very same text."""
    return GUARD + text if _GUARDED.match(text) else text


def unguarded(cell: str) -> str:
    """The text that a cell of ours was made from."""
    return cell[1:] if cell.startswith(GUARD) and _GUARDED.match(cell[1:]) else cell


def _cell(value: object, is_text: bool) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and (is_text or not _NUMBER.fullmatch(value)):
        return guarded(value)
    return value
