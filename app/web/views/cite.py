"""How a record is cited, as its page sets it out: every form of one choice, and the claim's own quotations."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.web.views.claim import Appearance, appearances
from kb.formats.citation import KINDS, Work, written

# Letters on a line of a text field, about; a field that shows less than all of its text can be scrolled.
WIDTH = 72


@dataclass(frozen=True)
class Written:
    """A citation in one form; `rows` are the lines that it takes, `way` leads from the page to it as a file."""

    form: str
    label: str
    text: str
    rows: int
    way: str
    suffix: str


def all_forms(work: Work, version: str) -> list[Written]:
    """`version`: what the address of the page names, a number or “newest”."""
    found = []
    for form, kind in KINDS.items():
        text = written(work, form)
        way = f"?version={version}&format={form}"
        found.append(Written(form, kind.label, text, _rows(text), way, kind.suffix))
    return found


def quotations(entity: Mapping[str, Any]) -> list[Appearance]:
    """Where a claim stands in words that somebody has read."""
    return [one for one in appearances(entity) if one.quote.exact is not None]


def _rows(text: str) -> int:
    return sum(1 + len(line) // WIDTH for line in text.split("\n"))
