"""Following the log: twice is harmless, killed goes on, rebuilt is equal, another history is noticed."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text, update
from sqlalchemy.orm import Session

from kb.db import writing
from kb.log import read
from kb.log.read import Edition
from kb.projections import follow
from kb.projections.all import ALL
from kb.projections.catalogue.follower import Catalogue
from kb.projections.catalogue.tables import CatalogueLink, CatalogueRecord
from kb.projections.positions import Position, PositionRow, position
from kb.settings import Settings
from tests.factories.documents import Press, page, topic
from tests.support.knowledge import publish_knowledge
from tests.support.statements import Statements

ROOT = Path(__file__).parents[3]


class Killed(Exception):
    """The process ends here."""


class Dying(Catalogue):
    """A catalogue whose process is killed at the Nth batch, before it is committed."""

    def __init__(self, at: int) -> None:
        self.left = at

    def apply(self, session: Session, editions: Sequence[Edition]) -> None:
        super().apply(session, editions)
        self.left -= 1
        if self.left == 0:
            raise Killed


@pytest.fixture
def press(engine: Engine) -> Press:
    """Foundation, desk, eight topics, a page in two versions: seq 0 to 11."""
    made = Press()
    with writing(engine) as session:
        made.found(session)
        for number in range(8):
            made.publish(session, "topic", topic(made.name("topic", f"topic-{number}"), f"Topic {number}"))
        about = made.name("page", "about")
        made.publish(session, "page", page(about, "About"))
        made.publish(session, "page", page(about, "About us"), "update")
    return made


def contents(engine: Engine) -> list[tuple[object, ...]]:
    """Everything that the catalogue holds, and where it stands."""
    with writing(engine) as session:
        rows = session.execute(select(CatalogueRecord.__table__).order_by(CatalogueRecord.record)).all()
        links = session.execute(select(CatalogueLink.__table__).order_by(*CatalogueLink.__table__.primary_key)).all()
        at = session.execute(select(PositionRow.__table__)).all()
        return [tuple(row) for row in (*rows, *links, *at)]


def test_catching_up_twice_is_harmless(engine: Engine, press: Press) -> None:
    assert follow.catch_up(engine) == 12
    once = contents(engine)
    assert follow.catch_up(engine) == 0
    assert contents(engine) == once
    with writing(engine) as session:
        head = read.head(session)
        assert position(session, "catalogue") == Position(11, head.leaf_hash)
        assert follow.lag(session) == {"catalogue": 0}
        press.publish(session, "topic", topic(press.name("topic", "one-more"), "One more"))
        assert follow.lag(session) == {"catalogue": 1}
    assert follow.catch_up(engine) == 1


def test_applying_an_edition_again_changes_nothing(engine: Engine, press: Press) -> None:
    follow.catch_up(engine)
    before = contents(engine)
    with writing(engine) as session:
        Catalogue().apply(session, list(read.current(session)))
    assert contents(engine) == before


def _all_tables(engine: Engine) -> list[list[tuple[object, ...]]]:
    """Every row of every table, and all that the search index holds."""
    with writing(engine) as session:
        words = "catalogue_words" if engine.dialect.name == "sqlite" else "catalogue_search"
        found = [session.execute(select(table)) for table in Catalogue.tables]
        return [
            sorted(map(tuple, rows), key=repr) for rows in (*found, session.execute(text(f"SELECT * FROM {words}")))
        ]


def test_a_batch_ends_in_the_same_as_one_edition_after_another(engine: Engine, tmp_path: Path) -> None:
    publish_knowledge(engine, tmp_path)
    with writing(engine) as session:
        # The knowledge has records in two versions, a correction and a withdrawal among them.
        given = list(read.everything(session))
        assert {edition.change for edition in given} >= {"correction", "withdrawal", "new"}
    held = []
    for size in (1, 2, 5, len(given)):
        with writing(engine) as session:
            Catalogue().forget(session)
            for at in range(0, len(given), size):
                Catalogue().apply(session, given[at : at + size])
        held.append(_all_tables(engine))
    # There are no figures in it.
    assert sum(map(bool, held[0])) == len(Catalogue.tables)
    assert held[0] == held[1] == held[2] == held[3]


def test_a_batch_takes_the_same_statements_whatever_its_size(engine: Engine, press: Press) -> None:
    follow.catch_up(engine)
    with writing(engine) as session:
        given = list(read.current(session))
        counts = []
        for some in (given[-1:], given):
            with Statements(engine) as seen:
                Catalogue().apply(session, some)
            counts.append(len(seen))
    assert counts[0] == counts[1] <= 14


@pytest.mark.parametrize("at", [1, 2, 4])
def test_killed_in_the_middle_goes_on(engine: Engine, press: Press, at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follow, "BATCH", 3)
    with pytest.raises(Killed):
        follow.catch_up(engine, [Dying(at)])
    with writing(engine) as session:
        assert position(session, "catalogue").seq == (at - 1) * 3 - 1
    assert follow.catch_up(engine) == 12 - (at - 1) * 3
    caught_up = contents(engine)
    follow.rebuild(engine, "catalogue")
    assert contents(engine) == caught_up


def test_a_rebuild_is_equal(engine: Engine, press: Press) -> None:
    follow.catch_up(engine)
    before = contents(engine)
    with writing(engine) as session:
        session.execute(update(CatalogueRecord).values(label="wrong"))
        session.execute(text("DELETE FROM catalogue_link"))
    assert follow.rebuild(engine, "catalogue") == 12
    assert contents(engine) == before
    with pytest.raises(follow.NoSuchProjection) as raised:
        follow.rebuild(engine, "triple")
    assert "catalogue" in raised.value.remedy


def test_another_history_is_noticed_and_followed_from_the_start(engine: Engine, press: Press) -> None:
    follow.catch_up(engine)
    before = contents(engine)
    for wrong in ({"digest": "0" * 64}, {"seq": 400}, {"seq": 3}):
        with writing(engine) as session:
            session.execute(update(PositionRow).values(**wrong))
            session.execute(update(CatalogueRecord).values(label="of another log"))
        assert follow.catch_up(engine) == 12
        assert contents(engine) == before


def test_tables_of_another_shape_are_made_anew(engine: Engine, press: Press) -> None:
    follow.catch_up(engine)
    before = contents(engine)
    with writing(engine) as session:
        session.execute(text("ALTER TABLE catalogue_record DROP COLUMN line"))
        session.execute(update(PositionRow).values(shape=0))
    assert follow.catch_up(engine) == 12
    assert contents(engine) == before


def test_processes_that_start_together_make_the_tables_once(engine: Engine, press: Press, settings: Settings) -> None:
    code = (
        "import sys; from kb.db import open_engine; from kb.projections.follow import catch_up; "
        "from kb.settings import Settings; print(catch_up(open_engine(Settings.model_validate_json(sys.argv[1]))))"
    )
    command = [sys.executable, "-c", code, settings.model_dump_json()]
    runs = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    outputs = [run.communicate(timeout=120)[0] for run in runs]
    assert [run.returncode for run in runs] == [0] * 4
    assert sum(map(int, outputs)) == 12
    caught_up = contents(engine)
    follow.rebuild(engine, "catalogue")
    assert contents(engine) == caught_up


def test_every_projection_has_a_name_of_its_own() -> None:
    assert len({projection.name for projection in ALL}) == len(ALL)
