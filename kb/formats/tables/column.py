"""What a table and a column are: said once, for the file, for the descriptor and for the page that people read."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from kb.formats.tables.row import Row
from kb.values.vocabulary import ClosedList

# What a cell holds, in words: “text” and the like hold whatever was written, the others nothing but what they say.
KINDS = {
    "text": "text",
    "word": "one of the words below",
    "number": "decimal number, with a point",
    "integer": "whole number",
    "yes_or_no": "true or false",
    "day": "day, YYYY-MM-DD",
    "moment": "moment in UTC, ISO 8601",
    "edtf": "date or period, EDTF (ISO 8601-2)",
    "language": "language tag, BCP 47",
    "address": "address",
    "addresses": "addresses, parted by a space",
    "digest": "SHA-256, 64 hexadecimal digits",
}
# Those that no spreadsheet takes for a formula, whatever sign they begin with.
TYPED = frozenset({"number", "integer", "yes_or_no"})


@dataclass(frozen=True)
class Column:
    """`of` gives the cell of a row, None where it is empty; `example` is a cell as the file has it.

    `quoted` marks the words of others, which keep their own rights.
    """

    name: str
    holds: str
    of: Callable[[Row], object]
    example: str
    kind: str = "text"
    words: ClosedList | None = None
    unit: str = ""
    quoted: bool = False
    required: bool = False


@dataclass(frozen=True)
class Table:
    """`name` is that of its file; no two rows have one cell in `key`; `leads` are columns that name a row elsewhere."""

    name: str
    title: str
    holds: str
    key: str
    columns: Sequence[Column]
    rows: Callable[[Row], Iterable[Row]]
    leads: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    @property
    def texts(self) -> list[str]:
        """The columns whose cells are guarded."""
        return [column.name for column in self.columns if column.kind not in TYPED]

    def lines(self, record: Row) -> Iterable[list[Any]]:
        """The cells of each row that a record gives this table, in the order of its document."""
        return ([column.of(row) for column in self.columns] for row in self.rows(record))
