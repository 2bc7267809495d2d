"""A small knowledge base served at the very address that it was founded under, for clients that are not ours."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kb.db import open_engine
from kb.settings import Settings
from tests.support.databases import migrate
from tests.support.knowledge import Knowledge, publish_knowledge
from tests.support.served import served


@dataclass(frozen=True)
class Abroad:
    """What is published, and where it is served, with a slash at its end."""

    known: Knowledge
    base: str


@contextmanager
def opened_abroad(folder: Path) -> Iterator[Abroad]:
    """On SQLite, on loopback, on a port that was free."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = Settings(data=folder)
    migrate(settings)
    base = f"http://127.0.0.1:{port}/"
    engine = open_engine(settings)
    known = publish_knowledge(engine, folder, base)
    engine.dispose()
    with served(settings, port):
        yield Abroad(known, base)
