"""What is drawn: the same each time, one to one where it must be, and spread as it is meant to be."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.imports.generated.dice import Dice
from kb.imports.generated.ids import Ids
from kb.imports.generated.profiles import PROFILES, Profile, Rate
from kb.imports.generated.world import World
from kb.values.ids import is_id


def test_dice_are_the_same_for_the_same_thing_and_for_no_other() -> None:
    drawn = [Dice("light", 1, "claim", number).below(1_000_000) for number in range(200)]
    assert drawn == [Dice("light", 1, "claim", number).below(1_000_000) for number in range(200)]
    assert len(set(drawn)) > 190
    assert Dice("light", 1).below(1_000_000) == 970_725


def test_more_is_drawn_than_one_hash_holds() -> None:
    dice = Dice("many")
    drawn = [dice.below(1_000_000) for _ in range(2_000)]
    assert len(set(drawn)) > 1_900


@given(st.integers(1, 5_000), st.integers())
def test_a_common_number_is_below_its_end(end: int, key: int) -> None:
    assert 0 <= Dice(key).common(end) < end


def test_the_first_numbers_are_the_commonest_and_the_last_ones_come_too() -> None:
    dice = Dice("zipf")
    counts = Counter(dice.common(1_000) for _ in range(20_000))
    assert counts[0] > 10 * counts[20] > 0
    assert max(counts) > 950
    assert len(counts) > 900


@given(st.integers(0, 6), st.integers(0, 12), st.integers())
def test_some_are_as_many_as_wanted_and_all_different(number: int, end: int, key: int) -> None:
    found = Dice(key).some(number, end)
    assert len(found) == len(set(found)) == min(number, end)


def test_shares_of_less_than_a_hundred_are_no_shares() -> None:
    with pytest.raises(ValueError, match="less than a hundred"):
        [Dice(key).weighed(((1, "a"), (1, "b"))) for key in range(200)]


def test_every_record_has_an_id_of_its_own() -> None:
    ids = Ids("light", 1)
    made = [ids.of(number) for number in range(20_000)]
    assert len(set(made)) == 20_000
    assert all(map(is_id, made))
    assert made[:50] != [Ids("light", 2).of(number) for number in range(50)]


def test_an_id_that_is_asked_for_does_not_disturb_the_one_that_is_aimed_at() -> None:
    ids = Ids("light", 1)
    ids.aim(7)
    first = ids.draw(32**8)
    ids.aim(7)
    ids.of(8)
    assert ids.draw(32**8) == first


@given(st.lists(st.integers(0, 3), min_size=1, max_size=30).filter(any), st.integers(0, 2_000))
def test_a_rate_finds_the_claim_of_each_that_comes(counts: list[int], number: int) -> None:
    rate = Rate(tuple(counts))
    claim, nth = rate.place(number)
    assert rate.before(claim) + nth == number
    assert nth < rate.at(claim)


@pytest.mark.parametrize("profile", PROFILES.values(), ids=list(PROFILES))
def test_chunks_are_whole_articles_and_records_have_one_number_each(profile: Profile) -> None:
    assert profile.chunk % profile.article == 0
    world = World(3, profile)
    records = list(world.records(range(600)))
    assert len(set(records)) == len(records)
    assert list(world.records(range(300))) + list(world.records(range(300, 600))) == records
