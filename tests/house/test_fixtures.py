"""The scaffolding itself: what the fixtures promise."""

import socket
from collections.abc import Callable
from contextlib import closing

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from kb.db.migrate import current, head
from kb.settings import Settings
from tests.support.network import NoNetwork
from tests.support.statements import Statements


def test_engine_is_migrated(engine: Engine) -> None:
    assert current(engine) == head()


def test_blank_has_no_schema(blank_settings: Settings, database_kind: str) -> None:
    assert blank_settings.database.startswith(database_kind)


def test_what_the_code_commits_in_a_session_stays_inside(session: Session) -> None:
    session.execute(text("CREATE TABLE left_behind (n INTEGER)"))
    session.commit()
    assert session.execute(text("SELECT count(*) FROM left_behind")).scalar() == 0
    engine = session.get_bind().engine
    # Beside SQLAlchemy's transactions, which on SQLite would wait for the session's.
    with (
        closing(engine.raw_connection()) as another,
        closing(another.cursor()) as cursor,
        pytest.raises(engine.dialect.loaded_dbapi.Error, match="left_behind"),
    ):
        cursor.execute("SELECT count(*) FROM left_behind")


def test_session_shares_the_engine_that_the_test_asked_for(engine: Engine, session: Session) -> None:
    assert session.get_bind().engine is engine


def test_statements_are_counted(engine: Engine, statements: Callable[[Engine], Statements]) -> None:
    with statements(engine) as seen, engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    assert seen == ["SELECT 1"]


@pytest.mark.parametrize("host", ["192.0.2.1", "example.org"])
def test_no_test_leaves_this_machine(host: str) -> None:
    with pytest.raises(NoNetwork):
        socket.create_connection((host, 9), timeout=0.1)
