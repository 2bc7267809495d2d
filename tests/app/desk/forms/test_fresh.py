"""Two saves at the same moment: the later one sees what the earlier one has done, and undoes nothing."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import update

from kb.desk.records import hold
from kb.desk.tables import Aspect, Claim, Origin, Source
from tests.support.desk import Editor, TestDesk
from tests.support.matter import Matter, all_of

THEIRS, MINE = "Theirs, saved first", "Mine, saved later"


@contextmanager
def meanwhile(desk: TestDesk, record: str, column: Any) -> Iterator[None]:
    """Somebody else has changed the record, and commits only when the save inside waits for its turn, or is done."""

    def others() -> None:
        with desk.app.state.desk.writing() as session:
            hold(session, record).revision += 1
            session.execute(update(column.class_).values({column: THEIRS}))
            changed.set()
            # Long enough for the save to come to the lock; if it is late, the test only shows less.
            time.sleep(0.5)

    changed = threading.Event()
    other = threading.Thread(target=others)
    other.start()
    changed.wait()
    yield
    other.join()


@pytest.mark.parametrize(
    ("path", "record", "column", "field"),
    [
        ("/desk/sources/{0.report}", "report", Source.title, "title"),
        ("/desk/origins/{0.origin}", "origin", Origin.label, "label"),
        ("/desk/claims/{0.claim}/words", "claim", Claim.note, "note"),
        ("/desk/claims/{0.claim}/aspects", "claim", Aspect.label, "aspects.0.label"),
    ],
)
def test_a_save_that_waited_for_another_is_stale(
    desk: TestDesk, editor: Editor, matter: Matter, path: str, record: str, column: Any, field: str
) -> None:
    sheet = editor.open(path.format(matter))
    with meanwhile(desk, getattr(matter, record), column):
        sent = editor.send(sheet, {field: MINE})
    assert sent.status == 409, sent.text[:300]
    assert THEIRS in sent.text
    assert MINE in sent.reply.text
    assert {getattr(one, column.key) for one in all_of(desk, column.class_)} == {THEIRS}
    assert editor.send(sent, {field: MINE}).status == 303
