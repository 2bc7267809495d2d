"""A library as readers get it, with the files of all that is published made beside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from app.main import create_app
from kb.projections.dumps.keeping import Dumps
from kb.projections.dumps.manifest import Manifest
from kb.settings import Settings
from tests.support.reader import Reader


@dataclass
class Shelf:
    """A reader of a library whose files are made."""

    reader: Reader
    dumps: Dumps
    manifest: Manifest

    def bytes_of(self, name: str) -> bytes:
        return self.dumps.place(self.manifest, name).read_bytes()


@contextmanager
def opened_shelf(settings: Settings, engine: Engine, folder: Path) -> Iterator[Shelf]:
    """Another app over the same log; its files are in a folder of their own."""
    app = create_app(settings, public_only=True)
    dumps = app.state.dumps = Dumps(engine, folder / "dumps")
    manifest = dumps.make(lambda _done, _last: None)
    with Reader(app) as reader:
        yield Shelf(reader, dumps, manifest)
