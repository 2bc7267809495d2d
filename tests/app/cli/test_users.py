"""People by the command line: links that are printed once, roles, resets, and the first admin's link at the start."""

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, select

from kb.db import open_engine, writing
from kb.desk.accounts import named, roles_of
from kb.desk.factors import has_factor
from kb.desk.invitations import LinkSpent, accept
from kb.desk.passwords import NewPassword
from kb.desk.proving import NotSignedIn
from kb.desk.signing_in import session_of
from kb.desk.tables import History
from kb.settings import Settings
from tests.factories.people import HASHER, PASSWORD, Clock, Desk
from tests.support.command import Command
from tests.support.tree import ROOT

BASE = "https://facts.example.org/"
LINK = re.compile(rf"{re.escape(BASE)}desk/welcome/([\w-]{{43}})")
FIRST = re.compile(r"The first admin begins here, once, within 24 hours: (\S+)desk/welcome/([\w-]{43})\n")


@pytest.fixture
def founded(command: Command) -> Command:
    command.well("init", "--base", BASE, "--empty")
    return command


@pytest.fixture
def blank_engine(blank_settings: Settings) -> Iterator[Engine]:
    opened = open_engine(blank_settings)
    yield opened
    opened.dispose()


def token_of(link: str) -> str:
    found = LINK.fullmatch(link.strip())
    assert found, link
    return found[1]


def join(command: Command, engine: Engine, name: str, *roles: str) -> None:
    given = [word for role in roles for word in ("--role", role)]
    accept(engine, HASHER, token_of(command.well("user", "add", name, *given).out), NewPassword(password=PASSWORD))


class TestAdd:
    def test_prints_a_link_that_sets_a_password(self, founded: Command, blank_engine: Engine) -> None:
        answer = founded.well("user", "add", "Ann Lee", "--role", "reviewer", "--role", "editor")
        assert "once, within 7 days" in answer.err
        token = token_of(answer.out)
        assert accept(blank_engine, HASHER, token, NewPassword(password=PASSWORD)).name == "Ann Lee"
        with writing(blank_engine) as session:
            assert roles_of(session, named(session, "Ann Lee")) == {"editor", "reviewer"}
            row = session.scalars(select(History).where(History.verb == "add_account")).one()
            assert (row.actor, row.part) == ("local operator", "account-Ann Lee")
            assert token not in repr([row.after for row in session.scalars(select(History))])

    def test_in_json(self, founded: Command) -> None:
        answer = founded.well("user", "add", "Ann", "--role", "publisher", "--role", "editor", "--json")
        assert list(answer.json) == ["name", "roles", "link"]
        assert (answer.json["name"], answer.json["roles"]) == ("Ann", ["editor", "publisher"])
        token_of(answer.json["link"])

    @pytest.mark.parametrize(
        ("words", "code", "said"),
        [
            (("Ann",), 2, "Missing option '--role'."),
            (("Ann", "--role", "king"), 1, "contributor, editor, reviewer, publisher, admin"),
            (("Zoe", "--role", "editor"), 1, "“Zoe” already"),
            (("ZOE", "--role", "editor"), 1, "“Zoe” already"),
            (("local operator", "--role", "editor"), 1, "somebody else"),
            ((" ", "--role", "editor"), 1, "not a name"),
            (("A\x1b[31m", "--role", "editor"), 1, "not a name"),
        ],
    )
    def test_refuses(self, founded: Command, words: tuple[str, ...], code: int, said: str) -> None:
        founded.well("user", "add", "Zoe", "--role", "admin")
        answer = founded("user", "add", *words)
        assert (answer.code, answer.out) == (code, "")
        assert said in answer.err
        assert "\x1b" not in answer.err


def test_reset_ends_sessions_and_prints_another_link(founded: Command, blank_engine: Engine) -> None:
    join(founded, blank_engine, "Ann", "editor")
    desk = Desk(blank_engine, Clock())
    app, _ = desk.set_factor("Ann")
    token = desk.enter("Ann", desk.code(app))
    first = token_of(founded.well("user", "reset", "ann").out)
    with writing(blank_engine) as session:
        session.info["clock"] = desk.clock
        assert session_of(session, token) is None
        assert has_factor(named(session, "Ann"))
    second = token_of(founded.well("user", "reset", "Ann", "--second-factor").out)
    with pytest.raises(LinkSpent):
        accept(blank_engine, HASHER, first, NewPassword(password=PASSWORD))
    accept(blank_engine, HASHER, second, NewPassword(password=PASSWORD))
    desk.enter("Ann")


def test_disable_ends_sessions(founded: Command, blank_engine: Engine) -> None:
    join(founded, blank_engine, "Ann", "editor")
    desk = Desk(blank_engine, Clock())
    token = desk.enter("Ann")
    assert desk.is_in(token)
    answer = founded.well("user", "disable", "ANN")
    assert "Ann is disabled" in answer.err
    assert not desk.is_in(token)
    with pytest.raises(NotSignedIn):
        desk.enter("Ann")
    refused = founded("user", "reset", "Ann")
    assert refused.code == 1
    assert "disabled" in refused.err


def test_last_admin_stays(founded: Command, blank_engine: Engine) -> None:
    join(founded, blank_engine, "Ann", "admin")
    answer = founded("user", "disable", "Ann")
    assert answer.code == 1
    assert "the last admin" in answer.err
    Desk(blank_engine, Clock()).enter("Ann")


@pytest.mark.parametrize("verb", ["reset", "disable"])
def test_unknown_name(founded: Command, verb: str) -> None:
    answer = founded("user", verb, "Nobody here")
    assert answer.code == 1
    assert "there is no account “Nobody here”" in answer.err


@contextmanager
def started(settings: Settings, *words: str) -> Iterator[str]:
    """What the server says at its start, as a process of its own, until it listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = {"CLAIMBASE_DATA": str(settings.data), "PATH": "", "PYTHONUNBUFFERED": "1"}
    if settings.database_url:
        environ["CLAIMBASE_DATABASE_URL"] = settings.database_url
    code = "from app.cli import main; main()"
    command = [sys.executable, "-c", code, "serve", "--port", str(port), *words]
    server = subprocess.Popen(command, cwd=ROOT, env=environ, stderr=subprocess.PIPE, text=True)
    try:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
            except OSError:
                assert server.poll() is None
                continue
            break
        server.terminate()
        yield server.communicate(timeout=60)[1].replace(str(port), "8000")
    finally:
        server.kill()
        server.wait()


class TestFirstAdmin:
    def test_has_a_link_at_each_start_until_somebody_has_used_it(
        self, founded: Command, blank_settings: Settings, blank_engine: Engine
    ) -> None:
        tokens = []
        for _ in range(2):
            with started(blank_settings) as said:
                found = FIRST.findall(said)
                assert [base for base, _ in found] == ["http://localhost:8000/"]
                tokens.append(found[0][1])
        with pytest.raises(LinkSpent):
            accept(blank_engine, HASHER, tokens[0], NewPassword(password=PASSWORD, name="Ann"))
        accept(blank_engine, HASHER, tokens[1], NewPassword(password=PASSWORD, name="Ann"))
        with started(blank_settings) as said:
            assert "Claimbase is at" in said
            assert "first admin" not in said

    def test_has_none_where_nothing_may_be_written(self, founded: Command, blank_settings: Settings) -> None:
        founded.well("rebuild")
        with started(blank_settings, "--public") as said:
            assert "Claimbase is at" in said
            assert "first admin" not in said
