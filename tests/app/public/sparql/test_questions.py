"""The fifteen questions: packaged as they were asked, about what is really here, and known again by their text."""

from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import Store
from sqlalchemy import Engine

from app.public.sparql.prefixes import missing
from app.public.sparql.questions import LOOKED_AT, NAMES, Subjects, fill, named, sentence_of, subjects
from app.public.sparql.ways import LONGEST
from kb.db import open_reading_engine, reading, writing
from kb.projections.follow import catch_up
from tests.app.conftest import LATER, Library
from tests.factories.documents import BASE
from tests.support.knowledge import publish_knowledge
from tests.support.statements import Statements

# What the examples were about.
EXAMPLES = Subjects(
    "http://localhost:8000/claims/ngpr8acpm#it",
    "http://localhost:8000/agents/ggp2g6f1r#it",
    "http://localhost:8000/topics/fixture-wide#it",
    "2026-11-24",
)


def test_there_are_fifteen_each_with_a_sentence() -> None:
    assert len(named()) == len(set(NAMES)) == 15
    for one in named():
        assert one.sentence.endswith(("?", "."))
        assert one.sentence[0].isupper()


@pytest.mark.corpus
def test_they_are_those_that_were_asked(shared: Path) -> None:
    """Word for word; only the white space is ours."""
    given = {path.stem[4:]: path.read_text("utf-8") for path in (shared / "rdf/queries").glob("*.rq")}
    assert set(given) == set(NAMES)
    for name, text in given.items():
        assert fill(name, EXAMPLES).split() == text.split(), name


@pytest.mark.parametrize("name", NAMES)
def test_the_engine_reads_it(name: str) -> None:
    query = fill(name, EXAMPLES)
    assert "$" not in query
    assert missing(query) == []
    assert len(query) <= LONGEST
    assert list(Store().query(query)) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("name", NAMES)
def test_it_is_known_again_whatever_it_is_about(name: str) -> None:
    sentence = next(one.sentence for one in named() if one.name == name)
    query = fill(name, EXAMPLES)
    assert sentence_of(query) == sentence
    assert sentence_of(fill(name, Subjects("https://x.example/a", "b", "c", "2020-01-01"))) == sentence
    # Whoever makes a link does not make our headings.
    assert sentence_of(query.replace("ORDER BY", "LIMIT 1 #")) == ""
    assert sentence_of(f"# {sentence}\nASK {{}}") == ""


def test_no_other_name_is_a_question() -> None:
    with pytest.raises(KeyError):
        fill("../single-origin", EXAMPLES)


def test_they_are_about_what_is_here(library: Library) -> None:
    """A claim that stands, with evidence and a chain; what was withdrawn later is none to begin with."""
    # Not the app's own engine, through which the index looks at the log meanwhile.
    engine = open_reading_engine(library.settings)
    with Statements(engine) as seen, reading(engine) as session:
        found = subjects(session, BASE)
    engine.dispose()
    world = library.known.world
    assert found == Subjects(f"{BASE}claims/{library.known.claim}#it", world.voice, world.topic, "2025-11-26")
    assert len(seen) <= 2


def test_of_nothing_they_ask_just_as_well(engine: Engine) -> None:
    catch_up(engine)
    with reading(engine) as session:
        found = subjects(session, BASE)
    assert found == Subjects(
        f"{BASE}claims/example#it", f"{BASE}agents/example#it", f"{BASE}topics/example#it", "2000-01-01"
    )
    assert all(list(Store().query(fill(name, found))) == [] for name in NAMES)  # type: ignore[arg-type]


def test_many_claims_cost_no_more_statements(engine: Engine, tmp_path: Path) -> None:
    known = publish_knowledge(engine, tmp_path)
    press = known.world.press
    with writing(engine) as session:
        for number in range(LOOKED_AT + 5):
            claim = known.world.claim(f"Mount Example has {number} faces")
            press.publish(session, "claim", claim, issued=LATER)
    catch_up(engine)
    with Statements(engine) as seen, reading(engine) as session:
        found = subjects(session, BASE)
    assert found.claim.startswith(f"{BASE}claims/")
    assert date.fromisoformat(found.day) == date(2025, 11, 28)
    assert len(seen) <= 2
