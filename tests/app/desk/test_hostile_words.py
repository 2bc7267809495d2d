"""Whatever stands in a field stands on the desk's pages as text: stored in any table, or typed and refused."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from lxml import html
from lxml.html import HtmlElement
from sqlalchemy import update

from kb.desk.tables import Snapshot, Source
from tests.support.canaries import put_in
from tests.support.desk import Editor, Sheet, TestDesk
from tests.support.rooms import ROLES, Scene, routes, scene

SCRIPT = "\"'><script>alert(1)</script><img src=x onerror=alert(1)></textarea></title><!--{{ 7*7 }}\u202e"
TYPED = f"{SCRIPT}</option><svg/onload=alert(1)><a href=javascript:alert(1)>"
# Every column that an editor's own words, a page's or a browser's go into.
WORDS = frozenset(
    [
        *("about", "actor", "as_printed", "author_as_printed", "body", "certainty_reason", "checkability_reason"),
        *("client", "comment", "confidence_reason", "copy_of_as_printed", "counted", "counted_by", "date_note"),
        *("description", "exact", "field", "genre", "grade_reason", "label", "name", "note", "override_reason"),
        *("period_note", "prefix", "publisher_as_printed", "raw", "reason", "resolved_by", "scope", "searched_in"),
        *("short", "statement", "strength_reason", "suffix", "text", "title", "translation", "unit"),
        *("verb", "would_change"),
    ]
)
SCHEMES = {"", "http", "https", "otpauth"}
OURS = re.compile(r"(\.\./)*(\./)?static/[a-z]+-v1\.mjs\?[0-9a-f]{12}")


@pytest.fixture(scope="module")
def place(common_desk: TestDesk) -> tuple[TestDesk, Scene, Editor]:
    return common_desk, scene(common_desk), common_desk.editor("All roles", *ROLES)


def faults(page: HtmlElement) -> Iterator[str]:
    """What no template of ours has made."""
    for one in page.iter():
        if not isinstance(one.tag, str):
            yield f"a comment: {one.text}"
            continue
        yield from (f"{name} of <{one.tag}>" for name in one.attrib if name.startswith("on") or name == "style")
        if one.tag in ("img", "iframe", "object", "embed", "base", "style"):
            yield f"<{one.tag}>"
        if one.tag == "script" and (one.text or not OURS.fullmatch(one.get("src") or "")):
            yield f"a script: {one.text or one.get('src')}"
        for name in ("href", "action", "src", "formaction"):
            if urlsplit(one.get(name) or "").scheme not in SCHEMES:
                yield f"{name}={one.get(name)}"


def check(sheet: Sheet) -> bool:
    """True where the page shows some of it."""
    tree = html.document_fromstring(sheet.reply.text)
    assert list(faults(tree)) == [], sheet.path
    shown = [tree.text_content(), *(value for one in tree.iter() for value in one.attrib.values())]
    assert not any(re.search(r"\D49\D.{0,3}\u202e", one) for one in shown), sheet.path
    return any("<script>alert(1)</script>" in one for one in shown)


def test_what_is_typed_comes_back_as_text(place: tuple[TestDesk, Scene, Editor]) -> None:
    desk, known, editor = place
    again = 0
    for route in routes(desk.app, "GET"):
        sheet = editor.look(known.at(route.path))
        if sheet.status != 200 or not sheet.reply.headers["content-type"].startswith("text/html"):
            continue
        for form in sheet.tree.xpath("//form[@method='post']"):
            names = form.xpath(".//input[not(@type) or @type='text' or @type='search']/@name|.//textarea/@name")
            action = form.get("action") or ""
            if names and "/publish" not in sheet.path + action:
                sent = editor.send(sheet, dict.fromkeys(names, TYPED), action=action.replace("../", "").lstrip("."))
                assert sent.status < 500, (sheet.path, action)
                again += sent.status in (200, 409, 422) and check(sent)
    assert again > 20


def test_what_is_stored_is_shown_as_text(place: tuple[TestDesk, Scene, Editor]) -> None:
    desk, known, editor = place
    with desk.app.state.desk.engine.begin() as connection:
        poisoned = put_in(connection, SCRIPT, WORDS)
        for column in (Source.url, Snapshot.retrieved_from):
            connection.execute(update(column.class_).values({column: "javascript:alert(1)"}))
    assert len(poisoned) > 60
    shown = 0
    for route in routes(desk.app, "GET"):
        sheet = editor.look(known.at(route.path))
        assert sheet.status in (200, 303, 404, 409, 422), (route.path, sheet.text[:300])
        if sheet.status == 200 and sheet.reply.headers["content-type"].startswith("text/html"):
            shown += check(sheet)
    assert shown > 35
