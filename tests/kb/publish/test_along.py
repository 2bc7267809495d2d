"""What a claim takes along, what stays on the desk, and what has to go out together."""

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from kb.blobs import Blobs
from kb.db import writing
from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.agents import change_agent, find_agent
from kb.desk.appearances import change_appearance, find_appearance, links_of
from kb.desk.snapshots import SnapshotEntry, bring_in
from kb.desk.sources import change_source, find_source
from kb.desk.tables import Source
from kb.desk.texts import Texts
from kb.settings import Settings
from tests.factories import desk
from tests.factories.whole import Whole
from tests.support.databases import BASE
from tests.support.publishing import (
    entity,
    founded,
    latest,
    made_of,
    note,
    proven,
    put_out,
)

AT_SET_UP = 6


def rename(engine: Engine, agent: str, name: str) -> None:
    with writing(engine) as session:
        change_agent(session, LOCAL_OPERATOR, find_agent(session, agent), desk.agent_entry(name))


def locate(session: Session, blobs: Blobs, claim: str) -> None:
    """The text comes in, and the quote is found in it."""
    appearance = find_appearance(session, claim, 1)
    source = session.scalars(select(Source)).one()
    bring_in(session, LOCAL_OPERATOR, source, SnapshotEntry(), desk.TEXT.encode(), blobs)
    (link,) = links_of(session, appearance)
    said = desk.link_entry(agent=link.agent_id, source=source.id, number=link.number)
    entry = desk.appearance_entry(source, said)
    change_appearance(session, LOCAL_OPERATOR, appearance, entry, Texts(session, blobs))


def test_a_claim_takes_along_what_it_needs(engine: Engine, settings: Settings, drafts: Whole) -> None:
    receipt = put_out(engine, drafts.claim.id)
    assert {kind for _, _, kind in made_of(receipt)} == {"new"}
    order = [one.id for one in receipt.published]
    assert order[-1] == drafts.claim.id
    along = {drafts.paper, drafts.carla, drafts.article, drafts.record, drafts.copy, drafts.office, drafts.count}
    assert {one.id for one in along} | {drafts.walking.id, drafts.walkers.id} < set(order)
    assert receipt.along == set(order) - {drafts.claim.id}
    assert len(order) == 11  # and the topic above the one that is named
    assert not {drafts.enzo.id, drafts.guide.id} & set(order)
    assert receipt.as_json()["published"][-1]["version"] == 1
    assert (receipt.unchanged, receipt.refused) == ([], {})
    assert proven(settings) == AT_SET_UP + 11


def test_changes_of_what_is_cited_stay_on_the_desk(engine: Engine, settings: Settings, drafts: Whole) -> None:
    put_out(engine, drafts.claim.id)
    rename(engine, drafts.carla.id, "Carla Renamed")
    note(engine, drafts.claim.id, "Another note.")
    receipt = put_out(engine, drafts.claim.id)
    assert made_of(receipt) == [(drafts.claim.id, 2, "update")]
    document = latest(engine, drafts.claim.id).document
    assert "Carla Renamed" not in str(document)
    assert made_of(put_out(engine, drafts.carla.id)) == [(drafts.carla.id, 2, "update")]
    note(engine, drafts.claim.id, "And another.")
    put_out(engine, drafts.claim.id)
    cited = {one["record"]: one for one in latest(engine, drafts.claim.id).document["cited"]}
    carla = cited[f"{BASE}agents/{drafts.carla.id}#it"]
    assert carla["citedAs"] == {"en": "Carla Renamed"}
    assert carla["citedEdition"].endswith("/v2")
    proven(settings)


def test_what_is_published_together_cites_each_other(engine: Engine, settings: Settings, drafts: Whole) -> None:
    put_out(engine)
    with writing(engine) as session:
        row = find_source(session, drafts.record.id)
        entry = desk.source_entry("Walkers, counted", url="https://office.example/2017", rests_on=(drafts.office.id,))
        change_source(session, LOCAL_OPERATOR, row, entry)
    note(engine, drafts.claim.id, "Another note.")
    receipt = put_out(engine, drafts.claim.id, drafts.record.id)
    assert made_of(receipt) == [(drafts.record.id, 2, "update"), (drafts.claim.id, 2, "update")]
    cited = {one["record"]: one for one in latest(engine, drafts.claim.id).document["cited"]}
    assert cited[f"{BASE}sources/{drafts.record.id}#it"]["citedTitle"] == {"en": "Walkers, counted"}
    proven(settings)


def test_a_source_and_its_origin_refer_to_each_other(engine: Engine, drafts: Whole) -> None:
    receipt = put_out(engine, drafts.office.id)
    assert {one.id for one in receipt.published} == {drafts.office.id, drafts.record.id}
    assert entity(engine, drafts.office.id)["firstHandSource"] == f"{BASE}sources/{drafts.record.id}#it"
    assert entity(engine, drafts.record.id)["restsOn"] == [f"{BASE}origins/{drafts.office.id}#it"]


def test_what_needs_a_refused_record_is_refused(engine: Engine, drafts: Whole) -> None:
    with writing(engine) as session:
        row = find_source(session, drafts.record.id)
        entry = desk.source_entry("Walkers", rests_on=(drafts.office.id,), status="retracted")
        change_source(session, LOCAL_OPERATOR, row, entry)
    receipt = put_out(engine)
    lacking = {drafts.record.id, drafts.office.id, drafts.copy.id, drafts.article.id, drafts.claim.id}
    assert set(receipt.refused) == lacking
    told = receipt.refused[drafts.claim.id]
    assert any(f"sources/{drafts.record.id}" in one.where and "statusDate" in one.what for one in told)
    assert drafts.count.id in [one.id for one in receipt.published]


def test_a_new_snapshot_goes_out_with_its_source(engine: Engine, settings: Settings, blobs: Blobs) -> None:
    founded(engine, settings)
    with writing(engine) as session:
        claim = desk.whole_claim(session)
    put_out(engine)
    with writing(engine) as session:
        locate(session, blobs, claim.id)
    receipt = put_out(engine, claim.id)
    assert [one.where for one in receipt.refused[claim.id] if one.shuts] == ["appearance-1/target"]
    assert len(made_of(put_out(engine))) == 2
    assert entity(engine, claim.id)["appearances"][0]["quoteState"] == "verified"
    proven(settings)
