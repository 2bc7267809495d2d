"""What generated claims say: words that stand in their articles, names of their own, the same whatever is there."""

import pytest

from kb.imports.generated.matter import article, matter
from kb.imports.generated.names import TOWNS, WORKS, agent, topic, town, work
from kb.imports.generated.profiles import PROFILES, Profile
from kb.imports.generated.works import origin_entry, source_entry
from kb.imports.generated.world import World


@pytest.fixture(params=PROFILES.values(), ids=list(PROFILES))
def world(request: pytest.FixtureRequest) -> World:
    profile: Profile = request.param
    return World(5, profile)


def test_each_claim_stands_word_for_word_in_its_article(world: World) -> None:
    for number in range(20):
        told = article(world, number)
        assert len(told.starts) == world.profile.article
        for claim, start in zip(told.claims, told.starts, strict=True):
            said = matter(world, claim).said
            assert told.text[start : start + len(said)] == said


def test_a_claim_reads_as_one(world: World) -> None:
    for number in range(400):
        told = matter(world, number)
        assert told.asked.endswith("?")
        assert told.town in told.said
        assert told.name in told.said
        assert "{" not in told.said + told.asked
        assert told.raw in told.said
        assert bool(told.raw) == bool(told.shape.unit)


def test_words_are_common_and_rare(world: World) -> None:
    said = [matter(world, number).said for number in range(600)]
    names = [matter(world, number).name for number in range(600)]
    assert sum("bridge" in one for one in said) > 20
    assert max(map(names.count, names)) > 15
    assert sum(names.count(one) == 1 for one in names) > 150


def test_towns_and_works_have_one_name_each() -> None:
    assert len({town(number) for number in range(TOWNS)}) == TOWNS
    assert len({work(number) for number in range(WORKS)}) == WORKS


def test_topics_have_slugs_of_their_own_however_many_there_are() -> None:
    slugs = [topic(number).slug for number in range(60_000)]
    assert len(set(slugs)) == len(slugs)


def test_bodies_have_names_of_their_own(world: World) -> None:
    names = [agent(number, world.profile).name for number in range(10_000)]
    assert len(set(names)) == len(names)


def test_sources_rest_on_what_is_there_before_them(world: World) -> None:
    known: set[str] = {world.id(number) for number in world.numbers(world.hubs())}
    for claim in range(60):
        known |= {world.id(number) for number in world.numbers(world.new(claim))}
        for source in world.new(claim).sources:
            entry = source_entry(world, source)
            assert {*entry.rests_on, *entry.derived_from} <= known
            assert entry.rests_on
            assert entry.copy_of in (None, *known)
        assert all(origin_entry(world, origin).label for origin in world.new(claim).origins)


def test_another_seed_is_another_corpus(world: World) -> None:
    other = World(6, world.profile)
    assert [matter(other, number).said for number in range(5)] != [matter(world, number).said for number in range(5)]
    assert other.claim(0) == world.claim(0)
    assert other.id(other.claim(0)) != world.id(world.claim(0))
