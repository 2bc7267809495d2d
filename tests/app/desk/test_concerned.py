"""The persons whom a claim touches, at the desk."""

import pytest
from sqlalchemy import select

from kb.desk.tables import Agent, Concerned
from tests.support.article import bring_article, claim_of, logged, rows
from tests.support.desk import Editor, Sheet, TestDesk


@pytest.fixture
def page(desk: TestDesk, editor: Editor) -> Sheet:
    return editor.open(f"/desk/claims/{claim_of(logged(editor, bring_article(desk)))}/concerned")


def test_persons_are_added_changed_and_taken_away(desk: TestDesk, editor: Editor, page: Sheet) -> None:
    living = {"concerned.0.living": "presumed_living", "concerned.0.living_as_of": "2025-05-04"}
    source = {"concerned.0.living_source": "Heights"}
    bench = editor.save(page, {"concerned.0.agent": "Bela Invented", **living, **source})
    assert "Bela Invented: presumed living, as of 4 May 2025" in bench.text
    again = editor.open(page.path)
    assert "Nothing was changed." in editor.save(again).text
    dead = editor.save(again, {"concerned.0.living": "reported_dead"})
    assert "reported dead" in dead.text
    gone = editor.save(editor.send(editor.open(page.path), do="remove:concerned.0"))
    assert rows(desk, Concerned) == 0
    assert "Bela Invented" not in gone.tree.xpath("string(//section[@aria-labelledby='concerned'])")


def test_nobody_is_named_twice_and_living_is_dated(desk: TestDesk, editor: Editor, page: Sheet) -> None:
    before = rows(desk, Agent)
    undated = editor.send(page, {"concerned.0.agent": "Bela Invented", "concerned.0.living": "presumed_living"})
    assert undated.status == 422
    assert any("Say as of when" in one for one in undated.faults())
    assert rows(desk, Agent) == before
    twice = editor.send(page, do="add:concerned")
    sent = editor.send(twice, {"concerned.0.agent": "Ada Invented", "concerned.1.agent": "Ada Invented"})
    assert sent.status == 422
    assert any("stands there already" in one for one in sent.faults())


def test_two_editors_at_once(desk: TestDesk, editor: Editor, page: Sheet) -> None:
    editor.save(page, {"concerned.0.agent": "Bela Invented"})
    mine = editor.open(page.path)
    other = desk.editor("S. Soe", "editor")
    other.save(other.open(page.path), {"concerned.0.name": "B. Invented"})
    clash = editor.send(mine, {"concerned.0.name": "Bela I."})
    assert clash.status == 409
    assert "B. Invented" in clash.text
    editor.save(clash)
    with desk.app.state.desk.reading() as session:
        assert session.scalars(select(Concerned.name)).all() == ["Bela I."]
