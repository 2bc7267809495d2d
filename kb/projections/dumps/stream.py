"""All editions, or the current ones, as one stream of RDF or of canonical documents."""

from collections.abc import Callable, Iterable, Iterator

from sqlalchemy.orm import Session

from kb.errors import Refused
from kb.formats import rdf
from kb.log import read
from kb.log.read import Edition

SETS = ("current", "all")
FORMS = (*rdf.FORMS, "jsonld")


class NotInThisForm(Refused):
    """A form without named graphs cannot keep the versions of a record apart."""


def dump(
    session: Session, form: str, which: str = "current", progress: Callable[[int, int], None] | None = None
) -> Iterator[bytes]:
    """The set in a form of FORMS, in pieces, a few editions in memory at a time. `jsonld`: one document a line.

    `progress` is told the number of the log that was reached, and its last one. Raises NoSuchForm, or NotInThisForm
    for all versions in a form without named graphs, before anything is given.
    """
    if which not in SETS:
        raise Refused(f"“{which}” is not a set", where="set", remedy="Choose current or all.")
    only = which == "current"
    if not only and form in rdf.FORMS and form not in rdf.WITH_GRAPHS:
        raise NotInThisForm(f"{form} has no named graphs, so it holds only the current set", where="set")
    last = read.head(session).seq
    if form == "jsonld":
        editions = read.everything(session, current_only=only)
        return _told(((edition, edition.data + b"\n") for edition in editions if not edition.removed), last, progress)
    return rdf.join(_told(read.with_quads(session, current_only=only), last, progress), form)


def _told(
    pieces: Iterable[tuple[Edition, bytes]], last: int, progress: Callable[[int, int], None] | None
) -> Iterator[bytes]:
    for edition, piece in pieces:
        yield piece
        if progress:
            progress(edition.seq, last)
