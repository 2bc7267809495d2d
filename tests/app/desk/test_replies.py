"""Replies at the desk: who answers, in what words, where it was said; and that none was found."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.concerned import ConcernedEntry, add_concerned
from kb.desk.replies import find_reply
from kb.desk.snapshots import SnapshotEntry, bring_in
from kb.desk.tables import Agent, Claim, Passage, Reply, ReplyEvidence
from tests.factories.desk import agent, bare_claim, evidence, origin, source
from tests.support.desk import Editor, TestDesk
from tests.support.statements import Statements

TEXT = "Heights\n\nAda Invented told the paper: “I never measured it.” 🏔 Others did.\n"
ANSWER = "I never measured it."
SAID = {"statement": "Ada Invented says that she never measured it.", "short": "Ada Invented denies it."}


@dataclass(frozen=True)
class Accused:
    """A claim that concerns somebody, with one piece of evidence; a source whose text is held, and one without."""

    id: str
    person: str
    held: str
    bare: str

    @property
    def new(self) -> str:
        return f"/desk/claims/{self.id}/replies/new"

    @property
    def first(self) -> str:
        return f"/desk/claims/{self.id}/replies/1"


@pytest.fixture
def claim(desk: TestDesk) -> Accused:
    at = desk.app.state.desk
    with at.writing() as session:
        made = bare_claim(session)
        ada = agent(session, "Ada Invented", kind="person")
        add_concerned(session, LOCAL_OPERATOR, made, ConcernedEntry(agent=ada.id, name="Ada Invented"))
        held = source(session, "The paper", published="2019-12-04")
        bring_in(session, LOCAL_OPERATOR, held, SnapshotEntry(), TEXT.encode(), at.blobs)
        bare = source(session, "A leaflet")
        evidence(session, made, bare, origin(session))
        return Accused(made.id, ada.id, held.id, bare.id)


def stored(desk: TestDesk, claim: Accused, number: int = 1) -> tuple[Reply, Passage | None]:
    with desk.app.state.desk.reading() as session:
        reply = find_reply(session, claim.id, number)
        passage = session.get(Passage, reply.passage_id) if reply.passage_id else None
        session.expunge_all()
        return reply, passage


def test_the_person_concerned_is_offered_first_and_answers(desk: TestDesk, editor: Editor, claim: Accused) -> None:
    sheet = editor.open(claim.new)
    offered = sheet.form().xpath(".//input[@name='who']")
    assert [one.get("value") for one in offered] == [claim.person, "other", "name", "nobody"]
    assert offered[0].get("checked") is not None
    editor.save(sheet, {**SAID, "stated_on": "2019-12-04", "evidence": "1"})
    reply, passage = stored(desk, claim)
    assert (reply.agent_id, reply.name, reply.unnamed, reply.position) == (claim.person, None, False, 1)
    assert (reply.short, reply.stated_on, passage) == (SAID["short"], "2019-12-04", None)
    with desk.app.state.desk.reading() as session:
        assert len(session.scalars(select(ReplyEvidence)).all()) == 1
    again = editor.open(claim.first)
    assert "Nothing was changed." in editor.save(again).text
    second = editor.open(claim.new)
    assert not second.form().xpath(".//input[@name='who'][@checked]")
    assert second.form().xpath("string(.//input[@name='position']/@value)") == "2"


def test_somebody_else_answers_under_a_new_record_a_name_or_none(
    desk: TestDesk, editor: Editor, claim: Accused
) -> None:
    ways = (
        {"who": "other", "agent": "The Club", "agent_kind": "organisation"},
        {"who": "name", "name": "A neighbour"},
        {"who": "nobody"},
    )
    for way in ways:
        editor.save(editor.open(claim.new), {**SAID, **way})
    club, neighbour, nobody = (stored(desk, claim, number)[0] for number in (1, 2, 3))
    assert (club.unnamed, neighbour.unnamed, nobody.unnamed) == (False, False, True)
    assert (neighbour.agent_id, neighbour.name) == (None, "A neighbour")
    with desk.app.state.desk.reading() as session:
        made = session.get_one(Agent, club.agent_id)
        assert (made.name, made.kind) == ("The Club", "organisation")
    for number in (1, 2, 3):
        page = editor.open(f"/desk/claims/{claim.id}/replies/{number}")
        assert "Nothing was changed." in editor.save(page).text


def test_the_words_are_quoted_from_the_text_beside_the_form(desk: TestDesk, editor: Editor, claim: Accused) -> None:
    opened = editor.send(editor.open(claim.new), {**SAID, "said_in": "The paper"}, do="open")
    assert opened.status == 200
    assert opened.tree.xpath("//*[@data-text-of-record]")
    found = editor.send(opened, {"find": "i never measured it."}, do="find")
    assert "Verified: paragraph 2" in found.text
    assert found.form().xpath("string(.//input[@name='short']/@value)") == SAID["short"]
    editor.save(found)
    _, passage = stored(desk, claim)
    assert passage is not None
    assert (passage.exact, passage.state, passage.source_id) == (ANSWER, "verified", claim.held)
    again = editor.open(claim.first)
    assert "Verified: paragraph 2" in again.text
    assert "Nothing was changed." in editor.save(again).text
    loose = editor.send(again, {}, do="let-go")
    editor.save(loose)
    assert stored(desk, claim)[1] is None


def test_words_read_elsewhere_are_recorded_and_stay_so(desk: TestDesk, editor: Editor, claim: Accused) -> None:
    sheet = editor.open(f"{claim.new}?source={claim.bare}")
    editor.save(sheet, {**SAID, "exact": ANSWER})
    _, passage = stored(desk, claim)
    assert passage is not None
    assert (passage.exact, passage.state) == (ANSWER, "recorded")
    assert "Nothing was changed." in editor.save(editor.open(claim.first)).text


def test_what_is_wrong_is_said_at_its_field_and_all_stays(desk: TestDesk, editor: Editor, claim: Accused) -> None:
    sheet = editor.open(claim.new)
    cases = {
        "who": {"who": "=1+1"},
        "agent": {"who": "other"},
        "name": {"who": "name"},
        "statement": {"statement": "x" * 100_001},
        "short": {"short": ""},
        "stated_on": {"stated_on": "yesterday"},
        "position": {"position": "1e400"},
        "evidence": {"evidence": "7"},
        "origin": {"origin": "No such origin"},
        "said_in": {"said_in": "The paper"},
        "translation_language": {"translation": "She denies it.", "translation_language": ""},
    }
    for field, values in cases.items():
        refused = editor.send(sheet, {**SAID, "evidence": "1", **values})
        assert refused.status == 422, field
        assert refused.tree.xpath(f"//*[@id='f-{field}-error']"), (field, refused.faults())
        assert all(len(one) < 800 for one in refused.faults())
        short = refused.form().xpath("string(.//input[@name='short']/@value)")
        assert short == values.get("short", SAID["short"])
    with desk.app.state.desk.reading() as session:
        assert session.scalars(select(Reply)).all() == []


def test_a_refused_reply_makes_no_agent(desk: TestDesk, editor: Editor, claim: Accused) -> None:
    given = {**SAID, "who": "other", "agent": "The Club", "stated_on": "yesterday"}
    refused = editor.send(editor.open(claim.new), given)
    assert refused.status == 422
    with desk.app.state.desk.reading() as session:
        assert session.scalars(select(Agent).where(Agent.name == "The Club")).all() == []
    editor.save(refused, {"stated_on": "2019"})


def test_a_source_must_be_named_before_its_text_opens(editor: Editor, claim: Accused) -> None:
    for typed in ("", "No such source", "b\0d"):
        refused = editor.send(editor.open(claim.new), {**SAID, "said_in": typed}, do="open")
        assert refused.status == 422
        assert refused.tree.xpath("//*[@id='f-said_in-error']")


def test_two_editors_at_once(desk: TestDesk, editor: Editor, claim: Accused) -> None:
    editor.save(editor.open(claim.new), SAID)
    mine = editor.open(claim.first)
    other = desk.editor("S. Soe", "editor")
    other.save(other.open(claim.first), {"short": "Theirs."})
    clash = editor.send(mine, {"short": "Mine."})
    assert clash.status == 409
    differing = clash.tree.xpath("//table[@class='both']/tbody/tr")
    assert [" ".join(one.text_content().split()) for one in differing] == ["ShortTheirs.Mine."]
    editor.save(clash)
    assert stored(desk, claim)[0].short == "Mine."


def test_a_reply_is_taken_away_in_two_steps(editor: Editor, claim: Accused) -> None:
    editor.save(editor.open(f"{claim.new}?source={claim.bare}"), {**SAID, "exact": ANSWER})
    asked = editor.send(editor.open(claim.first), {}, do="drop")
    assert asked.status == 422
    assert editor.send(asked, {"sure": "yes"}, do="drop").status == 303
    assert editor.look(claim.first).status == 404


def test_that_none_was_found_has_a_day_and_can_be_taken_back(desk: TestDesk, editor: Editor, claim: Accused) -> None:
    def day() -> str | None:
        with desk.app.state.desk.reading() as session:
            return session.get_one(Claim, claim.id).no_reply_found_on

    page = f"/desk/claims/{claim.id}/no-reply"
    for typed in ("", "yesterday", "2019-02-30", "-0001-01-01"):
        refused = editor.send(editor.open(page), {"found_none_on": typed})
        assert refused.status == 422
        assert refused.tree.xpath("//*[@id='f-found_none_on-error']")
        assert day() is None
    editor.save(editor.open(page), {"found_none_on": "2026-11-25"})
    assert day() == "2026-11-25"
    stale = editor.open(page)
    other = desk.editor("S. Soe", "editor")
    other.save(other.open(page), {"found_none_on": "2026-11-26"})
    assert editor.send(stale, {"found_none_on": "2026-11-27"}).status == 409
    editor.save(editor.open(page), {}, do="drop")
    assert day() is None


def test_statements_of_the_page(desk: TestDesk, editor: Editor, claim: Accused) -> None:
    def count() -> int:
        with Statements(desk.app.state.desk.readers) as sent:
            editor.open(claim.first)
        return len(sent)

    editor.save(editor.open(f"{claim.new}?source={claim.held}"), {**SAID, "start": "38", "end": "58", "evidence": "1"})
    few = count()
    for _ in range(3):
        editor.save(editor.open(claim.new), {**SAID, "who": claim.person})
    assert count() == few <= 40
