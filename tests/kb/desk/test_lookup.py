"""Looking records up: by the beginnings of words, in every script, alike on both databases."""

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kb.desk import history
from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.agents import NameEntry
from kb.desk.lookup import LONGEST, NoSuchKind, by_name, candidates, newest
from kb.desk.tables import Record
from tests.factories import desk
from tests.support.statements import Statements


def labels(session: Session, kind: str, words: str, limit: int = 20) -> list[str]:
    return [one.label for one in candidates(session, kind, words, limit)]


def test_words_are_found_by_their_beginnings_and_the_exact_name_stands_first(session: Session) -> None:
    for name in ("Survey", "New Survey of Example", "Survey of Example", "Surveyors’ Union", "Café Ordnance"):
        desk.agent(session, name)
    desk.agent(session, "Old Office", other_names=(NameEntry(text="survey"),))
    assert labels(session, "agent", "sURVEY") == [
        "Survey",
        "Old Office",
        "Survey of Example",
        "Surveyors’ Union",
        "New Survey of Example",
    ]
    assert labels(session, "agent", "exa sur") == ["New Survey of Example", "Survey of Example"]
    assert labels(session, "agent", "survey", limit=1) == ["Survey"]
    assert labels(session, "agent", "cafe ord") == ["Café Ordnance"]
    assert labels(session, "agent", "urvey") == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Ärzte ohne Grenzen", "ÄRZTE"),
        ("Служба картографии", "СЛУЖБА карто"),
        ("Ελληνική Υπηρεσία", "ελληνικη"),
        ("هيئة المساحة", "المساح"),
        ("שירות המדידה", "המדי"),
        ("中国地图出版社", "地图"),
        ("🏔", "🏔"),
    ],
)
def test_every_script_is_found(session: Session, name: str, words: str) -> None:
    desk.agent(session, name)
    assert labels(session, "agent", words) == [name]


def test_two_of_one_name_can_be_told_apart(session: Session) -> None:
    desk.agent(session, "The Survey", genre="newspaper", other_names=(NameEntry(text="Survey Daily"),))
    desk.agent(session, "The Survey", kind="office", visibility="private")
    found = {one.detail: one.visibility for one in candidates(session, "agent", "the survey")}
    assert found == {"Organisation · newspaper · also Survey Daily": "public", "Office": "private"}
    other = candidates(session, "agent", "daily")
    assert [(one.label, one.name) for one in other] == [("The Survey", "Survey Daily")]


def test_a_long_list_of_names_is_told_shortly(session: Session) -> None:
    names = tuple(NameEntry(text=f"Name {number}") for number in range(5))
    desk.agent(session, "Example", other_names=names)
    (found,) = candidates(session, "agent", "example")
    assert found.detail == "Organisation · also Name 0, Name 1, Name 2, and 2 more"


def test_sources_origins_topics_and_claims(session: Session) -> None:
    made = desk.source(session, "Heights", url="https://example.org/heights", author_as_printed="A. Doe")
    desk.origin(session, "The survey of 1863")
    desk.topic(session, "peaks", "Mountains")
    desk.topic(session, "height", "Height of peaks", measure_kind="stock")
    claim = desk.bare_claim(session)
    (source,) = candidates(session, "source", "doe heig")
    assert (source.id, source.detail, source.version) == (made.id, "Report · The Survey · A. Doe · 1863", None)
    assert labels(session, "source", "https://example.org/heights") == ["Heights"]
    assert [one.detail for one in candidates(session, "origin", "survey 1863")] == ["survey · seen"]
    assert [one.detail for one in candidates(session, "topic", "pea")] == ["measure: stock · height", "topic · peaks"]
    (found,) = candidates(session, "claim", "writes 4807")
    assert (found.id, found.label) == (claim.id, "Is Mount Example 4,807 metres high?")
    assert found.detail == "Numerical · The survey writes that Mount Example is 4,807 metres high."


def test_a_draft_of_a_claim_has_its_statement_only(session: Session) -> None:
    desk.bare_claim(session, question=None, claim_type=None, statement={"de": "Der Berg.", "en": "The mountain."})
    assert [(one.label, one.detail) for one in candidates(session, "claim", "berg")] == [("The mountain.", "Der Berg.")]


def test_published_and_withdrawn_records_say_so(session: Session) -> None:
    made = desk.agent(session, "Survey")
    assert [one.version for one in candidates(session, "agent", "survey")] == [None]
    for version in (1, 2):
        history.note(session, LOCAL_OPERATOR, history.PUBLISH, made.id, after={"edition": {"version": version}})
    session.get_one(Record, made.id).withdrawn = True
    (found,) = candidates(session, "agent", "survey")
    assert (found.version, found.withdrawn) == (2, True)


def test_by_name_is_exact(session: Session) -> None:
    one = desk.agent(session, "Survey of Example")
    desk.agent(session, "Survey of Example Town")
    other = desk.agent(session, "Office", other_names=(NameEntry(text="SURVEY  of example"),))
    assert [found.id for found in by_name(session, "agent", " survey of\nExample ")] == [one.id, other.id]
    assert by_name(session, "agent", "Survey") == []
    assert by_name(session, "agent", " ") == []


def test_nothing_typed_finds_nothing_and_too_much_is_no_trouble(session: Session) -> None:
    desk.agent(session, "Survey")
    for words in ("", "  ", "?!", "\u00ad", "9" * 100_000, "survey " + "x" * LONGEST, "%", "_"):
        assert candidates(session, "agent", words) == []


def test_only_some_kinds_can_be_looked_up(session: Session) -> None:
    with pytest.raises(NoSuchKind) as caught:
        candidates(session, "page" * 1000, "x")
    assert len(str(caught.value)) < 300


def test_two_statements_however_many_are_found(engine: Engine, session: Session) -> None:
    for number in range(12):
        desk.agent(session, f"Survey {number}", other_names=(NameEntry(text=f"Office {number}"),))
    session.flush()
    with Statements(engine) as seen:
        assert len(candidates(session, "agent", "sur")) == 12
    assert len(seen) == 2
    with Statements(engine) as seen:
        assert candidates(session, "agent", "nobody") == []
    assert len(seen) == 1


def test_before_a_word_is_typed_those_made_last_are_offered(session: Session) -> None:
    for number, name in enumerate(("First", "Second", "Third")):
        session.info["clock"] = f"2026-11-2{number}T09:00:00Z".__str__
        desk.agent(session, name)
    assert [one.label for one in newest(session, "agent", 2)] == ["Third", "Second"]
    assert newest(session, "topic", 2) == []
