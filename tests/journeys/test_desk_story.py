"""The whole story in a real browser: from an address by two claims logged to one published and corrected."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys import story
from tests.journeys.story import Told, Weighed
from tests.support.browser import DESKTOP, PHONE
from tests.support.databases import Stock
from tests.support.desk_served import EDITOR, EVERYBODY, PUBLISHER, READER, DeskPlace, desk_served
from tests.support.hands import Hands, Keys, Mouse
from tests.support.press import Press, as_page, as_pdf, press
from tests.support.tree import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
ARTICLE = ROOT / "kb" / "imports" / "sample" / "mountains" / "article.txt"
TITLE, PRINTED = "How high is the highest mountain?", "2026-11-25"
PUBLISHED_BY = "Claimbase sample"
GIVEN_OUT = "In 1856 the survey gave out that Peak XV is 29,002 feet high."
JOINT = "On 8 December 2020 the two offices announced together that the height is 8,848.86 metres."
HEIGHT = Told(
    "In 1856 the survey gave Peak XV a height of 29,002 feet",
    "The Claimbase sample writes that in 1856 the survey gave Peak XV a height of 29,002 feet.",
    "Did the survey give Peak XV a height of 29,002 feet in 1856?",
    "The survey",
    "Heights",
    "29,002 feet",
)
# The editor writes another year than the article has.
WRONG = Told(
    "In 2019 Nepal and China jointly announced 8,848.86 metres",
    "The Claimbase sample writes that in 2018 Nepal and China jointly announced 8,848.86 metres.",
    "Did Nepal and China jointly announce 8,848.86 metres in 2018?",
    "Nepal and China",
    "Heights",
    "2019",
)
RIGHT = replace(
    WRONG, statement=WRONG.statement.replace("2018", "2019"), question=WRONG.question.replace("2018", "2019")
)
YEAR_WEIGHED = Weighed(
    "/joint",
    JOINT,
    "contradicts",
    "contradicted",
    "The two offices' own announcement.",
    "The announcement is of 8 December 2020.",
    "It was announced on 8 December 2020. The year before, it was agreed on.",
    "event_date",
)
HEIGHT_WEIGHED = Weighed(
    "/survey",
    GIVEN_OUT,
    "supports",
    "supported",
    "The survey's own words.",
    "The survey gave out this figure, in this year.",
    "The survey gave Peak XV 29,002 feet, and gave that out in 1856.",
    "numerical",
)
NOTE = "Version 1 had the year 2018; the article has 2019."
NETWORK = Told(
    "in 2017 Facebook took down a large network of over 600 fake profiles, pages, and accounts",
    "Oved Lobel says that in 2017 Facebook took down a network of over 600 fake profiles, pages and accounts.",
    "Did Facebook take down a network of over 600 fake profiles, pages and accounts in 2017?",
    "Oved Lobel",
    "Networks of fake accounts",
    "over 600",
    is_person=True,
)
# What paper does not say of itself.
UNSAID = {"/article.pdf": {"publisher_as_printed": PUBLISHED_BY, "language": "en", "published": PRINTED}}
# Acts from an opened article to a saved claim, beside the text of the statement and of two names.
MOST_AT_FIRST, MOST_LATER = 8, 6


@dataclass(frozen=True)
class Way:
    """How somebody works, and at what."""

    hands: Callable[..., Hands]
    looks: Mapping[str, Any]


WITH_SCRIPTS = Way(Mouse, DESKTOP)
KEYS_ALONE = Way(Keys, {**PHONE, "java_script_enabled": False})


@pytest.fixture(scope="module")
def printed(browser: Browser) -> Iterator[Press]:
    page = as_page(ARTICLE.read_text("utf-8"), TITLE, PUBLISHED_BY, PRINTED)
    joint = as_page(f"Joint announcement\n\n{JOINT}", "Joint announcement", "Two offices", "2020-12-08")
    survey = as_page(f"The survey\n\n{GIVEN_OUT}", "The survey", "The survey", "1856")
    with press(
        {"/article": page, "/article.pdf": as_pdf(browser, page), "/joint": joint, "/survey": survey}
    ) as printer:
        yield printer


@pytest.fixture
def place(
    stock: Callable[[str], Stock], tmp_path_factory: pytest.TempPathFactory, printed: Press
) -> Iterator[DeskPlace]:
    with desk_served(stock("sqlite"), tmp_path_factory.mktemp("desk"), fetcher=printed.fetcher) as place:
        yield place


@pytest.mark.parametrize("path", ["/article", pytest.param("/article.pdf", marks=pytest.mark.slow)])
@pytest.mark.parametrize("way", [WITH_SCRIPTS, KEYS_ALONE], ids=["scripts", "keys"])
def test_from_an_address_to_a_corrected_year(
    browser: Browser, place: DeskPlace, printed: Press, way: Way, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with (
        place.signed_in(browser, EDITOR, **way.looks) as editor,
        place.signed_in(browser, READER, **way.looks) as reader,
        place.signed_in(browser, PUBLISHER, **way.looks) as publisher,
    ):
        writes, reads, publishes = (way.hands(one.page) for one in (editor, reader, publisher))
        story.bring_in(writes, printed.address + path, TITLE, **UNSAID.get(path, {}))
        before = writes.acts
        story.log(writes, HEIGHT, save=story.NEXT)
        first = writes.acts
        claim = story.log(writes, WRONG)
        counts = (first - before, writes.acts - first)
        story.complete(writes, WRONG)
        story.attach(writes, printed.address, YEAR_WEIGHED)
        story.assess(writes, YEAR_WEIGHED)
        story.hand_over(writes)
        story.approve(reads, WRONG.question)
        story.publish(publishes, WRONG.question)
        story.change_the_words(writes, WRONG.question, RIGHT)
        story.hand_over(writes)
        story.approve(reads, RIGHT.question)
        story.correct(publishes, RIGHT.question, NOTE)
        story.follow_the_old_citation(publishes, claim, WRONG.question, NOTE)
        if way is WITH_SCRIPTS:
            publishes.page.goto("/desk")
            the_height_as_well(writes, reads, publishes, printed)
        assert editor.faults + reader.faults + publisher.faults == []
    if way is WITH_SCRIPTS:
        with capsys.disabled():
            print(f"\nActs to log a claim: {counts[0]} at first, {counts[1]} for the next one.")
        assert counts[0] <= MOST_AT_FIRST
        assert counts[1] <= MOST_LATER


def the_height_as_well(writes: Hands, reads: Hands, publishes: Hands, printed: Press) -> None:
    """The claim that was logged first goes the same way, to a first version."""
    story.open_draft(writes, HEIGHT.statement)
    story.complete(writes, HEIGHT, HEIGHT_WEIGHED.claim_type)
    story.attach(writes, printed.address, HEIGHT_WEIGHED)
    story.assess(writes, HEIGHT_WEIGHED)
    story.hand_over(writes)
    story.approve(reads, HEIGHT.question)
    story.publish(publishes, HEIGHT.question)


@pytest.mark.corpus
@pytest.mark.slow
def test_a_desk_of_one_publishes_a_claim_of_the_corpus(
    browser: Browser, stock: Callable[[str], Stock], tmp_path: Path, shared: Path
) -> None:
    text = (shared / "seed" / "article.txt").read_text("utf-8")
    page = as_page(text, "Scribblings", "Australia/Israel Review", "2019-12-19")
    with (
        press({"/scribblings": page}) as printer,
        desk_served(stock("sqlite"), tmp_path, {EDITOR: EVERYBODY}, fetcher=printer.fetcher) as place,
        place.signed_in(browser, EDITOR, **DESKTOP) as editor,
    ):
        hands = Mouse(editor.page)
        story.bring_in(hands, f"{printer.address}/scribblings", "Scribblings")
        story.log(hands, NETWORK)
        story.complete(hands, NETWORK)
        story.leave_open(hands)
        story.publish_alone(hands, NETWORK.question, "Nobody else is here yet.")
        assert editor.faults == []
