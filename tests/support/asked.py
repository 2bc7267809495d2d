"""The fifteen questions put to two engines, with rows to compare."""

from collections.abc import Iterable
from dataclasses import asdict
from importlib.resources import files
from string import Template

import zstandard
from pyoxigraph import QuerySolutions, Store
from rdflib import Dataset
from sqlalchemy.orm import Session

from kb.documents.addresses import page_of
from kb.documents.graph import quads
from kb.projections.triples.entry import Entry
from kb.projections.triples.feed import entries
from kb.projections.triples.store import begin, take_in
from tests.factories.documents import BASE
from tests.support.answers import About, Json, Row


def question(name: str, about: About) -> str:
    """The query as it is packaged, with what it is about put in."""
    text = files("kb.projections.triples").joinpath("questions", f"{name}.rq").read_text("utf-8")
    return Template(text).substitute(asdict(about))


def index_of(session: Session) -> Store:
    """What the index holds once it has followed the log to its end."""
    store, seq = Store(), -1
    begin(store)
    while found := entries(session, BASE, seq):
        for entry in found:
            take_in(store, entry, BASE)
        seq = found[-1].seq
    return store


def index_of_documents(documents: Iterable[Json]) -> Store:
    """The same of documents that stand in no log."""
    store = Store()
    begin(store)
    for seq, document in enumerate(sorted(documents, key=lambda one: int(one["version"]))):
        packed = zstandard.compress(quads(document))
        take_in(store, Entry(seq, "", page_of(document["@id"]), document["version"], (), packed, b""), BASE)
    return store


def by_oxigraph(store: Store, query: str) -> list[Row]:
    found = store.query(query)
    assert isinstance(found, QuerySolutions)
    return [tuple(None if value is None else str(getattr(value, "value", "")) for value in row) for row in found]


def by_rdflib(dataset: Dataset, query: str) -> list[Row]:
    return [tuple(None if value is None else str(value) for value in row) for row in dataset.query(query)]


def in_order(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=repr)
