"""Claims that refer to each other: what waits, what comes later, and that any order ends in the same content."""

import random
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import Engine

from kb.db import writing
from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.assessments import add_assessment
from kb.desk.claims import find_claim
from kb.desk.relations import RelationEntry, add_relation, find_relation, remove_relation
from kb.publish.publish import gate_record
from kb.settings import Settings
from kb.values.vocabulary import SYMMETRIC
from tests.factories import desk
from tests.support.databases import BASE
from tests.support.publishing import editions, entity, founded, latest, made_of, proven, put_out

Relations = tuple[tuple[int, str, int], ...]
KNOT: Relations = (
    (0, "same_event", 1),
    (2, "same_event", 1),
    (0, "depends_on", 2),
    (2, "elaborates", 0),
    (3, "supports", 0),
    (3, "related_to", 2),
    (1, "before", 3),
)


def claims(engine: Engine, number: int, relations: Relations = ()) -> list[str]:
    """Claims of one survey in one source, all made in one second."""
    with writing(engine) as session:
        session.info["clock"] = lambda: "2026-11-25T08:00:00Z"
        voice, where, came = desk.agent(session), desk.source(session), desk.origin(session)
        made = [desk.bare_claim(session) for _ in range(number)]
        for claim in made:
            quote = desk.quote_entry(text_sha256="ab" * 32)
            desk.appearance(session, claim, where, desk.link_entry(agent=voice.id), quote=quote)
            desk.evidence(session, claim, where, came)
            add_assessment(session, LOCAL_OPERATOR, claim, desk.assessment_entry())
        for one, kind, other in relations:
            relate(session, made[one].id, kind, made[other].id)
        return [claim.id for claim in made]


def relate(session: Any, one: str, kind: str, other: str) -> None:
    add_relation(session, LOCAL_OPERATOR, find_claim(session, one), RelationEntry(type=kind, target=other))


def stated(engine: Engine, claim: str) -> dict[str, list[str]]:
    """The relations of the latest edition, by ids."""
    found = entity(engine, claim).get("relations", {})
    return {kind: [iri.removesuffix("#it").rpartition("/")[2] for iri in iris] for kind, iris in found.items()}


def content(engine: Engine, ids: Sequence[str]) -> tuple[dict[str, str], set[tuple[str, ...]]]:
    """Digests by the place of each claim, and all relations, a symmetric one without its direction."""
    place = {claim: str(number) for number, claim in enumerate(ids)}
    ties = set()
    for claim in ids:
        for kind, others in stated(engine, claim).items():
            for other in others:
                ends = (place[claim], place[other])
                ties.add((kind, *(sorted(ends) if kind in SYMMETRIC else ends)))
    return {place[claim]: latest(engine, claim).content_digest for claim in ids}, ties


def test_a_relation_waits_for_its_claim(engine: Engine, settings: Settings) -> None:
    founded(engine, settings)
    one, other = claims(engine, 2, ((0, "supports", 1),))
    put_out(engine, one)
    assert stated(engine, one) == {}
    put_out(engine, other)
    receipt = put_out(engine, one)
    assert made_of(receipt) == [(one, 2, "update")]
    assert stated(engine, one) == {"supports": [other]}
    assert latest(engine, one).document["changeNote"] == {"en": "A relation to another claim was added."}
    assert latest(engine, one).content_digest == editions(engine)[-3].content_digest
    assert put_out(engine).published == []
    proven(settings)


def test_a_symmetric_one_stands_on_the_claim_logged_first(engine: Engine, settings: Settings) -> None:
    founded(engine, settings)
    one, other = claims(engine, 2, ((0, "same_event", 1),))
    put_out(engine, other)
    put_out(engine, one)
    assert (stated(engine, one), stated(engine, other)) == ({}, {})
    assert made_of(put_out(engine)) == [(other, 2, "update")]
    assert stated(engine, other) == {"same_event": [one]}
    assert put_out(engine).published == []


def test_all_at_once_state_all_at_once(engine: Engine, settings: Settings) -> None:
    founded(engine, settings)
    ids = claims(engine, 4, KNOT)
    receipt = put_out(engine)
    assert {version for _, version, _ in made_of(receipt)} == {1}
    # They were made in one second; their order in the log is that in which they were made.
    assert [one.record for one in editions(engine) if one.record_kind == "claim"] == ids
    assert stated(engine, ids[0]) == {"depends_on": [ids[2]], "same_event": [ids[1]]}
    assert stated(engine, ids[1]) == {"before": [ids[3]], "same_event": [ids[2]]}
    assert stated(engine, ids[2]) == {"elaborates": [ids[0]], "related_to": [ids[3]]}
    assert stated(engine, ids[3]) == {"supports": [ids[0]]}
    assert put_out(engine).published == []
    proven(settings)


@pytest.mark.parametrize("seed", range(3))
def test_any_order_ends_in_the_same_content(engine: Engine, settings: Settings, seed: int) -> None:
    founded(engine, settings)
    ids = claims(engine, 4, KNOT)
    for claim in random.Random(seed).sample(ids, 4):
        assert not put_out(engine, claim).refused
    put_out(engine)
    wanted = {(kind, *map(str, sorted((a, b)) if kind in SYMMETRIC else (a, b))) for a, kind, b in KNOT}
    digests, ties = content(engine, ids)
    assert ties == wanted
    with writing(engine) as session:
        assert digests == {str(place): gate_record(session, BASE, claim)[0] for place, claim in enumerate(ids)}
    before = len(editions(engine))
    assert put_out(engine).published == []
    assert len(editions(engine)) == before == proven(settings)


def test_a_kind_that_was_given_is_not_for_relations_that_nobody_named(engine: Engine, settings: Settings) -> None:
    founded(engine, settings)
    one, other = claims(engine, 2, ((0, "supports", 1),))
    put_out(engine, one)
    receipt = put_out(engine, kind="correction", note="The other claim was wrong.")
    assert (one, 2, "update") in made_of(receipt)
    assert latest(engine, one).document["changeNote"] == {"en": "A relation to another claim was added."}
    with writing(engine) as session:
        found = find_relation(session, one, RelationEntry(type="supports", target=other))
        assert found is not None
        remove_relation(session, LOCAL_OPERATOR, found)
    put_out(engine, one, kind="correction", note="It does not support it.")
    edition = latest(engine, one)
    assert (edition.change, edition.document["changeNote"]) == ("correction", {"en": "It does not support it."})
    assert stated(engine, one) == {}


def test_a_relation_to_what_is_refused_waits(engine: Engine, settings: Settings) -> None:
    founded(engine, settings)
    (one,) = claims(engine, 1)
    with writing(engine) as session:
        bare = desk.bare_claim(session).id
        relate(session, one, "contradicts", bare)
    receipt = put_out(engine)
    assert list(receipt.refused) == [bare]
    assert stated(engine, one) == {}
    proven(settings)


def test_relations_alone_are_as_reviewed_as_before(engine: Engine, settings: Settings) -> None:
    founded(engine, settings)
    one, _ = claims(engine, 2, ((0, "supports", 1),))
    put_out(engine, one)
    before = latest(engine, one).document
    put_out(engine, unreviewed="Another reason.")
    after = latest(engine, one).document
    assert after["version"] == 2
    assert (after["reviewed"], after["unreviewedReason"]) == (before["reviewed"], before["unreviewedReason"])
