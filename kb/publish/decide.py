"""What an edition says of itself: its kind, its note, and whether a second reader saw it."""

from collections.abc import Mapping
from dataclasses import dataclass

from kb.documents.envelope import Draft
from kb.log.read import Edition
from kb.publish.changes import PublishEntry, note_of_relations, note_of_update
from kb.publish.gate import Facts
from kb.values.prose import nfc

Words = Mapping[str, str]


@dataclass(frozen=True)
class Change:
    """`note` and `reason` are language maps; what was not reviewed has a reason."""

    kind: str
    note: Words | None
    reviewed: bool
    reason: Words | None


def change_of(
    draft: Draft, before: Edition | None, facts: Facts, entry: PublishEntry, language: str, *, named: bool
) -> Change:
    """`named` is False for what a call publishes without naming it: its kind and note are not what the caller meant.

    `language` is that of the record's own prose, in which the caller's words are.
    """
    reviewed, reason = _review(before, facts, entry, language)
    words = {language: nfc(entry.note)} if entry.note is not None else None
    if before is None:
        return Change("new", words if named else None, reviewed, reason)
    if facts.content_stands and not named:
        return Change("update", {"en": _own_note(draft, before)}, reviewed, reason)
    return Change(entry.kind or "update", words or {"en": _own_note(draft, before)}, reviewed, reason)


def _own_note(draft: Draft, before: Edition) -> str:
    old, new = before.document["mainEntity"], draft.entity
    if {**old, "relations": {}} == {**new, "relations": {}}:
        return note_of_relations(old.get("relations", {}), new.get("relations", {}))
    return note_of_update(old, new)


def _review(before: Edition | None, facts: Facts, entry: PublishEntry, language: str) -> tuple[bool, Words | None]:
    if facts.approved:
        return True, None
    if facts.content_stands and before is not None:
        # Nobody has to read again what stands as it was; it is as reviewed as it was.
        return before.document["reviewed"], before.document.get("unreviewedReason")
    return False, {language: nfc(entry.unreviewed or "")}
