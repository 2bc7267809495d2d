"""Open questions at the desk: what would settle the matter, graded and never counted."""

import pytest
from sqlalchemy import select

from kb.desk.questions import find_question
from kb.desk.tables import OpenQuestion
from tests.factories.desk import bare_claim, origin, source
from tests.support.desk import Editor, Sheet, TestDesk
from tests.support.statements import Statements

LABEL = "whether the survey's own books say so"


@pytest.fixture
def claim(desk: TestDesk) -> str:
    with desk.app.state.desk.writing() as session:
        source(session, "The computing books")
        origin(session)
        return bare_claim(session, "height", "year").id


def new(editor: Editor, claim: str) -> Sheet:
    return editor.open(f"/desk/claims/{claim}/questions/new")


def stored(desk: TestDesk, claim: str) -> OpenQuestion:
    with desk.app.state.desk.reading() as session:
        found = find_question(session, claim, 1)
        session.expunge(found)
        return found


def test_a_question_is_added_with_what_would_settle_it_and_changed(desk: TestDesk, editor: Editor, claim: str) -> None:
    given = {
        "label": LABEL,
        "aspect": "year",
        "would_settle": "The computing books",
        "grade": "A",
        "grade_reason": "the survey's own",
        "origin": "The survey of 1863",
    }
    editor.save(new(editor, claim), given)
    made = stored(desk, claim)
    assert (made.label, made.grade, made.grade_reason) == (LABEL, "A", "the survey's own")
    assert made.would_settle_id is not None
    assert made.origin_id is not None
    sheet = editor.open(f"/desk/claims/{claim}/questions/1")
    assert "Nothing was changed." in editor.save(sheet).text
    editor.save(sheet, {"label": "another", "would_settle": "", "grade": "", "grade_reason": "", "origin": ""})
    made = stored(desk, claim)
    assert (made.label, made.would_settle_id, made.grade, made.origin_id) == ("another", None, None, None)


def test_a_question_alone_is_enough(desk: TestDesk, editor: Editor, claim: str) -> None:
    editor.save(new(editor, claim), {"label": LABEL})
    assert stored(desk, claim).aspect_id is None


def test_what_is_wrong_is_said_at_its_field_and_all_stays(desk: TestDesk, editor: Editor, claim: str) -> None:
    sheet = new(editor, claim)
    cases = {
        "label": {"label": ""},
        "would_settle": {"would_settle": "No such source", "grade": "A", "grade_reason": "own"},
        "grade": {"would_settle": "The computing books"},
        "grade_reason": {"grade_reason": "b\0d"},
        "origin": {"origin": "b\0d"},
        "aspect": {"aspect": "no_such_part"},
    }
    for field, values in cases.items():
        refused = editor.send(sheet, {"label": LABEL, **values})
        assert refused.status == 422, field
        assert refused.tree.xpath(f"//*[@id='f-{field}-error']"), field
        kept = refused.form().xpath(".//textarea[@name='label']")[0].text.removeprefix("\n")
        assert kept == values.get("label", LABEL)
    with desk.app.state.desk.reading() as session:
        assert session.scalars(select(OpenQuestion)).all() == []


def test_two_editors_at_once(desk: TestDesk, editor: Editor, claim: str) -> None:
    editor.save(new(editor, claim), {"label": LABEL})
    path = f"/desk/claims/{claim}/questions/1"
    mine = editor.open(path)
    other = desk.editor("S. Soe", "editor")
    other.save(other.open(path), {"label": "theirs"})
    clash = editor.send(mine, {"label": "mine"})
    assert clash.status == 409
    assert "theirs" in clash.text
    editor.save(clash)
    assert stored(desk, claim).label == "mine"


def test_a_question_is_taken_away_in_two_steps(desk: TestDesk, editor: Editor, claim: str) -> None:
    editor.save(new(editor, claim), {"label": LABEL})
    asked = editor.send(editor.open(f"/desk/claims/{claim}/questions/1"), {}, do="drop")
    assert asked.status == 422
    assert editor.send(asked, {"sure": "yes"}, do="drop").status == 303
    assert editor.look(f"/desk/claims/{claim}/questions/1").status == 404


def test_statements_of_the_page(desk: TestDesk, editor: Editor, claim: str) -> None:
    editor.save(new(editor, claim), {"label": LABEL, "aspect": "year"})
    with Statements(desk.app.state.desk.readers) as sent:
        editor.open(f"/desk/claims/{claim}/questions/1")
    assert len(sent) <= 20
