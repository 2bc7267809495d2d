"""All editions, or the current ones, as one stream of RDF or of canonical documents."""

from collections.abc import Callable, Iterable, Iterator

from sqlalchemy.orm import Session

from kb.errors import Refused
from kb.formats import rdf
from kb.log import read

SETS = ("current", "all")
FORMS = (*rdf.FORMS, "jsonld")
# Bytes that go out at a time: many editions are smaller than what a call to write or to hash them costs, and what is
# larger than the processor's cache is fetched from memory twice.
BLOCK = 1 << 18
# Editions between two words about the progress.
STEP = 100
Progress = Callable[[int, int], None]


class NotInThisForm(Refused):
    """A form without named graphs cannot keep the versions of a record apart."""


def dump(session: Session, form: str, which: str = "current", progress: Progress | None = None) -> Iterator[bytes]:
    """The set in a form of FORMS, in blocks, some editions in memory at a time. `jsonld`: one document a line.

    `progress` is told, now and then, the number of the log that was reached, and its last one. Raises NoSuchForm, or
    NotInThisForm for all versions in a form without named graphs, before anything is given.
    """
    if which not in SETS:
        raise Refused(f"“{which}” is not a set", where="set", remedy="Choose current or all.")
    only = which == "current"
    if not only and form in rdf.FORMS and form not in rdf.WITH_GRAPHS:
        raise NotInThisForm(f"{form} has no named graphs, so it holds only the current set", where="set")
    last = read.head(session).seq
    if form == "jsonld":
        editions = read.everything(session, current_only=only)
        lines = ((edition.seq, edition.data + b"\n") for edition in editions if not edition.removed)
        return _in_blocks(_told(lines, last, progress))
    return _in_blocks(rdf.join(_told(read.with_quads(session, current_only=only), last, progress), form))


def _told(pieces: Iterable[tuple[int, bytes]], last: int, progress: Progress | None) -> Iterator[bytes]:
    for count, (seq, piece) in enumerate(pieces):
        yield piece
        if progress and count % STEP == 0:
            progress(seq, last)
    if progress:
        progress(last, last)


def _in_blocks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    block: list[bytes] = []
    size = 0
    for piece in pieces:
        block.append(piece)
        size += len(piece)
        if size >= BLOCK:
            yield b"".join(block)
            block, size = [], 0
    if block:
        yield b"".join(block)
