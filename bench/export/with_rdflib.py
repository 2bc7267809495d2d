"""Rows of the ORM, put into a graph of rdflib and serialised: `python -m bench.export.with_rdflib FILE`."""

import os
import sys
from collections.abc import Iterator

from rdflib import RDF, Graph, Literal, URIRef
from sqlalchemy import Column, Table, inspect, select

from bench.export.mapping import BASE, class_iri, mapped, property_iri, target
from kb.db import DeskTable, open_engine, reading
from kb.settings import read_settings


def main(into: str) -> None:
    """All rows, as N-Triples: of its forms the one that rdflib writes fastest."""
    graph = Graph()
    engine = open_engine(read_settings(os.environ), read_only=True)
    with reading(engine) as session:
        for one in mapped():
            put = _Rows(one)
            for row in session.scalars(select(one).execution_options(yield_per=1_000)):
                for triple in put.triples(row):
                    graph.add(triple)
    engine.dispose()
    graph.serialize(into, format="nt", encoding="utf-8")


class _Rows:
    """What is the same for all rows of a table, made once."""

    def __init__(self, one: type[DeskTable]) -> None:
        table = one.__table__
        assert isinstance(table, Table)
        self._name = table.name
        self._class = URIRef(class_iri(table))
        names = {column: inspect(one).get_property_by_column(column).key for column in table.columns}
        self._keys = [names[column] for column in table.primary_key]
        self._columns = [(names[column], URIRef(property_iri(column)), _starts(column)) for column in table.columns]

    def triples(self, row: DeskTable) -> Iterator[tuple[URIRef, URIRef, URIRef | Literal]]:
        """Its class, and a triple for each column that is filled."""
        subject = URIRef(f"{BASE}{self._name}/" + "/".join(str(getattr(row, key)) for key in self._keys))
        yield subject, RDF.type, self._class
        for name, predicate, start in self._columns:
            value = getattr(row, name)
            if value is not None and value != "":
                yield subject, predicate, Literal(value) if start is None else URIRef(f"{start}{value}")


def _starts(column: Column[object]) -> str | None:
    of = target(column)
    return None if of is None else f"{BASE}{of.name}/"


if __name__ == "__main__":
    main(sys.argv[1])
