"""Dumps: all editions, or the current ones, as one stream of RDF or of canonical documents."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from kb.errors import Refused
from kb.formats import rdf
from kb.log import read

SETS = ("current", "all")
FORMS = (*rdf.FORMS, "jsonld")


class NotInThisForm(Refused):
    """A form without named graphs cannot keep the versions of a record apart."""


def export(session: Session, form: str, which: str = "current") -> Iterator[bytes]:
    """The set in a form of FORMS, in pieces, a few editions in memory at a time. `jsonld`: one document a line.

    Raises NoSuchForm, or NotInThisForm for all versions in a form without named graphs, before anything is given.
    """
    if which not in SETS:
        raise Refused(f"“{which}” is not a set", where="set", remedy="Choose current or all.")
    only = which == "current"
    if form == "jsonld":
        return (edition.data + b"\n" for edition in read.everything(session, current_only=only))
    if not only and form in rdf.FORMS and form not in rdf.WITH_GRAPHS:
        raise NotInThisForm(f"{form} has no named graphs, so it holds only the current set", where="set")
    return rdf.join((nquads for _, nquads in read.with_quads(session, current_only=only)), form)
