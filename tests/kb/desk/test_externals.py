"""Ids that others gave, approvals, and who may do what."""

import pytest
from sqlalchemy.orm import Session

from kb.desk import externals, history
from kb.desk.actors import LOCAL_OPERATOR as ME
from kb.desk.actors import VERBS, Actor, NotAllowed, require
from kb.desk.aspects import AspectEntry, add_aspect, find_aspect, remove_aspect
from kb.desk.entry import BadEntry
from kb.desk.externals import ExternalEntry, IdentifierEntry
from kb.desk.records import NoSuchRecord, hold
from kb.desk.reviews import (
    ApprovalEntry,
    OwnWork,
    add_approval,
    change_approval,
    find_approvals,
    remove_approval,
)
from kb.values.identifiers import IdentifierInvalid
from kb.values.vocabulary import ROLE
from tests.factories import desk

READER = Actor("second reader", frozenset({"reviewer"}))


def named(value: str, scope: str = "") -> ExternalEntry:
    return ExternalEntry(scheme="seed", scope=scope, value=value)


def test_an_id_finds_its_record_with_its_scope_and_without(session: Session) -> None:
    one, other = desk.bare_claim(session), desk.bare_claim(session)
    externals.add_external(session, ME, one.id, named("C04", "first"))
    assert externals.find(session, "seed:C04") == externals.find(session, "seed:first/C04") == one.id
    externals.add_external(session, ME, other.id, named("C04", "second"))
    with pytest.raises(externals.NotUnique, match="first/C04"):
        externals.find(session, "seed:C04")
    assert externals.find(session, "seed:second/C04") == other.id
    assert (externals.find(session, "seed:C05"), externals.find(session, "C04")) == (None, None)
    assert externals.of_kind(session, "claim")[one.id] == ("seed:first/C04", "seed:C04")


def test_an_id_with_a_slash_in_it_is_found(session: Session) -> None:
    topic = desk.topic(session)
    externals.add_external(session, ME, topic.id, named("peaks/heights"))
    assert externals.find(session, "seed:peaks/heights") == topic.id


def test_one_id_is_one_record_of_a_kind(session: Session) -> None:
    one, other, topic = desk.bare_claim(session), desk.bare_claim(session), desk.topic(session)
    row = externals.add_external(session, ME, one.id, named("x"))
    assert externals.add_external(session, ME, one.id, named("x")) is row
    with pytest.raises(externals.IdTaken):
        externals.add_external(session, ME, other.id, named("x"))
    externals.add_external(session, ME, topic.id, named("x"))
    externals.remove_external(session, ME, row)
    externals.add_external(session, ME, other.id, named("x"))


def test_a_part_that_goes_takes_its_id_with_it(session: Session) -> None:
    claim = desk.bare_claim(session, "height", "year")
    externals.add_external(session, ME, claim.id, named("A2"), "aspect-2")
    assert externals.find(session, "seed:A2") == claim.id
    remove_aspect(session, ME, find_aspect(session, claim.id, 2))
    assert externals.find(session, "seed:A2") is None
    last = history.of_record(session, claim.id)[-1]
    assert last.before is not None
    assert [row["value"] for row in last.before["external_id"]] == ["A2"]
    add_aspect(session, ME, claim, AspectEntry(code="year", label="in 1863", main=True, position=2))
    assert externals.known_parts(session, [claim.id], "seed", "") == {}


def test_a_scheme_is_a_word() -> None:
    with pytest.raises(BadEntry, match="small letters"):
        ExternalEntry(scheme="Seed File", value="x")


def test_identifiers_are_checked_and_stand_once(session: Session) -> None:
    source = desk.source(session)
    row = externals.add_identifier(session, ME, source.id, IdentifierEntry(scheme="doi", value="10.1000/ABC"))
    assert row.value == "10.1000/abc"
    again = externals.add_identifier(
        session, ME, source.id, IdentifierEntry(scheme="doi", value="https://doi.org/10.1000/abc")
    )
    assert again is row
    with pytest.raises(IdentifierInvalid):
        externals.add_identifier(session, ME, source.id, IdentifierEntry(scheme="issn", value="1234-5678"))
    externals.remove_identifier(session, ME, row)


def test_nobody_approves_their_own_work(session: Session) -> None:
    claim, entry = desk.bare_claim(session), ApprovalEntry(content_digest="ab" * 32, comment="Read.")
    both = Actor(ME.name, frozenset({"editor", "reviewer"}))
    with pytest.raises(OwnWork):
        add_approval(session, both, claim.id, entry)
    given = add_approval(session, READER, claim.id, entry)
    assert add_approval(session, READER, claim.id, entry) is given
    assert find_approvals(session, claim.id, "ab" * 32) == [given]
    assert find_approvals(session, claim.id, "cd" * 32) == []
    with pytest.raises(NotAllowed):
        remove_approval(session, Actor("another", frozenset({"reviewer"})), given)
    given = change_approval(session, READER, given, "Read twice.")
    assert given.comment == "Read twice."
    remove_approval(session, READER, given)
    assert find_approvals(session, claim.id, "ab" * 32) == []


def test_who_has_published_may_still_approve(session: Session) -> None:
    claim = desk.bare_claim(session)
    publisher = Actor("a publisher", frozenset({"publisher", "reviewer"}))
    history.note(session, publisher, history.PUBLISH, claim.id)
    assert add_approval(session, publisher, claim.id, ApprovalEntry(content_digest="ab" * 32)).actor == "a publisher"


def test_every_role_has_its_verbs_and_an_unknown_verb_is_a_mistake_of_ours() -> None:
    assert set(VERBS) == set(ROLE)
    require(Actor("an editor", frozenset({"editor"})), "assess")
    with pytest.raises(NotAllowed, match="may not publish"):
        require(Actor("an editor", frozenset({"editor"})), "publish")
    with pytest.raises(ValueError, match="no verb"):
        require(ME, "fly")


def test_what_does_not_exist_cannot_be_held(session: Session) -> None:
    with pytest.raises(NoSuchRecord):
        hold(session, "ts527ncpx")
