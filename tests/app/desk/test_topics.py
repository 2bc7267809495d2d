"""Topics at the desk: made, changed, and two editors at once."""

from tests.support.desk import Editor, TestDesk


def test_a_topic_is_added_and_changed(editor: Editor) -> None:
    made = editor.save(editor.open("/desk/topics/new"), {"label": "Heights of mountains"})
    assert "Added." in made.text
    assert made.form().xpath(".//input[@name='slug']")[0].get("value") == "heights-of-mountains"
    saved = editor.save(made, {"label": "Heights"})
    assert "Saved." in saved.text
    assert saved.tree.xpath("string(//h1)") == "Heights"
    assert "Nothing was changed." in editor.save(saved, {}).text


def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(editor: Editor) -> None:
    sent = editor.send(editor.open("/desk/topics/new"), {"label": "Heights", "slug": "No Such Slug", "broader": "Nil"})
    assert sent.status == 422
    assert any("Nil" in fault for fault in sent.faults())
    sent = editor.send(sent, {"broader": ""})
    assert sent.status == 422
    assert any("is not a slug" in fault for fault in sent.faults())
    assert sent.form().xpath(".//input[@name='label']")[0].get("value") == "Heights"
    assert sent.form().xpath(".//input[@name='slug']")[0].get("aria-invalid") == "true"


def test_two_editors_at_once(desk: TestDesk, editor: Editor) -> None:
    first = editor.save(editor.open("/desk/topics/new"), {"label": "Heights"})
    other = desk.editor("S. Soe", "editor")
    theirs = other.open(first.path.partition("?")[0])
    other.save(theirs, {"label": "Heights, in metres"})
    clash = editor.send(first, {"label": "Heights, in feet"})
    assert clash.status == 409
    assert "S. Soe has saved this since you opened it" in clash.text
    assert "Heights, in metres" in clash.text
    assert clash.form().xpath(".//input[@name='label']")[0].get("value") == "Heights, in feet"
    assert editor.save(clash, {}).tree.xpath("string(//h1)") == "Heights, in feet"


def test_a_session_that_ended_loses_nothing(desk: TestDesk, editor: Editor) -> None:
    page = editor.open("/desk/topics/new")
    editor.client.cookies.clear()
    kept = editor.send(page, {"label": "Typed before the session ended"})
    assert kept.status == 401
    goes_on = editor.send(kept, {"name": "R. Roe", "password": "correct horse battery"})
    assert goes_on.status == 200, goes_on.text
    saved = editor.save(goes_on)
    assert saved.tree.xpath("string(//h1)") == "Typed before the session ended"
