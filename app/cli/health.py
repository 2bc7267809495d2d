"""What `doctor` looks at: settings, data folder, schema, log, lag of the projections."""

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.cli.knowledge import looking, settings_in_force
from kb.db import open_engine
from kb.db.migrate import current, head
from kb.errors import Broken, Missing, Problem
from kb.log import read as log
from kb.projections.follow import lag
from kb.projections.triples.disk.home import misfit
from kb.projections.triples.disk.pointer import FOLDER, read_pointer
from kb.projections.triples.isolation import why_not
from kb.settings import Settings


@dataclass(frozen=True)
class Health:
    """One thing that was looked at; `remedy` says what to do where it is not well."""

    what: str
    found: str
    ok: bool = True
    remedy: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def examine() -> list[Health]:
    """Everything in order; what cannot be looked at because something before it is wrong is left out."""
    settings = settings_in_force()
    shown = settings.model_dump(exclude={"read_database_url"})
    findings = [Health(name, str(value)) for name, value in shown.items()]
    try:
        engine = open_engine(settings)
    except Problem as problem:
        return [*findings, Health("database", problem.what, ok=False, remedy=problem.remedy)]
    try:
        return [*findings, *_schema(engine), *_log(engine, settings)]
    finally:
        engine.dispose()


def _schema(engine: Engine) -> list[Health]:
    at = current(engine)
    remedy = "" if at == head() else "Run `claimbase migrate`."
    return [Health("schema", f"{at}, the code's is {head()}", ok=at == head(), remedy=remedy)]


def _log(engine: Engine, settings: Settings) -> list[Health]:
    if current(engine) != head():
        return []
    with looking(settings) as session:
        try:
            base = str(log.latest_at(session, "foundation").document["mainEntity"]["baseAddress"])
        except Missing:
            return [Health("foundation", "none", ok=False, remedy="Run `claimbase init`.")]
        end = log.head(session)
        late = lag(session)
        index = _index(session, settings, end.seq)
    fits = settings.base in (None, base)
    return [
        Health("base address", base, ok=fits, remedy="" if fits else "CLAIMBASE_BASE differs: unset it."),
        Health("log", f"{end.seq + 1} editions, head {end.leaf_hash}"),
        *[
            Health(
                f"projection {name}", f"{n} editions behind", ok=n == 0, remedy="Run `claimbase rebuild`." if n else ""
            )
            for name, n in late.items()
        ],
        index,
        _queries(),
    ]


def _index(session: Session, settings: Settings, last: int) -> Health:
    """What a server would find when it starts; one that runs tells more at /readyz."""
    if settings.sparql_memory == 0:
        return Health("SPARQL index", "none is kept: CLAIMBASE_SPARQL_MEMORY is 0")
    folder = settings.data / FOLDER
    try:
        pointer = read_pointer(folder)
        why = misfit(session, folder, pointer)
    except Broken as broken:
        pointer, why = None, broken.what
    if pointer is None and not why:
        return Health("SPARQL index", f"in memory while a server runs, up to {settings.sparql_memory} MiB")
    if pointer is None or why:
        return Health("SPARQL index", f"the one on disk is not used: {why}; the next start makes a new one")
    found = f"on disk at entry {pointer.seq}, {last - pointer.seq} behind, {pointer.quads} quads"
    return Health("SPARQL index", found)


def _queries() -> Health:
    why = why_not()
    if not why:
        return Health("SPARQL queries", "can be kept from the network")
    remedy = "Allow namespaces of users and networks to the user that runs the server, or do without /sparql."
    return Health("SPARQL queries", f"are off, since they cannot be kept from the network: {why}", False, remedy)
