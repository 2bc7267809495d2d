"""The queue: what waits, for what, and what is to be done next."""

from tests.support.desk import Editor, TestDesk
from tests.support.statements import Statements


def test_a_desk_on_its_first_day_names_the_first_step(desk: TestDesk, editor: Editor) -> None:
    page = editor.open("/desk")
    assert "Nothing waits here. Bring in an article" in page.text
    assert page.tree.xpath("//a[contains(@class, 'first') and contains(@href, 'desk/bring-in')]")
    assert editor.look("/desk/").status == 308
    reviewer = desk.editor("V. Voe", "reviewer")
    assert not reviewer.open("/desk").tree.xpath("//a[contains(@class, 'button')]")


def test_a_draft_waits_for_one_thing(editor: Editor) -> None:
    editor.save(editor.open("/desk/topics/new"), {"label": "Heights"})
    page = editor.open("/desk")
    row = page.tree.xpath("//ul[contains(@class, 'queue')]/li")[0]
    words = " ".join(row.text_content().split())
    assert words.startswith("Heights Waits for: a second reader")
    assert "Topic · Draft · today · R. Roe" in words
    assert words.endswith("Open")
    assert "My drafts 1" in page.text


def test_it_is_narrowed_by_what_stands_in_the_address(editor: Editor) -> None:
    editor.save(editor.open("/desk/topics/new"), {"label": "Heights"})
    editor.save(editor.open("/desk/agents/new"), {"name": "Survey", "kind": "office"})

    def labels(asked: str) -> list[str]:
        return [one.text_content() for one in editor.open(f"/desk{asked}").tree.xpath("//li//p[@class='q']")]

    assert labels("") == ["Survey", "Heights"]
    assert labels("?kind=topic") == ["Heights"]
    assert labels("?words=SURV") == ["Survey"]
    assert labels("?state=mine&who=R.+Roe") == ["Survey", "Heights"]
    assert labels("?age=7") == []
    assert labels("?state=returned") == []
    assert "Nothing here fits." in editor.open("/desk?age=7").text


def test_an_address_written_by_hand_says_what_is_wrong(editor: Editor) -> None:
    editor.save(editor.open("/desk/topics/new"), {"label": "Heights"})
    for asked in ("kind=nonsense", "state=%00", "topic=%00", "after=x", "who=%00"):
        page = editor.open(f"/desk?{asked}")
        assert page.tree.xpath("//*[@role='alert']"), asked
        assert "Heights" in page.text


def test_whoever_may_do_the_next_step_is_led_to_it(desk: TestDesk, editor: Editor) -> None:
    editor.save(editor.open("/desk/topics/new"), {"label": "Heights"})
    reader = desk.editor("V. Voe", "reviewer")
    assert (
        reader.open("/desk").tree.xpath("string(//ul[contains(@class, 'queue')]//a[contains(@class, 'button')])")
        == "Open"
    )


def test_the_queue_takes_as_many_statements_whatever_its_length(desk: TestDesk, editor: Editor) -> None:
    counts = []
    for number in range(3):
        editor.save(editor.open("/desk/topics/new"), {"label": f"Heights {number}"})
        with Statements(desk.app.state.desk.readers) as seen:
            editor.open("/desk")
        counts.append(len(seen))
    assert counts[1] == counts[2] <= 60
