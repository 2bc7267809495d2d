"""`claimbase export rdf`: six forms and both sets, as one valid file each, in the same memory however much there is."""

import fcntl
import hashlib
import json
import os
import pty
import re
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any

import pytest
import rdflib
from pyoxigraph import NamedNode, RdfFormat, parse

from kb.db import open_engine, reading
from kb.documents.context import CLASSES
from kb.log import read
from kb.settings import Settings
from tests.support.databases import BASE, Stock, settings_for
from tests.support.many import BODY, add_many

FEW, MANY = 1_000, 10_000
EDITION = NamedNode(CLASSES["Edition"])
RDFLIB = {"ttl": "turtle", "rdf": "xml"}
READ_BY = {
    "nq": RdfFormat.N_QUADS,
    "nt": RdfFormat.N_TRIPLES,
    "ttl": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "rdf": RdfFormat.RDF_XML,
}
WAYS = [
    ("nq", "current"),
    ("ttl", "current"),
    *(pytest.param(form, "current", marks=pytest.mark.slow) for form in ("nt", "trig", "rdf", "jsonld")),
    *(pytest.param(form, "all", marks=pytest.mark.slow) for form in ("nq", "trig", "jsonld")),
]


@pytest.fixture(scope="module")
def many(
    stock: Callable[[str], Stock], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str, int], Settings]]:
    """A founded knowledge base with so many records more, on a database of this kind."""
    made: dict[tuple[str, int], Settings] = {}
    with ExitStack() as stack:

        def of(kind: str, count: int) -> Settings:
            if (kind, count) not in made:
                folder = tmp_path_factory.mktemp("many")
                settings = settings_for(folder, stack.enter_context(stock(kind).founded(folder)))
                engine = open_engine(settings)
                add_many(engine, count, BASE)
                engine.dispose()
                made[kind, count] = settings
            return made[kind, count]

        yield of


def environ(settings: Settings) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("CLAIMBASE_")}
    own["CLAIMBASE_DATA"] = str(settings.data)
    if settings.database_url:
        own["CLAIMBASE_DATABASE_URL"] = settings.database_url
    return own


def peak(settings: Settings, form: str, which: str, out: Path) -> int:
    """Of a process that exports into a file, in KiB."""
    words = ["export", "rdf", "--format", form, "--set", which, "--out", str(out)]
    command = [sys.executable, "-m", "tests.support.peak", *words]
    done = subprocess.run(command, env=environ(settings), capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    return int(done.stderr.splitlines()[-1])


@pytest.mark.parametrize(("form", "which"), WAYS)
def test_ten_times_as_much_takes_the_same_memory(
    many: Callable[[str, int], Settings], database_kind: str, form: str, which: str, tmp_path: Path
) -> None:
    few, whole = tmp_path / f"few.{form}", tmp_path / f"many.{form}"
    small, large = (peak(many(database_kind, count), form, which, out) for count, out in ((FEW, few), (MANY, whole)))
    # All of them together would not go into so little.
    assert whole.stat().st_size > (MANY - FEW) * len(BODY)
    assert large <= 1.3 * small


@pytest.mark.parametrize("form", [*READ_BY, "jsonld"])
def test_many_editions_are_one_valid_file(many: Callable[[str, int], Settings], form: str, tmp_path: Path) -> None:
    settings, out = many("sqlite", FEW), tmp_path / f"out.{form}"
    peak(settings, form, "current", out)
    data = out.read_bytes()
    if form == "jsonld":
        assert len({json.loads(line)["@id"] for line in data.splitlines()}) == editions(settings)
        return
    found = list(parse(data, format=READ_BY[form]))
    assert sum(one.object == EDITION for one in found) == editions(settings)
    if form in ("ttl", "rdf"):
        assert len(rdflib.Graph().parse(data=data, format=RDFLIB[form])) == len(found)


def editions(settings: Settings, *, current: bool = True) -> int:
    engine = open_engine(settings, read_only=True)
    with reading(engine) as session:
        count = sum(1 for _ in read.everything(session, current_only=current))
    engine.dispose()
    return count


def export(settings: Settings, *words: str, **how: Any) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "app.cli", "export", "rdf", *words], env=environ(settings), **how)


def test_whoever_stops_it_has_what_was_there_before(many: Callable[[str, int], Settings], tmp_path: Path) -> None:
    out, told = tmp_path / "out.trig", tmp_path / "out.trig.sha256"
    out.write_text("before")
    told.write_text("before")
    running = export(many("sqlite", MANY), "--format", "trig", "--out", str(out), stderr=subprocess.PIPE)
    part = tmp_path / "out.trig.part"
    while not (part.exists() and part.stat().st_size):
        assert running.poll() is None
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130
    assert b"Nothing is half-done" in said
    assert sorted(tmp_path.iterdir()) == [out, told]
    assert out.read_text() == told.read_text() == "before"


def test_whoever_stops_it_does_not_wait_for_whoever_reads(many: Callable[[str, int], Settings]) -> None:
    running = export(many("sqlite", MANY), "--format", "nq", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdout
    full = fcntl.fcntl(running.stdout, fcntl.F_GETPIPE_SZ)
    while _waiting(running.stdout) < full:
        assert running.poll() is None
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    assert running.wait(60) == 130
    _, said = running.communicate()
    assert b"Nothing is half-done" in said


@pytest.mark.parametrize("where", ["file", "standard output"])
def test_the_checksum_is_told(many: Callable[[str, int], Settings], where: str, tmp_path: Path) -> None:
    out = tmp_path / "out.nq"
    to = ["--out", str(out)] if where == "file" else []
    running = export(many("sqlite", FEW), "--format", "nq", *to, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    written, said = running.communicate(timeout=60)
    data = out.read_bytes() if where == "file" else written
    sha256 = hashlib.sha256(data).hexdigest()
    assert data
    assert said.decode() == f"{out if where == 'file' else where}: sha256 {sha256}\n"
    if where == "file":
        assert written == b""
        assert (tmp_path / "out.nq.sha256").read_text() == f"{sha256}  out.nq\n"


def test_only_a_file_is_replaced(many: Callable[[str, int], Settings], tmp_path: Path) -> None:
    """A pipe, a device or a folder stays what it is; so does what has no name."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for out in (str(pipe), str(tmp_path), ""):
        running = export(many("sqlite", FEW), "--format", "nq", "--out", out, stderr=subprocess.PIPE)
        _, said = running.communicate(timeout=60)
        assert running.returncode == 2
        assert b"is not a file" in said
        assert said.count(b"\n") == 1
    assert list(tmp_path.iterdir()) == [pipe]
    assert pipe.is_fifo()


def test_standard_output_that_takes_no_more_is_named(many: Callable[[str, int], Settings]) -> None:
    with Path("/dev/full").open("wb") as full:
        running = export(many("sqlite", FEW), "--format", "nq", stdout=full, stderr=subprocess.PIPE)
        _, said = running.communicate(timeout=60)
    assert running.returncode == 2
    assert said == b"claimbase: standard output: cannot be written: No space left on device\n"


def test_a_bar_tells_how_far_how_fast_and_how_long(many: Callable[[str, int], Settings], tmp_path: Path) -> None:
    """Only where somebody looks at it; what is written goes elsewhere."""
    ours, theirs = pty.openpty()
    # As wide as nobody's terminal is by itself: else the bar would leave out what does not fit.
    termios.tcsetwinsize(ours, (24, 120))
    out = tmp_path / "out.trig"
    settings = many("sqlite", MANY)
    running = export(settings, "--format", "trig", "--out", str(out), stderr=theirs)
    os.close(theirs)
    seen = b"".join(iter(lambda: _read(ours), b""))
    os.close(ours)
    assert running.wait(60) == 0
    shown = re.sub(rb"\x1b\[[0-9;?]*[A-Za-z]", b"", seen).decode()
    assert "Exporting" in shown
    assert re.search(rf"[0-9]+/{editions(settings, current=False)}", shown)
    assert re.search(r"[0-9]+/s", shown)
    assert re.search(r"[0-9]:[0-9]{2}:[0-9]{2}", shown)
    assert f"sha256 {hashlib.sha256(out.read_bytes()).hexdigest()}" in shown.replace("\r\n", "")


def _waiting(pipe: IO[bytes]) -> int:
    """Bytes that nobody has read yet."""
    return int.from_bytes(fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)), sys.byteorder)


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:
        # The other end was closed: that is how Linux says so.
        return b""
