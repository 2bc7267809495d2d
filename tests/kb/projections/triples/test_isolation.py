"""A process that is kept from the network reaches nothing, not even this machine; where none can be, it is told."""

import subprocess
import sys

from kb.projections.triples.isolation import why_not
from tests.conftest import absent
from tests.support.ears import listening

CALL = """
import socket, sys
from kb.projections.triples.isolation import isolate
isolate()
for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
    with socket.socket(socket.AF_INET, kind) as caller:
        print(caller.connect_ex(("127.0.0.1", int(sys.argv[1]))) != 0)
"""


def test_this_machine_can_keep_queries_from_the_network() -> None:
    if why := why_not():
        absent(f"queries cannot be kept from the network on this machine ({why}), so SPARQL would be off")


def test_an_isolated_process_reaches_nothing() -> None:
    test_this_machine_can_keep_queries_from_the_network()
    with listening() as ear:
        port = ear.address.rstrip("/").rpartition(":")[2]
        tried = subprocess.run([sys.executable, "-c", CALL, port], check=True, capture_output=True, text=True)
    assert tried.stdout.split() == ["True", "True"]
    assert ear.calls == 0


def test_where_it_cannot_be_it_is_said_why() -> None:
    unable = (
        "import ctypes, errno, sys; from kb.projections.triples import isolation\n"
        "class Libc:\n"
        "    def unshare(self, what): ctypes.set_errno(errno.EPERM); return -1\n"
        "isolation._LIBC = Libc()\n"
        "try: isolation.isolate()\n"
        "except OSError as error: print(error.strerror)"
    )
    tried = subprocess.run([sys.executable, "-c", unable], check=True, capture_output=True, text=True)
    assert tried.stdout.strip() == "Operation not permitted"
