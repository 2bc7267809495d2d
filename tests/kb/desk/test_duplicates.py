"""What is logged already: overlapping quotes of a source, and figures that say the same."""

from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kb.desk.actors import LOCAL_OPERATOR as ME
from kb.desk.appearances import PlaceEntry
from kb.desk.duplicates import overlapping, same_figure
from kb.desk.figures import FigureEntry, add_figure
from kb.desk.snapshots import SnapshotEntry, bring_in
from kb.desk.tables import Source
from kb.desk.texts import Texts
from tests.factories import desk
from tests.factories.corpus import Kept
from tests.support.statements import Statements

# “the survey gave Mount Example 4,807 metres” stands in desk.TEXT from here on.
AT = desk.TEXT.index(desk.WORDS)
QUESTION = "Is Mount Example 4,807 metres high?"


def held(session: Session, text: str = desk.TEXT, source: Source | None = None) -> tuple[Source, Texts]:
    """A source whose text we hold."""
    source, blobs = source or desk.source(session), Kept()
    bring_in(session, ME, source, SnapshotEntry(), text.encode(), blobs)
    return source, Texts(session, blobs)


def figure_entry(**more: Any) -> FigureEntry:
    given = {"raw": "over 600", "raw_language": "en", "comparator": "over", "low": "600", "low_inclusive": False}
    return FigureEntry(**given | {"unit": "items", "counted": "fake profiles"} | more)


def test_verified_quotes_overlap_by_their_places(session: Session) -> None:
    source, texts = held(session)
    claim = desk.bare_claim(session)
    desk.appearance(session, claim, source, texts=texts)
    end = AT + len(desk.WORDS)
    (found,) = overlapping(session, source.id, AT + 10, AT + 12, "ve")
    assert (found.claim_id, found.label, found.part) == (claim.id, QUESTION, "appearance-1")
    assert (found.start, found.end, found.exact) == (AT, end, desk.WORDS)
    assert overlapping(session, source.id, end - 1, end + 5, "s. Oth") == [found]
    assert overlapping(session, source.id, 0, AT, desk.TEXT[:AT]) == []
    assert overlapping(session, source.id, end, end + 2, ". ") == []
    assert overlapping(session, desk.source(session, "Others").id, AT, end, desk.WORDS) == []


def test_further_places_count_too(session: Session) -> None:
    source, texts = held(session, "One summit. One summit.")
    claim = desk.bare_claim(session)
    first = desk.quote_entry("One summit", start=0, end=10)
    again = PlaceEntry(quote=desk.quote_entry("One summit", start=12, end=22))
    desk.appearance(session, claim, source, texts=texts, quote=first, other_places=(again,))
    assert [one.part for one in overlapping(session, source.id, 12, 15, "One")] == ["appearance-1-place-1"]
    assert [one.part for one in overlapping(session, source.id, 0, 23, "…")] == ["appearance-1", "appearance-1-place-1"]


def test_recorded_quotes_overlap_by_their_words(session: Session) -> None:
    source, claim = desk.source(session), desk.bare_claim(session)
    desk.appearance(session, claim, source, quote=desk.quote_entry("gave Mount\u00a0Example “4,807” metres"))
    for words in ("mount example", 'It gave Mount Example "4,807" metres in all.'):
        assert [one.claim_id for one in overlapping(session, source.id, None, None, words)] == [claim.id]
        assert [one.claim_id for one in overlapping(session, source.id, 5, 5 + len(words), words)] == [claim.id]
    assert overlapping(session, source.id, None, None, "4,808 metres") == []
    assert overlapping(session, source.id, None, None, "") == []


def test_a_quote_of_an_older_text_is_compared_by_its_words(session: Session) -> None:
    source, texts = held(session)
    desk.appearance(session, desk.bare_claim(session), source, texts=texts)
    held(session, "Corrected. " * 9 + desk.TEXT, source)
    assert overlapping(session, source.id, AT, AT + 9, "Corrected") == []
    assert len(overlapping(session, source.id, AT + 99, AT + 108, "Mount Example")) == 1


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        ({}, True),
        ({"comparator": "exact", "raw": "600", "value": "600", "low": None, "low_inclusive": None}, True),
        ({"counted": "profiles taken down", "unit": "profile"}, True),
        ({"counted": None, "unit": "metres"}, False),
        ({"raw": "over 601", "low": "601"}, False),
        ({"period": "2017-08"}, True),
        ({"period": "2018"}, False),
        ({"period": None}, True),
    ],
)
def test_the_same_figure_in_another_claim(session: Session, other: dict[str, Any], alike: bool) -> None:
    one, two = desk.bare_claim(session), desk.bare_claim(session)
    add_figure(session, ME, one, figure_entry(period="2017"))
    add_figure(session, ME, two, figure_entry(**other))
    found = [(logged.claim_id, logged.label, logged.part) for logged in same_figure(session, one.id)]
    assert found == ([(two.id, QUESTION, "figure-1")] if alike else [])
    by_entry = same_figure(session, [figure_entry(**other)], besides=two.id)
    assert [logged.claim_id for logged in by_entry] == ([one.id] if alike else [])


def test_a_unit_that_is_a_sign_is_compared(session: Session) -> None:
    share = {"raw": "42 %", "unit": "%", "counted": None, "comparator": "exact", "value": "42"}
    share |= {"low": None, "low_inclusive": None}
    claim = desk.bare_claim(session)
    add_figure(session, ME, claim, figure_entry(**share))
    assert [one.exact for one in same_figure(session, [figure_entry(**share)])] == ["42 %"]
    assert same_figure(session, [figure_entry(**share | {"unit": "‰"})]) == []


def test_years_and_words_without_a_number_say_nothing(session: Session) -> None:
    year = {"raw": "2009", "comparator": "exact", "unit": "year", "period": "2009", "low": None, "low_inclusive": None}
    many = {"raw": "many", "comparator": "many", "low": None, "low_inclusive": None}
    for one in (year, many):
        add_figure(session, ME, desk.bare_claim(session), figure_entry(**one))
        assert same_figure(session, [figure_entry(**one)]) == []


def test_statements_do_not_grow_with_what_is_found(engine: Engine, session: Session) -> None:
    source, texts = held(session)
    for _ in range(8):
        claim = desk.bare_claim(session)
        desk.appearance(session, claim, source, texts=texts)
        add_figure(session, ME, claim, figure_entry())
    session.flush()
    with Statements(engine) as seen:
        assert len(overlapping(session, source.id, AT, AT + 5, "the s")) == 8
    assert len(seen) == 2
    with Statements(engine) as seen:
        assert len(same_figure(session, claim.id)) == 7
    assert len(seen) == 3
