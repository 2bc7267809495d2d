"""How claims stand to each other, at the desk."""

import pytest

from kb.desk.tables import Relation
from tests.support.article import CLUB, bring_article, claim_of, logged, rows
from tests.support.desk import Editor, TestDesk


@pytest.fixture
def two(desk: TestDesk, editor: Editor) -> tuple[str, str]:
    """The ids of two claims."""
    article = bring_article(desk)
    first = claim_of(logged(editor, article))
    statement = "The club said that over 600 people climbed it."
    return first, claim_of(logged(editor, article, CLUB, texts__0__statement=statement))


def test_relations_are_said_from_one_side_and_seen_from_both(
    desk: TestDesk, editor: Editor, two: tuple[str, str]
) -> None:
    first, second = two
    page = editor.open(f"/desk/claims/{first}/relations")
    bench = editor.save(page, {"relations.0.type": "depends_on", "relations.0.target": second})
    assert "Rests on: The club said" in bench.text
    assert "What rests on it: Ada Invented" in editor.open(f"/desk/claims/{second}").text
    again = editor.open(page.path)
    assert "Nothing was changed." in editor.save(again).text
    other = editor.save(again, {"relations.0.type": "contradicts"})
    assert "Contradicts: The club said" in other.text
    assert rows(desk, Relation) == 1
    editor.save(editor.open(page.path), {"relations.0.target": ""})
    assert rows(desk, Relation) == 0


def test_a_claim_has_no_relation_to_itself_or_to_nothing(editor: Editor, two: tuple[str, str]) -> None:
    page = editor.open(f"/desk/claims/{two[0]}/relations")
    itself = editor.send(page, {"relations.0.target": two[0]})
    assert itself.status == 422
    assert any("no relation to itself" in one for one in itself.faults())
    nothing = editor.send(page, {"relations.0.target": "No such claim"})
    assert any("there is no claim" in one.lower() for one in nothing.faults())


def test_two_editors_at_once(desk: TestDesk, editor: Editor, two: tuple[str, str]) -> None:
    page = editor.open(f"/desk/claims/{two[0]}/relations")
    other = desk.editor("S. Soe", "editor")
    other.save(other.open(page.path), {"relations.0.type": "repeats", "relations.0.target": two[1]})
    clash = editor.send(page, {"relations.0.type": "about", "relations.0.target": two[1]})
    assert clash.status == 409
    assert "repeats" in clash.text
    editor.save(clash)
