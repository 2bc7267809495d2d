"""The desk's tables as triples, in the manner of W3C's direct mapping: what is filled in a column is a triple."""

import json
from pathlib import Path

from sqlalchemy import Column, Table

from kb.db import DeskTable
from kb.desk import tables
from kb.documents.context import PREFIXES

BASE = "http://localhost:8000/"
XSD = PREFIXES["xsd"]
# Of these no reader is ever told: accounts, the course of the work, and counters.
OF_THE_DESK_ALONE = frozenset(
    one.__tablename__
    for one in (
        tables.Account,
        tables.AccountRole,
        tables.Approval,
        tables.Attempt,
        tables.Comment,
        tables.Handover,
        tables.History,
        tables.LeftOutSentence,
        tables.OneTimeLink,
        tables.PartCounter,
        tables.RecoveryCode,
        tables.SignIn,
    )
)


def mapped() -> list[type[DeskTable]]:
    """The classes whose rows become triples, in order of their names."""
    classes = (mapper.class_ for mapper in DeskTable.registry.mappers)
    return sorted((one for one in classes if one.__tablename__ not in OF_THE_DESK_ALONE), key=_name)


def class_iri(table: Table) -> str:
    """What each row is an instance of."""
    return f"{BASE}ns/{table.name}"


def property_iri(column: Column[object]) -> str:
    """A property for each column."""
    return f"{BASE}ns/{column.table.name}-{column.name}"


def target(column: Column[object]) -> Table | None:
    """The table whose row a column names; the object is then that row's IRI. None where it is a literal."""
    for key in column.foreign_keys:
        return key.column.table
    return None


def yarrrml(into: Path, *, quads: bool) -> None:
    """The mapping as morph-kgc reads it: one source and one subject for each table.

    With `quads` each is in the graph of the row that its own belongs to, as a record's parts are in the graph of its
    edition, and numbers have their datatype, as ours do; without, it costs morph-kgc less.
    """
    written = {one.__tablename__: _of(one.__table__, quads) for one in mapped() if isinstance(one.__table__, Table)}
    into.write_text(json.dumps({"mappings": written}, indent=1), "utf-8")


def _of(table: Table, quads: bool) -> dict[str, object]:
    subject = f"{BASE}{table.name}/" + "/".join(f"$({column.name})" for column in table.primary_key)
    owners = (column for column in table.columns if any(key.ondelete == "CASCADE" for key in column.foreign_keys))
    owner = next(owners, None)
    return {
        "sources": [{"table": table.name}],
        "subjects": subject,
        **({"graphs": subject if owner is None else _object(owner, quads)["value"]} if quads else {}),
        "predicateobjects": [
            {"predicates": "a", "objects": {"value": class_iri(table), "type": "iri"}},
            *({"predicates": property_iri(column), "objects": _object(column, quads)} for column in table.columns),
        ],
    }


def _object(column: Column[object], typed: bool) -> dict[str, str]:
    """Datatypes are those of R2RML's natural mapping of SQL values."""
    if (of := target(column)) is not None:
        return {"value": f"{BASE}{of.name}/$({column.name})", "type": "iri"}
    literal = {"value": f"$({column.name})", "type": "literal"}
    datatype = {bool: XSD + "boolean", int: XSD + "integer"}.get(column.type.python_type)
    return literal if datatype is None or not typed else literal | {"datatype": datatype}


def _name(one: type[DeskTable]) -> str:
    return str(one.__tablename__)
