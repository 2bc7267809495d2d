"""Every column of every row of a figure is drawn again from its document."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from kb.log import read
from kb.projections.catalogue.tables import CatalogueFigure
from kb.verify.catalogue import check_catalogue
from kb.verify.verdict import Verdict
from tests.support.knowledge import publish_knowledge
from tests.support.measured import Measured, publish_figures
from tests.support.tamper import changed, other

FIGURE = CatalogueFigure.__table__


@pytest.fixture
def measured(engine: Engine, tmp_path: Path) -> Measured:
    return publish_figures(engine, publish_knowledge(engine, tmp_path))


def faults(engine: Engine) -> list[tuple[str, str]]:
    verdict = Verdict()
    with Session(engine) as session:
        check_catalogue(session, read.head(session).seq, verdict)
    return [(fault.record, fault.where) for fault in verdict.problems]


def test_rows_of_figures_are_watched(engine: Engine, measured: Measured) -> None:
    assert faults(engine) == []
    with engine.connect() as connection:
        rows = [row._mapping for row in connection.execute(select(FIGURE))]
    assert len(rows) == 17
    assert measured.gone not in {row["record"] for row in rows}
    for row in rows[:3]:
        where = (FIGURE.c.record == row["record"]) & (FIGURE.c.place == row["place"])
        for column in FIGURE.columns:
            value = 99 if column.name == "place" else other(row[column.name])
            with changed(engine, FIGURE, where, **{column.name: value}):
                assert (row["record"], "catalogue_figure") in faults(engine), column.name
    assert faults(engine) == []


def test_figures_of_nobody_are_named(engine: Engine, measured: Measured) -> None:
    where = (FIGURE.c.record == measured.loose) & (FIGURE.c.place == 1)
    with changed(engine, FIGURE, where, record="nobody"):
        found = faults(engine)
    assert ("nobody", "catalogue_figure") in found
    assert (measured.loose, "catalogue_figure") in found
