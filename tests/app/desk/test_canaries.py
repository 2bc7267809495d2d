"""Drafts stay in: a token in every field of every table of the desk, looked for in every byte that readers get."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from sqlalchemy import Engine, select

from app.main import create_app
from kb.db import DeskTable, writing
from kb.desk.accounts import named
from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.invitations import make_link
from kb.desk.left_out import LeftOutEntry, add_left_out
from kb.desk.relations import RelationEntry, add_relation
from kb.desk.snapshots import SnapshotEntry, bring_in
from kb.desk.tables import Approval, Attempt, Claim, Handover, RecoveryCode, Source
from kb.projections.follow import catch_up
from kb.settings import Settings
from tests.app.conftest import own_pages
from tests.app.test_drafts_stay_in import SEARCH_PAGES, SEARCHES, hashed
from tests.factories import desk as drafts
from tests.support.anonymous import answers
from tests.support.canaries import MARK, put_in, within
from tests.support.desk import Editor, TestDesk
from tests.support.knowledge import publish_knowledge
from tests.support.rooms import Scene, routes, scene

TEXT = f"A text that holds {MARK}999q and is held.\n".encode()
MOMENT = "2026-11-27T10:00:00Z"
# Columns that the issue and the table of threats name; the rest are found by themselves.
NAMED = {
    *(
        "account.name",
        "agent.name",
        "agent.note",
        "approval.comment",
        "claim_text.text",
        "comment.body",
        "comment.about",
    ),
    *("evidence.note", "handover.note", "history.after", "left_out_sentence.reason", "mention.name", "origin.label"),
    *("page.body", "passage.exact", "reply.statement", "snapshot.retrieved_from", "source.title", "topic.label"),
}


@dataclass
class Wing:
    """A published knowledge base with a desk, and a reader who is not signed in."""

    desk: TestDesk
    engine: Engine
    reader: Editor


@pytest.fixture
def wing(settings: Settings, engine: Engine, tmp_path: Path) -> Iterator[Wing]:
    known = publish_knowledge(engine, tmp_path)
    own_pages(known, engine)
    with TestDesk(create_app(settings), settings) as desk:
        yield Wing(desk, engine, desk.stranger())


def every(wing: Wing, *more: str) -> dict[str, str]:
    """Hash by address; no token in any answer."""
    found = {}
    for path, reply in answers(lambda path: wing.reader.ask("GET", path), (*SEARCHES, *SEARCH_PAGES, *more)):
        heads = repr(sorted(reply.headers.items())).encode()
        assert list(within(reply.content + heads)) == [], path
        found[path] = hashed(path, reply)
    return found


def fill_the_desk(wing: Wing) -> Scene:
    """A draft with all that can hang on one, and rows in what else the desk keeps; a text that is held has the mark."""
    known = scene(wing.desk)
    wing.desk.editor("Signed in", "editor")
    at = wing.desk.app.state.desk
    record = known.ids["claims"]
    with writing(wing.engine) as session:
        claim, source = session.get_one(Claim, record), session.get_one(Source, known.ids["sources"])
        other = drafts.bare_claim(session)
        add_relation(session, LOCAL_OPERATOR, claim, RelationEntry(type="contradicts", target=other.id))
        add_left_out(session, LOCAL_OPERATOR, source, LeftOutEntry(quote=drafts.quote_entry("Others"), reason="Why."))
        held = drafts.source(session, "Held")
        bring_in(session, LOCAL_OPERATOR, held, SnapshotEntry(retrieved_from="https://held.example/"), TEXT, at.blobs)
        somebody = named(session, "Somebody")
        make_link(session, LOCAL_OPERATOR, somebody, "reset")
        somebody.totp_secret, somebody.password_hash = "SECRET", "hash"
        same = {"record_id": record, "content_digest": "0" * 64, "actor": "Somebody"}
        session.add(Handover(**same, step="submit", made_at=MOMENT, note="Please read."))
        session.add(Approval(**same, approved_at=MOMENT, comment="Read."))
        session.add(RecoveryCode(account_id=somebody.id, code_sha256="0" * 64))
        session.add(Attempt(what="fetch", who="0" * 64, happened_at=MOMENT))
    return known


def test_no_token_of_a_draft_is_in_any_public_byte(wing: Wing) -> None:
    before = every(wing)
    known = fill_the_desk(wing)
    with wing.engine.begin() as connection:
        tokens = put_in(connection)
        empty = [
            table.name
            for table in DeskTable.metadata.sorted_tables
            if connection.execute(select(table).limit(1)).first() is None
        ]
    assert empty == []
    assert set(tokens.values()) >= NAMED, NAMED - set(tokens.values())
    assert len(tokens) > 120
    catch_up(wing.engine)
    after = every(wing)
    assert len(before) > 100
    assert {path for path in before | after if before.get(path) != after.get(path)} == set()
    # What is asked for by the address or the words of a draft: nothing is there, and nothing more is told.
    kinds = known.ids.items()
    asked = [f"/{kind}/{record}{end}" for kind, record in kinds for end in ("", ".json", "/v1", "/history", "/text")]
    asked += [f"/search.json?kind=all&q={token}" for token in tokens]
    asked += [f"/check?q={quote(known.ids['claims'])}", "/topics/walking", "/pages/invented", "/invented"]
    for path in asked:
        reply = wing.reader.ask("GET", path)
        assert "/search" in path or list(within(reply.content + repr(reply.headers).encode())) == [], path
        assert "/search" not in path or reply.json()["total"] == 0, path
    for route in routes(wing.desk.app, "GET"):
        reply = wing.reader.ask("GET", known.at(route.path))
        assert list(within(reply.content + repr(reply.headers).encode())) == [], route


def test_the_search_for_tokens_finds_them_however_they_are_written() -> None:
    """Else the test above would prove nothing."""
    word = f"{MARK}001q"
    assert list(within(b"no finch")) == []
    for hidden in (word, word.upper(), "".join(f"%{ord(one):02x}" for one in word), f"&#122;{word[1:]}"):
        assert list(within(f"<p>{hidden}</p>".encode())), hidden
    for ahead in range(3):
        assert list(within(base64.b64encode(b"x" * ahead + word.encode() + b"xyz"))), ahead
