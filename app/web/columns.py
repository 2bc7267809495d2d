"""The columns of lists, as JSON names them and as CSV has them: what each holds, said once for both and for `/data`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kb.formats.table import csv_bytes


@dataclass(frozen=True)
class Column:
    """One column; `typed` where it holds a number or yes and no, which no spreadsheet takes for a formula."""

    name: str
    holds: str
    typed: bool = False


# What every row of every list begins and ends with.
FIRST = (
    Column("id", "the record, for ever; never used again"),
    Column("address", "its page, with the newest version"),
    Column("version", "number of the newest version", typed=True),
)
LAST = (
    Column("standing", "current or withdrawn"),
    Column("issued", "when the newest version was published, UTC"),
    Column("change", "kind of edition that the newest version is"),
    Column("reviewed", "whether a second reader approved it", typed=True),
    Column("digest", "SHA-256 of the newest version’s .jsonld"),
)
_LANG = Column("lang", "language of the name before it, BCP 47")
_GENRE = Column("genre", "what kind of thing it is")
_SEEN = Column("seen", "whether anybody here read it", typed=True)

COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "claim": (
        *FIRST,
        Column("replies", "the short form of each reply; whoever shows the claim shows these beside it"),
        Column("question", "the bare matter"),
        _LANG,
        Column("verdict", "a word of the list of verdicts; empty where the claim is withdrawn"),
        Column("failing", "main aspects that are not supported, each with its verdict, contradicted ones first"),
        Column("label", "replies and verdict in words, as lists here show them"),
        Column("statement", "the claim, with who says it"),
        Column("confidence", "confidence in this assessment, 0 to 1", typed=True),
        Column("band", "the same as a word"),
        Column("seen_evidence", "items of evidence that count", typed=True),
        Column("origins", "independent origins among them", typed=True),
        Column("who", "who makes the claim"),
        Column("published", "when the claim was made, EDTF"),
        *LAST,
    ),
    "source": (
        *FIRST,
        Column("title", "as printed"),
        _LANG,
        Column("publisher", "as printed"),
        Column("published", "when it came out, EDTF"),
        _GENRE,
        _SEEN,
        *LAST,
    ),
    "agent": (*FIRST, Column("name", "as it is known"), _LANG, _GENRE, *LAST),
    "origin": (*FIRST, Column("label", "what the information goes back to"), _LANG, _GENRE, _SEEN, *LAST),
    "topic": (
        *FIRST,
        Column("slug", "the last part of its address"),
        Column("name", "the topic or measure"),
        _LANG,
        _GENRE,
        *LAST,
    ),
}
# Of hits of several kinds.
FOUND = (
    *FIRST,
    Column("kind", "what kind of record it is"),
    Column("replies", "the short form of each reply; whoever shows the claim shows these beside it"),
    Column("name", "question of a claim, title of a source, name of anything else"),
    _LANG,
    Column("verdict", "of a claim"),
    Column("failing", "of a claim: main aspects that are not supported"),
    Column("label", "of a claim: replies and verdict in words"),
    Column("statement", "the claim, with who says it"),
    Column("confidence", "confidence in this assessment, 0 to 1", typed=True),
    Column("published", "when it appeared, EDTF"),
    *LAST,
)
LOG_COLUMNS = (
    Column("seq", "number of the entry, from 0, without a gap", typed=True),
    Column("record", "id of the record"),
    Column("record_kind", "kind of the record"),
    Column("address", "its page, below the base address"),
    Column("version", "number of the version", typed=True),
    Column("change", "kind of edition"),
    Column("issued", "when it was published, UTC"),
    Column("digest", "SHA-256 of the version’s .jsonld"),
    Column("prev", "digest of the version before; empty for version 1"),
    Column("parent", "hash of the entry before; empty for entry 0"),
    Column("leaf_hash", "hash of this entry, which covers the one before"),
)

CORRECTION_COLUMNS = (
    Column("seq", "number of the entry in the log", typed=True),
    Column("entry", "address of this entry, for good"),
    Column("id", "the record"),
    Column("record_kind", "kind of the record"),
    Column("address", "its page, with the newest version"),
    Column("replies", "the short form of each reply; whoever shows the claim shows these beside it"),
    Column("label", "question of a claim, name or title of another record"),
    _LANG,
    Column("statement", "the claim, with who says it"),
    Column("change", "kind of edition: correction, clarification, withdrawal, restoration"),
    Column("issued", "when it was published, UTC"),
    Column("note", "what changed and why, in public words"),
    Column("from_version", "number of the version before", typed=True),
    Column("from_issued", "when that was published, UTC"),
    Column("from_label", "replies and verdict of that version"),
    Column("stood_days", "for how many whole days that version stood", typed=True),
    Column("to_version", "number of the version that was published", typed=True),
    Column("to_label", "replies and verdict of that version"),
    Column("standing", "what became of that version since"),
    Column("changes", "what changed, by name"),
    Column("diff", "address of all changes, before and after"),
)


def table(columns: tuple[Column, ...], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Rows as JSON has them, as CSV with these columns; what a row does not have is an empty cell."""
    lines = ([_cell(row.get(column.name)) for column in columns] for row in rows)
    texts = [column.name for column in columns if not column.typed]
    return csv_bytes([column.name for column in columns], lines, texts)


def _cell(value: Any) -> object:
    """The only lists in a row are those of aspects: “year:contradicted unit:partly_supported”."""
    if isinstance(value, list):
        return " ".join(f"{one['aspect']}:{one['verdict']}" for one in value)
    return value
