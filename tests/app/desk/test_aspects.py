"""The parts of a claim at the desk: rows that are added, moved, renamed and taken away."""

import pytest
from sqlalchemy import select

from kb.desk.tables import Aspect
from tests.support.article import Article, bring_article, claim_of, logged
from tests.support.desk import Editor, Sheet, TestDesk


@pytest.fixture
def page(desk: TestDesk, editor: Editor) -> Sheet:
    article: Article = bring_article(desk)
    return editor.open(f"/desk/claims/{claim_of(logged(editor, article))}/aspects")


def kept(desk: TestDesk) -> list[tuple[int, str, bool]]:
    with desk.app.state.desk.reading() as session:
        rows = session.scalars(select(Aspect).order_by(Aspect.position))
        return [(one.number, one.code, one.main) for one in rows]


def test_rows_are_added_moved_and_taken_away(desk: TestDesk, editor: Editor, page: Sheet) -> None:
    assert "Nothing was changed." in editor.save(page).text
    more = editor.send(page, do="add:aspects")
    editor.save(more, {"aspects.1.label": "In 1863!", "aspects.1.main": ""})
    assert kept(desk) == [(1, "whole_claim", True), (2, "in_1863", False)]
    moved = editor.send(editor.open(page.path), do="up:aspects.1")
    editor.save(moved)
    assert kept(desk) == [(2, "in_1863", False), (1, "whole_claim", True)]
    editor.save(editor.send(editor.open(page.path), do="remove:aspects.1"))
    assert kept(desk) == [(2, "in_1863", False)]


def test_a_short_name_goes_from_one_row_to_another(desk: TestDesk, editor: Editor, page: Sheet) -> None:
    editor.save(editor.send(page, do="add:aspects"), {"aspects.1.label": "the year"})
    again = editor.open(page.path)
    editor.save(again, {"aspects.0.code": "the_year", "aspects.1.code": "when"})
    assert [(number, code) for number, code, _ in kept(desk)] == [(1, "the_year"), (2, "when")]
    swap = editor.send(editor.open(page.path), {"aspects.0.code": "when", "aspects.1.code": "the_year"})
    assert swap.status == 422
    assert any("swap their short names" in one for one in swap.faults())
    same = editor.send(editor.open(page.path), {"aspects.0.code": "when"})
    assert any("has this short name already" in one for one in same.faults())


def test_two_editors_at_once(desk: TestDesk, editor: Editor, page: Sheet) -> None:
    other = desk.editor("S. Soe", "editor")
    other.save(other.open(page.path), {"aspects.0.label": "the height"})
    clash = editor.send(page, {"aspects.0.label": "the altitude"})
    assert clash.status == 409
    assert "the height" in clash.text
    assert len(clash.tree.xpath("//table[@class='both']/tbody/tr")) == 1
    editor.save(clash)
