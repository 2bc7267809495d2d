"""What can be thrown away and made again from the log, each under its name: for `claimbase rebuild`."""

from collections.abc import Callable, Mapping
from functools import partial

from sqlalchemy import Engine

from app.cli.knowledge import KnowledgeBase, reading_engine
from app.cli.say import Advance, words
from kb.errors import CannotStart
from kb.projections.all import ALL
from kb.projections.dumps.keeping import FOLDER, Dumps
from kb.projections.follow import NoSuchProjection, rebuild
from kb.projections.triples.disk import pointer
from kb.verify.index import check_index
from kb.verify.verdict import Verdict

# Makes one of them; gives what to say of it.
Make = Callable[[KnowledgeBase, Advance], str]


def chosen(name: str | None) -> Mapping[str, Make]:
    """All, or the one of this name. Raises NoSuchProjection."""
    if name is None:
        return MAKES
    if name not in MAKES:
        raise NoSuchProjection(
            f"there is no projection “{name[:40]}”", where="rebuild", remedy=f"Known: {', '.join(MAKES)}."
        )
    return {name: MAKES[name]}


def _projection(name: str, knowledge: KnowledgeBase, _advance: Advance) -> str:
    return f"made again from {rebuild(knowledge.engine, name)} editions."


def _dumps(knowledge: KnowledgeBase, advance: Advance) -> str:
    folder = knowledge.settings.data / FOLDER
    with reading_engine(knowledge.settings) as engine:
        dumps = Dumps(engine, folder)
        try:
            manifest = dumps.make(lambda done, last: advance(done + 1, last + 1))
        except OSError as error:
            what = f"the files cannot be written ({error.strerror or error})"
            remedy = "See that the folder may be written to, and that there is room."
            raise CannotStart(what, where=str(folder), remedy=remedy) from error
        dumps.clear()
    return f"{len(manifest.files)} files made again, at entry {manifest.seq} of the log."


def _triples(knowledge: KnowledgeBase, _advance: Advance) -> str:
    """Only the process that serves has an index, so that one is asked for a new one."""
    folder = knowledge.settings.data / pointer.FOLDER
    try:
        pointer.renew(folder)
    except OSError as error:
        what = f"a new index cannot be asked for ({error.strerror or error})"
        raise CannotStart(what, where=str(folder), remedy="See that the folder may be written to.") from error
    return "a server that runs makes the SPARQL index anew at its next look, within a second; else the next start does."


def look_at_index(knowledge: KnowledgeBase, engine: Engine, verdict: Verdict) -> None:
    """Hold the index on disk against the log; one that is not sound is made anew, and nobody has to ask for it."""
    if not check_index(engine, knowledge.settings.data / pointer.FOLDER, verdict):
        words(f"The SPARQL index on disk is not sound: {_triples(knowledge, lambda _done, _total: None)}")


MAKES: Mapping[str, Make] = {
    **{projection.name: partial(_projection, projection.name) for projection in ALL},
    pointer.FOLDER: _triples,
    FOLDER: _dumps,
}
