"""Taking a draft off the desk: what was published stays, and so does what others need."""

import pytest

from tests.support.desk import Editor, TestDesk


def test_a_draft_that_is_needed_stays(editor: Editor) -> None:
    broader = editor.save(editor.open("/desk/topics/new"), {"label": "Mountains"})
    editor.save(editor.open("/desk/topics/new"), {"label": "Heights", "broader": "Mountains"})
    record = broader.path.partition("?")[0].rpartition("/")[2]
    sent = editor.send(editor.open(f"/desk/records/{record}/remove"))
    assert sent.status == 409
    assert any("Other records refer to it" in fault for fault in sent.faults())
    assert editor.open(f"/desk/topics/{record}").status == 200


def test_what_was_published_is_withdrawn_instead(editor: Editor) -> None:
    page = editor.open("/desk/pages?q=glossary")
    record = page.tree.xpath("string(//p[@class='q']/a[.='Glossary']/@href)").rpartition("/")[2]
    asked = editor.open(f"/desk/records/{record}/remove")
    assert "It can be withdrawn" in asked.text
    assert not asked.tree.xpath("//form[@method='post' and not(contains(@action, 'sign-out'))]")


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("agents", {"name": "A", "kind": "office"}),
        ("origins", {"label": "A", "genre": "treaty", "seen": "no"}),
        ("pages", {"name": "A", "body": "Words."}),
    ],
)
def test_drafts_of_every_kind_go(editor: Editor, kind: str, values: dict[str, str]) -> None:
    made = editor.save(editor.open(f"/desk/{kind}/new"), values)
    record = made.path.partition("?")[0].rpartition("/")[2]
    gone = editor.save(editor.open(f"/desk/records/{record}/remove"))
    assert gone.path.startswith(f"/desk/{kind}") or kind in str(gone.reply.url)
    assert editor.look(f"/desk/{kind}/{record}").status == 404


def test_who_may_not_draft_may_not_remove(desk: TestDesk, editor: Editor) -> None:
    made = editor.save(editor.open("/desk/topics/new"), {"label": "Heights"})
    record = made.path.partition("?")[0].rpartition("/")[2]
    assert desk.editor("V. Voe", "reviewer").look(f"/desk/records/{record}/remove").status == 403
