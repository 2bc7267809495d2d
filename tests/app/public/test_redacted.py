"""A version whose content was removed: 410 and why, in every form; the leaf stays, and everything else goes on."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from kb.db import reading
from kb.errors import Missing
from kb.log import read as log
from kb.log.redacted import Redacted
from kb.log.series import editions_of
from kb.projections.dumps.stream import dump
from kb.projections.follow import catch_up, rebuild
from kb.values.vocabulary import REDACTION_REASON
from kb.verify.whole import verify
from tests.app.conftest import Library
from tests.support.reader import read
from tests.support.removed import LABEL, WHEN, empty, remove
from tests.support.statements import Statements

VECTOR = Path(__file__).parents[2] / "vectors" / "redacted" / "410.json"
JSON = {"Accept": "application/json"}
FORMS = (".jsonld", ".json", ".ttl", ".nt", ".nq", ".trig", ".rdf")


@pytest.fixture
def gone(own_library: Library, engine: Engine) -> Library:
    """The library with the first version of `known.claim` removed."""
    remove(engine, own_library.known)
    return own_library


def test_its_page_says_what_was_removed_when_and_why(gone: Library) -> None:
    claim = gone.known.claim
    reply = gone.reader.ask(f"/claims/{claim}/v1", Accept="text/html")
    assert reply.status_code == 410
    assert reply.headers["cache-control"] == "no-store"
    assert "etag" not in reply.headers
    page = read(reply.text)
    with reading(gone.engine) as session:
        removed = next(editions_of(session, claim))
    for said in ("29 November 2026", "To protect a private person", removed.leaf_hash, removed.digest, "version 3"):
        assert said in page.text, said
    assert f"../../claims/{claim}" in page.links
    assert f"../../claims/{claim}/history" in page.links
    assert page.faults == []


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_gone(gone: Library, form: str) -> None:
    for asked in ({}, {"If_None_Match": "*"}, {"Accept": "*/*"}):
        reply = gone.reader.ask(f"/claims/{gone.known.claim}/v1{form}", **asked)
        assert reply.status_code == 410
        assert reply.headers["cache-control"] == "no-store"
        assert reply.headers["content-type"].startswith(("text/html", "application/problem+json"))


def test_machines_get_the_same_as_the_vector(gone: Library) -> None:
    reply = gone.reader.ask(f"/claims/{gone.known.claim}/v1", **JSON)
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.json() == json.loads(VECTOR.read_text("utf-8"))
    assert reply.json()["type"].endswith("#redacted")


@pytest.mark.parametrize(
    "tail",
    ["", "/v2", "/v2.jsonld", "/v2.ttl", "/v3", "/v3.json", "/history", "/history.json", "/diff/2..3", "/cite"],
)
def test_the_record_goes_on_without_it(gone: Library, tail: str) -> None:
    reply = gone.reader.ask(f"/claims/{gone.known.claim}{tail}")
    assert reply.status_code == 200, reply.text[:300]


def test_the_history_names_it_and_says_that_it_was_removed(gone: Library) -> None:
    claim = gone.known.claim
    page = gone.reader.page(f"/claims/{claim}/history")
    assert "Removed" in page.text or "removed" in page.text
    assert any(link.endswith(f"claims/{claim}/v1") for link in page.links)
    told = gone.reader.get(f"/claims/{claim}/history.json").json()["versions"]
    assert sorted(one["version"] for one in told) == [1, 2, 3]
    first = next(one for one in told if one["version"] == 1)
    assert (first["line"], first["note"], first["removed"]) == (None, None, True)


def test_a_comparison_with_it_says_why_there_is_none(gone: Library) -> None:
    for tail in ("/diff/1..2", "/diff/1..3", "/diff/1..2.json"):
        assert gone.reader.ask(f"/claims/{gone.known.claim}{tail}").status_code == 410


@pytest.mark.parametrize(
    "path",
    [
        "/claims", "/claims.json", "/claims.csv", "/claims.atom", "/log", "/corrections", "/corrections.json",
        "/corrections.csv", "/corrections.atom", "/search?q=height", "/claims/{claim}.atom",
        "/claims/{claim}/history", "/",
    ],
)  # fmt: skip
@pytest.mark.parametrize("version", [1, 2])
def test_lists_ledger_and_feeds_go_on(own_library: Library, engine: Engine, path: str, version: int) -> None:
    remove(engine, own_library.known, version=version)
    reply = own_library.reader.ask(path.format(claim=own_library.known.claim))
    assert reply.status_code == 200, f"{path}: {reply.status_code} {reply.text[:300]}"


def test_a_citation_of_it_is_known_as_removed(gone: Library) -> None:
    reply = gone.reader.ask(f"/check?q=http://localhost:8000/claims/{gone.known.claim}/v1", **JSON)
    assert reply.status_code == 200
    assert reply.json()["verdict"] == "redacted"


def test_dumps_and_a_rebuild_go_on(gone: Library, engine: Engine) -> None:
    claim = gone.known.claim
    with reading(gone.engine) as session:
        for form in ("nq", "jsonld"):
            whole = b"".join(dump(session, form, "all"))
            assert f"/claims/{claim}/v2".encode() in whole
            assert f'"@id":"http://localhost:8000/claims/{claim}/v1"'.encode() not in whole
            assert f"<http://localhost:8000/claims/{claim}/v1> .".encode() not in whole
    before = gone.reader.get("/claims.json").json()
    rebuild(engine, "catalogue")
    catch_up(engine)
    assert gone.reader.get("/claims.json").json()["items"] == before["items"]


def test_verify_knows_a_removal_from_a_loss(gone: Library, engine: Engine) -> None:
    assert verify(gone.engine, gone.known.blobs).problems == []
    empty(engine, gone.known.denied, 1)
    lost = verify(gone.engine, gone.known.blobs)
    assert [(one.record, one.version) for one in lost.problems if one.where == "document"] == [(gone.known.denied, 1)]


def test_a_loss_without_an_entry_is_no_redaction(gone: Library, engine: Engine) -> None:
    empty(engine, gone.known.denied, 1)
    reply = gone.reader.ask(f"/claims/{gone.known.denied}/v1", **JSON)
    assert reply.status_code == 500
    assert reply.json()["type"].endswith("#broken")


def test_only_a_reason_of_the_list_is_ever_said(own_library: Library, engine: Engine) -> None:
    remove(engine, own_library.known, "Because Bela Invented asked for it.")
    path = f"/claims/{own_library.known.claim}/v1"
    reply = own_library.reader.ask(path, **JSON)
    assert (reply.status_code, reply.json()["removed"]["reason"]) == (410, None)
    assert "Bela" not in reply.text
    assert "Bela" not in own_library.reader.ask(path, Accept="text/html").text


def test_reading_one_raises_and_tells(gone: Library, statements: Callable[[Engine], Statements]) -> None:
    with reading(gone.engine) as session:
        with statements(gone.engine) as seen, pytest.raises(Redacted) as raised:
            log.version(session, f"claims/{gone.known.claim}", 1)
        assert len(seen) <= 3
        assert (raised.value.removal.reason, raised.value.removal.removed_on) == ("privacy", WHEN)
        removed = next(editions_of(session, gone.known.claim))
        assert removed.removed
        with pytest.raises(Missing):
            _ = removed.document
    assert LABEL in {term.label for term in REDACTION_REASON.terms}
