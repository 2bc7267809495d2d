"""Decimals: one way to write each number, and a strict way in."""

import json
from decimal import Decimal
from fractions import Fraction

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.values.decimals import NumberInvalid, canonical_decimal, decimal_of_json, grouped

DECIMAL = pyoxigraph.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
small = st.decimals(-(10**20) + 1, 10**20 - 1, places=6)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("600", "600"),
        ("600.0", "600"),
        ("0.80", "0.8"),
        ("-0", "0"),
        ("-0.00", "0"),
        ("0", "0"),
        ("-3.50", "-3.5"),
        ("8844.43", "8844.43"),
        ("9" * 20 + "." + "9" * 18, "9" * 20 + "." + "9" * 18),
    ],
)
def test_one_way_to_write_a_number(written: str, canonical: str) -> None:
    assert canonical_decimal(written) == canonical
    assert canonical_decimal(Decimal(written)) == canonical


@pytest.mark.parametrize(
    "written",
    [
        "", " ", "1 ", " 1", "1\n", "+1", "--1", "-", ".5", "5.", "007", "00", "1e3", "1E3", "1e400", "0x10",
        "NaN", "nan", "sNaN", "Infinity", "-inf", "1_000", "1,000", "1,2,3", "1.234,5", "1.2.3", "72 000",
        "72\u202f000", "١٢", "１", "²", "½", "一", "9" * 21, "0." + "9" * 19, "1" * 5000, "\u22123",
    ],
)  # fmt: skip
def test_what_is_no_number(written: str) -> None:
    with pytest.raises(NumberInvalid) as caught:
        canonical_decimal(written, where="C04.f1 low")
    assert caught.value.where == "C04.f1 low"
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize("text", ["NaN", "sNaN", "Infinity", "-Infinity", "1e400", "1E+2000000", "1E-2000000", "1e20"])
def test_decimals_out_of_range_are_refused_at_once(text: str) -> None:
    with pytest.raises(NumberInvalid):
        canonical_decimal(Decimal(text))


@given(small)
def test_a_canonical_decimal_is_the_same_number(number: Decimal) -> None:
    canonical = canonical_decimal(number)
    assert Fraction(canonical) == Fraction(number)
    assert canonical_decimal(canonical) == canonical
    assert canonical_decimal(f"{number:f}") == canonical


@given(small, small)
def test_equal_numbers_are_written_alike(one: Decimal, other: Decimal) -> None:
    assert (canonical_decimal(one) == canonical_decimal(other)) is (one == other)


@given(st.text("0123456789.-+e_, ٣", max_size=12))
def test_whatever_is_taken_is_taken_by_a_store_and_not_rewritten(written: str) -> None:
    try:
        canonical = canonical_decimal(written)
    except NumberInvalid:
        return
    store = pyoxigraph.Store()
    node, literal = pyoxigraph.NamedNode("http://a/"), pyoxigraph.Literal(canonical, datatype=DECIMAL)
    store.add(pyoxigraph.Quad(node, node, literal))
    assert next(iter(store)).object == literal


def test_a_store_computes_with_the_longest_number() -> None:
    longest = "9" * 20 + "." + "9" * 18
    rows = pyoxigraph.Store().query(f"SELECT ({longest} - {longest} AS ?nothing) {{}}")
    assert str(next(rows)["nothing"].value) == "0"


@pytest.mark.parametrize(("written", "canonical"), [("600", "600"), ("0.01", "0.01"), ("1e3", "1000"), ("-0.0", "0")])
def test_numbers_of_json(written: str, canonical: str) -> None:
    assert decimal_of_json(json.loads(written, parse_float=Decimal)) == canonical


@pytest.mark.parametrize(
    "number",
    [0.1, True, None, "600", [1], float("nan"), 10**20, 1 << 20_000, Decimal("1e400")],
    ids=lambda one: type(one).__name__,
)
def test_what_is_no_number_of_json(number: object) -> None:
    with pytest.raises(NumberInvalid) as caught:
        decimal_of_json(number, where="low")
    assert len(str(caught.value)) < 250


def test_numbers_for_people() -> None:
    assert grouped("72000") == "72\u202f000"
    assert grouped("1234567.125") == "1\u202f234\u202f567.125"
    assert grouped("8848.86") == "8848.86"
    assert grouped("-0.21") == "\u22120.21"
