"""The files of one position of the log, all made in one pass over it, a few editions in memory at a time."""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from kb.errors import Missing
from kb.formats.holdings import File
from kb.formats.ns.published import vocabulary_nquads, vocabulary_turtle
from kb.formats.rdf import Joined
from kb.log import read
from kb.log.read import Edition
from kb.projections.dumps.counting import Counting
from kb.projections.dumps.manifest import SHAPE, Manifest, sync
from kb.projections.dumps.packed import Packed

FORMS = {"current": ("nq", "trig", "ttl", "jsonld"), "all": ("nq", "trig", "jsonld")}
MEDIA_TYPES = {
    "nq": "application/n-quads",
    "trig": "application/trig",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
}
COMPRESSIONS = ("gz", "zst")
VOCABULARY = "vocabulary"
# Told the number of the log that was reached, and its last one; whatever it raises ends the making.
Progress = Callable[[int, int], None]


def make(session: Session, folder: Path, progress: Progress) -> Manifest:
    """Make all files in a new folder within `folder`; who they are is only told to the caller, who makes them known.

    On any error, and where it is stopped, the new folder is taken away. Raises Missing where the log is empty.
    """
    head = read.head(session)
    if head.leaf_hash is None or head.time is None:
        raise Missing(
            "the log is empty: there is nothing to make files of", where="log", remedy="Run `claimbase init`."
        )
    with _new_folder(folder, head.seq) as place:
        counting = Counting()
        written = _write_sets(session, place, counting, progress)
        files = (*written, *_write_vocabulary(place))
        sync(place)
    sync(folder)
    return Manifest(
        shape=SHAPE,
        folder=place.name,
        seq=head.seq,
        leaf_hash=head.leaf_hash,
        time=head.time,
        made=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        files=files,
        counts=counting.counts(),
    )


def vocabulary_sha256() -> str:
    """That of the vocabulary's file: a newer version of this software may have another one."""
    return hashlib.sha256(vocabulary_turtle()).hexdigest()


class _Set:
    """The files of one set, and what they hold."""

    def __init__(self, name: str, place: Path, opened: ExitStack) -> None:
        self.name = name
        self.editions = 0
        self.triples = 0
        self.joined = {form: Joined(form) for form in FORMS[name] if form != "jsonld"}
        self.files = {
            (form, how): opened.enter_context(Packed(place / f"{name}.{form}.{how}", how))
            for form in FORMS[name]
            for how in COMPRESSIONS
        }

    def add(self, edition: Edition, packed: bytes, nquads: bytes) -> None:
        """One edition, with its N-Quads as they are stored and unpacked."""
        self.editions += 1
        self.triples += nquads.count(b"\n")
        for form, joined in self.joined.items():
            self._write(form, joined.add(nquads), packed if form == "nq" else None)
        self._write("jsonld", edition.data + b"\n")

    def end(self) -> None:
        for form, joined in self.joined.items():
            self._write(form, joined.end())

    def told(self) -> Iterator[File]:
        """What became of each file, once all are closed."""
        for (form, how), file in self.files.items():
            name = f"{self.name}.{form}.{how}"
            what = (form, MEDIA_TYPES[form], how)
            yield File(name, self.name, *what, file.bytes, file.sha256, self.triples, self.editions)

    def _write(self, form: str, data: bytes, packed: bytes | None = None) -> None:
        """`packed`: the same as a frame of zstd, where publishing has made one."""
        self.files[form, "gz"].write(data)
        if packed is None:
            self.files[form, "zst"].write(data)
        else:
            self.files[form, "zst"].write_packed(packed)


def _write_sets(session: Session, place: Path, counting: Counting, progress: Progress) -> list[File]:
    last = read.head(session).seq
    with ExitStack() as opened:
        current, everything = (_Set(name, place, opened) for name in FORMS)
        for edition, packed, is_current in read.with_packed(session):
            if not edition.removed:
                nquads = read.unpack(packed, edition)
                everything.add(edition, packed, nquads)
                if is_current:
                    current.add(edition, packed, nquads)
                    counting.add(nquads)
            progress(edition.seq, last)
        current.end()
        everything.end()
    return [*current.told(), *everything.told()]


def _write_vocabulary(place: Path) -> Iterable[File]:
    """Own terms and closed lists: they stand in no edition."""
    data, triples = vocabulary_turtle(), len(set(vocabulary_nquads().splitlines()))
    for how in ("", *COMPRESSIONS):
        name = f"{VOCABULARY}.ttl.{how}".rstrip(".")
        with Packed(place / name, how) as file:
            file.write(data)
        yield File(name, VOCABULARY, "ttl", MEDIA_TYPES["ttl"], how, file.bytes, file.sha256, triples, 0)


@contextmanager
def _new_folder(folder: Path, seq: int) -> Iterator[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix=f"{seq}-", dir=folder))
    try:
        # It may be another user who serves them.
        place.chmod(0o755)
        yield place
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
