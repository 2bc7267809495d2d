"""Two ways of working a page: with mouse and scripts, every act counted, and with a keyboard alone."""

from abc import ABC, abstractmethod

from playwright.sync_api import Locator, Page

# Where words of the text of record begin and end on the screen.
ENDS = """words => {
  const root = document.querySelector("[data-text-of-record]");
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    node.parentElement.closest("li").scrollIntoView({block: "center"});
    const range = document.createRange();
    const ends = [[at, at + 1, "left"], [at + words.length - 1, at + words.length, "right"]];
    return ends.map(([start, end, side]) => {
      range.setStart(node, start); range.setEnd(node, end);
      const box = range.getBoundingClientRect();
      return [box[side], box.top + box.height / 2];
    });
  }
  throw new Error("no such words");
}"""
# All that Tab stops at, in its order; of a group of radio buttons only one, which arrows lead on from.
STOPS = """target => {
  const group = e => e.type !== "radio" ? []
    : [...e.form.elements].filter(o => o.type === "radio" && o.name === e.name);
  const led = e => group(e).find(o => o.checked) ?? group(e)[0] ?? e;
  const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter(e => e.tabIndex >= 0 && e.type !== "hidden" && !e.disabled && e.checkVisibility() && led(e) === e);
  return [stops.indexOf(led(document.activeElement)), stops.indexOf(led(target))];
}"""
FOCUSED = "target => target === document.activeElement"
MOST_CHOICES = 20


class Hands(ABC):
    """Somebody at a page of the desk or of the readers.

    `acts` are what a mouse does: each click, each drag, two for a choice in a list. What is typed does not count.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.acts = 0

    @abstractmethod
    def press(self, what: Locator) -> None:
        """A link or a button; the page that it leads to has come when this ends."""

    @abstractmethod
    def write(self, field: Locator, words: str) -> None:
        """Over what stands there."""

    @abstractmethod
    def choose(self, box: Locator) -> None:
        """A box to tick, or one of a group."""

    @abstractmethod
    def pick(self, field: Locator, label: str) -> None:
        """One of a list in one line, by its words."""

    @abstractmethod
    def quote(self, words: str) -> None:
        """Words of the text become the form's quote."""


class Mouse(Hands):
    """With scripts, and all that a desktop has."""

    def press(self, what: Locator) -> None:
        self.acts += 1
        with self.page.expect_event("load"):
            what.click()

    def write(self, field: Locator, words: str) -> None:
        self.acts += 1
        field.click()
        field.fill(words)

    def choose(self, box: Locator) -> None:
        self.acts += 1
        box.check()

    def pick(self, field: Locator, label: str) -> None:
        self.acts += 2
        field.select_option(label=label)

    def quote(self, words: str) -> None:
        (left, top), (right, bottom) = self.page.evaluate(ENDS, words)
        mouse = self.page.mouse
        mouse.move(left + 1, top)
        mouse.down()
        mouse.move((left + right) / 2, (top + bottom) / 2)
        mouse.move(right, bottom)
        mouse.up()
        self.acts += 1
        self.press(self.page.get_by_role("button", name="Quote the selection").first)


class Keys(Hands):
    """Only keys: Tab and its way back, arrows, Space, Enter, and text. Nothing is focused or pressed from outside."""

    def press(self, what: Locator) -> None:
        self._reach(what)
        with self.page.expect_event("load"):
            self.page.keyboard.press("Enter")

    def write(self, field: Locator, words: str) -> None:
        self._reach(field)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(words)

    def choose(self, box: Locator) -> None:
        self._reach(box)
        for _ in range(MOST_CHOICES):
            if box.evaluate(FOCUSED):
                break
            self.page.keyboard.press("ArrowDown")
        if not box.is_checked():
            self.page.keyboard.press("Space")
        assert box.is_checked()

    def pick(self, field: Locator, label: str) -> None:
        self._reach(field)
        self.page.keyboard.type(label)
        assert field.locator("option:checked").inner_text() == label

    def quote(self, words: str) -> None:
        """On a phone one pane shows at a time: over to the form, and there the words are looked for."""
        find = self.page.get_by_label("Find the exact words")
        if not find.is_visible():
            self.press(self.page.locator("[name=do][value='pane:form']"))
        self.write(find, words)
        self.press(self.page.get_by_role("button", name="Find", exact=True))

    def _reach(self, what: Locator) -> None:
        """As many times Tab, or Shift and Tab, as lie between; of a group of radio buttons any one is reached."""
        for _ in range(4):
            here, there = what.evaluate(STOPS)
            assert there >= 0, f"Tab does not stop at {what}"
            if here == there:
                return
            # Where Tab begins on a page that was just opened only the browser knows.
            times = abs(there - here) if here >= 0 else 1
            for _ in range(times):
                self.page.keyboard.press("Tab" if there > here else "Shift+Tab")
        raise AssertionError(f"Tab does not reach {what}")
