"""Load on a server of pages: wrk asks for addresses in turn, and every answer is a whole one."""

import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

from bench.peers import program
from bench.rounds import CommandFailed

SECONDS = 2
_SCRIPT = Path(__file__).with_name("wrk.lua")


@dataclass(frozen=True)
class Asked:
    """Addresses of one server, asked for by so many connections at once; `unchanged`: by whoever has them already."""

    base: str
    paths: Sequence[str]
    connections: int = 16
    unchanged: bool = False

    def rate(self) -> float:
        """Requests a second. Raises CommandFailed where an answer is missing, or other than it was when looked at."""
        lines, most = self._looked_at()
        with tempfile.TemporaryDirectory() as folder:
            listed = Path(folder) / "addresses"
            listed.write_text("\n".join(lines) + "\n", "utf-8")
            words = [program("wrk", "wrk"), "-t1", f"-c{self.connections}", f"-d{SECONDS}s", "-s", str(_SCRIPT)]
            ran = subprocess.run([*words, self.base, "--", str(listed)], capture_output=True, text=True, check=True)
        requests, microseconds, size, failed = map(int, ran.stdout.rpartition("SUMMARY ")[2].split())
        if failed or not requests or size / requests < most:
            raise CommandFailed(
                f"{self.base}{self.paths[0]}: {failed} of {requests} failed; {size} bytes\n{ran.stdout}"
            )
        return requests / microseconds * 1e6

    def _looked_at(self) -> tuple[list[str], float]:
        """What wrk is to ask, and how many bytes an answer has on average at least; each kind is looked at first."""
        wanted = 304 if self.unchanged else 200
        lines, sizes = [], []
        with httpx.Client(base_url=self.base, headers={"Accept": "text/html", "Accept-Encoding": "identity"}) as client:
            for path in self.paths:
                etag = client.head(path).headers["etag"] if self.unchanged else ""
                reply = client.get(path, headers={"If-None-Match": etag} if etag else {})
                if reply.status_code != wanted:
                    raise CommandFailed(f"{self.base}{path} is {reply.status_code}, and should be {wanted}")
                lines.append(f"{path} {etag}".strip())
                sizes.append(len(reply.content))
        # One answer of many may still be under way when the time is over.
        return lines, min(sizes)
