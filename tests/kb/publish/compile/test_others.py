"""Sources, agents, origins, topics and pages, as documents say them."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from kb.blobs import Blobs
from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.externals import ExternalEntry, IdentifierEntry, add_external, add_identifier
from kb.desk.pages import PageEntry, add_page
from kb.documents.entity import entity_faults
from kb.publish.compile.record import compile_many, compile_record
from tests.factories import desk
from tests.factories.whole import TEXT, Whole, whole
from tests.support.publishing import GROUND
from tests.support.statements import Statements


@pytest.fixture
def made(session: Session, tmp_path: Path) -> Whole:
    return whole(session, Blobs(tmp_path / "blobs"))


def test_all_are_documents(session: Session, made: Whole) -> None:
    page = add_page(session, LOCAL_OPERATOR, PageEntry(slug="method", name="Method", body="We weigh."))
    ids = [made.paper, made.carla, made.article, made.record, made.copy, made.office, made.count, made.walkers, page]
    drafts = compile_many(session, GROUND, [one.id for one in ids])
    assert len(drafts) == len(ids)
    for draft in drafts.values():
        assert entity_faults(draft.kind, draft.entity) == []
    assert drafts[made.walkers.id].address == "topics/walkers-on-a-mountain"
    assert drafts[page.id].entity == {
        "@id": f"{GROUND.base}method#it",
        "@type": ["Page", "WebPage"],
        "name": {"en": "Method"},
        "body": {"en": "We weigh.\n"},
        "inLanguage": "en",
    }


def test_a_source_names_agents_that_have_a_record(session: Session, made: Whole) -> None:
    entity = compile_record(session, GROUND, made.article.id).entity
    assert entity["publisher"] == f"{GROUND.base}agents/{made.paper.id}#it"
    assert entity["author"] == [f"{GROUND.base}agents/{made.carla.id}#it"]
    assert entity["datePublished"] == entity["published"]["edtf"] == "2019-12-05"
    assert (entity["titleFromAddress"], entity["status"], entity["seen"]) == (False, "available", True)
    private = desk.source(session, "A letter", author_as_printed="E. Example", authors=(made.enzo.id, made.guide.id))
    entity = compile_record(session, GROUND, private.id).entity
    assert "author" not in entity
    assert entity["authorAsPrinted"] == {"en": "E. Example"}
    assert "datePublished" not in entity


def test_words_of_a_source_have_the_language_they_are_in(session: Session) -> None:
    printed = desk.source(session, "Corbyn sostenuto", language="it", publisher_as_printed="Mosaico")
    entity = compile_record(session, GROUND, printed.id).entity
    assert (entity["title"], entity["inLanguage"]) == ({"it": "Corbyn sostenuto"}, "it")
    assert entity["publisherAsPrinted"] == {"en": "Mosaico"}
    translated = desk.source(session, "Heights", language="it", title_language="en")
    assert compile_record(session, GROUND, translated.id).entity["title"] == {"en": "Heights"}


def test_lineage_is_a_set(session: Session, made: Whole) -> None:
    one, two = desk.source(session, "One"), desk.source(session, "Two")
    first, second = desk.origin(session, "First"), desk.origin(session, "Second")
    drawn = []
    for sources, origins in (((one.id, two.id), (second.id, first.id)), ((two.id, one.id), (first.id, second.id))):
        row = desk.source(session, "Drawn", derived_from=sources, rests_on=origins)
        entity = compile_record(session, GROUND, row.id).entity
        drawn.append((entity["derivedFrom"], entity["restsOn"]))
    assert drawn[0] == drawn[1]
    assert all(part == sorted(part) for part in drawn[0])
    copy = compile_record(session, GROUND, made.copy.id).entity
    assert copy["copyOf"] == f"{GROUND.base}sources/{made.record.id}#it"


def test_snapshots_have_their_segments(session: Session, made: Whole) -> None:
    (snapshot,) = compile_record(session, GROUND, made.article.id).entity["snapshots"]
    assert (snapshot["holding"], snapshot["openToReaders"]) == ("held", False)
    assert (snapshot["characters"], snapshot["byteSize"]) == (len(TEXT), len(TEXT.encode()))
    assert [(one["code"], one["claimsTaken"]) for one in snapshot["segments"]] == [("title", False), ("body", True)]
    assert TEXT not in str(snapshot)


def test_agents_have_the_classes_of_their_kind(session: Session, made: Whole) -> None:
    carla = compile_record(session, GROUND, made.carla.id).entity
    assert carla["@type"] == ["Person", "Agent"]
    assert (carla["living"], carla["asOf"]) == ("presumed_living", "2026-11-24")
    assert carla["sameAs"] == ["http://www.wikidata.org/entity/Q4115189"]
    assert compile_record(session, GROUND, made.paper.id).entity["otherNames"] == {"en": ["Examplar"]}
    assert "url" not in carla
    desk_agent = GROUND.__class__(GROUND.base, GROUND.license, carla["@id"])
    assert compile_record(session, desk_agent, made.carla.id).entity["url"] == GROUND.base


def test_ids_of_others_say_what_they_are_ids_within(session: Session, made: Whole) -> None:
    for scope, value in (("b", "Q2"), ("a", "Q1"), ("b", "Q1")):
        add_external(session, LOCAL_OPERATOR, made.office.id, ExternalEntry(scheme="seed", scope=scope, value=value))
    assert compile_record(session, GROUND, made.office.id).entity["externalIds"] == [
        "seed:a/Q1",
        "seed:b/Q1",
        "seed:b/Q2",
    ]
    for scheme, value in (("wikidata", "Q8013"), ("doi", "10.1000/182")):
        add_identifier(session, LOCAL_OPERATOR, made.record.id, IdentifierEntry(scheme=scheme, value=value))
    same = compile_record(session, GROUND, made.record.id).entity["sameAs"]
    assert same == ["http://www.wikidata.org/entity/Q8013", "https://doi.org/10.1000/182"]


def test_a_topic_may_stand_below_another(session: Session, made: Whole) -> None:
    entity = compile_record(session, GROUND, made.walking.id).entity
    assert entity["broader"] == [f"{GROUND.base}topics/outdoors#it"]
    measure = compile_record(session, GROUND, made.walkers.id).entity
    assert (measure["@type"], measure["measureKind"]) == (["Measure", "Concept"], "flow")


def test_statements_do_not_grow_with_the_number(session: Session, made: Whole) -> None:
    few = [made.article.id, made.carla.id, made.office.id, made.walking.id]
    many = [*few, made.record.id, made.copy.id, made.paper.id, made.count.id, made.walkers.id]
    session.flush()
    seen = []
    for some in (few, many):
        with Statements(session.connection().engine) as asked:
            compile_many(session, GROUND, some)
        seen.append(len(asked))
    assert seen[0] == seen[1] <= 30
