"""A desk of one's own for each test, on both databases."""

from collections.abc import Iterator

import pytest

from kb.settings import Settings
from tests.support.desk import Editor, TestDesk, open_desk


@pytest.fixture
def desk(settings: Settings) -> Iterator[TestDesk]:
    """A knowledge base that was just founded."""
    with open_desk(settings) as opened:
        yield opened


@pytest.fixture
def editor(desk: TestDesk) -> Editor:
    """Somebody who may draft and weigh, signed in."""
    return desk.editor("R. Roe", "editor")
