"""How a claim is arranged: nothing is lost, nothing is counted that is not counted."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.web.views.claim import innermost_first, view
from app.web.views.evidence import apart, by_origin, not_counted, points
from app.web.views.passages import from_origin, from_source
from kb.documents.label import verdict_label
from tests.factories.claims import World
from tests.factories.documents import Press
from tests.support.editions import corpus, valid


def documents() -> list[dict[str, Any]]:
    return [given.document for given in valid() if given.document["editionOf"].count("/claims/")]


@pytest.mark.parametrize("document", documents(), ids=lambda document: document["@id"])
def test_vectors_are_arranged_whole(document: dict[str, Any]) -> None:
    check_whole(document)


@pytest.mark.corpus
def test_examples_are_arranged_whole(shared: Path) -> None:
    for given in corpus(shared):
        if "/claims/" in given.document["editionOf"]:
            check_whole(given.document)


def check_whole(document: dict[str, Any]) -> None:
    entity, made = document["mainEntity"], view(document, [])
    some = [
        point.node
        for group in (*made["groups"], *made["apart"])
        for item in group.items
        for passage in item.passages
        for point in passage.points
    ]
    assert sorted(map(str, some)) == sorted(map(str, entity.get("evidence", ())))
    figures = [one.node for group in made["figures"] for row in group.rows for one in row.bearers]
    wanted = [
        *entity.get("figures", ()),
        *(one for node in entity.get("evidence", ()) for one in node.get("figures", ())),
    ]
    assert sorted(map(str, figures)) == sorted(map(str, wanted))
    assert len(made["replies"]) == len(entity.get("replies", ()))
    assert len(made["searches"]) == len(entity.get("searches", ()))
    assert len(made["parts"]) == len(entity.get("aspects", ()))
    for given, shown in zip(entity.get("appearances", ()), made["appearances"], strict=True):
        assert sorted(map(str, given["chain"])) == sorted(map(str, shown.chain))
    assert sum(len(relation) for relation in entity.get("relations", {}).values()) == len(made["relations"])
    if judged := entity.get("assessment"):
        assert sum(group.points for group in made["groups"]) == judged["seenEvidence"]
        assert len(made["groups"]) == judged["independentOrigins"]
        assert verdict_label(entity).startswith(made["verdict"].in_one)
        assert made["verdict"].in_one == "; ".join(filter(None, (made["verdict"].headline, made["verdict"].also)))


def test_what_is_not_counted_stands_apart_with_its_reason() -> None:
    press = Press()
    entity = World(press).claim()
    page = entity["@id"].removesuffix("#it")
    first = entity["evidence"][0]
    kinds = {
        "same_origin": {"stance": "same_origin"},
        "mentions": {"stance": "mentions"},
        "grade_x": {"sourceGrade": "X"},
        "unseen": {"quoteState": "unseen", "target": {"source": first["target"]["source"]}},
    }
    more = [first | change | {"@id": f"{page}#evidence-{n}"} for n, change in enumerate(kinds.values(), 11)]
    assert [apart(node) for node in more] == list(kinds)
    entity["evidence"] = [*entity["evidence"], *more]
    every = points(entity)
    assert [group.name for group in not_counted(every)] == list(kinds)
    assert sum(group.points for group in by_origin(every)) == 2


def test_a_carrier_stands_after_the_voice_it_carries() -> None:
    roles = ("publisher", "author", "reported_speaker", "carrier")
    chain = [{"position": n, "role": role} for n, role in enumerate(roles, 1)]
    assert [link["role"] for link in innermost_first(chain)] == ["reported_speaker", "carrier", "author", "publisher"]
    alone = [{"position": 1, "role": "publisher"}, {"position": 2, "role": "carrier"}]
    assert [link["role"] for link in innermost_first(alone)] == ["publisher", "carrier"]


def test_passages_are_those_of_the_source_or_origin() -> None:
    press = Press()
    world = World(press)
    document = {"mainEntity": json.loads(json.dumps(world.claim())), "cited": []}
    assert [one.part for one in from_source(document, world.source)] == ["appearances", "evidence", "evidence"]
    assert [one.stance for one in from_origin(document, world.origin)] == ["supports", "contradicts"]
    assert from_source(document, world.origin) == []
