"""The command line over a database of the test's own, on SQLite and on PostgreSQL."""

import pytest

from kb.settings import Settings
from tests.support.command import Command


@pytest.fixture
def command(blank_settings: Settings, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    """Nothing is there yet: a test begins with `init`."""
    environ = {"CLAIMBASE_DATA": str(blank_settings.data)}
    if blank_settings.database_url:
        environ["CLAIMBASE_DATABASE_URL"] = blank_settings.database_url
    return Command(environ, monkeypatch, capfd)
