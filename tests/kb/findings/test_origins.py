"""Who rests on an origin, and which claims rest on themselves."""

from typing import Any

import pytest

from kb.findings.origins import Carrier, carriers, circles, in_words
from tests.factories.claims import World
from tests.factories.documents import Entity, Press

A, B, C, D = (f"http://localhost:8000/sources/{name}#it" for name in "abcd")


def told(some: list[Carrier]) -> list[Any]:
    """Each as its letter, how, and what is below."""
    return [(one.source[-4], one.how, one.again, told(one.carried_by)) for one in some]


@pytest.fixture
def world() -> World:
    return World(Press())


def test_each_source_stands_below_the_one_it_has_it_from() -> None:
    sources: dict[str, Any] = {A: {"restsOn": []}, B: {"copyOf": A}, C: {"derivedFrom": [B]}, D: {}}
    assert told(carriers(sources, A)) == [
        ("a", "first_hand", False, [("b", "copy_of", False, [("c", "derived_from", False, [])])]),
        ("d", "rests_on", False, []),
    ]


def test_one_that_has_it_from_two_stands_under_both_and_is_followed_once() -> None:
    sources: dict[str, Any] = {A: {}, B: {}, C: {"derivedFrom": [A, B]}, D: {"copyOf": C}}
    assert told(carriers(sources, None)) == [
        ("a", "rests_on", False, [("c", "derived_from", False, [("d", "copy_of", False, [])])]),
        ("b", "rests_on", False, [("c", "derived_from", True, [])]),
    ]


def test_a_circle_of_sources_ends_and_loses_none() -> None:
    sources: dict[str, Any] = {A: {"copyOf": B}, B: {"derivedFrom": [C]}, C: {"copyOf": A}, D: {"copyOf": D}}
    made = told(carriers(sources, None))
    assert made == [
        ("d", "rests_on", False, []),
        (
            "a",
            "rests_on",
            False,
            [("c", "copy_of", False, [("b", "derived_from", False, [("a", "copy_of", True, [])])])],
        ),
    ]


def test_what_lies_outside_is_no_parent() -> None:
    assert told(carriers({A: {"copyOf": "http://localhost:8000/sources/x#it"}}, None)) == [("a", "rests_on", False, [])]


def of(world: World, **more: Any) -> tuple[Entity, Entity]:
    """A claim, and the origin behind its evidence; the evidence is taken from another source than the claim."""
    claim = world.claim() | {"appearsIn": [A]}
    return claim | more, {"@id": world.origin}


def test_a_claim_that_rests_on_others_is_in_no_circle(world: World) -> None:
    assert circles(*of(world), None) == []


def test_what_repeats_the_claim_is_named_and_not_counted(world: World) -> None:
    claim, origin = of(world)
    first, second = claim["evidence"]
    claim["evidence"] = [first | {"stance": "same_origin"}, second]
    (circle,) = circles(claim, origin, None)
    assert (circle.kind, circle.evidence) == ("repeats", (first["@id"],))
    assert in_words(circle, [1]) == (
        "This claim rests on itself here: item 1 repeats what it was made from, so it is not counted."
    )
    assert "items 1, 2 repeat" in in_words(circle, [1, 2])


def test_evidence_from_the_claims_own_source_is_named(world: World) -> None:
    claim, origin = of(world)
    claim["appearsIn"] = [world.source]
    (circle,) = circles(claim, origin, None)
    assert (circle.kind, len(circle.evidence)) == ("own_source", 2)
    assert "the very source that makes it" in in_words(circle, [1, 2])


@pytest.mark.parametrize("how", ["agent", "author", "publisher"])
def test_an_origin_that_is_the_claims_own_voice_is_named(world: World, how: str) -> None:
    claim, origin = of(world)
    origin |= {"agent": world.voice} if how == "agent" else {}
    source = {"author": {"author": [world.voice]}, "publisher": {"publisher": world.voice}}.get(how)
    (circle,) = circles(claim, origin, source)
    assert (circle.kind, circle.voice) == ("own_voice", world.voice)
    assert "Invented Survey, who makes it" in in_words(circle, [1, 2], "Invented Survey")


def test_a_publisher_does_not_speak_for_its_author(world: World) -> None:
    claim, origin = of(world)
    assert circles(claim, origin, {"author": [world.person], "publisher": world.voice}) == []


def test_unseen_and_other_origins_make_no_circle(world: World) -> None:
    claim, origin = of(world)
    claim["appearsIn"] = [world.source]
    claim["evidence"] = [one | {"quoteState": "unseen"} for one in claim["evidence"]]
    assert circles(claim, origin, None) == []
    assert circles(world.claim(), {"@id": "http://localhost:8000/origins/other#it"}, None) == []
