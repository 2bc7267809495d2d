"""From a draft to readers and on: handed over, approved by another, published, corrected, withdrawn, restored."""

from urllib.parse import urljoin

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from kb.db import writing
from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.claims import change_claim, find_claim
from kb.desk.tables import ClaimTopic, Origin, Source
from tests.factories.desk import claim_entry, evidence, whole_claim
from tests.support.desk import Editor, Sheet, TestDesk
from tests.support.statements import Statements

CHECKS = ("quotes", "attribution", "figures", "opposing", "conclusion", "fairness")


@pytest.fixture
def claim(desk: TestDesk) -> str:
    """A draft with all that the gate asks for, but a second reader."""
    with writing(desk.app.state.desk.engine) as session:
        return whole_claim(session).id


@pytest.fixture
def reviewer(desk: TestDesk) -> Editor:
    return desk.editor("S. Soe", "reviewer")


@pytest.fixture
def publisher(desk: TestDesk) -> Editor:
    return desk.editor("P. Poe", "publisher")


def approve(reviewer: Editor, claim: str) -> Sheet:
    page = reviewer.open(f"/desk/records/{claim}/review")
    return reviewer.save(page, {"checks": CHECKS}, action="/approve")


def readers_page(publisher: Editor, sheet: Sheet) -> Sheet:
    """What was done is said at the desk, with the way to what readers see."""
    (way,) = set(sheet.tree.xpath("//main//a[.='The readers’ page']/@href"))
    return publisher.open(urljoin(sheet.path, way))


def test_the_whole_way(claim: str, editor: Editor, reviewer: Editor, publisher: Editor) -> None:
    review = f"/desk/records/{claim}/review"
    handed = editor.save(editor.open(review), {"note": "Please look at the height."}, action="/submit")
    assert "Please look at the height." in handed.text
    assert "Approved by S. Soe" in approve(reviewer, claim).text
    page = publisher.open(f"/desk/records/{claim}/publish")
    assert "A second reader has approved exactly this content." in page.text
    readers = readers_page(publisher, publisher.save(page, action="/publish"))
    assert readers.path.endswith(f"/claims/{claim}")
    assert "without a second reader" not in readers.text


def test_nobody_approves_what_is_not_ticked_or_not_there_any_more(desk: TestDesk, claim: str, reviewer: Editor) -> None:
    page = reviewer.open(f"/desk/records/{claim}/review")
    refused = reviewer.send(page, {"checks": CHECKS[1:]}, action="/approve")
    assert refused.status == 422
    assert any("is not ticked" in fault for fault in refused.faults())
    with writing(desk.app.state.desk.engine) as session:
        _change(session, claim, "It was surveyed twice.")
    void = reviewer.send(page, {"checks": CHECKS}, action="/approve")
    assert void.status == 409
    assert "changed since it was opened" in void.text


def test_an_approval_is_voided_by_a_change_and_says_so(
    desk: TestDesk, claim: str, reviewer: Editor, publisher: Editor
) -> None:
    approve(reviewer, claim)
    with writing(desk.app.state.desk.engine) as session:
        _change(session, claim, "It was surveyed twice.")
    assert "voided by a change" in reviewer.open(f"/desk/records/{claim}/review").text
    refused = publisher.send(publisher.open(f"/desk/records/{claim}/publish"), action="/publish")
    assert refused.status == 422
    assert "Nobody else has approved this content" in refused.text


def test_a_desk_of_one_says_why(claim: str, publisher: Editor) -> None:
    page = publisher.open(f"/desk/records/{claim}/publish")
    shown = publisher.send(page, {"unreviewed": "One-person desk."}, action="/publish", do="look")
    assert shown.status == 200
    assert "Published without a second reader: One-person desk." in shown.text
    readers = readers_page(publisher, publisher.save(shown, action="/publish"))
    assert "Published without a second reader: One-person desk." in readers.text


def test_what_was_changed_since_it_was_looked_at_is_not_published(
    desk: TestDesk, claim: str, publisher: Editor
) -> None:
    page = publisher.open(f"/desk/records/{claim}/publish")
    with writing(desk.app.state.desk.engine) as session:
        _change(session, claim, "Something that nobody has read.")
    refused = publisher.send(page, {"unreviewed": "One-person desk."}, action="/publish")
    assert refused.status == 422
    assert "It was changed since it was looked at." in refused.text
    assert publisher.look(f"/claims/{claim}").status == 404


def test_correct_withdraw_restore(desk: TestDesk, claim: str, publisher: Editor) -> None:
    alone = {"unreviewed": "One-person desk."}
    publisher.save(publisher.open(f"/desk/records/{claim}/publish"), alone, action="/publish")
    assert "There is nothing to publish" in publisher.open(f"/desk/records/{claim}/publish").text
    with writing(desk.app.state.desk.engine) as session:
        _change(session, claim, "It was surveyed twice.")
    page = publisher.open(f"/desk/records/{claim}/publish")
    lacking = publisher.send(page, alone | {"kind": "correction"}, action="/publish")
    assert lacking.status == 422
    assert lacking.form("/publish").xpath(".//input[@value='correction' and @checked]")
    said = alone | {"kind": "correction", "note": "There were two surveys."}
    corrected = publisher.save(lacking, said, action="/publish")
    assert "The correction is published." in corrected.text
    assert "There were two surveys." in publisher.open(f"/claims/{claim}/v1").text
    gone = publisher.save(publisher.open(f"/desk/records/{claim}/withdraw"), {"reason": "Logged twice."})
    assert "Logged twice." in readers_page(publisher, gone).text
    back = publisher.save(publisher.open(f"/desk/records/{claim}/restore"), {"reason": "It was not."})
    assert "Restored." in back.text
    assert "It was not." in publisher.open(f"/claims/{claim}/v4").text


def test_a_preview_is_the_readers_page_and_nobody_else_sees_it(claim: str, desk: TestDesk, editor: Editor) -> None:
    page = editor.open(f"/desk/records/{claim}/preview")
    assert "Preview. So readers would see it as version 1" in page.text
    assert "no-store" in page.reply.headers["cache-control"]
    assert desk.stranger().look(f"/desk/records/{claim}/preview").status == 303


def test_a_comment_stays_whatever_becomes_of_its_field(desk: TestDesk, claim: str, editor: Editor) -> None:
    page = editor.open(f"/desk/records/{claim}/review")
    said = editor.save(page, {"field": "statement", "body": "Which survey?"}, action="/comments")
    assert "Which survey?" in said.text
    with writing(desk.app.state.desk.engine) as session:
        _change(session, claim, None)
    later = editor.open(f"/desk/records/{claim}/review")
    assert "about removed text" in later.text
    settled = editor.save(later, action="/comments/1/resolve")
    assert "resolved by R. Roe" in settled.text
    assert "resolved by" not in editor.save(settled, action="/comments/1/reopen").text


def test_the_pages_cost_the_same_whatever_hangs_on_the_claim(desk: TestDesk, claim: str, editor: Editor) -> None:
    engine = desk.app.state.desk.readers
    before = {path: _cost(engine, editor, f"/desk/records/{claim}/{path}") for path in ("review", "publish", "preview")}
    with writing(desk.app.state.desk.engine) as session:
        known = find_claim(session, claim)
        where, came = session.scalars(select(Source)).first(), session.scalars(select(Origin)).first()
        assert where is not None
        assert came is not None
        for _ in range(5):
            evidence(session, known, where, came)
    after = {path: _cost(engine, editor, f"/desk/records/{claim}/{path}") for path in before}
    assert after == before
    assert before["review"] <= 140, before
    assert before["publish"] <= 140, before
    assert before["preview"] <= 130, before


def _cost(engine: Engine, editor: Editor, path: str) -> int:
    with Statements(engine) as sent:
        editor.open(path)
    return len(sent)


def _change(session: Session, claim: str, note: str | None) -> None:
    """What somebody else does to the draft: another note, or another statement."""
    said = {"statement": {"en": "The survey says that Mount Example is high."}} if note is None else {"note": note}
    known = find_claim(session, claim)
    topics = tuple(row.topic_id for row in session.scalars(select(ClaimTopic).where(ClaimTopic.claim_id == claim)))
    change_claim(session, LOCAL_OPERATOR, known, claim_entry(topics=topics, **said))
