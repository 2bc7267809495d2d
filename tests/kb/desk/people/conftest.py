"""A desk with a clock that stands still, on both databases."""

import pytest
from sqlalchemy import Engine

from tests.factories.people import Clock, Desk


@pytest.fixture
def desk(engine: Engine) -> Desk:
    return Desk(engine, Clock())
