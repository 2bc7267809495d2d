"""Names of accounts: what is taken, which two are the same, and who can not be played."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.desk.account_names import folded, is_name
from kb.desk.accounts import AccountEntry
from kb.desk.entry import BadEntry


def entry(name: str) -> AccountEntry:
    return AccountEntry(name=name, roles=["editor"])


@pytest.mark.parametrize(
    "name", ["R", "R. Roe", "Åsa Ödman", "李四", "عمر", "x" * 60, "=1+1", "<script>", "O'Neil; --"]
)
def test_taken(name: str) -> None:
    assert entry(name).name == name


def test_taken_in_its_composed_form() -> None:
    assert entry("A\u030asa").name == "\u00c5sa"


@pytest.mark.parametrize(
    "name",
    ["", " ", " Ann", "Ann ", "x" * 61, "A\nnn", "A\x1b[31mnn", "A\x00nn", "Ann\u202e", "Ann\u200b", "Ann\u00a0Lee"],
    ids=ascii,
)
def test_not_taken(name: str) -> None:
    with pytest.raises(BadEntry) as caught:
        entry(name)
    assert [fault.field for fault in caught.value.faults] == ["name"]
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    "name", ["local operator", "Local Operator", "local  operator", "local-operator", "LOCALOPERATOR", "Nobody",
             "\uff2c\uff4f\uff43\uff41\uff4c operator"], ids=ascii
)  # fmt: skip
def test_nobody_looks_like_the_command_line(name: str) -> None:
    with pytest.raises(BadEntry, match="somebody else"):
        entry(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ann", "ANN"), ("Straße", "STRASSE"), ("A\u030asa", "\u00e5sa"), ("Ann Lee", "ann  lee"), ("ΣΊΣΥΦΟΣ", "σίσυφος")],
)
def test_the_same(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_not_the_same() -> None:
    assert len({folded(name) for name in ("Ann", "Anne", "Án", "AnnLee", "Ann Lee")}) == 5


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert folded(text.lower()) == folded(text) or "İ" in text


@given(st.text(max_size=80))
def test_an_entry_takes_names_and_nothing_else(text: str) -> None:
    try:
        name = entry(text).name
    except BadEntry:
        return
    assert is_name(name)
