"""ClaimReview: a fixed projection, equal to the worked examples; who is named in it, and what is left out."""

import json
from pathlib import Path
from typing import Any

import pytest

from kb.documents.canonical import canonical
from kb.documents.label import verdict_label
from kb.formats.claimreview import claim_review
from tests.factories.claims import World, with_reply, withdrawn
from tests.factories.documents import BASE, Entity, Press, agent, en
from tests.support.editions import valid


@pytest.fixture
def world() -> World:
    made = World(Press())
    for kind, entity in made.entities():
        made.press.seal(kind, entity)
    return made


def review(world: World, entity: Entity) -> dict[str, Any]:
    made = claim_review(world.press.seal("claim", entity))
    assert made is not None
    return made


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["c04", "c22", "c24"])
def test_the_worked_examples_are_met_to_the_letter(shared: Path, name: str) -> None:
    (path,) = (shared / "rdf" / "examples").glob(f"claim-{name}*1.jsonld" if name == "c04" else f"claim-{name}*.jsonld")
    made = claim_review(json.loads(path.read_bytes()))
    assert made == json.loads((shared / "rdf" / "embed" / f"claim-{name}.claimreview.json").read_bytes())
    assert 1200 < len(canonical(made)) < 1900


@pytest.mark.corpus
def test_every_example_has_the_label_of_its_page(shared: Path) -> None:
    documents = [json.loads(path.read_bytes()) for path in (shared / "rdf" / "examples").glob("claim-*.jsonld")]
    assert len(documents) > 3
    for document in documents:
        check(document)


@pytest.mark.parametrize("document", [one.document for one in valid()], ids=lambda document: document["@id"])
def test_every_vector_has_the_label_of_its_page(document: dict[str, Any]) -> None:
    if "/claims/" in document["@id"]:
        check(document)


def check(document: dict[str, Any]) -> None:
    made, entity = claim_review(document), document["mainEntity"]
    if "assessment" not in entity:
        assert made is None
        return
    assert made is not None
    assert made["reviewRating"]["alternateName"] == verdict_label(entity)
    assert made["url"] == document["editionOf"].removesuffix("#it")
    assert made["claimReviewed"] == entity["question"]["en"]
    rated = entity["assessment"]["verdict"] in ("supported", "partly_supported", "contradicted")
    assert ("ratingValue" in made["reviewRating"]) == rated
    for one in entity.get("replies", ()):
        assert one["statement"]["en"] in made["reviewBody"]
        assert one["short"]["en"] in made["reviewRating"]["alternateName"] or len(entity["replies"]) > 1


@pytest.mark.parametrize(
    ("verdict", "value"),
    [
        ("supported", 5),
        ("partly_supported", 3),
        ("contradicted", 1),
        ("disputed", None),
        ("unverified", None),
        ("not_checkable", None),
    ],
)
def test_only_a_degree_of_support_is_a_number(world: World, verdict: str, value: int | None) -> None:
    """The rule is the document's own (`RATINGS`); nothing is added to what it holds."""
    document = world.press.seal("claim", world.claim())
    judged = document["mainEntity"]["assessment"]
    bounds = {} if value is None else {"ratingValue": value, "bestRating": 5, "worstRating": 1}
    judged |= {"verdict": verdict, "rating": {"@id": "x", "@type": "Rating", "ratingLabel": en(verdict)} | bounds}
    made = claim_review(document)
    assert made is not None
    assert made["reviewRating"] == {"@id": "x", "@type": "Rating", "alternateName": verdict} | bounds


def test_the_replies_stand_in_the_label_and_in_full(world: World) -> None:
    made = review(world, with_reply(world.claim("it is high"), world.person, "Bela Invented"))
    assert made["reviewRating"]["alternateName"].endswith("contradicted. Bela Invented denies it.")
    assert made["reviewBody"] == "Invented: nothing of the kind."
    assert "reviewBody" not in review(world, world.claim("it is higher"))


def test_a_withdrawn_claim_has_none(world: World) -> None:
    entity = world.claim()
    world.press.seal("claim", entity)
    assert claim_review(world.press.seal("claim", withdrawn(entity), "withdrawal")) is None


def test_authors_are_persons_or_organisations_and_the_unnamed_are_none(world: World) -> None:
    press = world.press
    kinds = {}
    for kind in ("person", "organisation", "office", "account", "unnamed"):
        iri = press.name("agent")
        shape = agent(iri, f"One {kind}", "person" if kind == "person" else "organisation")
        types = {"account": ["Agent"], "unnamed": ["Agent"]}.get(kind, shape["@type"])
        press.seal("agent", shape | {"agentKind": kind, "@type": types})
        kinds[iri] = kind
    claimed = review(world, world.claim(author=list(kinds)))["itemReviewed"]
    assert [(one["@type"], one["name"]) for one in claimed["author"]] == [
        ("Person", "One person"),
        ("Organization", "One organisation"),
        ("Organization", "One office"),
        ("Organization", "One account"),
    ]
    unnamed = next(iri for iri, kind in kinds.items() if kind == "unnamed")
    assert "author" not in review(world, world.claim("so", author=[unnamed]))["itemReviewed"]


def test_a_private_person_is_named_by_the_claims_own_words_or_not_at_all(world: World) -> None:
    entity = world.claim("somebody led the walkers")
    page = entity["@id"].removesuffix("#it")
    private = {"name": en("Private Example"), "visibility": "private"}
    entity["mentions"] = [{"@id": f"{page}#mention-1", "@type": "Mention"} | private]
    entity["concerns"] = [{"@id": f"{page}#concerned-1", "@type": "Concerned"} | private]
    entity["appearances"][0]["chain"].append(
        {
            "@id": f"{page}#appearance-1-link-2",
            "@type": "Link",
            "position": 2,
            "name": en("Private Example"),
            "unnamed": False,
            "role": "reported_speaker",
            "attitude": "asserts",
            "factive": False,
            "readByEditor": False,
        }
    )
    assert "Private Example" not in json.dumps(review(world, entity))


def test_dates_that_are_none_of_schema_org_are_left_out(world: World) -> None:
    document = world.press.seal("claim", world.claim())
    source = next(one for one in document["cited"] if one["record"] == world.source)
    for given, told in (("1863-05-01", True), ("1863-05", True), ("1863", True), ("1863~", False), ("1863/..", False)):
        source["citedDate"] = given
        made = claim_review(document)
        assert made is not None
        (work,) = made["itemReviewed"]["appearance"]
        assert work.get("datePublished") == (given if told else None)
    assert work["publisher"] == {"@type": "Organization", "name": "Invented Survey"}
    assert made["author"] == {"@type": "Organization", "name": "Invented desk", "url": BASE}
