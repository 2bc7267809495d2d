"""Where an edition stands, as its page says it: current, superseded, corrected or withdrawn, by what and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from kb.log import read as log
from kb.log.read import Edition
from kb.log.standing import Standing, Step, judge

WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Shown:
    """An edition on its way to a page. `pinned`: asked for by its number, so that it stays what it is."""

    edition: Edition
    standing: Standing
    pinned: bool

    @property
    def document(self) -> dict[str, Any]:
        return self.edition.document

    @property
    def entity(self) -> dict[str, Any]:
        found: dict[str, Any] = self.edition.document["mainEntity"]
        return found

    @property
    def is_current(self) -> bool:
        """True where there is no later version."""
        return self.standing.latest_version == self.edition.version

    @property
    def is_withdrawn(self) -> bool:
        return self.standing.state == WITHDRAWN

    @property
    def note(self) -> Mapping[str, str]:
        """Why it was withdrawn or corrected: by its own note where it is the newest, else by the later one's."""
        own: Mapping[str, str] = self.document.get("changeNote", {})
        return own if self.is_current else self.standing.by_note


def of_latest(edition: Edition) -> Standing:
    """The standing of a record's newest edition: nothing has to be asked for it."""
    return judge([Step(edition.version, edition.change, edition.issued)])


def judged(session: Session, edition: Edition) -> Shown:
    """A version with what became of it: one statement."""
    return Shown(edition, log.standing(session, edition), pinned=True)
