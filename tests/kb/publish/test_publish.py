"""Publishing: what goes along, what stays, what is refused, and that the unchanged makes nothing."""

import pytest
from sqlalchemy import Engine

from kb.db import writing
from kb.desk.actors import LOCAL_OPERATOR, Actor, NotAllowed
from kb.desk.assessments import change_assessment, find_assessment
from kb.desk.history import PUBLISH, of_record
from kb.documents.canonical import content_digest
from kb.documents.references import references
from kb.errors import Conflict, Refused
from kb.publish.publish import PublishEntry, gate_record, preview, publish
from kb.settings import Settings
from tests.factories import desk
from tests.factories.whole import Whole
from tests.support.databases import BASE
from tests.support.publishing import (
    UNREVIEWED,
    editions,
    entity,
    latest,
    made_of,
    note,
    proven,
    put_out,
    ticking,
)
from tests.support.statements import Statements

AT_SET_UP = 6


def test_the_envelope_is_filled_in(engine: Engine, drafts: Whole) -> None:
    put_out(engine, drafts.claim.id)
    edition = latest(engine, drafts.claim.id)
    document = edition.document
    assert (document["reviewed"], document["unreviewedReason"]) == (False, {"en": UNREVIEWED})
    assert document["byline"] == {"en": "Claimbase"}
    assert document["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert "changeNote" not in document
    assert len(document["nonce"]) == 32
    assert document["recordId"] == drafts.claim.id
    main = document["mainEntity"]
    assert edition.content_digest == content_digest(main, references(main))
    cited = {one["record"]: one for one in document["cited"]}
    carla = cited[f"{BASE}agents/{drafts.carla.id}#it"]
    assert (carla["citedAs"], carla["citedKind"]) == ({"en": "Carla Example"}, "person")
    assert document["publisher"] in cited
    assert all(one["citedEdition"].endswith("/v1") for one in cited.values())


def test_the_unchanged_makes_nothing(engine: Engine, settings: Settings, drafts: Whole) -> None:
    put_out(engine, drafts.claim.id)
    before = [one.digest for one in editions(engine)]
    for receipt in (put_out(engine, drafts.claim.id), put_out(engine, drafts.claim.id, kind="update", note="Again.")):
        assert (made_of(receipt), receipt.unchanged, receipt.refused) == ([], [drafts.claim.id], {})
    everything = put_out(engine)
    assert made_of(everything) == []
    assert len(everything.unchanged) == AT_SET_UP - 1 + 11
    assert [one.digest for one in editions(engine)] == before


def test_all_takes_every_record_but_private_and_unnamed_agents(
    engine: Engine, settings: Settings, drafts: Whole
) -> None:
    with writing(engine) as session:
        alone = desk.source(session, "Nobody cites this yet")
    receipt = put_out(engine)
    made = {one.id for one in receipt.published}
    assert alone.id in made
    assert not {drafts.enzo.id, drafts.guide.id} & (made | set(receipt.unchanged) | set(receipt.refused))
    assert receipt.along == frozenset()
    assert proven(settings) == AT_SET_UP + 12


def test_kinds_come_in_an_order_that_a_reader_can_follow(engine: Engine, drafts: Whole) -> None:
    put_out(engine)
    kinds = [one.record_kind for one in editions(engine)][AT_SET_UP:]
    assert kinds == ["agent"] * 2 + ["topic"] * 3 + ["origin", "source"] + ["origin"] + ["source"] * 2 + ["claim"]


def test_a_change_makes_an_update_with_a_note(engine: Engine, drafts: Whole) -> None:
    put_out(engine, drafts.claim.id)
    note(engine, drafts.claim.id, "Another note.")
    receipt = put_out(engine, drafts.claim.id)
    assert made_of(receipt) == [(drafts.claim.id, 2, "update")]
    one, two = [edition for edition in editions(engine) if edition.record == drafts.claim.id]
    assert two.document["previousDigest"] == one.digest
    assert two.document["changeNote"]["en"].startswith("Updated: ")
    assert "the note" in two.document["changeNote"]["en"]
    note(engine, drafts.claim.id, "And another.")
    put_out(engine, drafts.claim.id, note="A word was lacking.")
    assert latest(engine, drafts.claim.id).document["changeNote"] == {"en": "A word was lacking."}


def test_a_correction_says_what_was_wrong(engine: Engine, drafts: Whole) -> None:
    put_out(engine, drafts.claim.id)
    note(engine, drafts.claim.id, "Another note.")
    with pytest.raises(Refused, match="needs a note"):
        PublishEntry(kind="correction")
    receipt = put_out(engine, drafts.claim.id, kind="correction", note="The note was wrong.")
    assert made_of(receipt) == [(drafts.claim.id, 2, "correction")]
    assert latest(engine, drafts.claim.id).document["changeNote"] == {"en": "The note was wrong."}
    with writing(engine) as session:
        row = of_record(session, drafts.claim.id)[-1]
        assert (row.verb, row.actor) == (PUBLISH, LOCAL_OPERATOR.name)
        assert row.after is not None
        assert row.after["edition"] | {"digest": ""} == {"version": 2, "kind": "correction", "digest": ""}


def test_new_is_for_a_first_version_only(engine: Engine, drafts: Whole) -> None:
    put_out(engine, drafts.claim.id, kind="new")
    note(engine, drafts.claim.id, "Another note.")
    receipt = put_out(engine, drafts.claim.id, kind="new")
    assert [one.where for one in receipt.refused[drafts.claim.id]] == ["kind"]
    with writing(engine) as session:
        other = desk.agent(session, "Somebody else")
    assert made_of(put_out(engine, other.id, kind="correction", note="Of the others.")) == [(other.id, 1, "new")]


def test_the_gate_shuts_for_each_by_itself(engine: Engine, settings: Settings, drafts: Whole) -> None:
    with writing(engine) as session:
        bare = desk.bare_claim(session)
    receipt = put_out(engine)
    assert list(receipt.refused) == [bare.id]
    assert drafts.claim.id in [one.id for one in receipt.published]
    refused = receipt.as_json()["refused"]
    assert refused[0]["id"] == bare.id
    assert {one["where"] for one in refused[0]["findings"]} >= {"appearances", "assessment"}
    assert bare.id not in [one.record for one in editions(engine)]
    proven(settings)


def test_without_a_second_reader_a_reason_is_wanted(engine: Engine, drafts: Whole) -> None:
    receipt = publish(engine, LOCAL_OPERATOR, [drafts.claim.id], PublishEntry())
    assert made_of(receipt) == []
    assert "review" in [one.where for one in receipt.refused[drafts.claim.id]]
    assert len(editions(engine)) == AT_SET_UP


def test_a_private_person_cannot_be_published_by_name(engine: Engine, drafts: Whole) -> None:
    receipt = put_out(engine, drafts.enzo.id)
    assert [one.where for one in receipt.refused[drafts.enzo.id]] == ["visibility"]


def test_what_is_not_on_the_desk_is_said(engine: Engine, drafts: Whole) -> None:
    foundation = editions(engine)[0].record
    receipt = put_out(engine, foundation, "266jnjc2w", drafts.carla.id)
    assert set(receipt.refused) == {foundation, "266jnjc2w"}
    assert made_of(receipt) == [(drafts.carla.id, 1, "new")]


def test_only_a_publisher_publishes(engine: Engine, drafts: Whole) -> None:
    editor = Actor("an editor", frozenset({"editor"}))
    with pytest.raises(NotAllowed):
        publish(engine, editor, [drafts.claim.id], PublishEntry(unreviewed="x"))


def test_another_base_is_refused(engine: Engine, drafts: Whole) -> None:
    with pytest.raises(Conflict, match="stands under"):
        publish(engine, LOCAL_OPERATOR, None, PublishEntry(), base="https://elsewhere.example/")


def test_time_never_goes_back(engine: Engine, settings: Settings, drafts: Whole) -> None:
    entry = PublishEntry(unreviewed=UNREVIEWED)
    publish(engine, LOCAL_OPERATOR, [drafts.carla.id], entry, clock=lambda: "2030-01-01T00:00:00Z")
    publish(engine, LOCAL_OPERATOR, [drafts.claim.id], entry, clock=ticking())
    times = [one.issued for one in editions(engine)]
    assert times == sorted(times)
    assert times[-1] == "2030-01-01T00:00:00Z"


def test_progress_is_told(engine: Engine, drafts: Whole) -> None:
    steps: list[tuple[int, int | None]] = []
    entry = PublishEntry(unreviewed=UNREVIEWED)
    publish(engine, LOCAL_OPERATOR, None, entry, progress=lambda done, total: steps.append((done, total)))
    assert steps[-1] == (11, 11)


def test_a_draft_is_shown_as_it_would_be_published(engine: Engine, drafts: Whole) -> None:
    with writing(engine) as session:
        digest, findings = gate_record(session, BASE, drafts.claim.id)
        draft = preview(session, BASE, drafts.claim.id)
    assert {one.where.rpartition(": ")[2] for one in findings} == {"review"}
    assert len(findings) == 11
    put_out(engine, drafts.claim.id)
    assert entity(engine, drafts.claim.id) == draft.entity
    assert latest(engine, drafts.claim.id).content_digest == digest
    with writing(engine) as session:
        assert gate_record(session, BASE, drafts.claim.id) == (digest, [])


def test_a_call_costs_the_same_for_one_record_and_for_a_whole_group(engine: Engine, drafts: Whole) -> None:
    counts = []
    for number in (1, 50):
        with writing(engine) as session:
            agents = [desk.agent(session, f"Somebody {number} {n}").id for n in range(number)]
        with Statements(engine) as seen:
            put_out(engine, *agents)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 40


def test_the_assessment_follows(engine: Engine, drafts: Whole) -> None:
    put_out(engine)
    with writing(engine) as session:
        assessment = find_assessment(session, drafts.claim.id)
        assert assessment is not None
        entry = desk.assessment_entry(("count", "supported"), ("year", "supported"), ("guides", "unverified"))
        change_assessment(session, LOCAL_OPERATOR, assessment, entry)
    put_out(engine)
    judged = entity(engine, drafts.claim.id)["assessment"]
    assert (judged["verdict"], "failing" in judged) == ("supported", False)
    assert latest(engine, drafts.claim.id).document["changeNote"] == {"en": "Updated: the assessment."}
