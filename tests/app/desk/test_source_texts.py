"""Texts of a source: more of them, hashes alone, quotes checked, and bytes that run nowhere."""

import pytest
from sqlalchemy import select

from kb.db import writing
from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.left_out import LeftOutEntry, add_left_out
from kb.desk.passages import QuoteEntry
from kb.desk.snapshots import SnapshotEntry, bring_in
from kb.desk.tables import Passage, Snapshot
from tests.factories.desk import source
from tests.support.desk import Editor, TestDesk

HOSTILE = (
    b"<!doctype html><script>alert(document.cookie)</script><p onload=x>a</p>",
    b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    b"%PDF-1.4 /JS (app.alert(1))",
    b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    b"<meta http-equiv=refresh content='0;url=https://example.org'><base href='https://example.org'>",
    b"GIF89a/*<script>*/",
)


@pytest.fixture
def bare(desk: TestDesk) -> str:
    with writing(desk.app.state.desk.engine) as session:
        return source(session, "Heights", url="https://example.org/heights").id


def test_a_text_is_added_to_a_source(desk: TestDesk, editor: Editor, bare: str) -> None:
    page = editor.open(f"/desk/sources/{bare}/snapshots")
    assert "No text of it is held yet" in page.text
    added = editor.save(page, {"text": "The words."})
    assert "Text 1, held" in added.text
    hashed = editor.save(added, {"text": "Other words, not to be held.", "hash_only": "yes"}, action="/snapshots")
    assert "Text 2, withheld" in hashed.text
    with desk.app.state.desk.reading() as session:
        held, withheld = session.scalars(select(Snapshot).order_by(Snapshot.number)).all()
        assert (held.holding, withheld.holding) == ("held", "withheld")
        assert (withheld.characters, withheld.language) == (28, "en")
        assert desk.app.state.desk.blobs.has(held.sha256)
        assert not desk.app.state.desk.blobs.has(withheld.sha256)
    assert editor.look(f"/desk/sources/{bare}/snapshots/2/bytes").status == 404
    assert editor.look(f"/desk/sources/{bare}/snapshots/9/bytes").status == 404


def test_what_is_wrong_is_said_and_kept(desk: TestDesk, editor: Editor, bare: str) -> None:
    page = editor.open(f"/desk/sources/{bare}/snapshots")
    sent = editor.send(page, {"text": "The words.", "language": "not a tag"})
    assert sent.status == 422
    assert "Error:" in sent.tree.xpath("string(//*[@id='f-language-error'])")
    assert "The words." in sent.tree.xpath("string(//textarea[@name='text'])")
    assert editor.send(sent, {"language": "en", "open_to_readers": "yes"}).status == 422
    with desk.app.state.desk.reading() as session:
        assert session.scalars(select(Snapshot)).all() == []


def test_recorded_quotes_are_checked(desk: TestDesk, editor: Editor, bare: str) -> None:
    with writing(desk.app.state.desk.engine) as session:
        of = source(session, "A leaflet")
        for words in ("The words.", "No such words."):
            quote = QuoteEntry(exact=words, language="en")
            add_left_out(session, LOCAL_OPERATOR, of, LeftOutEntry(quote=quote, reason="None."))
        leaflet = of.id
    page = editor.save(editor.open(f"/desk/sources/{leaflet}/snapshots"), {"text": "Here are: The words."})
    checked = editor.send(page, {}, action="/check-quotes")
    assert checked.status == 200
    assert "1 newly verified" in checked.text
    assert "left-out-2" in checked.text
    with desk.app.state.desk.reading() as session:
        states = session.scalars(select(Passage.state).order_by(Passage.id)).all()
    assert states == ["verified", "recorded"]
    kept = editor.send(checked, {}, action="/snapshots/1/remove")
    assert kept.status == 409
    assert "Quotes were verified in it" in kept.text


def test_a_text_is_removed(editor: Editor, bare: str) -> None:
    page = editor.save(editor.open(f"/desk/sources/{bare}/snapshots"), {"text": "The words."})
    assert "No text of it is held yet" in editor.save(page, {}, action="/snapshots/1/remove").text


@pytest.mark.parametrize("data", HOSTILE)
def test_bytes_are_a_file_that_runs_nowhere(desk: TestDesk, editor: Editor, bare: str, data: bytes) -> None:
    at = desk.app.state.desk
    with writing(at.engine) as session:
        of = source(session, "Heights")
        entry = SnapshotEntry(media_type="text/html; charset=utf-7")
        bring_in(session, LOCAL_OPERATOR, of, entry, data, at.blobs, "Its text.")
        hostile = of.id
    reply = editor.ask("GET", f"/desk/sources/{hostile}/snapshots/1/bytes")
    assert reply.content == data
    assert reply.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["cross-origin-resource-policy"] == "same-origin"
    assert reply.headers["content-disposition"] == f'attachment; filename="{hostile}-snapshot-1.html"'
    assert reply.headers["content-type"] == "application/octet-stream"
    assert reply.headers["cache-control"] == "no-store"
    assert "set-cookie" not in reply.headers
    assert desk.stranger().ask("GET", f"/desk/sources/{hostile}/snapshots/1/bytes").status_code == 303
