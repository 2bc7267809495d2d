"""How changes are set: short ones side by side, long ones word by word, and what is left out is said."""

from app.web.views.diff import KEPT, rows, said
from kb.formats.changes import Change


def _changed(before: str, after: str) -> Change:
    return Change("note@en", "Note", "changed", before, after, "en")


def test_short_values_stand_side_by_side() -> None:
    (row,) = rows([_changed("Version 1 of the text", "Version 2 of the text")])
    assert row.pieces == ()
    assert row.before == (("same", "Version "), ("removed", "1"), ("same", " of the text"))
    assert row.after == (("same", "Version "), ("added", "2"), ("same", " of the text"))
    assert row.is_tiny


def test_what_has_little_in_common_is_shown_whole() -> None:
    before, after = "The distance is not settled by what was quoted.", "A book of records has about 1,800 metres."
    (row,) = rows([_changed(before, after)])
    assert (row.before, row.after) == ((("removed", before),), (("added", after),))


def test_long_texts_lose_the_middle_of_what_is_the_same_and_say_how_much() -> None:
    words = [f"word{number}" for number in range(1000)]
    (row,) = rows([_changed(" ".join(words), " ".join([*words[:500], "new", *words[501:]]))])
    kinds = [kind for kind, _ in row.pieces]
    assert kinds == ["left out", "same", "removed", "added", "same", "left out"]
    left = sum(int(text) for kind, text in row.pieces if kind == "left out")
    kept = " ".join(text for kind, text in row.pieces if kind == "same").split()
    assert left + len(kept) == 999
    assert all(len(text) <= KEPT for kind, text in row.pieces if kind == "same")
    # No word is torn.
    assert set(kept) <= set(words)


def test_kind_and_note_of_the_version_are_said_above() -> None:
    told = [Change(field, "x", "changed", "a", "b") for field in ("edition/change", "edition/changeNote@en", "note@en")]
    assert [one.field for one in said(told)] == ["note@en"]
