"""The whole story at the desk, step by step, for whatever hands: from an address to a corrected year."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page

from tests.support.hands import Hands

ADDRESS = "Address of a page"
# The button that saves a claim and shows the text again.
NEXT = "Save and log next from this source"


@dataclass(frozen=True)
class Told:
    """What an editor makes of a sentence: who says what, and a figure as it is printed."""

    words: str
    statement: str
    question: str
    speaker: str
    topic: str
    figure: str
    is_person: bool = False


@dataclass(frozen=True)
class Weighed:
    """What another text says of a claim's one part, and what follows."""

    path: str
    words: str
    stance: str
    verdict: str
    grade_reason: str
    why: str
    reason: str
    claim_type: str


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def link(page: Page, name: str) -> Locator:
    return page.get_by_role("link", name=name, exact=True).first


def field(page: Page, name: str) -> Locator:
    """A field by its name in the form."""
    return page.locator(f"[name='{name}']:not([type=hidden])").first


def choice(page: Page, name: str, value: str) -> Locator:
    return page.locator(f"[name='{name}'][value='{value}']:not([type=hidden])")


def about(page: Page) -> Locator:
    """What stands above everything else on a page of the readers."""
    return page.get_by_role("region", name="About this page")


def says(page: Page, words: str) -> None:
    """What the page must say after something was done."""
    assert words in page.locator("main").inner_text(), page.locator("main").inner_text()[:500]


def bring_in(hands: Hands, address: str, title: str, **more: str) -> None:
    """From the queue to the text with an empty form beside it. `more` is what the page does not say of itself."""
    page = hands.page
    hands.press(link(page, "Bring in an article"))
    hands.write(page.get_by_label(ADDRESS), address)
    hands.press(button(page, "Bring it in"))
    assert field(page, "title").input_value() == title
    for name, words in more.items():
        hands.write(field(page, name), words)
    hands.pick(page.get_by_label("What kind of work it is"), "News article")
    hands.press(button(page, "Save it, and read"))
    says(page, "The text is held.")


def log(hands: Hands, told: Told, *, save: str = "Save") -> str:
    """Quote, statement, who says it, figure, topic: what a draft begins with. Where readers will find the claim."""
    page = hands.page
    hands.quote(told.words)
    quoted = page.locator(".quoted mark").inner_text()
    assert quoted == told.words
    hands.write(field(page, "texts.0.statement"), told.statement)
    hands.write(field(page, "chain.0.agent"), told.speaker)
    if told.is_person:
        hands.choose(choice(page, "chain.0.who", "person"))
    found = page.get_by_role("group", name=f"Figure “{told.figure}”", exact=True)
    hands.choose(found.locator("[name=figures]"))
    if field(page, "topics.0").input_value() == "":
        hands.write(field(page, "topics.0"), told.topic)
    hands.press(page.locator(".acts").get_by_role("button", name=save, exact=True))
    says(page, "The claim is logged." if save == NEXT else "Added.")
    if save != NEXT:
        for words in (told.statement, told.words, told.speaker):
            says(page, words)
        assert page.locator("#figure-1").inner_text().startswith(told.figure)
    return page.url.partition("?")[0].replace("/desk/", "/")


def complete(hands: Hands, told: Told, claim_type: str = "event_date") -> None:
    """What the workbench asks for beside evidence: the question, the types, how certain the attribution is."""
    page = hands.page
    hands.press(link(page, "Edit the words"))
    hands.write(field(page, "texts.0.question"), told.question)
    for name, word in (("claim_type", claim_type), ("commitment", "reported"), ("checkability", "checkable")):
        hands.choose(choice(page, name, word))
    hands.write(field(page, "checkability_reason"), "Whoever did it has said so in public.")
    save(hands)
    hands.press(link(page, "Edit appearance 1"))
    in_the_form(hands, "The appearance")
    hands.choose(choice(page, "certainty", "likely"))
    hands.write(field(page, "certainty_reason"), "The article names whoever said it, and no document.")
    save(hands)


def attach(hands: Hands, press: str, weighed: Weighed) -> None:
    """The text that settles it is brought in for the claim."""
    page = hands.page
    hands.press(link(page, "Add evidence"))
    hands.press(link(page, "Bring in its text"))
    hands.write(page.get_by_label(ADDRESS), f"{press}{weighed.path}")
    hands.press(button(page, "Bring it in"))
    hands.pick(page.get_by_label("What kind of work it is"), "Web page")
    hands.press(button(page, "Save it, and read"))
    hands.quote(weighed.words)
    hands.choose(choice(page, "stance", weighed.stance))
    hands.choose(choice(page, "origin_way", "own"))
    hands.choose(choice(page, "grade", "A"))
    hands.write(field(page, "grade_reason"), weighed.grade_reason)
    save(hands)


def assess(hands: Hands, weighed: Weighed) -> None:
    """The one part, and the whole."""
    page = hands.page
    hands.press(link(page, "Assess the claim"))
    part = page.locator(".judge")
    hands.choose(part.locator(f"[value={weighed.verdict}]"))
    hands.write(part.get_by_label("Confidence"), "0.95")
    hands.write(part.get_by_label("Why, in a sentence or two"), weighed.why)
    hands.write(field(page, "reason"), weighed.reason)
    hands.write(field(page, "would_change"), "An earlier document that says otherwise.")
    hands.write(field(page, "confidence"), "0.95")
    hands.write(field(page, "confidence_reason"), "The document itself was read.")
    save(hands, "Save the assessment")
    hands.press(link(page, "The claim"))


def leave_open(hands: Hands) -> None:
    """Nothing that was seen settles it: that is an assessment too."""
    page = hands.page
    hands.press(link(page, "Assess the claim"))
    part = page.locator(".judge")
    hands.choose(part.locator("[value=unverified]"))
    hands.write(part.get_by_label("Confidence"), "0.8")
    hands.write(part.get_by_label("Why, in a sentence or two"), "No evidence was looked at yet.")
    hands.write(field(page, "reason"), "No evidence was looked at yet, so nothing is settled.")
    hands.write(field(page, "confidence"), "0.8")
    hands.write(field(page, "confidence_reason"), "It is certain that nothing was looked at.")
    save(hands, "Save the assessment")
    hands.press(link(page, "The claim"))


def publish_alone(hands: Hands, question: str, reason: str) -> None:
    """A desk of one says why, and so does the page."""
    page = hands.page
    hands.press(link(page, "Publish"))
    hands.write(field(page, "unreviewed"), reason)
    hands.press(button(page, "Publish"))
    says(page, "Published.")
    readers_have(hands, question, 1)
    hands.press(link(page, "The readers’ page"))
    assert f"Published without a second reader: {reason}" in about(page).inner_text()


def hand_over(hands: Hands) -> None:
    """From the workbench: nothing but a second reader is lacking."""
    page = hands.page
    hands.press(link(page, "See it as readers will, and review"))
    says(page, "Nobody else has approved this content")
    assert page.locator(".findings li:not(.warns)").count() == 1, page.locator(".findings").inner_text()
    hands.press(button(page, "Hand it to a second reader"))
    says(page, "Handed to a second reader.")


def approve(hands: Hands, question: str) -> None:
    """From the queue; the page as readers will see it is read before."""
    page = hands.page
    hands.press(link(page, "Queue"))
    hands.press(link(page, f"Review “{question}”"))
    hands.press(link(page, "Read the page"))
    assert page.locator("h1").inner_text() == question
    page.go_back()
    for box in page.locator("[name=checks]").all():
        hands.choose(box)
    hands.press(button(page, "Approve exactly this"))
    says(page, "Approved, in exactly these words.")


def publish(hands: Hands, question: str) -> None:
    """From the queue to the readers' page."""
    page = hands.page
    hands.press(link(page, "Queue"))
    hands.press(link(page, f"Publish “{question}”"))
    hands.press(button(page, "Publish"))
    says(page, "Published.")
    readers_have(hands, question, 1)


def correct(hands: Hands, question: str, note: str) -> None:
    """A new version that says what was wrong."""
    page = hands.page
    hands.press(link(page, "Queue"))
    hands.press(link(page, f"Publish “{question}”"))
    hands.choose(choice(page, "kind", "correction"))
    hands.write(field(page, "note"), note)
    hands.press(button(page, "Publish version 2"))
    says(page, "The correction is published.")
    readers_have(hands, question, 2)


def open_draft(hands: Hands, statement: str) -> None:
    """From the list of claims; what has no question yet is called by its statement."""
    hands.press(link(hands.page, "Claims"))
    hands.press(link(hands.page, statement))


def change_the_words(hands: Hands, question: str, right: Told) -> None:
    """From the list of claims, on the desk's page of the one."""
    page = hands.page
    hands.press(link(page, "Claims"))
    hands.press(link(page, question))
    hands.press(link(page, "Edit the words"))
    hands.write(field(page, "texts.0.statement"), right.statement)
    hands.write(field(page, "texts.0.question"), right.question)
    save(hands)


def save(hands: Hands, name: str = "Save") -> None:
    """The button at the foot of the form; what was saved is shown again."""
    hands.press(hands.page.locator(".acts").get_by_role("button", name=name, exact=True))
    done = hands.page.locator(".done").inner_text()
    assert done in ("Saved.", "Added."), done


def in_the_form(hands: Hands, name: str) -> None:
    """On a phone one of two panes shows."""
    way = button(hands.page, name)
    if way.is_visible() and way.get_attribute("aria-current") is None:
        hands.press(way)


def readers_have(hands: Hands, question: str, version: int) -> None:
    """The page as readers find it, and back to the desk."""
    page = hands.page
    hands.press(link(page, "The readers’ page"))
    assert page.locator("h1").inner_text() == question
    says(page, f"version {version}, current")
    page.go_back()


def follow_the_old_citation(hands: Hands, claim: str, question: str, note: str) -> None:
    """Version 1 is still there, as it was, and says itself that it was corrected."""
    page = hands.page
    page.goto(f"{claim}/v1")
    assert page.locator("h1").inner_text() == question
    banner = about(page)
    told = banner.inner_text()
    assert told.startswith("Corrected. This is version 1, superseded"), told
    assert note in told
    hands.press(banner.get_by_role("link", name="What changed").last)
    assert page.locator("ins").count() > 0
