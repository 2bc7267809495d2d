"""An answer as a page shows it: a table of terms, each with where it leads and what kind of value it is."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.public.sparql.prefixes import USUAL
from app.web import links
from app.web.templates import outer
from kb.formats.terms import Term, triples, written
from kb.projections.triples.question import Answer

# Rows of a page; all others are in the files.
SHOWN = 1_000
# Values of a page: whoever asks for many columns sees fewer rows, since each costs this server the time to write it.
MOST_CELLS = 20_000
# Characters of one value.
LONGEST = 1_000
# Terms of our own lead to where they are explained here, whatever the address in their IRI leads to.
OUR_TERMS = {USUAL["cb"]: f"{links.TERMS.removeprefix('/')}#", USUAL["cbv"]: f"{links.LISTS.removeprefix('/')}#"}


@dataclass(frozen=True)
class Cell:
    """A value. `way` is relative to the first page, or an address of another place where `is_outer`; "": no link.

    `note` is its language or type, where its column does not say it; `more` is how many characters are left out.
    """

    text: str
    way: str = ""
    is_outer: bool = False
    is_iri: bool = False
    lang: str = ""
    note: str = ""
    more: int = 0


@dataclass(frozen=True)
class Column:
    """`note` is the language or type of all its values, "" where they differ or have none."""

    name: str
    note: str


@dataclass(frozen=True)
class Table:
    """The first rows of an answer; `total` is how many it has."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell | None]]
    total: int


def truth(answer: Answer) -> bool:
    """What an ASK found."""
    found: dict[str, Any] = json.loads(answer.body)
    return bool(found["boolean"])


def solutions(answer: Answer, base: str) -> Table:
    """The results of a SELECT, which are JSON."""
    found: dict[str, Any] = json.loads(answer.body)
    names: list[str] = found["head"]["vars"]
    bindings: list[dict[str, Term]] = found["results"]["bindings"]
    fit = max(1, MOST_CELLS // max(1, len(names)))
    rows = [[one.get(name) for name in names] for one in bindings[: min(SHOWN, fit)]]
    return _table(names, rows, len(bindings), base)


def graph(answer: Answer, base: str) -> Table:
    """The triples of a CONSTRUCT or DESCRIBE, which are N-Triples; one subject's stand together."""
    lines = sorted(answer.body.splitlines(keepends=True))
    rows = triples(b"".join(lines[:SHOWN]))
    return _table(("subject", "predicate", "object"), rows, len(lines), base)


def _table(names: Sequence[str], rows: Iterable[Sequence[Term | None]], total: int, base: str) -> Table:
    cells = [[cell_of(term, base) if term else None for term in row] for row in rows]
    notes = [_shared(cell.note for row in cells if (cell := row[place])) for place in range(len(names))]
    columns = [Column(name, note) for name, note in zip(names, notes, strict=True)]
    return Table(columns, [_without(row, notes) for row in cells], total)


def _shared(notes: Iterable[str]) -> str:
    """What all of them are; "" where they differ."""
    found = set(notes)
    return found.pop() if len(found) == 1 else ""


def _without(row: Sequence[Cell | None], notes: Sequence[str]) -> Sequence[Cell | None]:
    """The row without what its columns say already."""
    return [replace(cell, note="") if cell and note else cell for cell, note in zip(row, notes, strict=True)]


def cell_of(term: Term, base: str) -> Cell:
    """Only http and https are ever linked to; what is here, by a relative way."""
    if term["type"] == "uri":
        return _iri(term["value"], base)
    value: str = term["value"] if term["type"] == "literal" else written(term)
    lang, kind = term.get("xml:lang", ""), term.get("datatype", "")
    note = f"@{lang}" if lang else short(kind) or kind
    return Cell(value[:LONGEST], lang=lang, note=note, more=max(0, len(value) - LONGEST))


def short(iri: str) -> str:
    """`cb:verdict`; "" where no usual prefix fits."""
    for prefix, start in USUAL.items():
        rest = iri.removeprefix(start)
        if rest != iri and rest.replace("_", "").replace("-", "").isalnum() and rest.isascii():
            return f"{prefix}:{rest}"
    return ""


def _iri(iri: str, base: str) -> Cell:
    rest = iri.removeprefix(base)
    # What begins with a slash could name another host.
    if rest != iri and rest and not rest.startswith("/"):
        return Cell(rest, rest, is_iri=True)
    name = short(iri) or iri
    for start, way in OUR_TERMS.items():
        if name != iri and iri.startswith(start):
            return Cell(name, way + iri.removeprefix(start), is_iri=True)
    return Cell(name[:LONGEST], outer(iri) or "", True, True, more=max(0, len(name) - LONGEST))
