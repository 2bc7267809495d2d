"""A small knowledge base served at the very address that it was founded under, for clients that are not ours."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

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


@pytest.fixture(scope="session")
def abroad(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Abroad]:
    """On SQLite, on loopback, on a port that was free."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("abroad")
    settings = Settings(data=folder)
    migrate(settings)
    base = f"http://127.0.0.1:{port}/"
    engine = open_engine(settings)
    known = publish_knowledge(engine, folder, base)
    engine.dispose()
    with served(settings, port):
        yield Abroad(known, base)
