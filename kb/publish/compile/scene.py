"""One claim among the rows that were fetched for many: what all its parts need to be compiled."""

from dataclasses import dataclass

from kb.desk.tables import Passage
from kb.publish.compile.claim_rows import ClaimRows
from kb.publish.compile.names import Names
from kb.publish.compile.passage import target
from kb.publish.compile.shapes import Node, prose


@dataclass(frozen=True)
class Scene:
    """`claim` is the id, `language` that of the desk's own prose in it, `publisher` the IRI of the desk's agent."""

    claim: str
    names: Names
    language: str
    publisher: str
    rows: ClaimRows

    def say(self, text: str | None, language: str | None = None) -> dict[str, str] | None:
        """Prose, in the record's language where no other is told."""
        return prose(text, language or self.language)

    def aspect(self, row: int | None) -> str | None:
        """The IRI of an aspect by its row."""
        return None if row is None else self.names.part(f"aspect-{self.rows.aspect_numbers[row]}")

    def passage(self, row: int | None) -> Passage | None:
        return None if row is None else self.rows.passages[row]

    def target(self, part: str, row: int | None) -> Node | None:
        """A passage as the target of a part."""
        passage = self.passage(row)
        return None if passage is None else target(self.names, part, passage, self.rows.snapshots)

    def external(self, part: str) -> list[str]:
        return self.rows.others.external(self.claim, part)
