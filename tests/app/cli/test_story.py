"""The whole road by the command line: import, publish, cite, correct, withdraw, verify, back up, recover."""

import hashlib
import json
import shutil
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import pytest

from tests.support.command import Command

BASE = "https://facts.example.org/"
KEPT = ("M6", "M11")


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """The packaged article on the height of mountains, in a folder that a test may change."""
    with as_file(files("kb.imports").joinpath("sample", "mountains")) as packaged:
        return Path(shutil.copytree(packaged, tmp_path / "mountains"))


@pytest.fixture
def corpus(whole: Path) -> Path:
    """Two claims of it and what they need: most tests need no more, and each publishes for itself."""
    claims, evidence, assessments = (read(whole / f"{name}.json") for name in ("claims", "evidence", "assessments"))
    claims["claims"] = [{**row, "relations": []} for row in claims["claims"] if row["id"] in KEPT]
    claims["left_out"] = []
    evidence["evidence"] = [row for row in evidence["evidence"] if row["claim"] in KEPT]
    used = {row["source"] for row in evidence["evidence"]}
    by_id = {row["id"]: row for row in evidence["sources"]}
    while more := {near for one in used for near in _behind(by_id[one])} - used:
        used |= more
    evidence["sources"] = [row for row in evidence["sources"] if row["id"] in used]
    named = {row["origin"] for row in evidence["evidence"]} | {
        o for one in used for o in by_id[one]["lineage"]["origins"]
    }
    evidence["origins"] = [row for row in evidence["origins"] if row["id"] in named]
    assessments["assessments"] = [row for row in assessments["assessments"] if row["claim"] in KEPT]
    for name, data in (("claims", claims), ("evidence", evidence), ("assessments", assessments)):
        write(whole / f"{name}.json", data)
    return whole


@pytest.fixture
def published(command: Command, corpus: Path) -> Command:
    command.well("init", "--base", BASE, "--empty")
    command.well("import", corpus)
    command.well("publish", "--all", "--unreviewed", "test")
    return command


def read(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


def write(file: Path, data: dict[str, Any]) -> None:
    file.write_text(json.dumps(data, ensure_ascii=False), "utf-8")


def edit(file: Path, claim: str, **changes: object) -> None:
    """Change one assessment in a corpus' file."""
    data = read(file)
    next(row for row in data["assessments"] if row["claim"] == claim).update(changes)
    write(file, data)


def _behind(source: dict[str, Any]) -> set[str]:
    return {*source["lineage"]["derived_from"], *([source["copy_of"]] if source["copy_of"] else [])}


def test_import_counts_and_then_changes_nothing(command: Command, whole: Path) -> None:
    command.well("init", "--base", BASE, "--empty")
    first = command.well("import", whole, "--json").json
    again = command.well("import", whole, "--json").json
    counts = read(whole / "expected.json")["counts"]
    assert first["refused"] == []
    for name in ("claims", "aspects", "sources", "origins", "figures_on_claims", "figures_on_evidence", "chain_links"):
        assert first["added"][name] == counts[name], name
    assert {name: n for name, n in again["added"].items() if n} == {}
    assert {name: n for name, n in again["updated"].items() if n} == {}
    assert again["unchanged"] == first["added"]


def test_dry_run_changes_no_row(command: Command, corpus: Path) -> None:
    command.well("init", "--base", BASE, "--empty")
    before = command.well("list", "claims", "--json").json
    report = command.well("import", corpus, "--dry-run", "--json").json
    assert report["added"]["claims"] == len(KEPT)
    assert command.well("list", "claims", "--json").json == before == []


def test_show_says_what_the_corpus_says(command: Command, whole: Path) -> None:
    command.well("init", "--base", BASE, "--empty")
    command.well("import", whole)
    command.well("publish", "--all", "--unreviewed", "test")
    for row in read(whole / "expected.json")["claims"]:
        shown = command.well("show", f"seed:{row['claim']}", "--json").json
        assert shown["verdict"] == row["verdict"]
        assert shown["failing"] == row["failing_main_aspects"]
        assert shown["confidence"] == row["confidence"]
        assert shown["origins"] == row["independent_origins_count"]
        assert shown["seen_evidence"] == row["seen_evidence"]


def test_draft_is_shown_compiled(command: Command, corpus: Path) -> None:
    command.well("init", "--base", BASE, "--empty")
    command.well("import", corpus)
    shown = command.well("show", "seed:M6", "--json").json
    assert (shown["version"], shown["digest"]) == (None, None)
    assert shown["document"]["mainEntity"]["assessment"]["verdict"] == shown["verdict"] == "partly_supported"
    assert command("cite", "seed:M6").code == 1


def test_digest_is_one_everywhere(published: Command) -> None:
    shown = published.well("show", "seed:M6", "--json").json
    cited = published.well("cite", f"{shown['id']}/v1", "--format", "text").out.strip()
    lines = published.well("export", "rdf", "--format", "jsonld").out.splitlines()
    document = next(line for line in lines if f"claims/{shown['id']}/v1" in json.loads(line)["@id"])
    assert hashlib.sha256(document.encode()).hexdigest() == shown["digest"]
    assert f"{BASE}claims/{shown['id']}/v1" in cited
    assert f"sha256:{shown['digest']}" in cited


def test_correction_is_a_second_version(published: Command, corpus: Path) -> None:
    first = published.well("show", "seed:M6", "--json").json
    edit(corpus / "assessments.json", "M6", reason="It was announced in December 2020, as read again.")
    published.well("import", corpus)
    unsaid = published("publish", "seed:M6", "--kind", "correction", "--unreviewed", "test")
    assert unsaid.code == 1
    assert "note" in unsaid.err
    note = "The date was read again."
    published.well("publish", "seed:M6", "--kind", "correction", "--note", note, "--unreviewed", "test")
    second = published.well("show", "seed:M6", "--json").json
    assert second["version"] == 2
    assert second["document"]["changeNote"] == {"en": note}
    assert second["document"]["previousDigest"] == first["digest"]
    assert published.well("show", "seed:M6", "--version", 1, "--json").json == first


def test_unchanged_makes_no_edition(published: Command) -> None:
    before = published.well("export", "rdf", "--format", "jsonld", "--set", "all").out
    receipt = published.well("publish", "--all", "--unreviewed", "test", "--json").json
    assert receipt["published"] == []
    assert published.well("export", "rdf", "--format", "jsonld", "--set", "all").out == before


def test_withdrawn_stays_withdrawn_until_restored(published: Command) -> None:
    published.well("withdraw", "seed:M11", "--reason", "A duplicate of M4.")
    published.well("publish", "--all", "--unreviewed", "test")
    shown = published.well("show", "seed:M11", "--json").json
    assert (shown["version"], shown["document"]["change"]) == (2, "withdrawal")
    assert "assessment" not in shown["document"]["mainEntity"]
    published.well("restore", "seed:M11", "--reason", "It is not the same caption.")
    assert published.well("show", "seed:M11", "--json").json["document"]["change"] == "restoration"
    published.well("verify")


def test_gate_names_what_is_missing(command: Command, corpus: Path) -> None:
    command.well("init", "--base", BASE, "--empty")
    command.well("import", corpus)
    answer = command("gate", "seed:M6", "--json")
    assert answer.code == 1
    # The claim and each record that it drags along want a second reader, and nothing else is missing.
    assert {finding["what"] for finding in answer.json["findings"] if finding["shuts"]} == {
        "Nobody else has approved this content."
    }
    assert command.well("gate", "seed:M6", "--unreviewed", "alone", "--json").json["digest"]


def test_backup_is_made_and_recover_wants_an_empty_place(published: Command, tmp_path: Path) -> None:
    published.well("backup", tmp_path / "copy")
    whole = published.well("export", "rdf", "--format", "nq").out
    # The copy of a PostgreSQL database goes into an empty one, which this test does not have; it refuses a full one.
    answer = published("recover", tmp_path / "copy")
    assert answer.code == 2
    assert "empty" in answer.err or "already" in answer.err
    assert published.well("export", "rdf", "--format", "nq").out == whole


def test_export_to_a_file_has_its_sum_beside_it(published: Command, tmp_path: Path) -> None:
    out = tmp_path / "all.nq"
    published.well("export", "rdf", "--format", "nq", "--out", out)
    digest, name = out.with_name("all.nq.sha256").read_text("utf-8").split()
    assert (hashlib.sha256(out.read_bytes()).hexdigest(), "all.nq") == (digest, name)
    assert published("export", "rdf", "--format", "nq", "--out", tmp_path / "no" / "such.nq").code == 2


def test_list_holds_drafts_and_no_private_agent(command: Command, corpus: Path) -> None:
    command.well("init", "--base", BASE, "--empty")
    command.well("import", corpus)
    rows = command.well("list", "claims", "--json").json
    assert len(rows) == len(KEPT)
    assert {row["version"] for row in rows} == {None}
    assert all(row["external_ids"] and row["label"] for row in rows)
    assert {"slug", "name"} <= set(command.well("list", "topics", "--json").json[0])
