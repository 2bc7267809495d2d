"""Bad input: each defect is named with file, record, field and remedy; what is good comes in."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.desk.tables import Claim, Record
from tests.factories import corpus

VECTORS = sorted(corpus.REFUSED.glob("*.json"))
NEW = {"claims.json": "claims", "evidence.json": "evidence_links"}


def broken(vector: dict[str, Any], folder: Path) -> None:
    """Put the one defect into the copy."""
    path = folder / vector["file"]
    if "replace" in vector:
        before, after = vector["replace"]
        text = path.read_text("utf-8")
        assert before in text
        path.write_text(text.replace(before, after), "utf-8")
        return
    value = json.loads(path.read_text("utf-8"))
    *way, last = [int(step) if step.isdigit() else step for step in vector["at"].split("/")[1:]]
    place = value
    for step in way:
        place = place[step]
    if vector.get("drop"):
        del place[last]
    elif isinstance(last, int) and last == len(place):
        place.append(vector["put"])
    else:
        place[last] = vector["put"]
    path.write_text(json.dumps(value, ensure_ascii=True), "utf-8")


@pytest.mark.parametrize("path", VECTORS, ids=[path.stem for path in VECTORS])
def test_a_defect_is_named_and_all_else_comes_in(path: Path, common_engine: Any, tmp_path: Path) -> None:
    vector = json.loads(path.read_text("utf-8"))
    folder = corpus.copied(corpus.BRIDGE, tmp_path / "bad")
    broken(vector, folder)
    with common_engine("sqlite").connect() as connection, connection.begin() as outer, Session(connection) as session:
        report = corpus.bring(session, folder)
        needing = vector.get("needs", [])
        own = [row for row in report.refused if row.record not in needing]
        assert sorted([row.file, row.record, row.field] for row in own) == sorted(vector["refused"]), report.refused
        assert vector["problem"] in own[0].problem
        assert sorted({row.record for row in report.refused} - {row.record for row in own}) == sorted(needing)
        assert all("was refused" in row.problem for row in report.refused if row.record in needing)
        assert all(row.remedy for row in report.refused)
        json.dumps(report.as_json(), ensure_ascii=False).encode("utf-8")
        gone = {row.record for row in report.refused if row.file == "claims.json"}
        wanted = {one["id"] for one in corpus.load(corpus.BRIDGE, "claims.json")["claims"]} - gone
        assert session.scalar(select(func.count()).select_from(Claim)) == len(wanted)
        outer.rollback()


def test_what_is_refused_leaves_nothing_behind(session: Session, tmp_path: Path) -> None:
    folder = corpus.copied(corpus.BRIDGE, tmp_path / "bad")
    corpus.edit(folder, "claims.json", lambda all_: all_["claims"][0]["figures"][0].update(start=0, end=15))
    report = corpus.bring(session, folder)
    assert [(row.record, row.field) for row in report.refused] == [("K1", "figures.0.start")]
    whole = session.scalars(select(Record.id).where(Record.kind == "claim")).all()
    assert len(whole) == 3
    again = corpus.bring(session, corpus.BRIDGE)
    assert again.refused == []
    assert corpus.counts(again, "added")["claims"] == 1
