"""The proof holds on what was published, and names record and version of whatever was changed since."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import zstandard
from sqlalchemy import Engine, delete, func, insert, select, text
from sqlalchemy.orm import Session

from kb.blobs import Blobs
from kb.db import open_reading_engine, writing
from kb.errors import Missing
from kb.log import read
from kb.log.chain import Fault
from kb.settings import Settings
from kb.verify import whole
from kb.verify.whole import verify
from tests.support.knowledge import Knowledge, publish_knowledge
from tests.support.tamper import EDITION, HEAD, changed, disarm, flipped, other


@pytest.fixture
def kb(engine: Engine, tmp_path: Path) -> Knowledge:
    return publish_knowledge(engine, tmp_path)


@pytest.fixture
def reader(settings: Settings, kb: Knowledge) -> Iterator[Engine]:
    opened = open_reading_engine(settings)
    yield opened
    opened.dispose()


def named(reader: Engine, kb: Knowledge) -> set[tuple[str, int | None]]:
    found = verify(reader, kb.blobs)
    assert found.ok == (not found.problems)
    assert all(fault.record and fault.where and fault.problem for fault in found.problems)
    return {(fault.record, fault.version) for fault in found.problems}


def test_what_was_published_is_whole(engine: Engine, reader: Engine, kb: Knowledge) -> None:
    steps: list[tuple[int, int]] = []
    found = verify(reader, kb.blobs, rdf=True, progress=lambda done, of: steps.append((done, of)))
    assert found.problems == []
    assert found.ok
    with writing(engine) as session:
        assert found.head == read.head(session).leaf_hash
        quads = sum(nquads.count(b"\n") for _, nquads in read.with_quads(session))
        rows = sum(session.scalar(text(f"SELECT count(*) FROM catalogue_{name}")) or 0 for name in ("record", "link"))
    counts = found.counts
    assert (counts.editions, counts.records, counts.quads, counts.snapshots) == (13, 11, quads, 1)
    assert (counts.catalogue_rows, found.lag) == (rows, 0)
    assert steps == [(done, 13) for done in range(1, 14)]


def test_an_empty_log_is_whole(settings: Settings, engine: Engine, tmp_path: Path) -> None:
    reader = open_reading_engine(settings)
    found = verify(reader, Blobs(tmp_path / "none"))
    reader.dispose()
    assert (found.ok, found.head, found.counts.editions) == (True, None, 0)


def test_every_column_of_an_edition_is_watched(
    engine: Engine, reader: Engine, kb: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole, "BY_RDFLIB", 0)
    disarm(engine)
    for record, version in ((kb.claim, 2), (kb.source, 1)):
        where = (EDITION.c.record == record) & (EDITION.c.version == version)
        with engine.connect() as connection:
            row = connection.execute(select(EDITION).where(where)).one()._mapping
        for column in EDITION.columns:
            if column.name in ("prev", "version") and version == 1:
                continue  # the database's own checks refuse that
            value = "agent" if column.name == "record_kind" else other(row[column.name])
            with changed(engine, EDITION, where, **{column.name: value}):
                names = named(reader, kb)
            mark = {"record": (value, version), "version": (record, value)}.get(column.name, (record, version))
            assert mark in names, column.name
    assert named(reader, kb) == set()


def test_one_byte_anywhere_in_document_leaf_or_quads_is_named(
    engine: Engine, reader: Engine, kb: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole, "BY_RDFLIB", 0)
    disarm(engine)
    where = (EDITION.c.record == kb.denied) & (EDITION.c.version == 1)
    with engine.connect() as connection:
        row = connection.execute(select(EDITION).where(where)).one()
    chance = random.Random(7)
    plain = zstandard.ZstdDecompressor().decompress(row.nquads)
    for _ in range(12):
        at = [chance.randrange(len(data)) for data in (row.document, row.leaf, plain, row.nquads)]
        leaf = row.leaf[: at[1]] + chr(ord(row.leaf[at[1]]) ^ 1) + row.leaf[at[1] + 1 :]
        packed = zstandard.ZstdCompressor().compress(flipped(plain, at[2]))
        changes: list[dict[str, Any]] = [{"document": flipped(row.document, at[0])}, {"leaf": leaf}, {"nquads": packed}]
        changes.append({"nquads": flipped(row.nquads, at[3])})
        for values in changes:
            with changed(engine, EDITION, where, **values):
                assert named(reader, kb) == {(kb.denied, 1)}, (values.keys(), at)


@pytest.mark.parametrize("name", ["seq", "leaf_hash", "time"])
def test_the_head_is_watched(engine: Engine, reader: Engine, kb: Knowledge, name: str) -> None:
    disarm(engine)
    with engine.connect() as connection:
        row = connection.execute(select(HEAD)).one()._mapping
    with changed(engine, HEAD, HEAD.c.id == 1, **{name: other(row[name])}):
        assert ("log", None) in named(reader, kb)


def test_deleted_inserted_swapped_and_dropped_editions_are_found(engine: Engine, reader: Engine, kb: Knowledge) -> None:
    disarm(engine)
    with engine.connect() as connection:
        rows = [dict(row._mapping) for row in connection.execute(select(EDITION).order_by(EDITION.c.seq))]
    middle, last = rows[4], rows[-1]

    def altered(*changes: Any) -> set[tuple[str, int | None]]:
        with engine.begin() as connection:
            for change in changes:
                connection.execute(change)
        found = named(reader, kb)
        with engine.begin() as connection:
            connection.execute(delete(EDITION))
            connection.execute(insert(EDITION), rows)
        return found

    assert altered(delete(EDITION).where(EDITION.c.seq == 4)) >= {(rows[5]["record"], rows[5]["version"])}
    assert ("log", None) in altered(delete(EDITION).where(EDITION.c.seq == last["seq"]))
    copy = last | {"seq": last["seq"] + 1, "version": 3, "digest": "0" * 64, "leaf_hash": "1" * 64}
    assert (last["record"], 3) in altered(insert(EDITION).values(copy))
    swap = [EDITION.update().where(EDITION.c.seq == a).values(seq=b) for a, b in ((4, 400), (5, 4), (400, 5))]
    assert altered(*swap) >= {(middle["record"], 1), (rows[5]["record"], 1)}
    assert named(reader, kb) == set()


def test_a_broken_foundation_is_named_alone(engine: Engine, reader: Engine, kb: Knowledge) -> None:
    disarm(engine)
    where = EDITION.c.seq == 0
    with engine.connect() as connection:
        row = connection.execute(select(EDITION).where(where)).one()
    with changed(engine, EDITION, where, document=row.document[:-1]):
        assert named(reader, kb) == {(row.record, 1)}


@pytest.mark.parametrize("way", ["flip", "truncate", "delete", "swap", "empty"])
def test_a_broken_snapshot_is_named_and_nothing_else(reader: Engine, kb: Knowledge, way: str) -> None:
    """RELIABILITY F14."""
    (name,) = kb.blobs.names()
    path = kb.blobs.folder / name[:2] / name
    data = path.read_bytes()
    if way == "delete":
        path.unlink()
    else:
        ways = {"flip": flipped(data, 40), "truncate": data[:-1], "swap": b"another text", "empty": b""}
        path.write_bytes(ways[way])
    assert named(reader, kb) == {(kb.source, 1)}


def test_a_verified_quote_that_does_not_stand_there_is_named(engine: Engine, reader: Engine, kb: Knowledge) -> None:
    """Sealed like any other: only the held text gives it away."""
    press = kb.world.press
    wrong = kb.world.claim("it is lower")
    place = wrong["evidence"][0]["target"]["selector"][1]
    place |= {"start": place["start"] + 1, "end": place["end"] + 1}
    with writing(engine) as session:
        press.publish(session, "claim", wrong, issued="2026-11-28T09:00:00Z")
    found = verify(reader, kb.blobs)
    assert [(one.record, one.version, one.where) for one in found.problems] == [
        (press.ids[wrong["@id"]], 1, "evidence-1-target")
    ]
    assert found.lag == 1


def test_one_record_or_a_sample(engine: Engine, reader: Engine, kb: Knowledge) -> None:
    disarm(engine)
    found = verify(reader, kb.blobs, ref=kb.claim)
    assert found.ok
    assert found.counts.editions == 13
    with engine.connect() as connection:
        assert found.counts.catalogue_rows == 1 + (
            connection.scalar(text(f"SELECT count(*) FROM catalogue_link WHERE record = '{kb.claim}'")) or 0
        )
        document = connection.scalar(
            select(EDITION.c.document).where(EDITION.c.record == kb.gone, EDITION.c.version == 1)
        )
    whole_count = verify(reader, kb.blobs).counts.quads
    assert 0 < verify(reader, kb.blobs, sample=3).counts.quads < whole_count
    assert verify(reader, kb.blobs, sample=1000).counts.quads == whole_count
    where = (EDITION.c.record == kb.gone) & (EDITION.c.version == 1)
    with changed(engine, EDITION, where, document=flipped(document, 300)):
        assert verify(reader, kb.blobs, ref=kb.claim).ok
        assert not verify(reader, kb.blobs, ref=kb.gone).ok
    with pytest.raises(Missing):
        verify(reader, kb.blobs, ref="aaaaaaaa1")


def test_a_witness_of_pages_is_asked_for_each_edition_that_was_chosen(
    engine: Engine, reader: Engine, kb: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole, "BY_RDFLIB", 0)
    asked: list[tuple[str, int]] = []

    def pages(edition: read.Edition) -> Iterator[Fault]:
        asked.append((edition.record, edition.version))
        if edition.record == kb.gone:
            yield Fault(edition.record, edition.version, "page", "It is empty.")

    found = verify(reader, kb.blobs, pages=pages)
    assert (found.counts.pages, len(set(asked))) == (13, 13)
    assert {(one.record, one.where) for one in found.problems} == {(kb.gone, "page")}
    assert verify(reader, kb.blobs, ref=kb.claim, pages=pages).counts.pages == 2
    assert verify(reader, kb.blobs, sample=3, pages=pages).counts.pages == 3
    assert verify(reader, kb.blobs).counts.pages == 0
    # What was changed is named as that alone.
    disarm(engine)
    asked.clear()
    where = (EDITION.c.record == kb.claim) & (EDITION.c.version == 1)
    with changed(engine, EDITION, where, digest="0" * 64):
        assert verify(reader, kb.blobs, pages=pages).counts.pages == 12
    assert (kb.claim, 1) not in asked


def test_without_a_catalogue_no_page_is_asked_for(engine: Engine, reader: Engine, kb: Knowledge) -> None:
    with engine.begin() as connection:
        for name in ("link", "record"):
            connection.execute(text(f"DROP TABLE catalogue_{name}"))

    def pages(edition: read.Edition) -> Iterator[Fault]:
        raise AssertionError(edition)

    found = verify(reader, kb.blobs, pages=pages)
    assert (found.problems, found.counts.pages, found.lag) == ([], 0, 13)


def test_witnesses_are_heard(reader: Engine, kb: Knowledge) -> None:
    def witness(session: Session) -> Iterator[Fault]:
        count = session.scalar(select(func.count()).select_from(EDITION))
        yield Fault(kb.claim, 1, "desk/approval", f"Nobody approved it, of {count}.")

    found = verify(reader, kb.blobs, witnesses=[witness])
    assert [fault.problem for fault in found.problems] == ["Nobody approved it, of 13."]
