"""Files that are harmed, another log's, or cannot be made: noticed, told, and made again when they can be."""

import json
import logging
import os
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from kb.errors import Broken
from kb.projections.dumps import keeping
from kb.projections.dumps.keeping import SOONEST, Dumps
from kb.projections.dumps.manifest import NAME
from tests.support.dumped import ENTRIES, Clock, folders, publish_one_more
from tests.support.knowledge import Knowledge
from tests.support.tamper import EDITION, changed, disarm, flipped


@pytest.mark.parametrize("manifest", [b"", b"{", b"null", b"[]", b'{"shape": 1}', b"\xff", None])
def test_a_manifest_that_cannot_be_read_is_made_again(dumps: Dumps, manifest: bytes | None) -> None:
    dumps.look()
    path = dumps.folder / NAME
    if manifest is None:
        path.unlink()
    else:
        path.write_bytes(manifest)
    assert dumps.newest() is None
    assert dumps.look() == ENTRIES
    assert dumps.newest() is not None
    assert len(folders(dumps)) == 1


def test_a_manifest_leads_to_no_other_folder(dumps: Dumps, tmp_path: Path) -> None:
    dumps.look()
    found = dumps.newest()
    assert found is not None
    (tmp_path / "other").mkdir()
    for folder in ("../other", str(tmp_path / "other"), "."):
        told = json.loads((dumps.folder / NAME).read_bytes()) | {"folder": folder}
        (dumps.folder / NAME).write_text(json.dumps(told))
        assert dumps.newest() is None, folder


def test_a_file_that_is_away_or_cut_off_is_made_again(dumps: Dumps) -> None:
    dumps.look()
    for harm in (os.remove, lambda path: os.truncate(path, 100)):
        found = dumps.newest()
        assert found is not None
        harm(dumps.place(found, "current.ttl.gz"))
        assert dumps.newest() is None
        assert dumps.look() == ENTRIES


def test_a_byte_that_is_another_is_noticed(dumps: Dumps, readers: Engine) -> None:
    dumps.look()
    found = dumps.newest()
    assert found is not None
    path = dumps.place(found, "all.nq.zst")
    path.write_bytes(flipped(path.read_bytes(), 1000))
    assert dumps.look() == ENTRIES
    # Also by a process that starts when the harm is done.
    path = dumps.place(dumps.newest() or found, "vocabulary.ttl")
    path.write_bytes(flipped(path.read_bytes(), 1000))
    assert Dumps(readers, dumps.folder).look() == ENTRIES


def test_they_are_read_once_and_not_at_every_look(
    dumps: Dumps, readers: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    dumps.look()
    read: list[Path] = []
    monkeypatch.setattr(keeping, "_sha256", lambda path: read.append(path) or "")
    dumps.look()
    assert read == []
    Dumps(readers, dumps.folder).look()
    assert len(read) == 1


def test_those_of_another_vocabulary_are_made_again(dumps: Dumps, monkeypatch: pytest.MonkeyPatch) -> None:
    dumps.look()
    monkeypatch.setattr(keeping, "vocabulary_sha256", lambda: "0" * 64)
    assert dumps.look() == ENTRIES


def test_those_of_another_log_are_not_shown_and_are_made_again(engine: Engine, kb: Knowledge, dumps: Dumps) -> None:
    """An older copy was recovered: it ends before the files, or has gone on in another way."""
    publish_one_more(engine, kb)
    assert dumps.look() == ENTRIES + 1
    disarm(engine)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM edition WHERE seq = 13"))
        end = connection.execute(text("SELECT leaf_hash, issued FROM edition WHERE seq = 12")).one()
        back = text("UPDATE log_head SET seq = 12, leaf_hash = :leaf_hash, time = :issued")
        connection.execute(back, {"leaf_hash": end.leaf_hash, "issued": end.issued})
    assert dumps.newest() is None
    assert dumps.look() == ENTRIES
    with changed(engine, EDITION, EDITION.c.seq == 12, leaf_hash="sha256:" + "0" * 64):
        assert dumps.newest() is None


def test_a_folder_that_cannot_be_written_to_is_said_and_what_is_there_is_served(
    engine: Engine,
    readers: Engine,
    kb: Knowledge,
    dumps: Dumps,
    tmp_path: Path,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    dumps.look()
    (tmp_path / "file").touch()
    nowhere = Dumps(readers, tmp_path / "file" / "dumps", clock)
    with caplog.at_level(logging.WARNING, "claimbase.dumps"):
        assert nowhere.look() == 0
        assert "cannot be written to" in nowhere.why
        assert nowhere.newest() is None
        clock.now += 1000
        assert nowhere.look() == 0
    assert len(caplog.records) == 1
    publish_one_more(engine, kb)
    dumps.folder.joinpath(".lock").unlink()
    dumps.folder.joinpath(".lock").mkdir()
    clock.now += 1000
    assert dumps.look() == 0
    assert "cannot be written to" in dumps.why
    found = dumps.newest()
    assert found is not None
    assert found.seq == ENTRIES - 1


def test_a_disk_that_is_full_leaves_what_was_there(
    engine: Engine, kb: Knowledge, dumps: Dumps, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    dumps.look()
    before = dumps.newest()
    publish_one_more(engine, kb)
    clock.now += SOONEST

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        assert dumps.look() == 0
    assert "No space left on device" in dumps.why
    assert (dumps.newest(), len(folders(dumps))) == (before, 1)
    assert dumps.look() == 0
    clock.now += SOONEST
    assert dumps.look() == ENTRIES + 1
    assert dumps.why == ""


def test_what_is_stored_broken_is_told_and_not_tried_all_the_time(
    engine: Engine, kb: Knowledge, dumps: Dumps, clock: Clock
) -> None:
    disarm(engine)
    with changed(engine, EDITION, EDITION.c.seq == 3, nquads=b"nothing packed"):
        with pytest.raises(Broken):
            dumps.look()
        assert "cannot be unpacked" in dumps.why
        assert folders(dumps) == []
        assert dumps.look() == 0
    clock.now += SOONEST
    assert dumps.look() == ENTRIES
