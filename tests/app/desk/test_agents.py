"""Agents at the desk: made, changed, named, identified, and seen or not by readers."""

from tests.support.desk import Editor, Sheet, TestDesk


def new(editor: Editor, **values: str) -> Sheet:
    given = {"name": "Nepal Survey Department", "kind": "organisation", **values}
    return editor.save(editor.open("/desk/agents/new"), given)


def value(sheet: Sheet, name: str) -> str:
    return str(sheet.form().xpath(f".//input[@name='{name}']")[0].get("value"))


def test_an_agent_is_added_and_changed(editor: Editor) -> None:
    made = new(editor)
    assert "Added." in made.text
    assert made.tree.xpath("string(//h1)") == "Nepal Survey Department"
    assert "Draft" in made.tree.xpath("string(//aside)")
    saved = editor.save(made, {"genre": "public authority", "note": "Measures the country."})
    assert "Saved." in saved.text
    assert value(saved, "genre") == "public authority"
    assert "Nothing was changed." in editor.save(saved).text


def test_other_names_are_rows_with_a_language(editor: Editor) -> None:
    made = new(editor, **{"other_names.0.text": "Napi Bibhag", "other_names.0.language": "ne"})
    assert (value(made, "other_names.0.text"), value(made, "other_names.0.language")) == ("Napi Bibhag", "ne")
    more = editor.send(made, do="add:other_names")
    assert more.status == 200
    saved = editor.save(more, {"other_names.1.text": "The Survey"})
    assert value(saved, "other_names.1.language") == "en"
    turned = editor.save(editor.send(saved, do="up:other_names.1"))
    assert value(turned, "other_names.0.text") == "The Survey"
    # The language that is left behind is no name.
    fewer = editor.save(turned, {"other_names.0.text": ""})
    assert value(fewer, "other_names.0.text") == "Napi Bibhag"
    assert not fewer.form().xpath(".//input[@name='other_names.1.text']")


def test_the_same_name_twice_is_refused_at_the_names(editor: Editor) -> None:
    twice = {"other_names.0.text": "Survey", "other_names.1.text": "Survey"}
    sheet = editor.send(editor.open("/desk/agents/new"), {"name": "A", "kind": "office", **twice})
    assert sheet.status == 422
    assert any("twice" in fault for fault in sheet.faults())


def test_living_or_dead_is_said_with_a_date(editor: Editor) -> None:
    sheet = editor.send(
        editor.open("/desk/agents/new"), {"name": "R. Poe", "kind": "person", "living": "reported_dead"}
    )
    assert sheet.status == 422
    assert sheet.form().xpath(".//input[@name='living_as_of']")[0].get("aria-invalid") == "true"
    saved = editor.save(sheet, {"living_as_of": "2019-12"})
    assert value(saved, "living_as_of") == "2019-12"


def test_identifiers_are_checked_added_and_removed(editor: Editor) -> None:
    wrong = {"identifiers.0.scheme": "wikidata", "identifiers.0.value": "Everest"}
    sheet = editor.send(editor.open("/desk/agents/new"), {"name": "A", "kind": "office", **wrong})
    assert sheet.status == 422
    assert any("not an item of Wikidata" in fault for fault in sheet.faults())
    made = editor.save(sheet, {"identifiers.0.value": "https://www.wikidata.org/wiki/q513"})
    assert value(made, "identifiers.0.value") == "Q513"
    unsaid = editor.send(made, {"identifiers.1.value": "0000-0002-1825-0097"})
    assert unsaid.status == 422
    both = editor.save(unsaid, {"identifiers.1.scheme": "orcid"})
    assert value(both, "identifiers.0.value") == "0000-0002-1825-0097"
    gone = editor.save(editor.send(both, do="remove:identifiers.1"))
    assert "Saved." in gone.text
    assert [one.get("value") for one in gone.form().xpath(".//input[contains(@name, 'identifiers')]")] == [
        "0000-0002-1825-0097"
    ]


def test_hostile_words_are_shown_as_words(editor: Editor) -> None:
    for name in ("<script>alert(1)</script>", "=1+1", "\u202eabc", "שלום", "👩‍🚀"):
        made = new(editor, name=name)
        assert made.tree.xpath("string(//h1)") == name
        assert not [one for one in made.tree.iter("script") if "alert" in (one.text or "")]


def test_an_address_that_is_no_id_is_not_there(editor: Editor) -> None:
    for nonsense in ("nonsense", "%00", "7k3mq2xkt", "x" * 300):
        assert editor.look(f"/desk/agents/{nonsense}").status == 404


def test_who_may_not_draft_reads_and_changes_nothing(desk: TestDesk, editor: Editor) -> None:
    way = new(editor).path.partition("?")[0]
    reader = desk.editor("V. Voe", "reviewer").open(way)
    assert reader.form().xpath("./fieldset/@disabled")
    assert not reader.form().xpath(".//p[@class='acts']")
    ways = reader.tree.xpath("//aside//a/@href")
    assert [one.rpartition("/")[2] for one in ways] == ["review", "history"]
    own = [one.rpartition("/")[2] for one in editor.open(way).tree.xpath("//aside//a/@href")]
    assert own == ["review", "remove", "history"]
