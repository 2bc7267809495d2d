"""Fixtures that every test may ask for; tests/README.md says how to choose one."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import hypothesis
import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kb.db import open_engine
from kb.settings import Settings
from tests.support.databases import PostgresStock, SqliteStock, Stock, settings_for
from tests.support.network import forbid_network
from tests.support.postgres import Cluster, binaries
from tests.support.statements import Statements

ROOT = Path(__file__).parent.parent
CI = os.environ.get("CI") == "true"
# Our own settings refuse names that they do not know, so the corpus' folder travels under another one.
if "CLAIMBASE_SHARED" in os.environ:
    os.environ["SHARED_FOLDER"] = os.environ.pop("CLAIMBASE_SHARED")

forbid_network()
# Seconds are never asserted: a busy machine is no failure of a test.
hypothesis.settings.register_profile("house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("house")


def absent(what: str) -> None:
    """Skip with one line where something is not on this machine; in CI that is a failure."""
    if CI:
        pytest.fail(f"{what} (and CI=true)", pytrace=False)
    pytest.skip(what)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared corpus: CLAIMBASE_SHARED, or the folder `shared` beside the repository."""
    folder = Path(os.environ.get("SHARED_FOLDER", ROOT.parent / "shared"))
    if not (folder / "seed").is_dir():
        absent("the shared corpus is not beside this repository; CLAIMBASE_SHARED can name it")
    return folder


@pytest.fixture(scope="session")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Stock]]:
    """The databases of each kind, made when first asked for.

    It owns the PostgreSQL server: as a fixture of its own, asked for late, that would stop before what stands on it.
    """
    made: dict[str, Stock] = {}
    with ExitStack() as stack:

        def of(kind: str) -> Stock:
            if kind not in made:
                folder = tmp_path_factory.mktemp(kind)
                made[kind] = SqliteStock(folder) if kind == "sqlite" else _postgres(stack, folder)
            return made[kind]

        yield of


def _postgres(stack: ExitStack, folder: Path) -> PostgresStock:
    found = binaries()
    if found is None:
        absent("PostgreSQL's binaries are not installed")
    assert found is not None
    cluster = Cluster(found)
    stack.callback(cluster.remove)
    cluster.start()
    opened = PostgresStock(cluster, folder)
    stack.callback(opened.close)
    return opened


@pytest.fixture(scope="session")
def cluster(stock: Callable[[str], Stock]) -> Cluster:
    """The run's own PostgreSQL server; one for each worker of xdist."""
    opened = stock("postgresql")
    assert isinstance(opened, PostgresStock)
    return opened.cluster


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Every test that comes here runs twice."""
    return str(request.param)


@pytest.fixture
def settings(database_kind: str, stock: Callable[[str], Stock], tmp_path: Path) -> Iterator[Settings]:
    """Settings with a data folder and a fresh, migrated, empty database of the test's own."""
    with stock(database_kind).migrated(tmp_path / "var") as url:
        yield settings_for(tmp_path / "var", url)


@pytest.fixture
def founded_settings(database_kind: str, stock: Callable[[str], Stock], tmp_path: Path) -> Iterator[Settings]:
    """The same with a foundation and the desk's own pages, as after `init --empty`."""
    with stock(database_kind).founded(tmp_path / "founded") as url:
        yield settings_for(tmp_path / "founded", url)


@pytest.fixture
def blank_settings(database_kind: str, stock: Callable[[str], Stock], tmp_path: Path) -> Iterator[Settings]:
    """The same without a schema: what `init` and `migrate` find."""
    with stock(database_kind).blank(tmp_path / "blank") as url:
        yield settings_for(tmp_path / "blank", url)


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    """The writing engine on the database of `settings`."""
    opened = open_engine(settings)
    yield opened
    opened.dispose()


@pytest.fixture(scope="session")
def common_engine(
    stock: Callable[[str], Stock], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Engine]]:
    """One engine of each kind for all tests that roll back."""
    made: dict[str, Engine] = {}
    with ExitStack() as stack:

        def of(kind: str) -> Engine:
            if kind not in made:
                folder = tmp_path_factory.mktemp("common")
                url = stack.enter_context(stock(kind).migrated(folder))
                made[kind] = open_engine(settings_for(folder, url))
                stack.callback(made[kind].dispose)
            return made[kind]

        yield of


@pytest.fixture
def session(
    request: pytest.FixtureRequest, database_kind: str, common_engine: Callable[[str], Engine]
) -> Iterator[Session]:
    """A session inside an outer transaction that is rolled back, on the test's own engine where it asks for one."""
    own = {"engine", "settings"} & set(request.fixturenames)
    engine: Engine = request.getfixturevalue("engine") if own else common_engine(database_kind)
    with engine.connect() as connection:
        outer = connection.begin()
        with Session(connection, expire_on_commit=False, join_transaction_mode="create_savepoint") as opened:
            yield opened
        outer.rollback()


@pytest.fixture
def statements() -> Callable[[Engine], Statements]:
    """`with statements(engine) as seen: …; assert len(seen) <= 2`: what the database was asked, in order."""
    return Statements
