"""A founded knowledge base with one whole claim and its records as drafts."""

import pytest
from sqlalchemy import Engine

from kb.blobs import Blobs
from kb.db import writing
from kb.settings import Settings
from tests.factories.whole import Whole, whole
from tests.support.publishing import founded


@pytest.fixture
def blobs(settings: Settings) -> Blobs:
    return Blobs(settings.blobs)


@pytest.fixture
def drafts(engine: Engine, settings: Settings, blobs: Blobs) -> Whole:
    """The scene, committed and nothing of it published."""
    founded(engine, settings)
    with writing(engine) as session:
        return whole(session, blobs)
