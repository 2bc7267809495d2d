"""How soon the endpoint answers with what another process has just published."""

import sqlite3
import subprocess
import threading
import time
from contextlib import closing
from itertools import count
from pathlib import Path

from bench.corpora import CLAIMBASE, env
from bench.rounds import CommandFailed
from bench.sparql.asking import Endpoint, values

PATIENCE_SECONDS = 60
VERSION = "SELECT ?version WHERE {{ ?version <http://www.w3.org/ns/dcat#isVersionOf> <{claim}> }} # {number}"
HEAD = "SELECT seq FROM log_head"


class Publishing:
    """One claim after the other is withdrawn; `commands` are the seconds of each whole command."""

    def __init__(self, folder: Path, endpoint: Endpoint, times: int) -> None:
        self.commands: list[float] = []
        self._folder = folder
        self._endpoint = endpoint
        self._claims = iter(values(endpoint, times)["claim"])
        self._number = count()
        self._committed = 0.0

    def once(self) -> float:
        """Milliseconds from the commit to the end of the first answer that knows of it."""
        claim = next(self._claims)
        before = self._version(claim)
        watcher = threading.Thread(target=self._watch, args=[self._head()])
        watcher.start()
        begun = time.perf_counter()
        record = claim.rpartition("/")[2].removesuffix("#it")
        words: list[str | Path] = [CLAIMBASE, "withdraw", record, "--reason", "It is measured."]
        command = subprocess.Popen(words, env=env(self._folder), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        while self._version(claim) == before:
            if time.perf_counter() - begun > PATIENCE_SECONDS or command.poll():
                said = command.communicate()[1].decode()[-500:]
                raise CommandFailed(f"{claim} was withdrawn, and nobody sees it: {said}")
        seen = time.perf_counter()
        _out, said_ = command.communicate()
        self.commands.append(time.perf_counter() - begun)
        watcher.join()
        if command.returncode != 0:
            raise CommandFailed(f"claimbase withdraw ended with {command.returncode}: {said_.decode()[-500:]}")
        return (seen - self._committed) * 1000

    def _version(self, claim: str) -> list[str]:
        found = self._endpoint.ask(VERSION.format(claim=claim, number=next(self._number)))
        return [row["version"]["value"] for row in found]

    def _head(self) -> int:
        with closing(self._open()) as database:
            return int(database.execute(HEAD).fetchone()[0])

    def _watch(self, head: int) -> None:
        """Note when the log goes on."""
        end = time.monotonic() + PATIENCE_SECONDS
        with closing(self._open()) as database:
            while time.monotonic() < end:
                if database.execute(HEAD).fetchone()[0] != head:
                    self._committed = time.perf_counter()
                    return
                time.sleep(0.001)

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(f"file:{self._folder / 'claimbase.db'}?mode=ro", uri=True)
