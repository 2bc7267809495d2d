"""Origins at the desk: made and changed; whether one was read is said, never assumed."""

from tests.support.desk import Editor


def test_an_origin_is_added_and_changed(editor: Editor) -> None:
    values = {"label": "Announcement of the survey", "genre": "announcement", "seen": "no"}
    made = editor.save(editor.open("/desk/origins/new"), values)
    assert "Added." in made.text
    assert made.form().xpath(".//input[@name='seen' and @checked]")[0].get("value") == "no"
    saved = editor.save(made, {"seen": "yes", "note": "Read in the archive."})
    assert saved.form().xpath(".//input[@name='seen' and @checked]")[0].get("value") == "yes"
    assert "Nothing was changed." in editor.save(saved).text


def test_it_has_to_be_said_whether_it_was_read(editor: Editor) -> None:
    sheet = editor.send(editor.open("/desk/origins/new"), {"label": "A treaty", "genre": "treaty"})
    assert sheet.status == 422
    assert any("not said whether it was read" in fault for fault in sheet.faults())
    assert sheet.form().xpath(".//input[@name='label']")[0].get("value") == "A treaty"


def test_a_private_person_is_not_named(editor: Editor) -> None:
    person = {"name": "Mary Moe", "kind": "person", "visibility": "private"}
    editor.save(editor.open("/desk/agents/new"), person)
    values = {"label": "Letter of Mary Moe", "genre": "letter", "seen": "yes"}
    sheet = editor.send(editor.open("/desk/origins/new"), values)
    assert sheet.status == 422
    assert any("a private person" in fault for fault in sheet.faults())
