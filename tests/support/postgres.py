"""A throw-away PostgreSQL cluster, made from the binaries that are installed."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

SUPERUSER = "claimbase"
# initdb refuses root, so root runs the cluster as the first of these that exists.
UNPRIVILEGED = ("postgres", "nobody")
START_SECONDS = 30


def binaries() -> Path | None:
    """The folder that holds initdb and postgres, of the newest version; None where there are none."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda found: int(found.parent.name.split(".")[0]))
    on_path = shutil.which("initdb")
    folders = [*reversed(versions), *([Path(on_path).resolve().parent] if on_path else [])]
    return next((one for one in folders if (one / "initdb").exists() and (one / "postgres").exists()), None)


class Cluster:
    """One server in a folder of its own under the system's temporary folder, reached by a socket in that folder.

    Without fsync: a killed server loses nothing that the kernel has, and no test pulls the plug.
    """

    def __init__(self, bin_folder: Path) -> None:
        self.bin_folder = bin_folder
        self.folder = Path(tempfile.mkdtemp(prefix="claimbase-pg-"))
        self._as: dict[str, Any] = {}
        if os.geteuid() == 0:
            user = next(found for name in UNPRIVILEGED if (found := _user(name)))
            os.chown(self.folder, user.pw_uid, user.pw_gid)
            self._as = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        data = ["-D", str(self.folder / "data"), "-U", SUPERUSER]
        self._run("initdb", *data, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions")
        self.server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server and wait until it answers."""
        settings = {"fsync": "off", "full_page_writes": "off", "listen_addresses": "", "max_connections": "60"}
        settings |= {"unix_socket_directories": str(self.folder), "autovacuum": "off", "logging_collector": "off"}
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        command = [str(self.bin_folder / "postgres"), "-D", str(self.folder / "data"), *words]
        with (self.folder / "log").open("ab") as log:
            self.server = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder, **self._as)
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self.server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start: {(self.folder / 'log').read_text()[-2000:]}")
            time.sleep(0.02)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End our own server; SIGINT is its fast shutdown, SIGQUIT its crash."""
        if self.server is None:
            return
        self.server.send_signal(how)
        try:
            self.server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.server.send_signal(signal.SIGQUIT)
            self.server.wait(timeout=20)
        self.server = None

    def remove(self) -> None:
        """Stop, and take the folder away."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str) -> str:
        """The address of one of its databases; PostgreSQL's own tools take it without the driver's name."""
        return f"postgresql+psycopg://{SUPERUSER}@/{database}?host={self.folder}"

    def _answers(self) -> bool:
        ready = [str(self.bin_folder / "pg_isready"), "-q", "-h", str(self.folder)]
        return subprocess.run(ready, check=False, cwd=self.folder).returncode == 0

    def _run(self, program: str, *words: str) -> None:
        command = [str(self.bin_folder / program), *words]
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=self.folder, **self._as)
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr[-2000:]}")


def _user(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None
