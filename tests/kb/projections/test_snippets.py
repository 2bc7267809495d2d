"""Why a record was found: the piece that has most of the words, marked, with its language and state."""

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kb.db import writing
from kb.log import read
from kb.projections.catalogue.query import parse
from kb.projections.catalogue.snippets import LONGEST_WORD, MOST, Snippet, snippet
from tests.factories.shelf import Shelf, fill


@pytest.fixture
def shelf(session: Session) -> Shelf:
    return fill(session)


def found(session: Session, shelf: Shelf, name: str, text: str) -> Snippet | None:
    edition = read.latest(session, shelf.ids[name])
    assert edition is not None
    return snippet(edition, parse(text))


def marked(made: Snippet | None) -> list[str]:
    assert made is not None
    return [text for text, is_asked in made.words if is_asked]


def test_the_words_asked_for_are_marked_in_their_own_writing(session: Session, shelf: Shelf) -> None:
    arabic = found(session, shelf, "arabic", "احمد 2019")
    assert arabic is not None
    assert marked(arabic) == ["أحمد", "٢٠١٩"]
    assert (arabic.what, arabic.lang, arabic.state) == ("Evidence", "ar", "recorded")
    assert arabic.text == "استقالَ أحمد الهُدى من البلديّة عام ٢٠١٩"
    assert marked(found(session, shelf, "chinese", "人民日报")) == ["人民日报"]
    assert marked(found(session, shelf, "hebrew", "צהל")) == ["צה״ל"]
    assert marked(found(session, shelf, "czech", "dvorak")) == ["Dvořák"]
    assert marked(found(session, shelf, "number", "some 72,000")) == ["some", "72 000"]


def test_a_reply_and_a_reason_say_what_they_are(session: Session, shelf: Shelf) -> None:
    reply = found(session, shelf, "denied", '"nothing of the kind"')
    assert reply is not None
    assert (reply.what, reply.state, marked(reply)) == ("Reply", None, ["nothing of the kind"])
    reason = found(session, shelf, "rest", "zinc")
    assert reason is not None
    assert (reason.what, reason.text) == ("Reason", "Only zinc looks so.")


def test_what_stands_in_the_question_is_said_by_the_statement(session: Session, shelf: Shelf) -> None:
    statement = found(session, shelf, "head", "zinc")
    assert statement is not None
    assert (statement.what, statement.text) == ("Statement", "The survey says that the metal is zinc.")
    # Nothing else has as much of it as the question, which stands in the hit's line.
    assert found(session, shelf, "head", '"is it so" zinc') is None
    assert found(session, shelf, "head", "") is None
    assert found(session, shelf, "head", "-zinc") is None
    assert found(session, shelf, "head", "uranium") is None


def test_a_long_piece_is_cut_at_words(engine: Engine) -> None:
    long = " ".join(f"word{number}" for number in range(400))
    with writing(engine) as session:
        shelf = fill(session)
        made = shelf.world.claim("it is long")
        made["assessment"] = made["assessment"] | {"reason": {"en": f"{long} osmium {long}"}}
        shelf.world.press.publish(session, "claim", made)
        shelf.ids["long"] = shelf.world.press.ids[made["@id"]]
        cut = found(session, shelf, "long", "osmium")
    assert cut is not None
    assert marked(cut) == ["osmium"]
    assert cut.text.startswith("…word")
    assert cut.text.endswith("…")
    assert len(cut.text) <= MOST + 2 * LONGEST_WORD
    assert set(cut.text.strip("…").split()) <= {*long.split(), "osmium"}
