"""A browser, three knowledge bases and a desk served to it, and every type of page in turn."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.conftest import absent
from tests.journeys.desk_pages import SIGHTS, Sight
from tests.journeys.pages import CORPUS, SAMPLE, SMALL, Kind
from tests.support import places
from tests.support.browser import DESKTOP, Tab, chromium, opened
from tests.support.databases import Stock
from tests.support.desk_laid_out import LaidOut, laid_out
from tests.support.desk_served import EDITOR
from tests.support.endpoint import Endpoint
from tests.support.places import Place
from tests.support.served import served


@pytest.fixture(scope="session")
def sample_place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The sample, built once; nothing writes to it."""
    return places.sample_place(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def corpus_place(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Place:
    """The corpus, published once; nothing writes to it any more."""
    return places.corpus_place(tmp_path_factory.mktemp("corpus"), shared / "seed")


@pytest.fixture(scope="session")
def small_place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """What the other two lack; nothing writes to it any more."""
    return places.small_place(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
def sample_address(sample_place: Place) -> Iterator[str]:
    """Where the sample is served, once queries are answered there too."""
    with served(sample_place.settings) as address, Endpoint(address) as client:
        client.wait()
        yield address


@pytest.fixture(scope="session")
def corpus_address(corpus_place: Place) -> Iterator[str]:
    """Where the corpus is served."""
    with served(corpus_place.settings) as address:
        yield address


@pytest.fixture(scope="session")
def small_address(small_place: Place) -> Iterator[str]:
    """Where the small one is served."""
    with served(small_place.settings) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, for one file of tests: its event loop would stand in the way of others' tests."""
    program = chromium()
    if program is None:
        absent("Chromium is not installed")
    assert program is not None
    with opened(program) as browser:
        yield browser


@dataclass(frozen=True)
class Stand:
    """One page of a type, and the server that has it."""

    address: str
    path: str
    kind: Kind

    @property
    def status(self) -> int:
        return self.kind.status


@pytest.fixture(
    params=[
        *(pytest.param(("sample", kind), id=kind.name) for kind in SAMPLE),
        *(pytest.param(("small", kind), id=kind.name) for kind in SMALL),
        *(pytest.param(("corpus", kind), id=kind.name, marks=pytest.mark.corpus) for kind in CORPUS),
    ]
)
def stand(request: pytest.FixtureRequest) -> Stand:
    """A test that asks for this runs once for each type of page."""
    where, kind = request.param
    assert isinstance(kind, Kind)
    place = request.getfixturevalue(f"{where}_place")
    return Stand(request.getfixturevalue(f"{where}_address"), kind.path(place), kind)


@pytest.fixture(scope="module")
def laid(stock: Callable[[str], Stock], tmp_path_factory: pytest.TempPathFactory) -> Iterator[LaidOut]:
    """Nothing writes to it any more."""
    with laid_out(stock("sqlite"), tmp_path_factory.mktemp("desk")) as laid:
        yield laid


@pytest.fixture(scope="module")
def member(browser: Browser, laid: LaidOut) -> Iterator[Tab]:
    with laid.place.signed_in(browser, EDITOR, **DESKTOP) as tab:
        yield tab


@pytest.fixture(scope="module")
def stranger(browser: Browser, laid: LaidOut) -> Iterator[Tab]:
    with Tab(browser, laid.place.address, **DESKTOP) as tab:
        yield tab


@pytest.fixture(params=[pytest.param(sight, id=sight.name) for sight in SIGHTS])
def sight(request: pytest.FixtureRequest) -> Sight:
    """A test that asks for this runs once for each type of page."""
    found: Sight = request.param
    return found
