"""From the place of a finding to the page of the desk where it is mended."""

import re
from typing import Protocol

# A part with a number: what comes behind it in a path is a field of it.
_PART = re.compile(
    r"(appearance|aspect|assessment|concerned|evidence|figure|mention|open|reply|search)-([0-9]+)(?:-.*)?"
)
# Another record, dragged along: its address stands before the place.
_ALONG = re.compile(r"(claims|sources|agents|origins|topics|pages)/([0-9a-z-]+)(?:: .*)?", re.DOTALL)
_PAGES = {
    "appearance": "appearances/{number}",
    "aspect": "aspects",
    "assessment": "assessment",
    "concerned": "concerned",
    "evidence": "evidence/{number}",
    "figure": "figures/{number}",
    "mention": "mentions",
    "open": "questions/{number}",
    "reply": "replies/{number}",
    "search": "searches/{number}",
}
# Fields of a claim that have a page of their own.
_FIELDS = {
    "appearances": "appearances/new",
    "aspects": "aspects",
    "assessment": "assessment",
    "concerns": "concerned",
    "evidence": "evidence/new",
    "figures": "figures/new",
    "mentions": "mentions",
    "openQuestions": "questions/new",
    "relations": "relations",
    "replies": "replies/new",
    "noReplyFoundOn": "replies/new",
    "searches": "searches/new",
}
# Places inside of a page, by the ends of paths.
_ANCHORS = {
    "statement": "#f-texts-0-statement",
    "question": "#f-texts-0-question",
    "title": "#f-texts-0-title",
    "claimType": "#f-claim_type",
    "commitment": "#f-commitment",
    "checkability": "#f-checkability",
    "checkabilityReason": "#f-checkability_reason",
    "hedges": "#f-hedges",
    "boosters": "#f-boosters",
    "topics": "#f-topics-0",
    "note": "#f-note",
}
_INSIDE = {
    "chain": "#f-chain",
    "certainty": "#f-certainty",
    "certaintyReason": "#f-certainty_reason",
    "target": "#f-quote",
}


# Path of a claim's field → the part of its page at the desk that it belongs to; whatever is not here is its words.
_SECTIONS = {
    "appearance": "appearances",
    "aspect": "aspects",
    "assessment": "assessment",
    "concerned": "concerned",
    "evidence": "evidence",
    "figure": "figures",
    "mention": "mentions",
    "open": "questions",
    "reply": "replies",
    "search": "searches",
}
RECORD, REVIEW = "record", "review"


class Named(Protocol):
    """A record of the desk."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str: ...


def way_to_mend(record: Named, where: str) -> str:
    """The address from the first page on, as `desk/claims/7k3mq2xkt/words#f-claim_type`.

    `where` is that of a `kb.publish.finding.Finding`.
    """
    along = _ALONG.fullmatch(where)
    if along is not None:
        kind, name = along[1], along[2]
        # A topic's address is its slug and a page's its name; their lists lead on to them.
        return f"desk/{kind}?q={name}" if kind in ("topics", "pages") else f"desk/{kind}/{name}"
    if where == REVIEW:
        return f"desk/records/{record.id}/review"
    own = f"desk/{record.kind}s/{record.id}"
    return f"{own}/{_of_claim(where)}".rstrip("/") if record.kind == "claim" else own


def _of_claim(where: str) -> str:
    first, _, field = where.partition("/")
    part = _PART.fullmatch(first)
    if first in _ANCHORS:
        return f"words{_ANCHORS[first]}"
    if part is None:
        return _FIELDS.get(first, "")
    if part[1] == "aspect" and field == "verdict":
        return _PAGES["assessment"]
    if part[1] == "concerned" and not field:
        # The gate says of a person as a whole that nobody has answered for them yet.
        return _FIELDS["replies"]
    page = _PAGES[part[1]].format(number=part[2])
    return page + (_INSIDE.get(field.partition("/")[0], "") if part[1] == "appearance" else "")


def section_of(where: str) -> str:
    """The part of a claim's page that a finding belongs to; `record` is all of it."""
    first, _, field = where.partition("/")
    part = _PART.fullmatch(first)
    if part is not None:
        return "assessment" if (part[1], field) == ("aspect", "verdict") else _SECTIONS[part[1]]
    if first in _ANCHORS:
        return "words"
    return _FIELDS[first].partition("/")[0] if first in _FIELDS else RECORD
