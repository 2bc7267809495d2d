"""A knowledge base as a `Dataset`: the one that SPARQL asks, in memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path

from pyoxigraph import Store
from rdflib import Dataset
from sqlalchemy import Engine, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session
from zstandard import ZstdError

from kb.db import open_reading_engine, reading
from kb.db.migrate import check_schema
from kb.errors import Broken, Missing, Refused
from kb.library.terms import fill, new_dataset
from kb.log.read import base_of
from kb.projections.triples.entry import Entry
from kb.projections.triples.feed import entries
from kb.projections.triples.store import begin, take_in
from kb.settings import Settings
from kb.values.prose import shown

DATABASES = ("sqlite", "postgres")


def open_dataset(place: str | PathLike[str]) -> Dataset:
    """All that is published in a data folder (what CLAIMBASE_DATA names), or behind the URL of a database.

    It is read once, from one state of the log, and never written to; what is changed in the Dataset stays there.
    The default graph holds the current editions and the vocabulary, each edition has a graph named by its version's
    address, and `<base>log` is the log. `default_union` is off, as at the endpoint: a question without GRAPH is about
    what is current. With it on, all versions would answer at once, and a count of evidence be twice too high.

    It takes some 1.5 kB of memory a quad, which is some 250 kB a record: of ten thousand of them, ask the endpoint.
    Raises Missing where there is no knowledge base, Refused, Broken or CannotStart where it cannot be read.
    """
    with _opened(place) as engine, reading(engine) as session:
        store = _index(session)
    dataset = new_dataset(default_union=False)
    fill(dataset, store)
    return dataset


def _index(session: Session) -> Store:
    """What the index of SPARQL holds, by its own code."""
    store = Store()
    base, seq = base_of(session), -1
    begin(store)
    while found := entries(session, base, seq):
        for entry in found:
            _take_in(store, entry, base)
        seq = found[-1].seq
    return store


def _take_in(store: Store, entry: Entry, base: str) -> None:
    try:
        take_in(store, entry, base)
    except (ZstdError, SyntaxError) as error:
        what = "the stored N-Quads cannot be read"
        raise Broken(what, where=entry.graph, remedy="Run `claimbase verify`.") from error


@contextmanager
def _opened(place: str | PathLike[str]) -> Iterator[Engine]:
    settings = _of_url(place) if isinstance(place, str) and "://" in place else _of_folder(Path(place))
    engine = open_reading_engine(settings)
    try:
        check_schema(engine)
        yield engine
    finally:
        engine.dispose()


def _of_folder(folder: Path) -> Settings:
    settings = Settings(data=folder)
    if not Path(make_url(settings.database).database or "").is_file():
        remedy = "Name the folder that CLAIMBASE_DATA names, or the URL of its database."
        raise Missing("there is no knowledge base in this folder", where=shown(str(folder), 200), remedy=remedy)
    return settings


def _of_url(url: str) -> Settings:
    try:
        parsed = make_url(url)
    except ArgumentError:
        parsed = None
    if parsed is None or not parsed.drivername.startswith(DATABASES):
        remedy = "One begins with postgresql:// or sqlite:///; a dump is opened with `load`."
        raise Refused("this is not the URL of a database", where=shown(url.partition("://")[0]), remedy=remedy)
    if parsed.drivername.startswith("sqlite") and not Path(parsed.database or "").is_file():
        raise Missing("there is no such database", where=shown(parsed.database or "", 200), remedy="See the path.")
    return Settings(database_url=url)
