"""Several processes that serve readers together: one address, none that stays away, and none that stays behind."""

import asyncio
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest

from app.cli.serving import listening_at
from tests.app.conftest import Library
from tests.support.command import Command
from tests.support.processes import children, wait_until
from tests.support.tree import ROOT

WORKER = "spawn_main"


class Served:
    """`claimbase serve --public --workers 2` as a process of its own."""

    def __init__(self, data: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        words = ["serve", "--public", "--workers", "2", "--port", str(self.port)]
        environ = {"CLAIMBASE_DATA": str(data), "PATH": "", "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-c", "from app.cli import main; main()", *words]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environ, stderr=subprocess.PIPE, text=True)

    @property
    def workers(self) -> list[int]:
        """The processes that serve; the one that counts what they share is none of them."""
        return [pid for pid in children(self.process.pid) if WORKER in _command(pid)]

    def answers(self, path: str = "/healthz") -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}{path}", timeout=10).status_code == 200
        except httpx.TransportError:
            return False


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text("utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def gone(pids: list[int]) -> Callable[[], bool]:
    return lambda: not any(_command(pid) for pid in pids)


@pytest.fixture
def served(library: Library) -> Iterator[Served]:
    with serving(library) as made:
        yield made


@contextmanager
def serving(library: Library) -> Iterator[Served]:
    if library.engine.dialect.name != "sqlite":
        pytest.skip("processes are begun and ended over either database in the same way")
    made = Served(library.settings.data)
    try:
        assert wait_until(lambda: made.process.poll() is not None or (len(made.workers) == 2 and made.answers()))
        assert made.process.poll() is None, made.process.communicate()[1]
        yield made
    finally:
        below = children(made.process.pid)
        made.process.kill()
        made.process.communicate()
        assert wait_until(gone(below))


def test_they_serve_one_address_and_end_together(served: Served, library: Library) -> None:
    for _ in range(20):
        assert served.answers(f"/claims/{library.known.claim}")
    below = children(served.process.pid)
    served.process.send_signal(signal.SIGTERM)
    said = served.process.communicate(timeout=60)[1]
    assert served.process.returncode == 0
    assert said.count("Claimbase is at") == 1
    assert "Traceback" not in said
    assert wait_until(gone(below))
    assert not served.answers()


def test_one_that_dies_is_started_again(served: Served, library: Library) -> None:
    one, other = served.workers
    os.kill(one, signal.SIGKILL)
    assert wait_until(lambda: len(served.workers) == 2 and one not in served.workers)
    assert other in served.workers
    assert wait_until(lambda: served.answers(f"/claims/{library.known.claim}"))


def test_where_one_cannot_begin_again_all_end_and_say_why(own_library: Library) -> None:
    with serving(own_library) as served:
        with closing(sqlite3.connect(own_library.settings.data / "claimbase.db")) as database, database:
            database.execute("UPDATE alembic_version SET version_num = 'another'")
        os.kill(served.workers[0], signal.SIGKILL)
        said = served.process.communicate(timeout=60)[1]
        assert served.process.returncode == 2
    assert "schema" in said
    assert "one of the processes could not begin" in said
    assert "one_of_several" not in said


def test_none_stays_behind_when_the_first_is_killed(served: Served) -> None:
    below = children(served.process.pid)
    served.process.kill()
    assert wait_until(gone(below))
    assert not served.answers()


async def connected(listening: socket.socket) -> bool:
    """Whether the server's end of a connection sends small pieces at once."""
    seen: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    def look(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.set_result(bool(writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)))
        writer.close()

    async with await asyncio.start_server(look, sock=listening):
        _, writer = await asyncio.open_connection("127.0.0.1", listening.getsockname()[1])
        found = await seen
        writer.close()
        await writer.wait_closed()
    return found


def test_no_page_waits_for_the_client_to_acknowledge_its_headers() -> None:
    with listening_at("127.0.0.1", 0) as listening:
        assert asyncio.run(connected(listening))


def test_the_desk_is_served_by_one(command: Command) -> None:
    answer = command("serve", "--workers", "2")
    assert answer.code == 2
    assert "the desk is served by one process" in answer.err
    assert "--public" in answer.err


def test_what_cannot_begin_is_refused_before_any_begins(command: Command, tmp_path: Path) -> None:
    answer = command("serve", "--public", "--workers", "2", "--port", "0", CLAIMBASE_DATA=str(tmp_path / "nothing"))
    assert answer.code == 2
    assert "there is no knowledge base here" in answer.err
