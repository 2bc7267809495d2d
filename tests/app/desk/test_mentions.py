"""Who is named in a claim, at the desk."""

import pytest
from sqlalchemy import select

from kb.desk.tables import Agent, Mention, MentionName
from tests.support.article import bring_article, claim_of, logged, rows
from tests.support.desk import Editor, Sheet, TestDesk


@pytest.fixture
def page(desk: TestDesk, editor: Editor) -> Sheet:
    return editor.open(f"/desk/claims/{claim_of(logged(editor, bring_article(desk)))}/mentions")


def test_mentions_are_added_changed_and_taken_away(desk: TestDesk, editor: Editor, page: Sheet) -> None:
    agents = rows(desk, Agent)
    more = editor.send(page, {"mentions.0.name": "Cara Invented"}, do="add:mentions.0.other_names")
    printed = {"mentions.0.as_printed": "C. Invented", "mentions.0.visibility": "private"}
    bench = editor.save(more, {**printed, "mentions.0.other_names.0.text": "Cara I."})
    assert "Cara Invented" in bench.text
    assert rows(desk, Agent) == agents, "a name alone makes no record"
    again = editor.open(page.path)
    assert "Nothing was changed." in editor.save(again).text
    with desk.app.state.desk.reading() as session:
        row = session.scalars(select(Mention)).one()
        assert (row.as_printed, row.as_printed_language, row.visibility) == ("C. Invented", "en", "private")
        assert session.scalars(select(MentionName.text)).all() == ["Cara I."]
    editor.save(again, {"mentions.0.other_names.0.text": "", "mentions.0.agent": "Ada Invented"})
    assert rows(desk, MentionName) == 0
    editor.save(editor.send(editor.open(page.path), do="remove:mentions.0"))
    assert rows(desk, Mention) == 0


def test_what_is_wrong_stands_at_its_row(editor: Editor, page: Sheet) -> None:
    more = editor.send(page, {"mentions.0.name": "Cara Invented"}, do="add:mentions")
    sent = editor.send(more, {"mentions.1.name": "x\x00", "mentions.1.living": "presumed_living"})
    assert sent.status == 422
    assert sent.form().xpath(".//input[@name='mentions.1.name']")[0].get("aria-invalid") == "true"


def test_two_editors_at_once(desk: TestDesk, editor: Editor, page: Sheet) -> None:
    editor.save(page, {"mentions.0.name": "Cara Invented"})
    mine = editor.open(page.path)
    other = desk.editor("S. Soe", "editor")
    other.save(other.open(page.path), {"mentions.0.name": "Cara I."})
    clash = editor.send(mine, {"mentions.0.name": "C. Invented"})
    assert clash.status == 409
    assert "Cara I." in clash.text
    editor.save(clash)
