"""Databases for tests: migrated once, then copied for each test that wants one of its own."""

import itertools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text

from kb.db import open_engine
from kb.db.migrate import upgrade
from kb.desk.actors import LOCAL_OPERATOR
from kb.projections.follow import catch_up
from kb.publish.found import found
from kb.settings import Settings
from tests.support.postgres import Cluster

TEMPLATE = "template_claimbase"
FOUNDED = "template_founded"
# Databases of tests that are done with, each of some 10 MB, before they are dropped together.
AT_ONCE = 40
BASE = "http://localhost:8000/"


def settings_for(folder: Path, url: str | None) -> Settings:
    """Settings with a data folder of the test's own; `url` None means SQLite in that folder."""
    return Settings(data=folder, database_url=url, base=BASE)


def migrate(settings: Settings) -> None:
    """Bring a database to the newest schema, by the migrations."""
    engine = open_engine(settings)
    upgrade(engine)
    engine.dispose()


def found_in(settings: Settings) -> None:
    """Publish the foundation and the desk's own pages in a migrated database."""
    engine = open_engine(settings)
    found(engine, LOCAL_OPERATOR, settings, BASE)
    catch_up(engine)
    engine.dispose()


class SqliteStock:
    """SQLite files copied from one that was migrated, or founded as well."""

    def __init__(self, folder: Path) -> None:
        self.template = folder / "template"
        self.begun = folder / "founded"
        migrate(settings_for(self.template, None))

    @contextmanager
    def migrated(self, folder: Path) -> Iterator[str | None]:
        """A fresh migrated database in `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self.template / "claimbase.db", folder / "claimbase.db")
        yield None

    @contextmanager
    def founded(self, folder: Path) -> Iterator[str | None]:
        """The same with what `init --empty` publishes; made once for all tests."""
        if not self.begun.exists():
            with self.migrated(self.begun):
                found_in(settings_for(self.begun, None))
        shutil.copytree(self.begun, folder, dirs_exist_ok=True)
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
        self.folder = folder
        self.is_begun = False
        self.used: list[str] = []
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
    def founded(self, folder: Path) -> Iterator[str | None]:
        """The same with what `init --empty` publishes; made once for all tests."""
        if not self.is_begun:
            self._do(f"CREATE DATABASE {FOUNDED} TEMPLATE {TEMPLATE}")
            found_in(settings_for(self.folder, self.cluster.url(FOUNDED)))
            self.is_begun = True
        with self._database(FOUNDED) as url:
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
            self._do(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
            self.used.append(name)
            if len(self.used) >= AT_ONCE:
                self._drop()

    def _drop(self) -> None:
        """After each drop the server takes a quarter of a second to make the next database, so many go at once."""
        while self.used:
            self._do(f"DROP DATABASE {self.used.pop()} WITH (FORCE)")

    def _do(self, statement: str) -> None:
        with self.admin.connect() as connection:
            connection.execute(text(statement))


Stock = SqliteStock | PostgresStock
