"""The desk's own pages: those of the first day are changed, new ones are added."""

from fastapi.routing import APIRoute

from kb.desk.pages import TAKEN
from tests.support.desk import Editor, TestDesk


def test_a_page_is_added_and_changed(editor: Editor) -> None:
    made = editor.save(editor.open("/desk/pages/new"), {"name": "Who pays us", "body": "Nobody.\n\n- yet"})
    assert made.form().xpath(".//input[@name='slug']")[0].get("value") == "who-pays-us"
    saved = editor.save(made, {"body": "## Nobody\r\n\r\nNobody at all."})
    assert saved.form().xpath("string(.//textarea[@name='body'])").strip() == "## Nobody\n\nNobody at all."
    assert "Nothing was changed." in editor.save(saved).text


def test_what_the_site_itself_answers_at_is_no_address_of_a_page(desk: TestDesk, editor: Editor) -> None:
    first = {route.path.split("/")[1] for route in desk.app.routes if isinstance(route, APIRoute)}
    # No slug has a dot, so files such as sitemap.xml are in nobody's way.
    own = {name for name in first if name and "{" not in name and "." not in name}
    assert {"claims", "desk"} <= own <= TAKEN
    sheet = editor.send(editor.open("/desk/pages/new"), {"name": "Search", "body": "Words."})
    assert sheet.status == 422
    assert any("search" in fault for fault in sheet.faults())
