"""Tables as CSV (RFC 4180) that a spreadsheet can open: no cell of text is ever taken for a formula."""

import csv
import io
import re
from collections.abc import Collection, Iterable, Sequence

# What spreadsheets begin a formula with, in both widths, and the marks that they strip before they look.
TRIGGERS = "=+-@\t\r\n\0＝＋－＠"
GUARD = "'"
# What may stand before a trigger without hiding it from every program.
_GUARDED = re.compile(rf"'*[\s\ufeff\u200b\u2060]*[{re.escape(TRIGGERS)}]")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


def csv_bytes(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    text_columns: Collection[str] | None = None,
) -> bytes:
    """A header and the rows, UTF-8, lines ended by CR LF; None is an empty cell, True and False are words.

    `text_columns` are those that hold text; without them, every cell that is a `str` is text. Elsewhere a plain number
    stays a number, though it begins with a sign. Raises ValueError where a row has more or fewer cells than columns.
    """
    texts = [text_columns is None or name in text_columns for name in columns]
    made = io.StringIO(newline="")
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow([guarded(name) for name in columns])
    for row in rows:
        writer.writerow([_cell(value, text) for value, text in zip(row, texts, strict=True)])
    # Half of a surrogate pair is no character, and no file can hold it.
    return made.getvalue().encode("utf-8", "replace")


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
