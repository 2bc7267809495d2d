"""Figures at the desk: as printed, as read, and read back before anything is saved."""

from kb.desk.tables import Agent, Figure, Topic
from tests.support.desk import Editor, Sheet, TestDesk
from tests.support.matter import TEXT, Matter, all_of, span, value
from tests.support.statements import Statements

HEIGHT = {"raw": "4,807 metres", "value": "4807", "comparator": "exact", "unit": "metres"}
WEIGHED = {"aspect": "year", "stance": "supports", "origin_way": "own", "grade": "A", "grade_reason": "itself"}


def new(editor: Editor, matter: Matter, query: str = "") -> Sheet:
    return editor.open(f"{matter.own}/figures/new{query}")


def attached(editor: Editor, matter: Matter, words: str) -> None:
    """Evidence with these words of the report."""
    page = editor.open(f"{matter.own}/evidence/new?source={matter.report}")
    sent = editor.send(editor.send(page, do=f"quote:{span(words)}"), WEIGHED)
    assert sent.status == 303, sent.faults()


def test_a_figure_of_the_claim_knows_its_place(desk: TestDesk, editor: Editor, matter: Matter) -> None:
    saved = editor.save(new(editor, matter), HEIGHT)
    assert "Reads back: 4,807 metres: 4807, no bounds given." in saved.text
    [figure] = all_of(desk, Figure)
    assert (figure.value, figure.low, figure.high, figure.raw_language) == ("4807", None, None, "en")
    assert (figure.start_at, figure.end_at) == tuple(map(int, span("4,807 metres").split("-")))
    assert "Nothing was changed." in editor.save(saved).text


def test_it_is_read_back_and_nothing_is_saved_or_made(desk: TestDesk, editor: Editor, matter: Matter) -> None:
    typed = {"raw": "over 600", "comparator": "over", "low": "600,5", "unit": "people", "period": "2024-03/2025-03"}
    read = editor.send(
        new(editor, matter), {**typed, "measure": "A new one", "counted_by_agent": "Club"}, do="readback"
    )
    assert read.status == 200
    assert "over 600 people: more than 600.5, no upper limit. from March 2024 to March 2025." in read.text
    assert value(read, "low") == "600,5"
    assert not all_of(desk, Figure)
    assert not all_of(desk, Topic)
    refused = editor.send(read, {"period": "2024-13", "low": "NaN"}, do="readback")
    assert refused.status == 422
    for field in ("period", "low"):
        assert refused.tree.xpath(f"//*[@id='f-{field}' and @aria-invalid]")


def test_what_the_quote_proposes_fills_the_form(desk: TestDesk, editor: Editor, matter: Matter) -> None:
    words = "Over 600 people climbed it in 2019."
    attached(editor, matter, words)
    page = new(editor, matter, "?evidence=1")
    assert value(page, "evidence") == "1"
    assert value(page, "aspect") == "year"
    [key] = page.tree.xpath("//button[contains(., '600')]/@value")
    filled = editor.send(page, do=key)
    assert filled.status == 200
    assert (value(filled, "comparator"), value(filled, "low"), value(filled, "unit")) == ("over", "600", "people")
    saved = editor.save(filled)
    [figure] = all_of(desk, Figure)
    assert figure.evidence_id is not None
    assert TEXT[figure.start_at : figure.end_at] == figure.raw
    assert figure.low_inclusive is False
    assert "more than 600, no upper limit" in saved.text


def test_words_that_stand_twice_ask_which_is_meant(desk: TestDesk, editor: Editor, matter: Matter) -> None:
    words = "Others say 4,807 metres, too, and that 4,807 metres is too little."
    attached(editor, matter, words)
    asked = editor.send(new(editor, matter, "?evidence=1"), HEIGHT)
    assert asked.status == 422
    places = asked.tree.xpath("//input[@name='place']/@value")
    assert len(places) == 2
    editor.save(asked, {"place": places[1]})
    [figure] = all_of(desk, Figure)
    assert figure.start_at == TEXT.rindex("4,807 metres")


def test_bounds_are_given_by_the_words(desk: TestDesk, editor: Editor, matter: Matter) -> None:
    for comparator, bounds in (
        ("at_least", {"low": "5"}),
        ("at_most", {"high": "5"}),
        ("under", {"high": "5"}),
        ("between", {"low": "4", "low_inclusive": "yes", "high": "5"}),
        ("almost_all", {"high": "5"}),
    ):
        given = {"raw": "so many", "unit": "people", "comparator": comparator, **bounds}
        saved = editor.save(new(editor, matter), given)
        assert "Nothing was changed." in editor.save(saved).text
    found = [(one.low, one.low_inclusive, one.high, one.high_inclusive) for one in all_of(desk, Figure)]
    assert found == [
        ("5", True, None, None),
        (None, None, "5", True),
        (None, None, "5", False),
        ("4", True, "5", False),
        (None, None, "5", False),
    ]
    against = {"raw": "over 5", "unit": "people", "comparator": "over", "low": "5", "low_inclusive": "yes"}
    refused = editor.send(new(editor, matter), against)
    assert refused.tree.xpath("//*[@id='f-comparator' and @aria-invalid]")


def test_percent_or_percentage_points_is_asked(desk: TestDesk, editor: Editor, matter: Matter) -> None:
    given = {"raw": "42 percent", "value": "42", "comparator": "exact", "unit": "percent"}
    asked = editor.send(new(editor, matter), given)
    assert asked.status == 422
    assert any("percent or percentage points" in fault for fault in asked.faults())
    editor.save(asked, {"percent": "points"})
    assert "Nothing was changed." in editor.save(editor.save(asked, {"percent": "percent"})).text
    assert [one.unit for one in all_of(desk, Figure)] == ["percentage points", "%"]


def test_a_measure_and_who_counted_are_made_in_place(desk: TestDesk, editor: Editor, matter: Matter) -> None:
    given = {**HEIGHT, "measure": "Height of a mountain", "counted_by_agent": "The club"}
    asked = editor.send(new(editor, matter), given)
    assert asked.status == 422
    assert any("of what kind a new one is" in fault for fault in asked.faults())
    assert "The club" not in [one.name for one in all_of(desk, Agent)]
    saved = editor.save(asked, {"measure_kind": "stock"})
    assert [(one.label, one.measure_kind) for one in all_of(desk, Topic)] == [("Height of a mountain", "stock")]
    assert ("The club", "organisation") in [(one.name, one.kind) for one in all_of(desk, Agent)]
    part = editor.save(new(editor, matter), {**HEIGHT, "measure": "Height of a mountain", "share_of": "1"})
    assert value(part, "share_of") == "1"
    assert value(part, "measure").startswith("Height of a mountain [")
    gone = editor.send(part, {"share_of": "77"})
    assert gone.status == 422
    assert any("the claim has no figure 77" in fault.lower() for fault in gone.faults())
    needed = editor.send(saved, {"sure": "yes"}, do="drop")
    assert needed.status in (409, 422)
    assert "share of it" in needed.text


def test_a_topic_that_is_no_measure_is_refused(editor: Editor, matter: Matter) -> None:
    editor.save(editor.open("/desk/topics/new"), {"label": "Mountains"})
    refused = editor.send(new(editor, matter), {**HEIGHT, "measure": "Mountains"})
    assert refused.status == 422
    assert any("a subject, not a measure" in fault for fault in refused.faults())


def test_hostile_numbers_are_refused_at_their_field(desk: TestDesk, editor: Editor, matter: Matter) -> None:
    page = new(editor, matter)
    for bad in ("NaN", "Infinity", "1e400", "9" * 5_000, "=1+1", "0x10", "٣", "1_000", "--5", "1,000", "a\x00"):
        for name in ("value", "rounding_step"):
            sent = editor.send(page, {**HEIGHT, "note": "<script>a", name: bad})
            assert sent.status == 422, bad
            assert sent.tree.xpath(f"//*[@id='f-{name}' and @aria-invalid]"), (bad, sent.faults())
            assert all(len(fault) < 400 for fault in sent.faults())
            assert "<script>a" not in sent.reply.text
    for name, bad in (
        ("period", "-99999-01"),
        ("period", "yesterday"),
        ("raw", ""),
        ("unit", ""),
        ("raw_language", "no tag"),
        ("comparator", "nearly"),
        ("counted_by_agent", "a\x00"),
        ("measure", "b\x00"),
        ("evidence", "77"),
        ("aspect", "nothing"),
    ):
        sent = editor.send(page, {**HEIGHT, name: bad})
        assert sent.status == 422, (name, bad)
        assert sent.tree.xpath(f"//*[@id='f-{name}' and @aria-invalid]"), (name, sent.faults())
    assert not all_of(desk, Figure)


def test_two_editors_at_once_and_taking_it_away(desk: TestDesk, editor: Editor, matter: Matter) -> None:
    page = editor.save(new(editor, matter), HEIGHT)
    other = desk.editor("S. Soe", "editor")
    address = page.path.partition("?")[0]
    other.save(other.open(address), {"period": "1863"})
    clash = editor.send(page, {"period": "1864"})
    assert clash.status == 409
    assert "1863" in clash.text
    saved = editor.save(clash)
    assert value(saved, "period") == "1864"
    assert editor.send(saved, do="drop").status == 422
    assert editor.send(saved, {"sure": "yes"}, do="drop").status == 303
    assert not all_of(desk, Figure)


def test_a_page_takes_as_many_statements_whatever_there_is(desk: TestDesk, editor: Editor, matter: Matter) -> None:
    editor.save(new(editor, matter), HEIGHT)
    readers = desk.app.state.desk.readers
    with Statements(readers) as few:
        editor.open(f"{matter.own}/figures/1")
    for _ in range(3):
        editor.save(new(editor, matter), HEIGHT)
    with Statements(readers) as many:
        editor.open(f"{matter.own}/figures/1")
    assert len(few) == len(many) <= 25, (len(few), len(many))
