"""The gate: each thing that it asks, refused where it is lacking, with the place and how to mend it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from kb.blobs import Blobs
from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.replies import NoReplyEntry, set_no_reply_found
from kb.desk.tables import (
    Appearance,
    Aspect,
    AspectVerdict,
    Assessment,
    ChainLink,
    ClaimText,
    Concerned,
    Figure,
    Passage,
    Reply,
    Source,
)
from kb.documents.envelope import Draft
from kb.publish.compile.record import compile_record
from kb.publish.facts import gather
from kb.publish.finding import Finding
from kb.publish.gate import Facts, gate, is_open
from tests.factories import desk
from tests.factories.whole import Whole, whole
from tests.support.publishing import GROUND


@pytest.fixture
def made(session: Session, tmp_path: Path) -> Whole:
    scene = whole(session, Blobs(tmp_path / "blobs"))
    session.flush()
    return scene


def facts_of(session: Session, draft: Draft, **more: Any) -> Facts:
    """What is so on the desk, read by somebody and with a method."""
    facts = gather(session, {draft.record: draft}, {}, frozenset())[draft.record]
    return replace(facts, **{"approved": True, "method": 1} | more)


def findings(session: Session, record: str, **more: Any) -> list[Finding]:
    session.flush()
    draft = compile_record(session, GROUND, record)
    return gate(draft, facts_of(session, draft, **more))


def only(found: list[Finding], where: str) -> Finding:
    """The one finding, at this place; it says how to mend it."""
    assert [one.where for one in found] == [where]
    assert found[0].mend
    return found[0]


def test_a_whole_claim_passes(session: Session, made: Whole) -> None:
    assert findings(session, made.claim.id) == []


@pytest.mark.parametrize(("field", "says"), [("statement", "no statement"), ("question", "no question")])
def test_words_that_are_lacking(session: Session, made: Whole, field: str, says: str) -> None:
    session.execute(delete(ClaimText).where(ClaimText.field == field))
    found = [one for one in findings(session, made.claim.id) if one.where == field]
    assert says in found[0].what


def test_a_statement_says_who_says_it(session: Session, made: Whole) -> None:
    session.execute(update(ClaimText).where(ClaimText.field == "statement").values(text="There were 600 walkers."))
    finding = only(findings(session, made.claim.id), "statement")
    assert finding.shuts
    assert "Carla Example" in finding.mend
    session.execute(update(ClaimText).where(ClaimText.field == "statement").values(text="Examplar: 600 walkers."))
    assert findings(session, made.claim.id) == []


def test_the_bare_matter_is_a_question(session: Session, made: Whole) -> None:
    session.execute(update(ClaimText).where(ClaimText.field == "question").values(text="There were 600 walkers."))
    assert "question" in only(findings(session, made.claim.id), "question/en").what


def test_it_stands_somewhere(session: Session, made: Whole) -> None:
    session.execute(delete(Appearance))
    assert "appearances" in [one.where for one in findings(session, made.claim.id) if one.shuts]


@pytest.mark.parametrize(
    ("values", "passes"),
    [
        ({"state": "recorded", "snapshot_id": None}, True),
        ({"state": "recorded", "snapshot_id": None, "text_sha256": None}, False),
        (
            {"state": "unseen", "exact": None, "language": None, "snapshot_id": None, "start_at": None, "end_at": None},
            False,
        ),
    ],
)
def test_somebody_has_read_where_it_stands(session: Session, made: Whole, values: dict[str, Any], passes: bool) -> None:
    passage = session.scalars(select(Appearance)).one().passage_id
    session.execute(update(Passage).where(Passage.id == passage).values(**values))
    found = findings(session, made.claim.id)
    assert is_open(found) is passes
    if not passes:
        assert "appearances" in [one.where for one in found]


@pytest.mark.parametrize("read", [True, False])
def test_exactly_one_link_is_read(session: Session, made: Whole, read: bool) -> None:
    session.execute(update(ChainLink).values(read_by_editor=read))
    finding = only(findings(session, made.claim.id), "appearance-1")
    assert "read" in finding.what
    session.execute(delete(ChainLink))
    found = [one for one in findings(session, made.claim.id) if one.shuts]
    assert found[0].where == "appearance-1/chain"


def test_an_assessment_is_there(session: Session, made: Whole) -> None:
    session.execute(delete(AspectVerdict))
    session.execute(delete(Assessment))
    finding = only(findings(session, made.claim.id), "assessment")
    assert "unverified" in finding.mend


def test_every_aspect_is_judged(session: Session, made: Whole) -> None:
    side = session.scalars(select(Aspect).where(Aspect.code == "guides")).one()
    session.execute(delete(AspectVerdict).where(AspectVerdict.aspect_id == side.id))
    assert findings(session, made.claim.id)[0].where == "aspect-3/verdict"
    session.execute(update(Aspect).values(main=False))
    assert "aspects" in [one.where for one in findings(session, made.claim.id)]


def test_the_method_is_one_that_is_published(session: Session, made: Whole) -> None:
    finding = only(findings(session, made.claim.id, method=0), "assessment-1/method")
    assert "method" in finding.mend


@pytest.mark.parametrize(
    ("values", "where"),
    [
        ({"comparator": "exact"}, "figure-1"),
        ({"low": "6e2"}, "figure-1/low"),
        ({"period": "in 2017"}, "figure-1/period/edtf"),
        ({"end_at": 60}, "figure-1"),
    ],
)
def test_figures_are_whole(session: Session, made: Whole, values: dict[str, Any], where: str) -> None:
    own = session.scalars(select(Figure).where(Figure.number == 1)).one().id
    session.execute(update(Figure).where(Figure.id == own).values(**values))
    assert only(findings(session, made.claim.id), where).shuts


def test_addresses_and_tags_are_valid(session: Session, made: Whole) -> None:
    session.execute(update(Source).where(Source.id == made.record.id).values(url="not an address", language="EN"))
    places = {one.where.partition("/")[0] for one in findings(session, made.record.id) if one.shuts}
    assert places == {"url", "inLanguage", "title"}


def test_a_living_person_is_heard(session: Session, made: Whole) -> None:
    session.execute(delete(Reply))
    found = findings(session, made.claim.id)
    assert [(one.where, one.shuts) for one in found] == [("concerned-1", False), ("concerned-2", False)]
    assert is_open(found)
    session.execute(update(Concerned).where(Concerned.number == 1).values(living="reported_dead"))
    assert [one.where for one in findings(session, made.claim.id)] == ["concerned-2"]
    set_no_reply_found(session, LOCAL_OPERATOR, made.claim, NoReplyEntry(found_none_on="2026-11-24"))
    assert findings(session, made.claim.id) == []


def test_a_second_reader_or_a_reason(session: Session, made: Whole) -> None:
    finding = only(findings(session, made.claim.id, approved=False), "review")
    assert "--unreviewed" in finding.mend
    assert findings(session, made.claim.id, approved=False, unreviewed="One person.") == []
    assert findings(session, made.claim.id, approved=False, content_stands=True) == []


def test_a_quote_stands_in_a_snapshot_that_readers_find(session: Session, made: Whole) -> None:
    finding = only(findings(session, made.claim.id, snapshots=frozenset()), "appearance-1/target")
    assert made.article.id in finding.mend


def test_private_and_unnamed_agents_have_no_page(session: Session, made: Whole) -> None:
    for agent in (made.enzo, made.guide):
        assert only(findings(session, agent.id), "visibility").shuts
    assert findings(session, made.carla.id) == []


def test_what_is_withdrawn_stays_so(session: Session, made: Whole) -> None:
    assert "restore" in only(findings(session, made.claim.id, withdrawn=True), "record").mend


def test_it_tells_all_at_once(session: Session, made: Whole) -> None:
    session.execute(delete(AspectVerdict))
    session.execute(delete(Assessment))
    session.execute(delete(ClaimText))
    session.execute(delete(Appearance))
    wheres = [one.where for one in findings(session, made.claim.id, approved=False)]
    assert wheres == ["review", "statement", "question", "appearances", "assessment"]


def test_a_bare_claim_is_told_what_it_lacks(session: Session) -> None:
    bare = desk.bare_claim(session)
    wheres = {one.where for one in findings(session, bare.id, approved=False)}
    assert wheres == {"review", "appearances", "assessment"}
