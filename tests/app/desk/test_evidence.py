"""Evidence at the desk: from the choice of a source to a piece that counts, is changed, copied and taken away."""

from urllib.parse import parse_qs, urljoin, urlsplit

from kb.desk.tables import Evidence, Figure, Origin, Passage
from tests.factories.desk import bare_claim
from tests.support.desk import Editor, Sheet, TestDesk
from tests.support.matter import SENTENCE, TEXT, Matter, all_of, span, value
from tests.support.statements import Statements

WEIGHED = {
    "aspect": "height",
    "stance": "supports",
    "origin_way": "own",
    "grade": "A",
    "grade_reason": "the survey itself",
}


def form_on(editor: Editor, matter: Matter, source: str, words: str = SENTENCE) -> Sheet:
    """The form with these words chosen in the text."""
    page = editor.open(f"{matter.own}/evidence/new?source={source}")
    return editor.send(page, do=f"quote:{span(words)}")


def attached(editor: Editor, matter: Matter, **values: str) -> Sheet:
    """The page of a piece that was saved."""
    sent = editor.send(form_on(editor, matter, matter.report), {**WEIGHED, **values})
    assert sent.status == 303, sent.faults()
    number = sent.reply.headers["location"].partition("#evidence-")[2]
    return editor.open(f"{matter.own}/evidence/{number}")


def test_the_source_is_chosen_first(editor: Editor, matter: Matter) -> None:
    page = editor.open(f"{matter.own}/evidence/new")
    assert "Same source as the last one" not in page.text
    assert page.tree.xpath(f"//a[contains(@href, 'source={matter.article}')]")
    taken = editor.save(page, {"source_pick": "The report"})
    assert parse_qs(urlsplit(str(taken.reply.url)).query)["source"] == [matter.report]
    refused = editor.send(page, {"source_pick": "No such thing"})
    assert refused.status == 422
    assert any("No such thing" in fault for fault in refused.faults())
    assert value(refused, "source_pick") == "No such thing"


def test_a_verified_quote_with_an_origin_of_its_own(desk: TestDesk, editor: Editor, matter: Matter) -> None:
    first = attached(editor, matter)
    assert "Verified: paragraph" in first.text
    [evidence] = all_of(desk, Evidence)
    [passage] = [one for one in all_of(desk, Passage) if one.source_id == matter.report]
    assert (passage.state, passage.exact) == ("verified", SENTENCE)
    own = next(one for one in all_of(desk, Origin) if one.id == evidence.origin_id)
    assert (own.label, own.genre, own.first_hand_source_id, own.seen) == ("The report", "report", matter.report, True)
    attached(editor, matter, aspect="year", stance="contradicts")
    assert {one.origin_id for one in all_of(desk, Evidence)} == {own.id}
    page = editor.open(f"{matter.own}/evidence/new")
    assert "Same source as the last one" in page.text


def test_another_point_from_the_same_quotation(desk: TestDesk, editor: Editor, matter: Matter) -> None:
    page = form_on(editor, matter, matter.report)
    more = editor.save(page, WEIGHED, do="another")
    assert "Added." in more.text
    assert SENTENCE in more.text
    assert (value(more, "grade"), value(more, "grade_reason")) == ("A", "the survey itself")
    assert (value(more, "origin_way"), value(more, "stance")) == ("own", "")
    sent = editor.send(more, {"aspect": "year", "stance": "contradicts"})
    assert sent.status == 303, sent.faults()
    assert [one.stance for one in all_of(desk, Evidence)] == ["supports", "contradicts"]
    quotes = [one for one in all_of(desk, Passage) if one.source_id == matter.report]
    assert [(one.state, one.start_at) for one in quotes] == [("verified", TEXT.index(SENTENCE))] * 2


def test_figures_of_the_quote_are_taken_where_they_are_ticked(desk: TestDesk, editor: Editor, matter: Matter) -> None:
    page = form_on(editor, matter, matter.report)
    [key] = [one for one in page.tree.xpath("//input[@name='figures']/@value") if "4,807" in SENTENCE[place(one)]]
    sent = editor.send(page, {**WEIGHED, "figures": key})
    assert sent.status == 303, sent.faults()
    [figure] = all_of(desk, Figure)
    [evidence] = all_of(desk, Evidence)
    assert figure.evidence_id == evidence.id
    assert figure.aspect_id == evidence.aspect_id
    assert TEXT[figure.start_at : figure.end_at] == figure.raw


def place(key: str) -> slice:
    begin, _, end = key.partition("-")
    return slice(int(begin), int(end))


def test_everything_that_is_wrong_is_said_at_once_and_nothing_is_lost(
    desk: TestDesk, editor: Editor, matter: Matter
) -> None:
    page = editor.open(f"{matter.own}/evidence/new?source={matter.report}")
    typed = {
        "strength": "strong",
        "translation": "Words",
        "translation_language": "xx yy",
        "note": "<script>a</script>",
    }
    sent = editor.send(page, {**typed, "origin_way": "other", "origin": "A brand new origin"})
    assert sent.status == 422
    said = " ".join(sent.faults())
    for words in ("No words are chosen yet", "what a new one is", "Stance", "Grade", "Aspect"):
        assert words in said, said
    assert "<script>a" not in sent.reply.text
    assert sent.form().xpath("string(.//textarea[@name='note'])").strip() == "<script>a</script>"
    assert value(sent, "origin") == "A brand new origin"
    assert not all_of(desk, Evidence)
    assert [one.label for one in all_of(desk, Origin)] == ["The survey of 1863"]
    half = {**WEIGHED, "strength": "strong", "translation": "Words", "translation_language": "en"}
    again = editor.send(editor.send(sent, do=f"quote:{span(SENTENCE)}"), half)
    assert again.status == 422
    assert again.form().xpath(".//input[@name='strength_reason']/@aria-invalid") == ["true"]


def test_a_new_origin_is_made_in_place(desk: TestDesk, editor: Editor, matter: Matter) -> None:
    attached(editor, matter, origin_way="other", origin="A tweet", origin_genre="post", origin_seen="yes")
    assert ("A tweet", "post", True) in [(one.label, one.genre, one.seen) for one in all_of(desk, Origin)]
    attached(editor, matter, origin_way="other", origin="A tweet")
    assert len(all_of(desk, Origin)) == 2


def test_words_without_a_text_are_recorded_and_unread_is_unseen(desk: TestDesk, editor: Editor, matter: Matter) -> None:
    page = editor.open(f"{matter.own}/evidence/new?source={matter.leaflet}")
    refused = editor.send(page, {**WEIGHED, "exact": "Etwa 4807 m", "unread": "yes"})
    assert refused.status == 422
    assert any("somebody here has read them" in fault for fault in refused.faults())
    translated = {"translation": "About 4807 m", "translation_language": "en"}
    assert editor.send(page, {**WEIGHED, **translated, "exact": "Etwa 4807 m"}).status == 303
    assert editor.send(page, {**WEIGHED, "unread": "yes"}).status == 303
    rows = [(one.state, one.exact, one.language) for one in all_of(desk, Passage) if one.source_id == matter.leaflet]
    assert rows == [("recorded", "Etwa 4807 m", "de"), ("unseen", None, None)]
    unseen = editor.open(f"{matter.own}/evidence/2")
    assert "it will not be counted: nobody here has read it" in unseen.text
    kept = editor.save(editor.open(f"{matter.own}/evidence/1"))
    assert "Nothing was changed." in kept.text


def test_words_read_elsewhere_stay_recorded_beside_a_held_text(desk: TestDesk, editor: Editor, matter: Matter) -> None:
    page = editor.open(f"{matter.own}/evidence/new?source={matter.report}")
    sent = editor.send(page, {**WEIGHED, "exact": "in the printed edition alone", "elsewhere": "yes"})
    assert sent.status == 303, sent.faults()
    shown = editor.open(f"{matter.own}/evidence/1")
    assert "Nothing was changed." in editor.save(shown).text
    assert [one.state for one in all_of(desk, Passage) if one.source_id == matter.report] == ["recorded"]
    chosen = editor.send(shown, {"elsewhere": "", "exact": ""}, do=f"quote:{span(SENTENCE)}")
    editor.save(chosen)
    assert [one.state for one in all_of(desk, Passage) if one.source_id == matter.report] == ["verified"]


def test_what_will_not_be_counted_says_so(editor: Editor, matter: Matter) -> None:
    assert "As it stands it will not be counted" not in attached(editor, matter).text
    page = attached(editor, matter, stance="mentions", grade="X", grade_reason="satire")
    said = "it will not be counted: it only mentions the matter; its source has grade X."
    assert said in page.text
    assert page.text.count("Will not be counted.") == 3


def test_it_is_changed_and_explains_another(desk: TestDesk, editor: Editor, matter: Matter) -> None:
    attached(editor, matter)
    page = attached(editor, matter, stance="qualifies")
    saved = editor.save(page, {"explains": "1", "strength": "weak", "strength_reason": "in passing"})
    assert "Saved." in saved.text
    assert saved.form().xpath(".//input[@name='explains' and @checked]/@value") == ["1"]
    assert "Nothing was changed." in editor.save(saved).text
    moved = editor.send(saved, do=f"quote:{span('Over 600 people climbed it in 2019.')}")
    assert moved.status == 200
    editor.save(moved)
    assert "Over 600 people climbed it in 2019." in [one.exact for one in all_of(desk, Passage)]


def test_two_editors_at_once(desk: TestDesk, editor: Editor, matter: Matter) -> None:
    page = attached(editor, matter)
    other = desk.editor("S. Soe", "editor")
    other.save(other.open(page.path), {"grade_reason": "theirs"})
    clash = editor.send(page, {"grade_reason": "mine"})
    assert clash.status == 409
    assert "S. Soe has saved this" in clash.text
    assert "theirs" in clash.text
    assert value(clash, "grade_reason") == "mine"
    assert value(editor.save(clash), "grade_reason") == "mine"


def test_it_is_taken_away_only_where_that_is_confirmed(desk: TestDesk, editor: Editor, matter: Matter) -> None:
    page = attached(editor, matter)
    refused = editor.send(page, do="drop")
    assert refused.status == 422
    assert any("not confirmed" in fault for fault in refused.faults())
    assert editor.send(page, {"sure": "yes"}, do="drop").status == 303
    assert not all_of(desk, Evidence)


def test_a_reference_is_copied_to_another_claim(desk: TestDesk, editor: Editor, matter: Matter) -> None:
    page = attached(editor, matter, grade_reason="as copied")
    with desk.app.state.desk.writing() as session:
        other = bare_claim(
            session, "depth", statement={"en": "A says that it is deep."}, question={"en": "Is it deep?"}
        )
        claim = other.id
    refused = editor.send(page, {"to_claim": "No such claim"}, action="/copy")
    assert refused.status == 422
    assert value(refused, "grade_reason") == "as copied"
    sent = editor.send(page, {"to_claim": "Is it deep?"}, action="/copy")
    assert sent.status == 303, sent.faults()
    form = editor.open(urljoin(sent.path, sent.reply.headers["location"]))
    assert f"/desk/claims/{claim}/evidence/new" in form.path
    assert SENTENCE in form.text
    assert value(form, "grade_reason") == "as copied"
    done = editor.send(form, {"stance": "contradicts"})
    assert done.status == 303, done.faults()
    assert [one.claim_id for one in all_of(desk, Evidence)] == [matter.claim, claim]


def test_a_new_source_comes_back_to_the_claim(editor: Editor, matter: Matter) -> None:
    page = editor.open(f"{matter.own}/evidence/new")
    [way] = page.tree.xpath("//a[contains(@href, 'bring-in?claim')]/@href")
    brought = editor.open(urljoin(page.path, way))
    named = editor.save(brought, {"text": "It is 4,807 metres high.\n"})
    given = {"title": "<b>Notes</b>", "publisher_as_printed": "The club", "published": "2020", "language": "en"}
    form = editor.save(named, {**given, "work_class": "Report"})
    assert form.path.startswith(f"{matter.own}/evidence/new")
    assert "<b>Notes" not in form.reply.text
    [way] = page.tree.xpath("//a[contains(@href, 'seen=no')]/@href")
    unread = editor.open(urljoin(page.path, way))
    assert not unread.form().xpath(".//input[@name='seen' and @checked]")
    assert editor.save(unread, {**given, "work_class": "Report"}).path.startswith(f"{matter.own}/evidence/new")


def test_hostile_values_are_refused_at_their_field(editor: Editor, matter: Matter) -> None:
    page = form_on(editor, matter, matter.report)
    for bad in ({"grade_reason": "a\x00b"}, {"note": "\ufffe"}, {"aspect": "'; --"}, {"stance": "x" * 100_000}):
        sent = editor.send(page, {**WEIGHED, **bad})
        assert sent.status == 422, bad
        assert all(len(fault) < 500 for fault in sent.faults())
    for bad in ({"origin_way": "other", "origin": "a\x00b", "origin_genre": "x"}, {"quote_language": "<i>"}):
        sent = editor.send(page, {**WEIGHED, **bad})
        assert sent.status == 422, bad
    assert editor.look(f"{matter.own}/evidence/99").status == 404
    assert editor.look(f"{matter.own}/evidence/x").status == 404
    assert editor.look(f"{matter.own}/evidence/new?source=nothing").status == 404


def test_a_page_takes_as_many_statements_whatever_there_is(desk: TestDesk, editor: Editor, matter: Matter) -> None:
    attached(editor, matter)
    readers = desk.app.state.desk.readers
    with Statements(readers) as few:
        editor.open(f"{matter.own}/evidence/1")
    for _ in range(3):
        attached(editor, matter, aspect="year")
    with Statements(readers) as many:
        editor.open(f"{matter.own}/evidence/1")
    assert len(few) == len(many) <= 45, (len(few), len(many))
