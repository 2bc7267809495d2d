"""All that is stored in a knowledge base, to compare two of them; and a small one of invented records."""

import hashlib
from typing import Any

from sqlalchemy import Engine, MetaData, select

from kb.blobs import Blobs
from kb.db import open_engine, reading, writing
from kb.log.read import everything, with_quads
from kb.settings import Settings
from tests.factories.documents import TEXT, Press, origin, source, topic


def invent(settings: Settings, engine: Engine) -> Press:
    """Foundation, desk, an origin, a source with a held snapshot and a topic, published."""
    press = Press()
    Blobs(settings.blobs).put(TEXT.encode())
    with writing(engine) as session:
        press.found(session)
        survey = press.name("origin")
        press.publish(session, "origin", origin(survey, "Invented survey of 1863"))
        report = press.name("source")
        press.publish(session, "source", source(report, "Invented report", held=True, origins=(survey,)))
        press.publish(session, "topic", topic(press.name("topic", "heights"), "Heights"))
    return press


def digests(engine: Engine, upto: int | None = None) -> list[str]:
    """Number, digest and leaf hash of every edition, the first one first."""
    with reading(engine) as session:
        found = [f"{one.seq} {one.digest} {one.leaf_hash}" for one in everything(session)]
    return found if upto is None else found[: upto + 1]


def sorted_export(engine: Engine, upto: int) -> str:
    """The sha256 over the sorted N-Quads of all versions up to a number of the log."""
    with reading(engine) as session:
        quads = b"".join(nquads for seq, nquads in with_quads(session) if seq <= upto)
    return hashlib.sha256(b"\n".join(sorted(quads.splitlines()))).hexdigest()


def everything_stored(settings: Settings) -> dict[str, Any]:
    """Every row of every table, and every held file."""
    engine = open_engine(settings)
    metadata = MetaData()
    with engine.connect() as connection:
        metadata.reflect(connection)
        tables = {
            name: sorted(map(repr, connection.execute(select(table)).all())) for name, table in metadata.tables.items()
        }
    engine.dispose()
    blobs = Blobs(settings.blobs)
    return {"tables": tables, "blobs": {name: blobs.get(name) for name in blobs.names()}}
