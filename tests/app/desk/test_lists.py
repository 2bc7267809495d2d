"""Lists of what the desk holds: drafts found by words, pieces of a long list, and where each record stands."""

import pytest

from tests.support.desk import Editor, Sheet, TestDesk
from tests.support.statements import Statements


def add(editor: Editor, name: str, **values: str) -> Sheet:
    return editor.save(editor.open("/desk/agents/new"), {"name": name, "kind": "organisation", **values})


def names(sheet: Sheet) -> list[str]:
    return [str(one.text_content()) for one in sheet.tree.xpath("//ul[contains(@class, 'lines')]//p[@class='q']")]


def test_a_draft_is_found_by_any_word_of_it(editor: Editor) -> None:
    add(editor, "École des Mines", **{"other_names.0.text": "Bergakademie"})
    add(editor, "Nepal Survey Department")
    assert set(names(editor.open("/desk/agents"))) >= {"Nepal Survey Department", "École des Mines"}
    for words in ("ÉCOLE", "mines berg", "bergaka"):
        assert names(editor.open(f"/desk/agents?q={words}")) == ["École des Mines"]
    nothing = editor.open("/desk/agents?q=Atlantis")
    assert names(nothing) == []
    assert "Nothing here has these words." in nothing.text


def test_a_long_list_comes_in_pieces(editor: Editor) -> None:
    for number in range(32):
        add(editor, f"Agency {number}")
    first = editor.open("/desk/agents?q=agency")
    assert len(names(first)) == 30
    second = editor.open(
        "/desk/agents" + str(first.tree.xpath("string(//a[@rel='next']/@href)")).rpartition("agents")[2]
    )
    assert sorted(names(first) + names(second)) == sorted(f"Agency {number}" for number in range(32))
    assert not second.tree.xpath("//a[@rel='next']")


def test_each_line_says_where_it_stands(editor: Editor) -> None:
    add(editor, "A new agency")
    assert "Draft · Organisation" in editor.open("/desk/agents?q=new+agency").text
    page = editor.open("/desk/pages?q=glossary")
    assert "Published, version 1" in page.text
    way = str(page.tree.xpath("string(//p[@class='q']/a[.='Glossary']/@href)")).removeprefix("../")
    editor.save(editor.open(f"/{way}"), {"body": "## Other words"})
    page = editor.open("/desk/pages?q=glossary")
    assert "Version 1 published, changed since" in page.text


@pytest.mark.parametrize("kind", ["agents", "claims", "origins", "pages", "sources", "topics"])
def test_every_list_opens_with_any_question(editor: Editor, kind: str) -> None:
    for asked in ("", "?q=%00", "?q=%ED%A0%80", "?after=%00", "?after=nothing", "?q=" + "x" * 5000):
        assert editor.open(f"/desk/{kind}{asked}").status == 200


def test_where_nothing_is_the_next_step_is_named(desk: TestDesk, editor: Editor) -> None:
    empty = editor.open("/desk/claims")
    assert "Bring in an article" in empty.text
    assert empty.tree.xpath("//a[contains(@class, 'first') and contains(@href, 'desk/bring-in')]")
    reviewer = desk.editor("V. Voe", "reviewer")
    assert not reviewer.open("/desk/claims").tree.xpath("//a[contains(@class, 'button')]")


def test_private_persons_are_for_those_who_draft_and_read(desk: TestDesk, editor: Editor) -> None:
    add(editor, "Mary Moe", kind="person", visibility="private")
    assert "Mary Moe" in names(editor.open("/desk/agents"))
    admin = desk.editor("A. Doe", "admin")
    assert "Mary Moe" not in admin.open("/desk/agents").text
    found = "/desk/find?kind=agent&q=mary"
    assert len(editor.ask("GET", found).json()) == 1
    assert admin.ask("GET", found).json() == []


def test_a_list_takes_as_many_statements_whatever_its_length(desk: TestDesk, editor: Editor) -> None:
    counts = []
    for number in range(3):
        add(editor, f"Agency {number}")
        with Statements(desk.app.state.desk.readers) as seen:
            editor.open("/desk/agents")
        counts.append(len(seen))
    assert counts[1] == counts[2] <= 45
