"""A claim with all its parts, as a document says it."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kb.blobs import Blobs
from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.aspects import AspectEntry, change_aspect, find_aspect
from kb.desk.assessments import change_assessment, find_assessment
from kb.desk.evidence import change_evidence, find_evidence
from kb.desk.externals import ExternalEntry, add_external
from kb.desk.replies import find_reply
from kb.desk.tables import AspectVerdict, Assessment, ClaimText, Passage
from kb.documents.entity import entity_faults
from kb.documents.label import list_label
from kb.publish.compile.record import NoSuchDraft, compile_many, compile_record
from tests.factories import desk
from tests.factories.whole import WORDS, Whole, whole
from tests.support.publishing import GROUND
from tests.support.statements import Statements


@pytest.fixture
def made(session: Session, tmp_path: Path) -> Whole:
    return whole(session, Blobs(tmp_path / "blobs"))


def compiled(session: Session, made: Whole) -> dict[str, Any]:
    return dict(compile_record(session, GROUND, made.claim.id).entity)


def parts(entity: dict[str, Any], key: str) -> list[str]:
    """The fragments of a list of parts, in its order."""
    return [part["@id"].partition("#")[2] for part in entity[key]]


def test_it_is_a_document(session: Session, made: Whole) -> None:
    draft = compile_record(session, GROUND, made.claim.id)
    assert entity_faults("claim", draft.entity) == []
    assert (draft.kind, draft.address) == ("claim", f"claims/{made.claim.id}")
    assert {iri.removeprefix(GROUND.base) for iri in draft.cites} == {
        f"agents/{made.paper.id}#it",
        f"agents/{made.carla.id}#it",
        GROUND.publisher.removeprefix(GROUND.base),
        f"sources/{made.article.id}#it",
        f"sources/{made.record.id}#it",
        f"sources/{made.copy.id}#it",
        f"origins/{made.office.id}#it",
        f"origins/{made.count.id}#it",
        "topics/walking#it",
        "topics/walkers-on-a-mountain#it",
    }


def test_each_list_has_its_order(session: Session, made: Whole) -> None:
    entity = compiled(session, made)
    assert parts(entity, "evidence") == ["evidence-1", "evidence-2", "evidence-3", "evidence-4"]
    assert parts(entity, "mentions") == ["mention-1", "mention-2", "mention-3"]
    assert parts(entity, "concerns") == ["concerned-1", "concerned-2"]
    assert parts(entity, "searches") == ["search-1", "search-2"]
    assert parts(entity, "openQuestions") == ["open-1", "open-2"]
    assert parts(entity, "replies") == ["reply-2", "reply-1", "reply-3"]
    assert parts(entity, "aspects") == ["aspect-1", "aspect-2", "aspect-3"]
    assert [link["position"] for link in entity["appearances"][0]["chain"]] == [1, 2, 3]
    change_aspect(
        session,
        LOCAL_OPERATOR,
        find_aspect(session, made.claim.id, 3),
        AspectEntry(code="guides", label="the guides", main=False, position=1),
    )
    change_aspect(
        session,
        LOCAL_OPERATOR,
        find_aspect(session, made.claim.id, 1),
        AspectEntry(code="count", label="the count", main=True, position=3),
    )
    assert parts(compiled(session, made), "aspects") == ["aspect-3", "aspect-2", "aspect-1"]


def test_what_is_computed_comes_from_the_rules(session: Session, made: Whole) -> None:
    entity = compiled(session, made)
    assessment = entity["assessment"]
    assert (assessment["verdict"], assessment["computedVerdict"]) == ("partly_supported", "partly_supported")
    assert [iri.partition("#")[2] for iri in assessment["failing"]] == ["aspect-2"]
    assert (assessment["independentOrigins"], assessment["seenEvidence"]) == (1, 2)
    assert (assessment["band"], assessment["confidence"]) == ("high", "0.9")
    assert assessment["rating"] == {
        "@id": f"{GROUND.base}claims/{made.claim.id}#assessment-1-rating",
        "@type": "Rating",
        "ratingLabel": {
            "en": "Partly supported; the year is contradicted. Enzo Example denies it. Carla Example stands by it."
            " Somebody says no."
        },
        "ratingValue": 3,
        "bestRating": 5,
        "worstRating": 1,
    }
    assert list_label(entity).startswith("Enzo Example denies it.")
    assert [one["band"] for one in assessment["aspectVerdicts"]] == ["high", "very_high", "low"]


def test_a_change_of_a_part_moves_the_headline(session: Session, made: Whole) -> None:
    assessment = find_assessment(session, made.claim.id)
    assert assessment is not None
    entry = desk.assessment_entry(("count", "contradicted"), ("year", "contradicted"), ("guides", "supported"))
    change_assessment(session, LOCAL_OPERATOR, assessment, entry)
    judged = compiled(session, made)["assessment"]
    assert (judged["verdict"], judged["rating"]["ratingValue"], len(judged["failing"])) == ("contradicted", 1, 2)
    entry = desk.assessment_entry(
        *(("count", "supported"), ("year", "contradicted"), ("guides", "supported")),
        override_verdict="unverified",
        override_reason="The office was not asked.",
    )
    change_assessment(session, LOCAL_OPERATOR, assessment, entry)
    judged = compiled(session, made)["assessment"]
    assert (judged["verdict"], judged["computedVerdict"]) == ("unverified", "partly_supported")
    assert judged["overrideReason"] == {"en": "The office was not asked."}
    assert "ratingValue" not in judged["rating"]


@pytest.mark.parametrize(
    ("change", "counts"),
    [
        ({"stance": "mentions"}, (1, 1)),
        ({"grade": "X"}, (1, 1)),
        ({"quote": None}, (1, 1)),
        ({"origin": "another"}, (2, 2)),
    ],
)
def test_a_change_of_evidence_moves_the_counts(
    session: Session, made: Whole, change: dict[str, Any], counts: tuple[int, int]
) -> None:
    change, given = dict(change), {"aspect": "year", "stance": "contradicts", "quote": desk.quote_entry("2018")}
    origin = made.count if change.pop("origin", None) else made.office
    entry = desk.evidence_entry(made.record, origin, **given | change)
    change_evidence(session, LOCAL_OPERATOR, find_evidence(session, made.claim.id, 2), entry)
    judged = compiled(session, made)["assessment"]
    assert (judged["independentOrigins"], judged["seenEvidence"]) == counts


def test_private_persons_have_a_name_and_no_record(session: Session, made: Whole) -> None:
    entity = compiled(session, made)
    assert made.enzo.id not in str(entity)
    mention, concerned, reply = entity["mentions"][1], entity["concerns"][0], entity["replies"][0]
    assert mention["visibility"] == "private"
    assert mention["otherNames"] == {"en": ["E. E."]}
    assert concerned["name"] == reply["name"] == {"en": "Enzo Example"}
    assert reply["by"] == concerned["@id"]
    assert not {"record", "agent"} & (mention.keys() | concerned.keys() | reply.keys())
    open_reply = entity["replies"][1]
    assert open_reply["agent"] == entity["concerns"][1]["record"] == entity["mentions"][0]["record"]
    assert "visibility" not in entity["mentions"][0]


def test_passages_say_where_they_stand_as_far_as_is_known(session: Session, made: Whole) -> None:
    entity = compiled(session, made)
    appearance = entity["appearances"][0]
    quote, place = appearance["target"]["selector"]
    assert quote["exact"] == WORDS
    assert place["end"] - place["start"] == len(WORDS)
    assert appearance["otherPlaces"][0]["selector"][0]["occurrence"] == 2
    source = f"{GROUND.base}sources/{made.article.id}"
    assert appearance["target"]["state"]["cachedSource"] == f"{source}#snapshot-1"
    assert "selector" not in entity["evidence"][2]["target"]
    assert entity["evidence"][0]["translation"] == {"en": "641 persons"}
    assert entity["evidence"][3]["explains"] == [entity["evidence"][0]["@id"]]
    assert [part.partition("#")[2] for part in entity["replies"][0]["saidIn"]] == ["evidence-1", "evidence-2"]


def test_figures_stand_on_the_claim_or_on_its_evidence(session: Session, made: Whole) -> None:
    entity = compiled(session, made)
    own, counted = entity["figures"][0], entity["evidence"][0]["figures"][0]
    assert (own["low"], own["lowInclusive"], "high" in own) == ("600", False, False)
    assert own["anchor"]["end"] - own["anchor"]["start"] == len("over 600")
    assert (own["period"]["startDate"], own["period"]["endDate"]) == ("2017-01-01", "2017-12-31")
    assert counted["asPrinted"] == {"fr": "641"}


def test_a_part_has_the_short_form_of_an_id(session: Session, made: Whole) -> None:
    entry = ExternalEntry(scheme="seed", scope="walks", value="E1")
    add_external(session, LOCAL_OPERATOR, made.claim.id, entry, "evidence-1")
    entity = compiled(session, made)
    assert (entity["externalIds"], entity["evidence"][0]["externalIds"]) == (["seed:walks/W1"], ["seed:E1"])


def test_relations_are_those_that_it_is_given(session: Session, made: Whole) -> None:
    relations = {"supports": ["zzzzzzzz1", "aaaaaaaa1"], "before": []}
    entity = compile_record(session, GROUND, made.claim.id, relations).entity
    base = f"{GROUND.base}claims/"
    assert entity["relations"] == {"supports": [f"{base}aaaaaaaa1#it", f"{base}zzzzzzzz1#it"]}


def test_a_draft_may_be_far_from_whole(session: Session, made: Whole) -> None:
    session.execute(delete(AspectVerdict))
    entity = compiled(session, made)
    assert "verdict" not in entity["assessment"]
    session.execute(delete(Assessment))
    session.execute(delete(ClaimText).where(ClaimText.field != "title"))
    entity = compiled(session, made)
    assert not {"statement", "question", "assessment"} & entity.keys()
    bare = desk.bare_claim(session)
    assert "appearances" not in compile_record(session, GROUND, bare.id).entity
    with pytest.raises(NoSuchDraft):
        compile_record(session, GROUND, "266jnjc2w")


def test_many_cost_as_many_statements_as_one(session: Session, made: Whole) -> None:
    ids = [made.claim.id, *(desk.bare_claim(session).id for _ in range(5))]
    session.flush()
    connection = session.connection().engine
    seen = []
    for some in (ids[:1], ids):
        with Statements(connection) as asked:
            compile_many(session, GROUND, some)
        seen.append(len(asked))
    assert seen[0] == seen[1] <= 40


def test_rows_changed_beside_the_session_are_seen(session: Session, made: Whole) -> None:
    compiled(session, made)
    reply = find_reply(session, made.claim.id, 1)
    passage = session.scalars(select(Passage).where(Passage.exact == "641 personnes")).one()
    assert passage.state == "recorded"
    reply.short = "Carla Example insists."
    assert compiled(session, made)["replies"][1]["short"] == {"en": "Carla Example insists."}
