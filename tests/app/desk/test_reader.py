"""The reader: ways to a quote without scripts, in a form that loses nothing; seen on the page of sentences left out."""

import re
from dataclasses import dataclass

import pytest
from lxml import html
from sqlalchemy import select

from kb.db import writing
from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.snapshots import SegmentEntry, SnapshotEntry, bring_in
from kb.desk.sources import find_source
from kb.desk.tables import LeftOutSentence, Passage
from tests.factories.desk import source
from tests.support.desk import Editor, Sheet, TestDesk
from tests.support.statements import Statements

TEXT = (
    "Heights \U0001f468\u200d\U0001f469\u200d\U0001f467\n\n\n"
    "In 1863 the survey gave the mountain 4,807 metres. The survey said so twice.\r\n"
    " \n"
    "\u05d4\u05d4\u05e8 \u05d2\u05d1\u05d5\u05d4 \u202eturned\u202c e\u0301t\u00ad\u00e9, "
    "\u201cthe SURVEY said\u201d so.\n"
    "Advertisement: buy boots. Really, buy boots.\n\n"
)
AD = (TEXT.index("Advertisement"), TEXT.index(" Really"))


@dataclass(frozen=True)
class Held:
    """A source of which a text is held; `page` is where its sentences are left out."""

    id: str

    @property
    def page(self) -> str:
        return f"/desk/sources/{self.id}/left-out"


def hold(desk: TestDesk, text: str, segments: tuple[SegmentEntry, ...] = (), source_id: str = "") -> Held:
    at = desk.app.state.desk
    with writing(at.engine) as session:
        of = find_source(session, source_id) if source_id else source(session, "Heights")
        entry = SnapshotEntry(language="en", segments=segments)
        bring_in(session, LOCAL_OPERATOR, of, entry, text.encode(), at.blobs)
        return Held(of.id)


@pytest.fixture
def held(desk: TestDesk) -> Held:
    ad = SegmentEntry(code="ad", start=AD[0], end=AD[1], role="foreign_matter", claims_taken=False)
    return hold(desk, TEXT, (ad,))


def quote(sheet: Sheet) -> str:
    """The words chosen, as the form shows them."""
    return str(sheet.tree.xpath("string(//blockquote[@class='quoted']/mark)"))


def marked(sheet: Sheet) -> str:
    return "".join(one.text_content() for one in sheet.tree.xpath("//*[@data-text-of-record]//mark"))


def button(sheet: Sheet, words: str) -> str:
    """What the button of this name does."""
    [found] = sheet.tree.xpath(f"//button[@name='do'][normalize-space(.)='{words}' or @aria-label='{words}']")
    return str(found.get("value"))


def press(editor: Editor, sheet: Sheet, words: str, values: dict[str, str] | None = None) -> Sheet:
    sent = editor.send(sheet, values, do=button(sheet, words))
    assert sent.status == 200, sent.text[:500]
    return sent


def test_the_root_holds_the_text_to_the_character(editor: Editor, held: Held) -> None:
    for path in (held.page, f"{held.page}?find=survey+said&hit=2", f"{held.page}?start=0&end=7"):
        [root] = editor.open(path).tree.xpath("//*[@data-text-of-record]")
        assert root.text_content() == TEXT
        assert root.get("data-start") == "0"


def test_words_are_found_and_stepped_through(editor: Editor, held: Held) -> None:
    typed = {"reason": "It repeats another."}
    found = press(editor, editor.open(held.page), "Find", {**typed, "find": "the survey  SAID"})
    assert quote(found) == marked(found) == "The survey said"
    assert "1 of 2" in found.text
    following = press(editor, found, "The next hit")
    assert quote(following) == "the SURVEY said"
    assert "2 of 2" in following.text
    assert quote(press(editor, following, "The next hit")) == "The survey said"
    assert following.tree.xpath("string(//textarea[@name='reason'])").strip() == typed["reason"]
    assert "paragraph 3" in following.text


def test_enter_in_the_field_finds_and_saves_nothing(desk: TestDesk, editor: Editor, held: Held) -> None:
    values = {"find": "4,807 metres", "reason": "Typed already.", "do": ""}
    sent = editor.send(editor.open(held.page), values)
    assert sent.status == 200
    assert quote(sent) == "4,807 metres"
    saved = editor.send(sent, {"do": ""})
    assert saved.status == 303, saved.faults()


def test_the_address_alone_opens_it_at_the_quote(editor: Editor, held: Held) -> None:
    start = TEXT.index("the mountain")
    assert quote(editor.open(f"{held.page}?start={start}&end={start + 12}")) == "the mountain"
    assert quote(editor.open(f"{held.page}?find=survey&hit=2")) == "survey"
    for odd in ("start=x&end=9", "hit=99999999999999&find=survey", "from=-1", "start=9&end=3", "snapshot=0", "pane=x"):
        assert editor.look(f"{held.page}?{odd}").status == 200


def test_a_paragraph_by_its_button_then_trimmed(editor: Editor, held: Held) -> None:
    taken = press(editor, editor.open(held.page), "Quote paragraph 2")
    assert quote(taken) == "In 1863 the survey gave the mountain 4,807 metres. The survey said so twice."
    trimmed = press(editor, taken, "Trim to these words", {"first": "the survey gave", "last": "metres."})
    assert quote(trimmed) == "the survey gave the mountain 4,807 metres."
    earlier = editor.send(trimmed, {}, do=trimmed.tree.xpath("//*[@aria-label='The beginning']//button/@value")[0])
    assert quote(earlier) == "1863 the survey gave the mountain 4,807 metres."
    assert earlier.tree.xpath("//details[@class='trim']/@open")
    wrong = press(editor, earlier, "Trim to these words", {"first": "no such words"})
    assert quote(wrong) == quote(earlier)
    assert "do not stand in the quote" in wrong.tree.xpath("string(//*[@id='f-first-error'])")
    assert wrong.tree.xpath("//input[@name='first']/@value") == ["no such words"]
    assert "No quote is chosen yet." in press(editor, wrong, "Let go of the quote").text


def test_ends_snap_to_whole_characters(editor: Editor, held: Held) -> None:
    family = TEXT.index("\U0001f468")
    assert quote(editor.send(editor.open(held.page), {}, do=f"quote:{family + 1}-{family + 2}")) == TEXT[8:13]


@pytest.mark.parametrize(
    ("do", "says"),
    [
        (f"quote:{AD[0] + 3}-{AD[1] + 3}", "not part of the work"),
        ("quote:5-999999", "no stretch of this text"),
        ("quote:7-5", "no stretch of this text"),
    ],
)
def test_what_is_no_quote_is_refused_where_it_is_chosen(editor: Editor, held: Held, do: str, says: str) -> None:
    sent = editor.send(editor.open(held.page), {"reason": "Typed."}, do=do)
    assert sent.status == 200
    assert says in sent.tree.xpath("string(//*[@id='f-quote-error'])")
    saved = editor.send(sent, {})
    assert saved.status == 422
    assert saved.tree.xpath("string(//textarea[@name='reason'])").strip() == "Typed."


def test_the_words_come_from_the_place_and_not_from_the_browser(desk: TestDesk, editor: Editor, held: Held) -> None:
    start = TEXT.index("4,807")
    page = editor.open(f"{held.page}?start={start}&end={start + 5}")
    left = editor.save(page, {"reason": "A measure.", "exact": "other words", "quote.exact": "other words"})
    assert "Added." in left.text
    with desk.app.state.desk.reading() as session:
        passage = session.scalars(select(Passage)).one()
        assert (passage.exact, passage.state, passage.start_at) == ("4,807", "verified", start)
        assert session.scalars(select(LeftOutSentence.reason)).all() == ["A measure."]
    assert "Taken before, on this page" in left.text
    again = editor.open(f"{held.page}?find=gave+the+mountain+4,807")
    assert "were taken before" in again.text
    [root] = again.tree.xpath("//*[@data-text-of-record]")
    assert root.text_content() == TEXT
    assert "Removed." in editor.save(again, {}, action="/remove").text


def test_a_text_that_was_replaced_is_not_quoted_from(desk: TestDesk, editor: Editor, held: Held) -> None:
    start = TEXT.index("4,807")
    page = editor.open(f"{held.page}?start={start}&end={start + 5}")
    hold(desk, f"A new beginning. {TEXT}", (), held.id)
    sent = editor.send(page, {"reason": "A measure."})
    assert sent.status == 422
    assert "was replaced since you opened it" in sent.tree.xpath("string(//*[@id='f-quote-error'])")
    assert sent.tree.xpath("string(//textarea[@name='reason'])").strip() == "A measure."
    found = press(editor, sent, "Find", {"find": "4,807"})
    assert "Added." in editor.save(found, {}).text


def test_without_a_text_the_words_are_recorded_as_typed(desk: TestDesk, editor: Editor) -> None:
    with writing(desk.app.state.desk.engine) as session:
        bare = Held(source(session, "A leaflet").id)
    page = editor.open(bare.page)
    assert "No text of this source is held" in page.text
    sent = editor.send(page, {"exact": "", "reason": "None."})
    assert sent.status == 422
    editor.save(sent, {"exact": "Words as read.\r\nTwo lines."})
    with desk.app.state.desk.reading() as session:
        passage = session.scalars(select(Passage)).one()
        assert (passage.exact, passage.state) == ("Words as read.\nTwo lines.", "recorded")


def test_a_long_text_is_turned_in_pages_and_keeps_what_was_typed(desk: TestDesk, editor: Editor) -> None:
    text = "\n".join(f"Sentence {number} of a long text, which goes on." for number in range(1500))
    long = hold(desk, text)
    first = editor.open(long.page)
    assert "Page 1 of 4" in first.text
    assert len(first.reply.content) < 700_000
    following = editor.send(first, {"reason": "Typed."}, do=first.tree.xpath("//button[.='The next page']/@value")[0])
    assert "Page 2 of 4" in following.text
    assert following.tree.xpath("string(//textarea[@name='reason'])").strip() == "Typed."
    found = press(editor, following, "Find", {"find": "Sentence 1400 of"})
    assert "Page 4 of 4" in found.text
    assert marked(found) == quote(found) == "Sentence 1400 of"
    [root] = found.tree.xpath("//*[@data-text-of-record]")
    start = int(root.get("data-start"))
    assert root.text_content() == text[start:]
    back = editor.send(found, {}, do=found.tree.xpath("//button[.='The page before']/@value")[0])
    assert quote(back) == "Sentence 1400 of"
    assert marked(back) == ""


def test_a_giant_is_refused_and_not_repeated(desk: TestDesk, editor: Editor) -> None:
    giant = hold(desk, "word " * 40_000)
    sent = editor.send(editor.open(giant.page), {}, do="quote:0-100000")
    assert "at most 10,000 are taken" in sent.tree.xpath("string(//*[@id='f-quote-error'])")
    asked = editor.send(editor.open(giant.page), {"find": "x" * 100_000}, do="find")
    assert asked.status == 200
    assert "do not stand in the text" in asked.text


def test_no_words_of_the_text_are_markup(desk: TestDesk, editor: Editor) -> None:
    hostile = "</li></ol><script>alert(1)</script> & &amp; <b>\n=1+1 \x0b 1e400 NaN\n"
    kept = hold(desk, hostile)
    page = editor.open(f"{kept.page}?find=%3Cscript%3E")
    assert not page.tree.xpath("//main//script[not(@src)]")
    assert quote(page) == "<script>"
    raw = re.sub(r"\x0b", "", page.reply.text)
    [root] = html.document_fromstring(raw).xpath("//*[@data-text-of-record]")
    assert root.text_content() == hostile.replace("\x0b", "")
    assert not page.tree.xpath("//*[@data-selectable]")


def test_panes_and_names_for_a_phone_and_a_screen_reader(editor: Editor, held: Held) -> None:
    page = editor.open(held.page)
    assert "show-text" in page.tree.xpath("string(//*[contains(@class, 'panes')]/@class)")
    form = press(editor, page, "What is left out")
    assert "show-form" in form.tree.xpath("string(//*[contains(@class, 'panes')]/@class)")
    assert all(one.get("aria-label") for one in page.tree.xpath("//button[not(normalize-space(.))]"))


def test_what_the_page_costs(desk: TestDesk, editor: Editor, held: Held) -> None:
    with Statements(desk.app.state.desk.readers) as few:
        editor.open(held.page)
    for _ in range(3):
        editor.save(editor.open(f"{held.page}?find=4,807"), {"reason": "Again."})
    with Statements(desk.app.state.desk.readers) as more:
        editor.open(held.page)
    assert len(more) <= len(few) + 1 <= 18, list(more)
