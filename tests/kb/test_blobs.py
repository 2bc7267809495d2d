"""Held bytes: whole or not there, never wrong."""

import hashlib
from pathlib import Path

import pytest

from kb.blobs import AlteredBlob, Blobs, NoSuchBlob
from kb.errors import Refused

DATA = "4,807 metres 🏔".encode()
NAME = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "blobs")


def test_bytes_come_back_as_they_were(blobs: Blobs) -> None:
    assert not blobs.has(NAME)
    assert blobs.put(DATA) == NAME
    assert blobs.put(b"") == hashlib.sha256(b"").hexdigest()
    assert blobs.has(NAME)
    assert blobs.get(NAME) == DATA
    assert list(blobs.names()) == sorted([NAME, hashlib.sha256(b"").hexdigest()])
    assert (blobs.folder / NAME[:2] / NAME).read_bytes() == DATA


def test_what_is_there_stays(blobs: Blobs) -> None:
    blobs.put(DATA)
    path = blobs.folder / NAME[:2] / NAME
    before = path.stat()
    blobs.put(DATA)
    assert path.stat().st_ino == before.st_ino


@pytest.mark.parametrize("altered", [DATA[:-1], DATA + b"!", b"", bytes([DATA[0] ^ 1]) + DATA[1:]])
def test_altered_bytes_are_never_given(blobs: Blobs, altered: bytes) -> None:
    blobs.put(DATA)
    (blobs.folder / NAME[:2] / NAME).write_bytes(altered)
    with pytest.raises(AlteredBlob, match="not what they were"):
        blobs.get(NAME)
    # Handing them in again mends what was broken.
    blobs.put(DATA)
    assert blobs.get(NAME) == DATA


def test_missing_bytes_and_a_folder_in_their_place(blobs: Blobs) -> None:
    with pytest.raises(NoSuchBlob):
        blobs.get(NAME)
    (blobs.folder / NAME[:2] / NAME).mkdir(parents=True)
    with pytest.raises(AlteredBlob, match="cannot be read"):
        blobs.get(NAME)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", NAME.upper(), NAME[:-1], NAME + "0", "/" + NAME[1:]])
def test_a_name_never_leads_elsewhere(blobs: Blobs, name: str) -> None:
    for ask in (blobs.get, blobs.has):
        with pytest.raises(Refused):
            ask(name)


def test_a_write_that_fails_leaves_nothing(blobs: Blobs, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail each call in turn, until the write passes."""
    for name in ("fsync", "fdopen"):
        with monkeypatch.context() as patched:
            patched.setattr(f"kb.blobs.os.{name}", _fails)
            with pytest.raises(OSError, match="no space"):
                blobs.put(DATA)
        assert not blobs.has(NAME)
        assert [path for path in blobs.folder.rglob("*") if path.is_file()] == []
    blobs.put(DATA)
    assert blobs.get(NAME) == DATA


def _fails(*_arguments: object, **_named: object) -> None:
    raise OSError(28, "no space left")
