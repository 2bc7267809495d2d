"""Of what kind an edition is, and the note that readers find with it."""

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import model_validator

from kb.desk.entry import Entry
from kb.desk.forms import Prose, one_of, refused
from kb.errors import Refused
from kb.values.vocabulary import CHANGE

# INTERFACES, “publish”.
NEEDS_NOTE = frozenset({"correction", "clarification", "withdrawal", "merge"})
# What `publish` can be asked for; the other kinds have verbs of their own.
PUBLISHED = frozenset({"new", "update", "correction", "clarification"})

_ONE_ADDED = "A relation to another claim was added."
_MORE_ADDED = "Relations to other claims were added."
_ONE_REMOVED = "A relation to another claim was removed."
_MORE_REMOVED = "Relations to other claims were removed."
_BOTH = "Relations to other claims were changed."
# Keys of a main entity → what readers call them; keys of one thing have one name.
_PARTS = {
    "statement": "the statement",
    "question": "the question",
    "title": "the title",
    "name": "the name",
    "label": "the label",
    "prefLabel": "the name",
    "body": "the text",
    "appearances": "where the claim stands",
    "appearsIn": "where the claim stands",
    "author": "who says it",
    "aspects": "the aspects",
    "figures": "the figures",
    "evidence": "the evidence",
    "assessment": "the assessment",
    "replies": "the replies",
    "noReplyFoundOn": "the replies",
    "concerns": "the persons concerned",
    "openQuestions": "the open questions",
    "searches": "the searches",
    "mentions": "who is mentioned",
    "topics": "the topics",
    "relations": "the relations to other claims",
    "snapshots": "the snapshots",
    "status": "the status",
    "statusDate": "the status",
    "copyOf": "what it rests on",
    "copyOfAsPrinted": "what it rests on",
    "derivedFrom": "what it rests on",
    "restsOn": "what it rests on",
    "firstHandSource": "what it rests on",
    "published": "the date",
    "datePublished": "the date",
    "dateNote": "the date",
    "url": "the address",
    "otherNames": "the names",
    "living": "whether the person lives",
    "asOf": "whether the person lives",
    "livingSource": "whether the person lives",
    "note": "the note",
    "externalIds": "ids in other collections",
    "sameAs": "ids in other collections",
}


class PublishEntry(Entry):
    """How to publish. `kind` is chosen where none is given: new for version 1, else update."""

    kind: Annotated[str, one_of(CHANGE)] | None = None
    note: Prose | None = None
    unreviewed: Prose | None = None

    @model_validator(mode="after")
    def _has_the_note_that_its_kind_needs(self) -> Self:
        if self.kind in NEEDS_NOTE and self.note is None:
            raise refused(f"a {self.kind} needs a note that readers are shown.", "Give it with --note.")
        return self


def check_kind(entry: PublishEntry) -> None:
    """Raises Refused for the kinds that `publish` does not make."""
    if entry.kind is not None and entry.kind not in PUBLISHED:
        remedies = {
            "withdrawal": "Use `claimbase withdraw REF --reason T`.",
            "restoration": "Use `claimbase restore REF --reason T`.",
        }
        remedy = remedies.get(entry.kind, f"Choose from: {', '.join(sorted(PUBLISHED))}.")
        raise Refused(f"publishing makes no {entry.kind}.", where="kind", remedy=remedy)


def note_of_relations(before: Mapping[str, list[str]], after: Mapping[str, list[str]]) -> str:
    """What to say of an edition in which nothing but relations differs."""
    old = {(kind, target) for kind, targets in before.items() for target in targets}
    new = {(kind, target) for kind, targets in after.items() for target in targets}
    added, removed = len(new - old), len(old - new)
    if added and removed:
        return _BOTH
    if added:
        return _ONE_ADDED if added == 1 else _MORE_ADDED
    return _ONE_REMOVED if removed == 1 else _MORE_REMOVED


def note_of_update(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """“Updated: the evidence and the assessment.”, from two main entities."""
    keys = [key for key in [*_PARTS, *after, *before] if before.get(key) != after.get(key)]
    parts = list(dict.fromkeys(_PARTS.get(key, "details") for key in keys))
    if not parts:
        return "Updated."
    *most, last = parts
    return f"Updated: {', '.join(most)} and {last}." if most else f"Updated: {last}."
