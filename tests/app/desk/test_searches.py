"""Searches at the desk: one that found nothing is a record; one that found something names it."""

from kb.desk.tables import Passage, Search
from tests.support.desk import Editor, TestDesk
from tests.support.matter import SENTENCE, Matter, all_of, span, value
from tests.support.statements import Statements

LOOKED = {"description": "Mount Example 4807 m", "searched_in": "the national archive", "searched_on": "2025-05-04"}
ASIDE = {"outcome": "not_relevant", "grade": "C", "grade_reason": "opinion"}


def recorded(editor: Editor, matter: Matter, **values: str) -> str:
    """The address of a search that was saved."""
    sent = editor.send(editor.open(f"{matter.own}/searches/new"), {**LOOKED, "outcome": "nothing_found", **values})
    assert sent.status == 303, sent.faults()
    number = sent.reply.headers["location"].partition("#search-")[2]
    return f"{matter.own}/searches/{number}"


def test_to_have_found_nothing_is_a_record(desk: TestDesk, editor: Editor, matter: Matter) -> None:
    page = editor.open(f"{matter.own}/searches/new")
    assert value(page, "outcome") == "nothing_found"
    assert len(value(page, "searched_on")) == len("2025-05-04")
    shown = editor.open(recorded(editor, matter, aspect="year"))
    [search] = all_of(desk, Search)
    assert (search.description, search.searched_on, search.passage_id) == (
        LOOKED["description"],
        LOOKED["searched_on"],
        None,
    )
    assert value(shown, "aspect") == "year"
    assert "Nothing was changed." in editor.save(shown).text
    assert "Saved." in editor.save(shown, {"searched_in": "another archive"}).text


def test_what_was_found_is_quoted_beside_the_form(desk: TestDesk, editor: Editor, matter: Matter) -> None:
    page = editor.open(f"{matter.own}/searches/new")
    refused = editor.send(page, {"source": "No such source"}, do="open")
    assert refused.status == 422
    opened = editor.send(page, {**LOOKED, **ASIDE, "source": "The report"}, do="open")
    assert opened.status == 200
    assert SENTENCE in opened.text
    assert value(opened, "description") == LOOKED["description"]
    chosen = editor.send(opened, do=f"quote:{span(SENTENCE)}")
    sent = editor.send(chosen)
    assert sent.status == 303, sent.faults()
    [search] = all_of(desk, Search)
    found = next(one for one in all_of(desk, Passage) if one.id == search.passage_id)
    assert (found.state, found.exact, search.grade) == ("verified", SENTENCE, "C")
    shown = editor.open(f"{matter.own}/searches/1")
    assert "Nothing was changed." in editor.save(shown).text
    nothing = {"outcome": "nothing_found", "source": "", "grade": "", "grade_reason": ""}
    assert "Saved." in editor.save(shown, nothing).text
    assert [one.passage_id for one in all_of(desk, Search)] == [None]


def test_what_is_wrong_stands_at_its_field(desk: TestDesk, editor: Editor, matter: Matter) -> None:
    page = editor.open(f"{matter.own}/searches/new")
    for values, field in (
        ({"outcome": "not_relevant"}, "outcome"),
        ({"searched_on": ""}, "searched_in"),
        ({"searched_on": "4 May 2025"}, "searched_on"),
        ({"searched_on": "0000-01-01"}, "searched_on"),
        ({"grade": "C"}, "grade"),
        ({"source": "a\x00b"}, "source"),
        ({"origin": "No such origin"}, "origin"),
        ({"description": ""}, "description"),
    ):
        sent = editor.send(page, {**LOOKED, "outcome": "nothing_found", "note": "<script>a", **values})
        assert sent.status == 422, values
        assert sent.tree.xpath(f"//*[@id='f-{field}' and @aria-invalid]"), (values, sent.faults())
        assert value(sent, "note") == "<script>a"
        assert "<script>a" not in sent.reply.text
    assert not all_of(desk, Search)
    for asked in ("%00", "nothing", matter.claim):
        assert value(editor.open(f"{matter.own}/searches/new?source={asked}"), "description") == ""
    asked = editor.open(f"{matter.own}/searches/new?source={matter.report}")
    assert value(asked, "source") == f"The report [{matter.report}]"


def test_two_editors_at_once_and_taking_it_away(desk: TestDesk, editor: Editor, matter: Matter) -> None:
    page = editor.open(recorded(editor, matter))
    other = desk.editor("S. Soe", "editor")
    other.save(other.open(page.path), {"note": "theirs"})
    clash = editor.send(page, {"note": "mine"})
    assert clash.status == 409
    assert "theirs" in clash.text
    assert value(clash, "note") == "mine"
    saved = editor.save(clash)
    assert editor.send(saved, do="drop").status == 422
    assert len(all_of(desk, Search)) == 1
    assert editor.send(saved, {"sure": "yes"}, do="drop").status == 303
    assert not all_of(desk, Search)


def test_a_page_takes_as_many_statements_whatever_there_is(desk: TestDesk, editor: Editor, matter: Matter) -> None:
    address = recorded(editor, matter)
    readers = desk.app.state.desk.readers
    with Statements(readers) as few:
        editor.open(address)
    for _ in range(3):
        recorded(editor, matter)
    with Statements(readers) as many:
        editor.open(address)
    assert len(few) == len(many) <= 30, (len(few), len(many))
