"""A reader's way, on a phone and on a desktop, without scripts: find, read the denial, see the words, cite, check."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import bibtexparser
import pytest
import rispy
from playwright.sync_api import Browser, Locator, Page

from tests.support.browser import DESKTOP, PHONE, Tab
from tests.support.databases import BASE
from tests.support.places import CORRECTED, CORRECTIONS, Place

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
FOLLOWERS = "Had the “We support Jeremy Corbyn” Facebook page about 72,000 followers in December 2019?"
MANAGER = "Was Walid Abu Rouk a manager of the “We support Jeremy Corbyn” page?"
ALLEGATION = "Was Walid Abu Rouk affiliated with Hamas?"
DENIALS = ("Walid Abu Rouk denies it.", "Hamas denies the report.")
# The answer begins within the first screen and a half.
SCREENS = 1.5
LOOK = "node => { const s = getComputedStyle(node); return [s.fontSize, s.color, s.fontWeight, s.fontFamily]; }"


@dataclass(frozen=True)
class Reading:
    """A tab at work, the knowledge base, and the claim in it that was corrected, with the notes of its corrections."""

    tab: Tab
    place: Place
    corrected: str
    notes: tuple[str, ...]

    @property
    def page(self) -> Page:
        return self.tab.page


PLACES: dict[str, tuple[str, tuple[str, ...]]] = {
    "sample": ("M9", ("Version 1 quoted a copy of the ocean service's text",)),
    "corpus": (CORRECTED, tuple(note for note, _, _ in CORRECTIONS)),
}


@pytest.fixture(params=["sample", pytest.param("corpus", marks=pytest.mark.corpus)])
def where(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def reading(request: pytest.FixtureRequest, browser: Browser, where: str) -> Iterator[Reading]:
    address = request.getfixturevalue(f"{where}_address")
    looks: dict[str, Any] = request.param
    with Tab(browser, address, java_script_enabled=False, **looks) as tab:
        yield Reading(tab, request.getfixturevalue(f"{where}_place"), *PLACES[where])
        assert tab.faults == []


def test_from_the_first_page_to_a_citation_that_is_current(reading: Reading) -> None:
    page = reading.tab.open("/")
    find(page, "72,000 followers")
    page.get_by_role("link", name=FOLLOWERS).click()
    assert page.locator("h1").inner_text() == FOLLOWERS
    for question, reply in ((MANAGER, "Walid Abu Rouk says that"), (ALLEGATION, DENIALS[0])):
        line = page.locator(".side li", has_text=question)
        assert reply in line.inner_text().partition(question)[0]
        line.get_by_role("link", name=question).click()
    the_denial_is_in_plain_view(page)
    claim = page.url
    the_words_stand_in_the_source(page)
    page.goto(claim)
    cited = cite(page)
    check(page, cited)
    assert page.locator("main h2").first.inner_text() == "Current"


def find(page: Page, words: str) -> None:
    """By the field that stands on every page."""
    page.get_by_role("searchbox").first.fill(words)
    page.get_by_role("button", name="Search").first.click()
    for line in page.locator("main li", has_text=ALLEGATION).all():
        assert DENIALS[0] in line.inner_text()


def the_denial_is_in_plain_view(page: Page) -> None:
    """Before the verdict, within reach of the thumb, as large, as dark and in the same letters as the statement."""
    # A click waits for the page, not for its style.
    page.wait_for_load_state()
    assert page.locator("h1").inner_text().startswith(DENIALS[0])
    answers = page.locator(".answer")
    statement = page.locator(".head .claimed").evaluate(LOOK)
    for answer in answers.locator("div > p:first-child").all():
        assert answer.evaluate(LOOK) == statement
    size = page.viewport_size
    assert size is not None
    assert top(answers.first) < SCREENS * size["height"]
    assert top(answers.first) < top(page.locator(".verdict h2"))
    verdict = page.locator(".verdict").inner_text()
    assert verdict.startswith("Disputed")
    assert [denial for denial in DENIALS if denial not in page.locator("main").inner_text()] == []


def top(place: Locator) -> float:
    """How far down it begins, in pixels from the top of the page, where nothing has been scrolled."""
    box = place.bounding_box()
    assert box is not None
    return box["y"]


def the_words_stand_in_the_source(page: Page) -> None:
    quoted = page.locator(".appearance blockquote").first
    words = quoted.locator("mark").inner_text()
    assert quoted.locator(".state b").inner_text() in ("Verified:", "Recorded:")
    quoted.locator(".state a").first.click()
    assert words in page.locator("li:has(:target)").inner_text()


def cite(page: Page) -> str:
    """The BibTeX of this version, which an independent parser has read as it has the RIS."""
    this = f"{BASE}{page.url.split('/', 3)[3]}/v1"
    page.get_by_role("link", name="Other forms, and how to check").click()
    written = page.get_by_label("BibTeX").input_value()
    (entry,) = bibtexparser.loads(written).entries
    assert entry["url"] == this
    assert ALLEGATION in entry["title"]
    (reference,) = rispy.loads(page.get_by_label("RIS").input_value())
    assert this in reference["urls"]
    assert ALLEGATION in reference["title"]
    return written


def check(page: Page, citation: str) -> None:
    """By the link that stands at the foot of every page."""
    page.locator("footer").get_by_role("link", name="Check a citation").click()
    page.get_by_label("Citation").fill(citation)
    page.get_by_role("button", name="Check").click()


def test_an_old_citation_leads_to_what_changed_since(reading: Reading) -> None:
    path = reading.place.claim(reading.corrected)
    page = reading.tab.open(f"{path}/cite?version=1")
    cited = page.get_by_label("Plain").first.input_value()
    newest = len(reading.notes) + 1
    check(page, cited)
    assert page.locator("main h2").first.inner_text() == "Corrected since"
    assert reading.notes[-1] in page.locator("main").inner_text()
    page.get_by_role("link", name="All changes, word by word").click()
    assert page.locator("h1").inner_text() == f"What changed from version 1 to version {newest}"
    assert page.locator("ins").count() > 0
    assert page.locator("del").count() > 0
    assert reading.notes[-1] in page.locator("main").inner_text()
    page.get_by_role("link", name="history", exact=True).first.click()
    history = page.locator("main").inner_text()
    assert [note for note in reading.notes if note not in history] == []


def test_the_old_page_says_itself_that_it_was_corrected(reading: Reading) -> None:
    page = reading.tab.open(f"{reading.place.claim(reading.corrected)}/v1")
    banner = page.get_by_role("region", name="About this page")
    told = banner.inner_text()
    assert told.startswith("Corrected. This is version 1, superseded")
    assert reading.notes[0] in told
    assert f"version {len(reading.notes) + 1} of" in told
    banner.get_by_role("link", name="What changed").last.click()
    assert page.url.endswith(f"/diff/1..{len(reading.notes) + 1}")
