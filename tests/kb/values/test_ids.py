"""Ids: drawn, checked, forgiven, and found again when mistyped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import Refused
from kb.values.ids import ALPHABET, LENGTH, check_id, is_id, nearest, new_id


def drawn(*numbers: int) -> str:
    """The id made of the first of these numbers that gives a fit check character."""
    waiting = iter(numbers)
    return new_id(lambda below: next(waiting) % below)


numbers = st.integers(0, 32**8 - 1).filter(lambda number: number % 37 < 32)
ids = numbers.map(drawn)


@given(ids)
def test_an_id_is_nine_letters_of_the_alphabet(one: str) -> None:
    assert len(one) == LENGTH
    assert set(one) <= set(ALPHABET)
    assert is_id(one)


@given(st.integers(0, 32**8 - 1).filter(lambda number: number % 37 >= 32), numbers)
def test_a_number_whose_check_is_no_letter_is_drawn_again(unfit: int, fit: int) -> None:
    assert drawn(unfit, fit) == drawn(fit)


@given(st.integers(0, 32**8 // 37 - 1).map(lambda times: times * 37 + 36))
def test_an_id_of_elsewhere_may_end_in_u(number: int) -> None:
    letters = "".join(ALPHABET[number >> shift & 31] for shift in range(35, -1, -5))
    assert is_id(letters + "u")
    assert check_id(letters.upper() + "U") == letters + "u"


@given(numbers, numbers)
def test_different_numbers_give_different_ids(one: int, other: int) -> None:
    assert (drawn(one) == drawn(other)) is (one == other)


def test_drawn_ids_do_not_repeat() -> None:
    assert len({new_id() for _ in range(2000)}) == 2000


@given(ids, st.integers(0, 8), st.sampled_from(ALPHABET))
def test_one_wrong_letter_is_noticed(one: str, place: int, letter: str) -> None:
    wrong = one[:place] + letter + one[place + 1 :]
    assert is_id(wrong) is (wrong == one)


@given(ids, st.integers(0, 6))
def test_two_swapped_letters_are_noticed(one: str, place: int) -> None:
    wrong = one[:place] + one[place + 1] + one[place] + one[place + 2 :]
    assert is_id(wrong) is (wrong == one)


@given(ids)
def test_capitals_hyphens_and_lookalikes_are_forgiven(one: str) -> None:
    typed = f" {one[:4]}-{one[4:]} ".upper().replace("0", "O").replace("1", "l")
    assert check_id(typed) == one


@given(st.text(max_size=12))
def test_what_is_no_id_is_refused_and_what_is_taken_is_one(text: str) -> None:
    try:
        proper = check_id(text)
    except Refused:
        assert not is_id(text)
    else:
        assert is_id(proper)


@pytest.mark.parametrize("text", ["", "7k3mq9v2", "7k3mq9v2jj", "7k3mq9v2u", "7k3mq9v*j", "٧k3mq9v2j", "x" * 100_000])
def test_what_is_no_id(text: str) -> None:
    assert not is_id(text)
    with pytest.raises(Refused) as caught:
        check_id(text)
    assert len(str(caught.value)) < 200


@given(ids, st.integers(0, 8))
def test_a_letter_too_few_or_too_many_finds_the_id(one: str, place: int) -> None:
    assert nearest(one[:place] + one[place + 1 :], [one]) == one
    assert nearest(one[:place] + "z" + one[place:], [one]) == one


@given(ids, st.integers(0, 7))
def test_swapped_neighbours_find_the_id(one: str, place: int) -> None:
    assert nearest(one[:place] + one[place + 1] + one[place] + one[place + 2 :], [one]) == one


def test_no_guess_where_two_are_near_or_none_is() -> None:
    assert nearest("7k3mq9v2x", ["7k3mq9v2j", "7k3mq9v2k"]) is None
    assert nearest("000000000", ["7k3mq9v2j"]) is None
