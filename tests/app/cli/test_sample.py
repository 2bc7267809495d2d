"""The sample as it is built: what is expected of both parts, what follows them, and the same each time."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.cli.sample import FILES, METHOD_VERSION, UNREVIEWED, Sample, build_sample
from kb.blobs import Blobs
from kb.db import open_engine, open_reading_engine, reading
from kb.documents.label import list_label, replies_in_view, verdict_label
from kb.errors import CannotStart
from kb.imports import import_corpus
from kb.log import read as log
from kb.log.read import Edition
from kb.projections.follow import catch_up
from kb.publish.overview import Overview, overview
from kb.settings import Settings
from kb.verify.whole import verify
from tests.support.databases import BASE, Stock, settings_for

ROOT = Path(__file__).parents[3]
DATA = files("kb.imports").joinpath("sample")


def silent(_done: int, _total: int | None) -> None:
    """Nobody watches."""


def given(part: str, name: str) -> Any:
    return json.loads(DATA.joinpath(part, f"{name}.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return settings_for(tmp_path_factory.mktemp("sample") / "var", None)


@pytest.fixture(scope="module")
def sample(place: Settings) -> Sample:
    """Built once, on SQLite; no test here writes to it."""
    return build_sample(place, BASE, silent)


@pytest.fixture(scope="module")
def readers(place: Settings, sample: Sample) -> Iterator[Engine]:
    engine = open_reading_engine(place)
    yield engine
    engine.dispose()


@pytest.fixture
def book(readers: Engine) -> Iterator[Session]:
    with reading(readers) as session:
        yield session


@pytest.fixture
def look(book: Session) -> Callable[..., Overview]:
    """Of a claim of the sample by its own id: its latest version, or the one asked for."""
    return lambda claim, version=None: overview(book, BASE, f"seed:{claim}", version)


@pytest.fixture
def current(book: Session) -> list[Edition]:
    return list(log.everything(book, current_only=True))


def judged(found: Overview) -> dict[str, Any]:
    """What expected.json says of a claim, as far as `show` does."""
    said = found.as_json()
    return {
        "verdict": said["verdict"],
        "failing_main_aspects": said["failing"],
        "confidence": said["confidence"],
        "seen_evidence": said["seen_evidence"],
        "independent_origins_count": said["origins"],
        "concerns_living_persons": bool(found.entity.get("concerns")),
        "replies": len(found.entity.get("replies", ())),
    }


@pytest.mark.parametrize("part", ["column", "mountains"])
def test_the_first_editions_say_what_is_expected(part: str, look: Callable[..., Overview]) -> None:
    for one in given(part, "expected")["claims"]:
        found = look(one["claim"], 1)
        assert judged(found) == {key: one[key] for key in judged(found)}, one["claim"]
        assert verdict_label(found.entity) == one["label"]
        assert list_label(found.entity) == one["list_label"]


def test_the_editions_that_follow_say_what_is_expected_after_them(look: Callable[..., Overview]) -> None:
    script = given("mountains", "editions")
    for step in script["editions"]:
        found = look(step["record"])
        assert (found.version, found.document["change"]) == (2, step["kind"])
        assert found.document["changeNote"] == {"en": step["note"]}
    for one in script["expected_after"]:
        found = look(one["claim"])
        assert judged(found) == {key: one[key] for key in judged(found)}, one["claim"]


def test_all_else_stays_at_version_1_and_m6_is_left_to_be_corrected(current: list[Edition]) -> None:
    assert sorted(one.change for one in current if one.version > 1) == ["clarification", "correction", "withdrawal"]


def test_22_claims_stand_and_one_is_withdrawn(current: list[Edition]) -> None:
    claims = [one for one in current if one.record_kind == "claim"]
    assert len([one for one in claims if one.change != "withdrawal"]) == 22
    assert len(claims) == 23
    assert len([one for one in current if one.record_kind == "source"]) == 45 + 51 + 1


def test_every_edition_says_why_it_had_no_second_reader(book: Session, sample: Sample) -> None:
    reasons = {one.document["unreviewedReason"]["en"] for one in log.everything(book)}
    assert reasons == {UNREVIEWED, "Made at set-up.", "A withdrawal needs no second reader."}
    assert all(one.document["reviewed"] is False for one in log.everything(book))
    assert all(one.document["byline"] == {"en": "Sample desk"} for one in log.everything(book))


def test_quotes_are_known_as_they_are_expected_to_be(current: list[Edition]) -> None:
    states = {"column": dict.fromkeys(("verified", "recorded", "unseen"), 0)}
    states["mountains"] = dict(states["column"])
    of_mountains = {one["id"] for one in given("mountains", "claims")["claims"]}
    for one in current:
        if one.record_kind == "claim" and one.change not in ("withdrawal", "correction"):
            entity = one.document["mainEntity"]
            part = (
                "mountains"
                if any(name.rpartition("/")[2] in of_mountains for name in entity["externalIds"])
                else "column"
            )
            for appearance in entity["appearances"]:
                states[part][appearance["quoteState"]] += 1
    assert states["column"] == given("column", "expected")["quotes"]["appearances"]
    assert states["mountains"]["recorded"] == states["mountains"]["unseen"] == 0


def test_no_quotation_of_others_has_more_than_25_words(current: list[Edition]) -> None:
    quoted = [
        selector["exact"]
        for one in current
        if one.record_kind == "claim"
        for part in one.document["mainEntity"].get("evidence", ())
        for selector in part["target"].get("selector", ())
        if "exact" in selector
    ]
    assert len(quoted) > 130
    assert [words for words in quoted if len(words.split()) > 25] == []


def test_the_denial_of_c24_is_in_its_document_and_leads_its_line(look: Callable[..., Overview]) -> None:
    entity = look("C24").entity
    assert replies_in_view(entity) == ["Walid Abu Rouk denies it.", "Hamas denies the report."]
    assert list_label(entity).startswith("Walid Abu Rouk denies it.")


def test_a_private_person_has_no_edition(book: Session) -> None:
    names = [one.document["mainEntity"].get("name") for one in log.everything(book) if one.record_kind == "agent"]
    assert len(names) > 10
    assert {"en": "Walid Abu Rouk"} not in names


def test_relations_out_of_the_sample_are_left_out_and_counted(sample: Sample, current: list[Edition]) -> None:
    assert sample.in_words().startswith("10 relations")
    there = {f"{BASE}{one.address}#it" for one in current}
    targets = {
        target
        for one in current
        if one.record_kind == "claim"
        for target in re.findall(rf'"({BASE}claims/[^"#]+#it)"', json.dumps(one.document["mainEntity"]))
    }
    assert targets <= there


def test_its_files_lie_beside_it_and_importing_them_changes_nothing(place: Settings, sample: Sample) -> None:
    folder = place.data / FILES
    assert sorted(file.name for file in folder.iterdir()) == [
        "article.txt",
        "assessments.json",
        "claims.json",
        "evidence.json",
        "expected.json",
    ]
    engine = open_engine(place)
    try:
        report = import_corpus(
            engine, folder, blobs=Blobs(place.blobs), method_version=METHOD_VERSION, dry_run=True
        ).as_json()
    finally:
        engine.dispose()
    assert (report["added"], report["updated"], report["removed"], report["refused"]) == ({}, {}, {}, [])


def test_only_the_article_of_our_own_is_held(place: Settings, sample: Sample) -> None:
    held = list(Blobs(place.blobs).names())
    assert held == [given("mountains", "claims")["source"]["sha256"]]


def test_it_verifies_and_lists_follow(place: Settings, readers: Engine, sample: Sample) -> None:
    verdict = verify(readers, Blobs(place.blobs))
    assert (verdict.problems, verdict.lag, verdict.head) == ([], 0, sample.head.leaf_hash)
    writer = open_engine(place)
    assert catch_up(writer) == 0
    writer.dispose()


def test_times_are_those_of_the_script(book: Session, sample: Sample) -> None:
    times = [one.issued for one in log.everything(book)]
    assert times == sorted(times)
    assert {*times} == {f"2026-11-25T{hour:02}:00:00Z" for hour in range(8, 13)}


def test_another_build_comes_out_the_same(
    sample: Sample, database_kind: str, stock: Callable[[str], Stock], tmp_path: Path
) -> None:
    """In another process, where sets have another order, and on both databases."""
    with stock(database_kind).blank(tmp_path / "again") as url:
        again = settings_for(tmp_path / "again", url)
        environment = {**os.environ, "PYTHONHASHSEED": "4807", "CLAIMBASE_DATA": str(again.data)}
        environment |= {"CLAIMBASE_DATABASE_URL": url} if url else {}
        command = [sys.executable, "-m", "app.cli", "init", "--sample", "--base", BASE]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert "10 relations to claims that are not in the sample" in done.stderr
        engine = open_reading_engine(again)
        with reading(engine) as session:
            assert log.head(session) == sample.head
        engine.dispose()
        with pytest.raises(CannotStart, match="here already"):
            build_sample(again, BASE, silent)


def test_another_port_is_another_sample(sample: Sample, tmp_path: Path) -> None:
    other = build_sample(settings_for(tmp_path / "var", None), "http://localhost:8001/", silent)
    assert other.head.seq == sample.head.seq
    assert other.head.leaf_hash != sample.head.leaf_hash
