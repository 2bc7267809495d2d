"""An entry of the ledger of corrections as its page, its JSON and its feed say it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.web import links
from app.web.listing import replies_and_verdict
from app.web.versions import replies_beside, version_json
from app.web.views.diff import said
from app.web.words import day
from kb.formats.changes import CHANGED, Change, compare
from kb.log.corrections import Corrected
from kb.projections.catalogue.rows import Listed, listed

# How many changes an entry names, and how long a value may be that stands in it; the rest stands on its diff.
FEW = 5
SHORT = 60
_VERDICT = "assessment/verdict"


@dataclass(frozen=True)
class Told:
    """`row` and `old` are the versions after and before as lists show them; `replies` are all that stand beside."""

    entry: Corrected
    row: Listed
    old: Listed
    replies: str
    changes: tuple[Change, ...]

    @property
    def address(self) -> str:
        """Where the entry stands by itself, below the base."""
        return links.correction(self.row.record, self.row.version)

    @property
    def diff(self) -> str:
        """Where everything that changed stands."""
        return links.diff(self.row.address, self.old.version, self.row.version)

    @property
    def verdicts(self) -> tuple[str, str]:
        """Before and after, each with its failing aspects; “” where the record has none."""
        before, after = (replies_and_verdict(row)[1] if row.kind == "claim" else "" for row in (self.old, self.row))
        return before, after

    @property
    def few(self) -> list[str]:
        """The first changes in a line each."""
        return [in_short(one) for one in self._told_singly[:FEW]]

    @property
    def more(self) -> int:
        """How many changes are not named."""
        return max(0, len(self._told_singly) - FEW)

    @property
    def _told_singly(self) -> tuple[Change, ...]:
        """Without the verdict, which has a line of its own. A withdrawal takes all away, a restoration brings it back:
        there each thing by itself says nothing."""
        if self.row.kind == "claim" and (self.row.verdict is None) != (self.old.verdict is None):
            return ()
        return tuple(one for one in self.changes if one.field != _VERDICT)

    @property
    def stood(self) -> str:
        """For how long the version before stood."""
        days = self.entry.days
        return "less than a day" if days < 1 else "one day" if days == 1 else f"{days} days"

    @property
    def since(self) -> str:
        """What became of the version since; "" while it is current."""
        standing = self.entry.standing
        if standing.by is None or standing.by == self.row.version:
            return ""
        return f"{standing.state} since, by version {standing.by} of {day(standing.by_issued or '')}"


def told(entry: Corrected, newest: Listed | None) -> Told:
    """`newest` is the record's row of today, for replies that came later."""
    row, before = listed(entry.edition), entry.before
    if before.removed:
        # Nothing is told of what was removed but its number and its date.
        old, changes = replace(row, version=before.version, issued=before.issued, digest=before.digest), []
    else:
        old, changes = listed(before), said(compare(before.document, entry.edition.document))
    replies = replies_beside(entry.edition, newest)
    gone = old.replies if old.replies and old.replies not in replies else ""
    return Told(entry, row, old, " ".join(one for one in (gone, replies) if one), tuple(changes))


def in_short(change: Change) -> str:
    """“Stance of evidence 7: contradicts → qualifies”, or what happened where the words are long."""
    before, after = change.before or "", change.after or ""
    if change.lang not in (None, "en"):
        # Words in another language stand on the diff, where they carry it.
        return f"{change.label} {'reworded' if change.kind == CHANGED else change.kind}"
    if change.kind != CHANGED:
        text = before or after
        return f"{change.label} {change.kind}{f': {text}' if len(text) <= SHORT else ''}"
    if max(len(before), len(after)) > SHORT:
        return f"{change.label} reworded"
    return f"{change.label}: {before} → {after}"


def as_json(one: Told, base: str) -> dict[str, Any]:
    """What changed stands in it whole; `replies` stand beside whoever shows the claim."""
    return {
        "seq": one.entry.edition.seq,
        "entry": base + one.address,
        "id": one.row.record,
        "record_kind": one.row.kind,
        "address": base + one.row.address,
        "replies": one.replies or None,
        "label": one.row.label,
        "lang": one.row.lang,
        "statement": one.row.statement,
        "change": one.row.change,
        "issued": one.row.issued,
        "note": one.entry.edition.document.get("changeNote"),
        "stood_days": one.entry.days,
        "standing": one.entry.standing.state,
        "from": version_json(one.entry.before, base),
        "to": version_json(one.entry.edition, base),
        "changes": [change.as_json() for change in one.changes],
        "diff": base + one.diff,
    }


def flat(one: Mapping[str, Any]) -> dict[str, Any]:
    """The same as a row of a table; versions by number and line, the note in English where it is in English."""
    note = one["note"] or {}
    return {
        **one,
        "note": note.get("en") or " ".join(note.values()),
        "from_version": one["from"]["version"],
        "from_issued": one["from"]["issued"],
        "from_label": one["from"]["line"],
        "to_version": one["to"]["version"],
        "to_label": one["to"]["line"],
        "changes": "; ".join(change["label"] for change in one["changes"]),
    }
