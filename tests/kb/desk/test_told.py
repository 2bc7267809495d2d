"""The history in words: whatever a row holds it can be told, and what our own verbs write reads well."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kb.blobs import Blobs
from kb.db import writing
from kb.desk.accounts import AccountEntry, add_account, change_roles, disable_account
from kb.desk.actors import LOCAL_OPERATOR, Actor
from kb.desk.agents import remove_agent
from kb.desk.assessments import change_assessment, find_assessment
from kb.desk.claims import change_claim, find_claim
from kb.desk.comments import CommentEntry, add_comment, resolve_comment
from kb.desk.figures import FigureEntry, change_figure, find_figure, remove_figure
from kb.desk.handover import RETURN, HandoverEntry, hand
from kb.desk.history import note
from kb.desk.invitations import make_link
from kb.desk.tables import History
from kb.desk.told import everywhere, of_record, told
from kb.settings import Settings
from tests.factories import desk
from tests.factories.whole import STATEMENT, Whole, whole

ROE = Actor("R. Roe", frozenset({"editor", "reviewer"}))
KEYS = [
    "record",
    "claim_text",
    "aspect_verdict",
    "chain_link",
    "name",
    "text",
    "field",
    "language",
    "aspect_id",
    "number",
]
KEYS += ["stance", "id", "position", "code", "comment", "edition", "kind", "version", "body"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text() | st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)
VERBS = st.text() | st.sampled_from(
    ["publish", "submit", "hand_back", "add_approval", "add_comment", "resolve_comment", "check_quotes", "add_claim",
     "change_figure", "remove_relation", "add_external", "withdraw"]
)  # fmt: skip


@pytest.fixture
def scene(session: Session, settings: Settings) -> Whole:
    return whole(session, Blobs(settings.blobs))


def last(session: Session, record: str) -> str:
    session.flush()
    return of_record(session, record, limit=1)[0].in_words


@given(
    actor=st.text(),
    verb=VERBS,
    part=st.text() | st.sampled_from(["", "left-out-3", "figure-2"]),
    before=JSON,
    after=JSON,
)
def test_any_row_can_be_told(actor: str, verb: str, part: str, before: Any, after: Any) -> None:
    row = History(id=1, happened_at="", actor=actor, verb=verb, record_id="x", part=part, before=before, after=after)
    words = told(row)
    assert words.isprintable()
    assert len(words) < 4_000


def test_odd_rows_in_the_database(session: Session) -> None:
    odd: Any = {
        "a": [1, [2, {"b": None}]],
        "aspect_id": 2**70,
        "agent_id": "37d2qfnqr",
        "figure": {"share_of_id": True},
    }
    note(session, LOCAL_OPERATOR, "do_\x1b[31m\nthings", "nosuch", "x-\u202e", odd, {"a": "b"})
    session.flush()
    (event,) = everywhere(session, record="nosuch")
    assert event.in_words.isprintable()
    assert event.label == ""


def test_what_changed_field_by_field(session: Session, scene: Whole) -> None:
    claim = scene.claim
    entry: dict[str, Any] = {"raw": "641", "raw_language": "fr", "comparator": "exact", "value": "641", "low": "641"}
    entry |= {"high": "641", "low_inclusive": True, "high_inclusive": True, "evidence": 1}
    change_figure(
        session,
        ROE,
        find_figure(session, claim.id, 2),
        FigureEntry(**entry, unit="persons", period="2019", aspect="year"),
    )
    assert (
        last(session, claim.id) == "R. Roe changed figure 2: aspect was empty, is “the year”; period was empty, is 2019"
    )
    remove_figure(session, ROE, find_figure(session, claim.id, 2))
    assert last(session, claim.id).startswith(
        "R. Roe removed figure 2: stands in evidence 1; aspect “the year”; as printed 641;"
    )


def test_lists_and_long_texts(session: Session, scene: Whole) -> None:
    claim = scene.claim
    entry = desk.claim_entry(
        statement=STATEMENT,
        question={"en": "Long? " * 60, "fr": "Combien ?"},
        title={"en": "The walkers of 2017"},
        checkability_reason="The office counts.",
        topics=(scene.walking.id, scene.walkers.id),
        note="Invented.",
    )
    change_claim(session, ROE, find_claim(session, claim.id), entry)
    words = last(session, claim.id)
    assert "question was “Were there more than 600 walkers on Mount Example in 2017?”, is “Long? Long?" in words
    assert "question (French) added: “Combien ?”" in words
    assert "topic added: “Walkers on a mountain in a year”" in words
    assert "hedge removed: over" in words
    assert len(words) < 800
    assert scene.walkers.id not in words
    assessment = find_assessment(session, claim.id)
    assert assessment is not None
    verdicts = (("count", "contradicted"), ("year", "contradicted"))
    change_assessment(session, ROE, assessment, desk.assessment_entry(*verdicts))
    words = last(session, claim.id)
    assert "verdict on “the count”, verdict was Supported, is Contradicted" in words
    assert "verdict on “the guides” removed: Unverified, 0.5" in words


def test_steps_of_a_review(session: Session, scene: Whole) -> None:
    claim = scene.claim.id
    comment = add_comment(session, ROE, claim, CommentEntry(field="evidence-2/note", body="Where\nfrom?"), "")
    assert last(session, claim) == "R. Roe commented on evidence 2, note: “Where from?”"
    resolve_comment(session, ROE, comment)
    assert last(session, claim) == "R. Roe resolved comment 1: “Where from?”"
    hand(session, ROE, claim, HandoverEntry(step=RETURN, content_digest="ab" * 32, note="Say more."))
    assert last(session, claim) == "R. Roe handed it back: “Say more.”"
    note(session, ROE, "publish", claim, after={"edition": {"version": 2, "kind": "correction", "digest": "ab"}})
    assert last(session, claim) == "R. Roe published version 2 (correction)"


def test_what_is_gone_has_its_name(session: Session) -> None:
    agent = desk.agent(session, "A fleeting voice")
    record = agent.id
    remove_agent(session, ROE, agent)
    session.flush()
    events = of_record(session, record)
    assert [one.label for one in events] == ["A fleeting voice"] * 2
    assert events[0].in_words.startswith("R. Roe removed the agent “A fleeting voice”")


def test_pages_by_id(session: Session, scene: Whole) -> None:
    every = everywhere(session, limit=1_000)
    paged, before = [], None
    while some := everywhere(session, limit=7, before=before):
        paged += some
        before = some[-1].id
    assert paged == every
    assert [one.id for one in every] == sorted((one.id for one in every), reverse=True)
    desk.agent(session, "By somebody else")
    note(session, ROE, "submit", scene.claim.id)
    session.flush()
    assert [one.who for one in everywhere(session, actor=ROE.name)] == ["R. Roe"]
    assert {one.record for one in of_record(session, scene.claim.id)} == {scene.claim.id}


def test_statements(engine: Engine, settings: Settings, statements: Any) -> None:
    with writing(engine) as session:
        whole(session, Blobs(settings.blobs))
    with writing(engine) as session, statements(engine) as seen:
        assert len(everywhere(session, limit=200)) > 40
    assert len(seen) <= 5


def test_what_is_done_to_accounts_is_told_without_their_numbers(session: Session) -> None:
    account = add_account(session, LOCAL_OPERATOR, AccountEntry(name="Ann-Lee", roles=["editor"]))
    change_roles(session, LOCAL_OPERATOR, account, ["reviewer"])
    make_link(session, LOCAL_OPERATOR, account, "invitation")
    disable_account(session, LOCAL_OPERATOR, account)
    session.flush()
    assert [one.in_words for one in everywhere(session, limit=4)] == [
        "local operator shut out the account Ann-Lee",
        "local operator made a link for the account Ann-Lee",
        "local operator changed what the account Ann-Lee may do: roles added: reviewer; roles removed: editor",
        "local operator made the account Ann-Lee: name Ann-Lee; roles: editor",
    ]
