"""The order of a chain: as a page shows it, and as the desk keeps it."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from app.desk.chain import innermost_first, outermost_first


@dataclass(frozen=True)
class Voice:
    name: int
    role: str


CHAINS = st.lists(st.sampled_from(["publisher", "author", "reported_speaker", "carrier"]), max_size=8).map(
    lambda roles: [Voice(number, role) for number, role in enumerate(roles)]
)


@given(CHAINS)
def test_what_is_shown_and_saved_again_is_shown_alike(chain: list[Voice]) -> None:
    shown = innermost_first(chain)
    assert sorted(shown, key=lambda one: one.name) == chain
    assert innermost_first(outermost_first(shown)) == shown


@given(CHAINS)
def test_a_chain_whose_first_voice_is_no_carrier_is_kept_as_it_is(chain: list[Voice]) -> None:
    if chain and chain[0].role != "carrier":
        assert outermost_first(innermost_first(chain)) == chain


def test_the_publisher_is_last_and_a_carrier_behind_whom_it_carries() -> None:
    publisher, speaker, carrier = Voice(1, "publisher"), Voice(2, "reported_speaker"), Voice(3, "carrier")
    assert innermost_first([publisher, speaker, carrier]) == [speaker, carrier, publisher]
