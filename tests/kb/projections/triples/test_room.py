"""An index leaves its memory before it would pass the limit, and not long before."""

from kb.projections.triples.limits import MIB
from kb.projections.triples.room import GROWTH, MEASURED, MORE, Room


def test_before_anything_is_known_room_is_left_for_what_might_come() -> None:
    room = Room(100 * MIB)
    room.begin(40 * MIB)
    assert room.fits(40 * MIB, int(60 * MIB / GROWTH))
    assert not room.fits(40 * MIB, int(60 * MIB / GROWTH) + 1)
    assert not room.fits(101 * MIB, 0)


def test_later_what_was_measured_counts() -> None:
    room = Room(100 * MIB)
    room.begin(40 * MIB)
    room.feed(MEASURED)
    # Ten for one, and a quarter more.
    assert room.fits(50 * MIB, 4 * MIB)
    assert not room.fits(50 * MIB, 4 * MIB + 1)
    assert MORE == 1.25


def test_what_a_million_quads_take_is_told_without_the_empty_process() -> None:
    room = Room(100 * MIB)
    room.begin(40_000_000)
    assert room.per_million_quads(70_000_000, 100_000) == 300_000_000
    assert room.per_million_quads(40_000_000, 0) == 0
