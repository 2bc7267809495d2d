"""Sources at the desk: changed, with their lineage, and two editors at once."""

import pytest

from kb.db import writing
from tests.factories.desk import source
from tests.support.desk import Editor, Sheet, TestDesk
from tests.support.statements import Statements


@pytest.fixture
def two(desk: TestDesk) -> tuple[str, str]:
    with writing(desk.app.state.desk.engine) as session:
        return source(session, "Heights").id, source(session, "First words").id


def value(sheet: Sheet, name: str) -> str:
    return str(sheet.tree.xpath(f"string(//*[@name='{name}']/@value)"))


def test_every_field_comes_back(editor: Editor, two: tuple[str, str]) -> None:
    page = editor.open(f"/desk/sources/{two[0]}")
    typed = {
        "title": "Heights, again", "author_as_printed": "A. Doe", "date_note": "Online since May.",
        "url": "https://example.org/a", "licence": "https://creativecommons.org/licenses/by/4.0/", "genre": "survey",
        "publisher": "The Survey", "copy_of_as_printed": "dpa", "status_date": "2020-01", "title_language": "de",
        "prose_language": "en", "identifiers.0.value": "10.1000/182",
    }  # fmt: skip
    rows = {"authors.0": "A. Doe", "derived_from.0": f"First words [{two[1]}]", "identifiers.0.scheme": "doi"}
    saved = editor.save(page, {**typed, **rows, "status": "retracted", "note": "A note."})
    assert "Saved." in saved.text
    assert {name: value(saved, name) for name in typed if name != "publisher"} == {
        name: words for name, words in typed.items() if name != "publisher"
    }
    assert value(saved, "publisher").startswith("The Survey [")
    assert value(saved, "derived_from.0") == f"First words [{two[1]}]"
    assert saved.tree.xpath("string(//textarea[@name='note'])").strip() == "A note."
    assert "Nothing was changed." in editor.save(saved, {}).text


def test_a_source_never_comes_from_itself(editor: Editor, two: tuple[str, str]) -> None:
    editor.save(editor.open(f"/desk/sources/{two[0]}"), {"copy_of": "First words"})
    sent = editor.send(editor.open(f"/desk/sources/{two[1]}"), {"derived_from.0": "Heights"})
    assert sent.status == 422
    assert "would come from itself" in sent.tree.xpath("string(//*[@id='f-lineage-error'])")
    assert value(sent, "derived_from.0") == "Heights"


def test_rows_are_added_and_moved_and_save_nothing(editor: Editor, two: tuple[str, str]) -> None:
    page = editor.open(f"/desk/sources/{two[0]}")
    more = editor.send(page, {"authors.0": "A. Doe"}, do="add:authors")
    assert more.status == 200
    saved = editor.save(more, {"authors.1": "B. Noe"})
    assert value(saved, "authors.1").startswith("B. Noe [")
    turned = editor.send(saved, {}, do="up:authors.1")
    again = editor.save(turned, {})
    assert value(again, "authors.0").startswith("B. Noe [")


def test_two_editors_at_once(desk: TestDesk, editor: Editor, two: tuple[str, str]) -> None:
    mine = editor.open(f"/desk/sources/{two[0]}")
    other = desk.editor("S. Soe", "editor")
    other.save(other.open(f"/desk/sources/{two[0]}"), {"title": "Theirs"})
    clash = editor.send(mine, {"title": "Mine"})
    assert clash.status == 409
    assert "Theirs" in clash.text
    assert value(editor.save(clash, {}), "title") == "Mine"


def test_no_such_source(editor: Editor) -> None:
    for path in ("/desk/sources/nosuchone", "/desk/sources/nosuchone/snapshots", "/desk/sources/nosuchone/left-out"):
        assert editor.look(path).status == 404


def test_a_reviewer_looks_and_does_not_save(desk: TestDesk, two: tuple[str, str]) -> None:
    reviewer = desk.editor("T. Toe", "reviewer")
    page = reviewer.open(f"/desk/sources/{two[0]}")
    assert not page.form(f"/sources/{two[0]}").xpath(".//p[@class='acts']//button")
    assert reviewer.send(page, {"title": "Changed"}, action=f"/sources/{two[0]}").status == 403
    assert reviewer.look("/desk/bring-in").status == 403


def test_what_the_page_costs(desk: TestDesk, editor: Editor, two: tuple[str, str]) -> None:
    with Statements(desk.app.state.desk.readers) as statements:
        editor.open(f"/desk/sources/{two[0]}")
    assert len(statements) <= 50, len(statements)
