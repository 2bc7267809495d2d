"""Databases for tests: migrated once, then copied for each test that wants one of its own."""

import itertools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text

from kb.db import open_engine
from kb.db.migrate import upgrade
from kb.settings import Settings
from tests.support.postgres import Cluster

TEMPLATE = "template_claimbase"
BASE = "http://localhost:8000/"


def settings_for(folder: Path, url: str | None) -> Settings:
    """Settings with a data folder of the test's own; `url` None means SQLite in that folder."""
    return Settings(data=folder, database_url=url, base=BASE)


def migrate(settings: Settings) -> None:
    """Bring a database to the newest schema, by the migrations."""
    engine = open_engine(settings)
    upgrade(engine)
    engine.dispose()


class SqliteStock:
    """SQLite files copied from one that was migrated."""

    def __init__(self, folder: Path) -> None:
        self.template = folder / "template"
        migrate(settings_for(self.template, None))

    @contextmanager
    def migrated(self, folder: Path) -> Iterator[str | None]:
        """A fresh migrated database in `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self.template / "claimbase.db", folder / "claimbase.db")
        yield None

    @contextmanager
    def blank(self, folder: Path) -> Iterator[str | None]:
        """No database yet: SQLite makes it when it is opened."""
        yield None


class PostgresStock:
    """Databases of one cluster, copied from one that was migrated."""

    def __init__(self, cluster: Cluster, folder: Path) -> None:
        self.cluster = cluster
        self.numbers = itertools.count(1)
        # Databases can only be made and dropped outside a transaction.
        self.admin = create_engine(cluster.url("postgres"), isolation_level="AUTOCOMMIT")
        self._do(f"CREATE DATABASE {TEMPLATE}")
        migrate(settings_for(folder, cluster.url(TEMPLATE)))

    @contextmanager
    def migrated(self, folder: Path) -> Iterator[str | None]:
        """A fresh migrated database, dropped afterwards."""
        with self._database(TEMPLATE) as url:
            yield url

    @contextmanager
    def blank(self, folder: Path) -> Iterator[str | None]:
        """A fresh database without a table, dropped afterwards."""
        with self._database("template0") as url:
            yield url

    def close(self) -> None:
        """Let go of the cluster, so that it can stop."""
        self.admin.dispose()

    @contextmanager
    def _database(self, template: str) -> Iterator[str]:
        name = f"test_{next(self.numbers)}"
        self._do(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self.cluster.url(name)
        finally:
            self._do(f"DROP DATABASE {name} WITH (FORCE)")

    def _do(self, statement: str) -> None:
        with self.admin.connect() as connection:
            connection.execute(text(statement))


Stock = SqliteStock | PostgresStock
