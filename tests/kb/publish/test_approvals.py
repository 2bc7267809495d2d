"""Second pairs of eyes: somebody else, and exactly this content."""

import pytest
from sqlalchemy import Engine

from kb.db import writing
from kb.desk.actors import LOCAL_OPERATOR, Actor
from kb.desk.agents import add_agent, change_agent, find_agent
from kb.desk.claims import find_claim
from kb.desk.relations import RelationEntry, add_relation
from kb.desk.reviews import ApprovalEntry, OwnWork, add_approval, find_approvals, remove_approval
from kb.desk.tables import Approval
from kb.publish.approvals import unapproved
from kb.publish.publish import PublishEntry, gate_record, publish
from kb.publish.receipt import Receipt
from kb.settings import Settings
from tests.factories import desk
from tests.factories.whole import Whole
from tests.support.databases import BASE
from tests.support.publishing import READER, UNREVIEWED, founded, latest, made_of, proven, put_out

BOTH = Actor("an editor who also reviews", frozenset({"editor", "reviewer", "publisher"}))


def approve(engine: Engine, record: str, actor: Actor = READER) -> str:
    with writing(engine) as session:
        digest, _ = gate_record(session, BASE, record)
        add_approval(session, actor, record, ApprovalEntry(content_digest=digest))
    return digest


def strictly(engine: Engine, *records: str) -> Receipt:
    """Publish what somebody else has read, and nothing else."""
    return publish(engine, LOCAL_OPERATOR, records, PublishEntry())


@pytest.fixture
def agent(engine: Engine, settings: Settings) -> str:
    founded(engine, settings)
    with writing(engine) as session:
        return desk.agent(session).id


def test_somebody_else_has_read_it(engine: Engine, settings: Settings, agent: str) -> None:
    digest = approve(engine, agent)
    assert made_of(strictly(engine, agent)) == [(agent, 1, "new")]
    edition = latest(engine, agent)
    assert (edition.document["reviewed"], edition.content_digest) == (True, digest)
    assert "unreviewedReason" not in edition.document
    assert READER.name not in str(edition.document)
    proven(settings)


def test_an_edit_voids_it(engine: Engine, agent: str) -> None:
    approve(engine, agent)
    with writing(engine) as session:
        change_agent(session, LOCAL_OPERATOR, find_agent(session, agent), desk.agent_entry("Another name"))
    assert [one.where for one in strictly(engine, agent).refused[agent]] == ["review"]
    with writing(engine) as session:
        change_agent(session, LOCAL_OPERATOR, find_agent(session, agent), desk.agent_entry())
    assert made_of(strictly(engine, agent)) == [(agent, 1, "new")]


def test_nobody_approves_their_own_work(engine: Engine, agent: str) -> None:
    with pytest.raises(OwnWork):
        approve(engine, agent, LOCAL_OPERATOR)
    with writing(engine) as session:
        own = add_agent(session, BOTH, desk.agent_entry("Theirs")).id
        digest, _ = gate_record(session, BASE, own)
        # Were it to get in beside the verb, the gate would still not take it.
        session.add(Approval(record_id=own, content_digest=digest, actor=BOTH.name, approved_at="2026-11-25T09:00:00Z"))
    assert [one.where for one in strictly(engine, own).refused[own]] == ["review"]


def test_whoever_publishes_may_be_the_reader(engine: Engine, agent: str) -> None:
    approve(engine, agent, BOTH)
    receipt = publish(engine, BOTH, [agent], PublishEntry())
    assert made_of(receipt) == [(agent, 1, "new")]
    assert latest(engine, agent).document["reviewed"] is True


def test_it_can_be_taken_back(engine: Engine, agent: str) -> None:
    digest = approve(engine, agent)
    with writing(engine) as session:
        (approval,) = find_approvals(session, agent, digest)
        remove_approval(session, READER, approval)
    assert agent in strictly(engine, agent).refused


def test_what_is_dragged_along_has_been_read_too(engine: Engine, drafts: Whole) -> None:
    approve(engine, drafts.claim.id)
    told = strictly(engine, drafts.claim.id).refused[drafts.claim.id]
    assert {one.where.partition("/")[0] for one in told} == {"agents", "topics", "origins", "sources"}
    with writing(engine) as session:
        _, findings = gate_record(session, BASE, drafts.claim.id)
    for address in {one.where.partition(":")[0] for one in findings}:
        name = address.partition("/")[2]
        topics = {"walking": drafts.walking.id, "walkers-on-a-mountain": drafts.walkers.id}
        if name == "outdoors":
            with writing(engine) as session:
                topics[name] = str(session.get_one(type(drafts.walking), drafts.walking.id).broader_id)
        approve(engine, topics.get(name, name))
    receipt = strictly(engine, drafts.claim.id)
    assert (len(receipt.published), receipt.refused) == (11, {})


def test_relations_alone_need_no_new_reader(engine: Engine, settings: Settings, drafts: Whole) -> None:
    put_out(engine)
    with writing(engine) as session:
        other = desk.bare_claim(session, statement={"en": "Carla Example writes something."})
        claim = find_claim(session, drafts.claim.id)
        add_relation(session, LOCAL_OPERATOR, claim, RelationEntry(type="supports", target=other.id))
    assert made_of(strictly(engine, drafts.claim.id)) == []


def test_a_false_review_is_found(engine: Engine, settings: Settings, agent: str) -> None:
    digest = approve(engine, agent)
    strictly(engine, agent)
    with writing(engine) as session:
        assert list(unapproved(session)) == []
        (approval,) = find_approvals(session, agent, digest)
        session.delete(approval)
    with writing(engine) as session:
        (fault,) = unapproved(session)
    assert (fault.record, fault.version, fault.where) == (agent, 1, "reviewed")


def test_a_reason_is_public_and_a_reader_outweighs_it(engine: Engine, agent: str) -> None:
    approve(engine, agent)
    put_out(engine, agent)
    assert latest(engine, agent).document["reviewed"] is True
    with writing(engine) as session:
        change_agent(session, LOCAL_OPERATOR, find_agent(session, agent), desk.agent_entry("Another name"))
    put_out(engine, agent)
    document = latest(engine, agent).document
    assert (document["reviewed"], document["unreviewedReason"]) == (False, {"en": UNREVIEWED})
