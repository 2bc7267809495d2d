"""The history in words: of the desk, of one record, and of one that is gone."""

from tests.support.desk import Editor, TestDesk


def test_it_tells_who_did_what(desk: TestDesk, editor: Editor) -> None:
    made = editor.save(editor.open("/desk/topics/new"), {"label": "Heights"})
    editor.save(made, {"label": "Heights of mountains"})
    page = editor.open("/desk/history")
    told = [" ".join(one.text_content().split()) for one in page.tree.xpath("//ol[@class='events']/li")]
    assert "R. Roe changed the topic: Heights of mountains label was Heights, is “Heights of mountains”" in told[0]
    other = desk.editor("S. Soe", "editor")
    other.save(other.open("/desk/topics/new"), {"label": "Depths"})
    own = editor.open("/desk/history?who=S.+Soe")
    assert "Depths" in own.text
    assert "changed the topic" not in own.text
    assert editor.open("/desk/history?who=%00").status == 200


def test_a_record_has_its_own_and_keeps_it(editor: Editor) -> None:
    made = editor.save(editor.open("/desk/topics/new"), {"label": "Heights"})
    way = made.path.partition("?")[0]
    record = way.rpartition("/")[2]
    assert "added the topic “Heights”" in editor.open(f"/desk/records/{record}/history").text
    asked = editor.open(f"/desk/records/{record}/remove")
    gone = editor.save(asked)
    assert "Removed." in gone.text
    assert editor.look(way).status == 404
    left = editor.open(f"/desk/records/{record}/history")
    assert "It is not on the desk any more." in left.text
    assert "removed the topic “Heights”" in left.text
    assert editor.look(f"/desk/records/{record}").reply.headers["location"].endswith(f"{record}/history")
    for nonsense in ("7k3mq2xkt", "%00", "nonsense"):
        assert editor.look(f"/desk/records/{nonsense}/history").status == 404


def test_a_long_history_comes_in_pieces(editor: Editor) -> None:
    sheet = editor.save(editor.open("/desk/topics/new"), {"label": "Heights"})
    record = sheet.path.partition("?")[0].rpartition("/")[2]
    for number in range(51):
        sheet = editor.save(sheet, {"label": f"Heights {number}"})
    page = editor.open(f"/desk/records/{record}/history")
    assert len(page.tree.xpath("//ol[@class='events']/li")) == 50
    rest = editor.open(
        f"/desk/records/{record}/history?" + page.tree.xpath("string(//a[@rel='next']/@href)").partition("?")[2]
    )
    assert "added the topic" in rest.text
    assert len(rest.tree.xpath("//ol[@class='events']/li")) == 2


def test_who_only_lets_people_in_is_told_of_accounts_alone(desk: TestDesk, editor: Editor) -> None:
    values = {"name": "Mary Moe", "kind": "person", "visibility": "private"}
    way = editor.save(editor.open("/desk/agents/new"), values).path.partition("?")[0]
    admin = desk.editor("A. Admin", "admin")
    page = admin.open("/desk/history")
    assert "made the account A. Admin" in page.text
    assert "Mary Moe" not in page.reply.text
    own = f"/desk/records/{way.rpartition('/')[2]}/history"
    assert admin.look(own).status == 403
    for who in (editor, desk.editor("A. Reviewer", "reviewer"), desk.editor("A. Publisher", "publisher")):
        assert "Mary Moe" in who.open("/desk/history").text
        assert "Mary Moe" in who.open(own).text
