"""Every type of page is valid HTML, names what it has, and has no dead link; read without a browser."""

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin

import httpx
import pytest

from tests.journeys.conftest import Stand
from tests.journeys.pages import SAMPLE
from tests.support.html import Read
from tests.support.places import Place

# What a query finds are things by their names; not each of them has a place on the page that it is told on.
ANSWERS = ("sparql-question", "sparql-graph")
# On the worker that has made the knowledge bases for the browser.
pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(scope="module")
def sample(sample_address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=sample_address, headers={"Accept": "text/html"}) as client:
        yield client


def test_is_valid(stand: Stand) -> None:
    reply = httpx.get(stand.address + stand.path, headers={"Accept": stand.kind.accept})
    assert reply.status_code == stand.status
    assert Read(reply.text).faults() == []


def test_titles_are_unique(sample: httpx.Client, sample_place: Place) -> None:
    """But for errors, and for the same search with another filter."""
    others = [kind for kind in SAMPLE if kind.status == 200 and not kind.name.endswith("-narrowed")]
    titles = Counter(Read(sample.get(kind.path(sample_place)).text).title for kind in others)
    assert {title: times for title, times in titles.items() if times > 1} == {}


@pytest.mark.slow
def test_no_link_of_these_pages_is_dead(sample: httpx.Client, sample_place: Place) -> None:
    """Nor is one to a place within a page: its id is there."""
    here = str(sample.base_url)
    wanted: dict[str, set[str]] = {}
    for kind in SAMPLE:
        start = urljoin(here, kind.path(sample_place))
        for link in Read(sample.get(start).text).links():
            address, fragment = urldefrag(urljoin(start, link))
            if kind.name in ANSWERS:
                fragment = ""
            if address.startswith(here) and (address != start or kind.status == 200):
                wanted.setdefault(address, set()).add(fragment)
    assert len(wanted) > 200
    faults = [fault for address, names in wanted.items() for fault in dead(sample, address, names - {""})]
    assert faults == [], "\n".join(faults)


def dead(sample: httpx.Client, address: str, fragments: set[str]) -> Iterator[str]:
    """What is not there of a page and the places within it that are linked to."""
    reply = sample.get(address, headers={"Accept": "text/html, */*;q=0.5"})
    if reply.status_code not in (200, 301, 302, 303, 307, 308):
        yield f"{address} is {reply.status_code}"
    elif fragments:
        ids = Read(reply.text).ids
        yield from (f"{address}#{name} is not there" for name in sorted(fragments) if name not in ids)
