"""A PostgreSQL cluster that lives as long as a row's measuring, and a corpus copied into it."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, func, insert, select, text, update
from sqlalchemy.engine import Engine

from bench.corpora import CLAIMBASE, env
from bench.peers import PeerMissing
from bench.rounds import run
from kb.db import open_engine
from kb.db.migrate import upgrade
from kb.log.tables import EditionRow, LogHead
from kb.settings import Settings

OWNER = "claimbase"
BATCH = 1000
# What a careful administrator would set on a machine of a few gigabytes; everything else is as it comes.
SETTINGS = {"listen_addresses": "", "shared_buffers": "512MB", "fsync": "off"}


class Cluster:
    """A server that is reached by a socket in its own folder."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder = folder
        self.programs = programs
        self.version = subprocess.check_output([programs / "postgres", "--version"], text=True).split()[2]

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://{OWNER}@/{database}?host={self.folder}"

    def plain(self, database: str) -> str:
        """As PostgreSQL's own clients take it."""
        return f"postgresql://{OWNER}@/{database}?host={self.folder}"

    def create(self, database: str) -> None:
        engine = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{database}"'))
        engine.dispose()


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Made, started, and taken away again. Raises PeerMissing where PostgreSQL is not installed."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="claimbase-bench-"))
    # initdb refuses to work for root.
    owner: dict[str, Any] = {}
    if os.geteuid() == 0:
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
        owner = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    data = ["-D", str(folder / "data")]
    control: list[str | Path] = [programs / "pg_ctl", *data, "--silent", "--wait"]
    made: list[str | Path] = [programs / "initdb", *data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
    options = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
    try:
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL, cwd=folder, **owner)
        begin: list[str | Path] = [*control, "-l", str(folder / "log"), "-o", f"-k {folder} {options}", "start"]
        subprocess.run(begin, check=True, stdout=subprocess.DEVNULL, cwd=folder, **owner)
        try:
            yield Cluster(folder, programs)
        finally:
            subprocess.run([*control, "-m", "fast", "stop"], check=True, cwd=folder, **owner)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def copied(made: Cluster, folder: Path, name: str) -> dict[str, str]:
    """A corpus brought into a database of this name: its log row by row, and the lists made anew from that.

    Gives the environment in which commands work on it; the held files stay where they are.
    """
    made.create(name)
    settings = Settings(data=folder, database_url=made.url(name))
    source, target = open_engine(Settings(data=folder), read_only=True), open_engine(settings)
    upgrade(target)
    _copy(source, target)
    environment = env(folder) | {"CLAIMBASE_DATABASE_URL": made.url(name)}
    run([CLAIMBASE, "rebuild", "catalogue"], env=environment)
    with target.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    for engine in (source, target):
        engine.dispose()
    return environment


def _copy(source: Engine, target: Engine) -> None:
    with source.connect() as reader, target.begin() as writer:
        # The head of a log moves by single steps; a copy has no time for that, and nobody publishes in it.
        writer.execute(text("SET LOCAL session_replication_role = replica"))
        last = reader.scalar(select(func.max(EditionRow.seq))) or 0
        for start in range(0, last + 1, BATCH):
            some = select(EditionRow.__table__).where(EditionRow.seq.between(start, start + BATCH - 1))
            rows = [dict(row._mapping) for row in reader.execute(some.order_by(EditionRow.seq))]
            writer.execute(insert(EditionRow), rows)
        head = reader.execute(select(LogHead.seq, LogHead.leaf_hash, LogHead.time)).one()
        writer.execute(update(LogHead).values(**head._mapping))


def _programs() -> Path:
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda one: float(one.parts[-3]))
    if versions:
        return versions[-1].parent
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    raise PeerMissing("PostgreSQL is not on this machine (Debian: apt-get install postgresql)")
