"""An endpoint that is served, and clients of it."""

from collections.abc import Iterator

import pytest

from tests.support.abroad import Abroad
from tests.support.endpoint import Endpoint


@pytest.fixture
def endpoint(abroad: Abroad) -> Iterator[Endpoint]:
    """A client that nobody knows yet, of a knowledge base that nothing writes to."""
    with Endpoint(abroad.base) as client:
        client.wait()
        yield client
