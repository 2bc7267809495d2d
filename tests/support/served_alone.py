"""A server in a process of its own, with limits that a test can wait for.

`python -m tests.support.served_alone DATA LIMITS_JSON` prints its port, and serves until it is ended.
"""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import uvicorn

from app.main import create_app
from app.public.sparql.running import Runner
from kb.projections.triples.limits import Limits
from kb.settings import Settings
from tests.support.processes import children

_ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Alone:
    """`base` has no slash at its end."""

    process: subprocess.Popen[str]
    base: str

    @property
    def memory(self) -> int:
        """Resident, in bytes."""
        pages = Path(f"/proc/{self.process.pid}/statm").read_text("ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    @property
    def keeper(self) -> int:
        """The one child of the server; raises ValueError while there is none."""
        place = Path(f"/proc/{self.process.pid}/task")
        (found,) = " ".join((task / "children").read_text("ascii") for task in place.iterdir()).split()
        return int(found)

    @property
    def below(self) -> list[int]:
        """All processes that it has started, however deep."""
        return children(self.process.pid)


@contextmanager
def served_alone(data: Path, limits: Limits) -> Iterator[Alone]:
    """Over a knowledge base that is there; ended with the block, if it has not been killed."""
    command = [sys.executable, "-m", __name__, str(data), json.dumps(asdict(limits))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=_ROOT) as process:
        try:
            assert process.stdout is not None
            yield Alone(process, f"http://127.0.0.1:{int(process.stdout.readline())}")
        finally:
            process.send_signal(signal.SIGTERM)


def main(data: str, limits: str) -> None:
    app = create_app(Settings(data=Path(data)), public_only=True)
    index = app.state.index
    index.limits = Limits(**json.loads(limits))
    app.state.runner = Runner(index)
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=1))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        print(listening.getsockname()[1], flush=True)
        server.run(sockets=[listening])


if __name__ == "__main__":
    main(*sys.argv[1:])
