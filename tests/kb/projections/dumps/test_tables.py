"""The tables of a whole log: what is current and nothing else, the same bytes each time, in few statements."""

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kb.blobs import Blobs
from kb.db import reading, writing
from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.claims import change_claim, find_claim
from kb.errors import Missing
from kb.formats.table import unguarded
from kb.formats.tables.package import SUMS, Package
from kb.log import read
from kb.projections.dumps.tables import FILES, write_tables
from kb.settings import Settings
from tests.factories import desk
from tests.factories.whole import whole
from tests.support.databases import BASE
from tests.support.formulas import PAYLOADS, seems_safe
from tests.support.knowledge import Knowledge
from tests.support.many import add_many
from tests.support.packages import faults, rows
from tests.support.publishing import editions, founded, put_out
from tests.support.removed import empty, remove
from tests.support.statements import Statements


@contextmanager
def written(engine: Engine, place: Path) -> Iterator[Package]:
    place.mkdir()
    with reading(engine) as session:
        yield write_tables(session, place, lambda _done, _last: None)


def test_each_current_record_has_its_row(engine: Engine, kb: Knowledge, tmp_path: Path) -> None:
    place = tmp_path / "out"
    with written(engine, place) as package:
        pass
    assert sorted(path.name for path in place.iterdir()) == sorted(FILES)
    claims = {row["id"]: row for row in rows(place, "claims")}
    assert set(claims) == {kb.claim, kb.denied, kb.gone}
    assert (claims[kb.claim]["version"], claims[kb.claim]["change"]) == ("2", "correction")
    assert (claims[kb.gone]["version"], claims[kb.gone]["standing"], claims[kb.gone]["verdict"]) == (
        "2",
        "withdrawn",
        "",
    )
    assert claims[kb.denied]["replies"] == "Bela Invented denies it."
    evidence = rows(place, "evidence")
    assert {row["claim_address"] for row in evidence} == {claims[one]["address"] for one in (kb.claim, kb.denied)}
    (source,) = rows(place, "sources")
    assert source["address"] == f"{BASE}sources/{kb.source}"
    assert {row["source_address"] for row in evidence} == {source["address"]}
    assert [(file.table.name, file.rows) for file in package.files] == [
        ("claims", 3), ("figures", 0), ("evidence", 4), ("sources", 1),
    ]  # fmt: skip


def test_each_row_is_of_an_edition_that_can_be_checked(engine: Engine, kb: Knowledge, tmp_path: Path) -> None:
    place = tmp_path / "out"
    with written(engine, place):
        pass
    known = {edition.digest: edition for edition in editions(engine)}
    for name in ("claims", "evidence", "sources"):
        for row in rows(place, name):
            edition = known[row["digest"]]
            assert row["version_address"] == edition.document["@id"] == f"{BASE}{edition.address}/v{row['version']}"
            assert (row["log_entry"], row["issued"]) == (str(edition.seq), edition.issued)
            assert row["license"] == edition.document["license"]


def test_the_sums_are_those_of_the_files_and_say_which_state_it_is(
    engine: Engine, kb: Knowledge, tmp_path: Path
) -> None:
    place = tmp_path / "out"
    with written(engine, place):
        pass
    with reading(engine) as session:
        head = read.head(session)
    first, *lines = (place / SUMS).read_text("utf-8").splitlines()
    assert f"at log entry {head.seq}" in first
    assert str(head.leaf_hash) in first
    told = {name: sha256 for sha256, name in (line.split("  ") for line in lines)}
    assert told == {name: hashlib.sha256((place / name).read_bytes()).hexdigest() for name in FILES if name != SUMS}
    for one in json.loads((place / "datapackage.json").read_bytes())["resources"]:
        assert one["hash"] == f"sha256:{told[one['path']]}"
        assert one["bytes"] == (place / one["path"]).stat().st_size


def test_the_files_are_as_their_descriptor_says(engine: Engine, kb: Knowledge, tmp_path: Path) -> None:
    place = tmp_path / "out"
    with written(engine, place):
        pass
    assert faults(place) == []
    claims = place / "claims.csv"
    claims.write_bytes(claims.read_bytes().replace(b"partly_supported,", b"half_true,"))
    assert "claims.csv, verdict: 'half_true'" in faults(place)


def test_the_lines_of_python_that_the_page_gives_run(
    engine: Engine,
    kb: Knowledge,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    place = tmp_path / "out"
    with written(engine, place):
        pass
    monkeypatch.chdir(place)
    (block,) = re.findall(r"^```python\n(.*?)^```$", (place / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    exec(compile(block, "README.md", "exec"), {})
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 3
    assert any(line.startswith("Bela Invented denies it. partly_supported The survey says that") for line in said)


def test_one_state_gives_the_same_bytes(engine: Engine, kb: Knowledge, tmp_path: Path) -> None:
    for name in ("one", "two"):
        with written(engine, tmp_path / name):
            pass
    for name in FILES:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_what_was_removed_has_no_row(engine: Engine, kb: Knowledge, tmp_path: Path) -> None:
    """Of an old version nothing is there anyway; where the newest is empty, the record has no row."""
    remove(engine, kb)
    empty(engine, kb.denied, 1)
    with written(engine, tmp_path / "out"):
        pass
    assert {row["id"] for row in rows(tmp_path / "out", "claims")} == {kb.claim, kb.gone}


def test_drafts_are_in_no_table(engine: Engine, settings: Settings, tmp_path: Path) -> None:
    founded(engine, settings)
    with writing(engine) as session:
        made = whole(session, Blobs(settings.blobs))
        claim = made.claim.id
    with written(engine, tmp_path / "before"):
        pass
    assert [rows(tmp_path / "before", name) for name in ("claims", "figures", "evidence", "sources")] == [[]] * 4
    put_out(engine, claim)
    with writing(engine) as session:
        note = desk.claim_entry(note="A draft's own words.")
        change_claim(session, LOCAL_OPERATOR, find_claim(session, claim), note)
    with written(engine, tmp_path / "after"):
        pass
    (row,) = rows(tmp_path / "after", "claims")
    assert (row["id"], row["verdict"] != "", row["version"]) == (claim, True, "1")
    assert not any(b"A draft's own words." in (tmp_path / "after" / name).read_bytes() for name in FILES)
    assert "Enzo" not in row["concerned"] + row["who"]
    assert faults(tmp_path / "after") == []
    assert [row["where"] for row in rows(tmp_path / "after", "figures")] == ["claim", "evidence"]


def test_formulas_that_the_desk_published_are_text(engine: Engine, settings: Settings, tmp_path: Path) -> None:
    """Through the desk's own verbs and the gate, as far as these let them."""
    founded(engine, settings)
    fit = [one for one in PAYLOADS if not set(one) & set("\0\r\x0b") and one.strip("\ufeff\u200b \u00a0\n\t")]
    with writing(engine) as session:
        claim = desk.whole_claim(session).id
    put_out(engine, claim)
    for number, payload in enumerate(fit):
        texts = {"statement": {"en": f"{payload}, says the Survey of Example."}, "question": {"en": f"{payload}?"}}
        with writing(engine) as session:
            change_claim(session, LOCAL_OPERATOR, find_claim(session, claim), desk.claim_entry(**texts, note=payload))
        assert not put_out(engine, claim, kind="update", note=payload).refused, repr(payload)
        with written(engine, tmp_path / str(number)):
            pass
        (row,) = rows(tmp_path / str(number), "claims")
        with reading(engine) as session:
            document = read.latest_at(session, f"claims/{claim}").document
        entity = document["mainEntity"]
        assert all(seems_safe(cell) for cell in row.values())
        for name in ("statement", "question", "note"):
            assert unguarded(row[name]) == entity[name]["en"]
        assert unguarded(row["change_note"]) == document["changeNote"]["en"]
    assert len(fit) > 30


def test_statements_grow_with_batches_and_not_with_records(engine: Engine, kb: Knowledge, tmp_path: Path) -> None:
    counts = []
    for number, more in enumerate((0, read.BATCH, read.BATCH)):
        if more:
            add_many(engine, more, BASE, "claim")
        with Statements(engine) as sent, written(engine, tmp_path / str(number)):
            pass
        counts.append(len(sent))
    assert counts[1] - counts[0] == counts[2] - counts[1] == 1


def test_progress_reaches_the_end(engine: Engine, kb: Knowledge, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    (tmp_path / "out").mkdir()
    with reading(engine) as session:
        write_tables(session, tmp_path / "out", lambda done, last: steps.append((done, last)))
    assert steps[-1] == (12, 12)
    assert len(steps) == 11


def test_an_empty_log_is_said(session: Session, tmp_path: Path) -> None:
    with pytest.raises(Missing, match="empty"):
        write_tables(session, tmp_path, lambda _done, _last: None)
    assert list(tmp_path.iterdir()) == []
