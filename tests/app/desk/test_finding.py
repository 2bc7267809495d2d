"""What may be meant while a name is being typed."""

from tests.support.desk import Editor, TestDesk


def test_a_name_is_found_while_it_is_typed(desk: TestDesk, editor: Editor) -> None:
    made = editor.save(editor.open("/desk/agents/new"), {"name": "Nepal Survey Department", "kind": "organisation"})
    record = made.path.partition("?")[0].rpartition("/")[2]
    reply = editor.ask("GET", "/desk/find?kind=agent&q=nepal+sur")
    assert [one["value"] for one in reply.json()] == [f"Nepal Survey Department [{record}]"]
    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers["content-type"] == "application/json"
    assert editor.ask("GET", "/desk/find?kind=agent&q=atlantis").json() == []
    assert editor.look("/desk/find?kind=nonsense&q=a").status == 404
    assert editor.ask("GET", "/desk/find?kind=agent&q=%00%ED%A0%80" + "x" * 4000).json() == []
    assert desk.stranger().look("/desk/find?kind=agent&q=nepal").status == 303
