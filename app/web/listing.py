"""A line of a list: what it says of a record, as a page sets it and as JSON has it."""

from typing import Any

from app.web.words import day, when
from kb.projections.catalogue.lists import Page
from kb.projections.catalogue.rows import Listed
from kb.values.vocabulary import AGENT_KIND, MEASURE_KIND, VERDICT

# Kinds of record whose `genre` is a word of a list; of the others it is in words already.
KINDS = {"agent": AGENT_KIND, "topic": MEASURE_KIND}
NAMES = {"claim": "question", "source": "title", "agent": "name", "origin": "label", "topic": "name", "page": "name"}


def replies_and_verdict(row: Listed) -> tuple[str, str]:
    """The line of a claim in its two pieces: every reply in short, which stand first, and the verdict with what fails.

    The label has each speaker's first reply only; in view, on a line that names the allegation, stands each of them.
    """
    line = row.line or ""
    word = VERDICT.label(row.verdict) if row.verdict else "Withdrawn"
    # After the verdict's word come short names of aspects only, in small letters, so its last place is the right one.
    place = line.rfind(word)
    return row.replies or "", line[place:].removesuffix(".")


def facts(row: Listed) -> str:
    """The small line below: who, when, what kind; of a claim items and origins; second reader and standing."""
    pieces = [row.who, when(row.published) if row.published else None]
    if row.seen_evidence is not None:
        pieces.append(f"{_some(row.seen_evidence, 'item')}, {_some(row.origins or 0, 'origin')}")
    if row.genre:
        pieces.append(KINDS[row.kind].label(row.genre).lower() if row.kind in KINDS else row.genre)
    if row.seen is False:
        pieces.append("not read here")
    if row.change == "correction":
        pieces.append(f"corrected {day(row.issued)}")
    if not row.reviewed and row.kind == "claim":
        pieces.append("no second reader")
    if row.standing == "withdrawn" and row.kind != "claim":
        # A claim's own line says so where its verdict would stand.
        pieces.append("withdrawn")
    return " · ".join(piece for piece in pieces if piece)


def row_json(row: Listed, base: str) -> dict[str, Any]:
    """What a kind does not have is left out; `address` is the record's page."""
    found: dict[str, Any] = {
        "id": row.record,
        "address": base + row.address,
        "version": row.version,
        NAMES.get(row.kind, "name"): row.label,
        "lang": row.lang,
        "standing": row.standing,
    }
    if row.kind == "claim":
        found |= {
            "replies": row.replies,
            "statement": row.statement,
            "verdict": row.verdict,
            "failing": _failing(row),
            "label": row.line,
            "confidence": row.confidence,
            "band": row.band,
            "seen_evidence": row.seen_evidence,
            "origins": row.origins,
            "who": row.who,
        }
    elif row.kind == "topic":
        found["slug"] = row.address.partition("/")[2]
    publisher = row.who if row.kind == "source" else None
    more = {"publisher": publisher, "published": row.published, "genre": row.genre, "seen": row.seen}
    found |= {key: value for key, value in more.items() if value is not None}
    return found | {"issued": row.issued, "change": row.change, "reviewed": row.reviewed, "digest": row.digest}


def hit_json(row: Listed, base: str) -> dict[str, Any]:
    """A hit has the kind of its record, and what every hit has; what only claims have is empty of others."""
    bare: dict[str, Any] = {
        "question": None,
        "statement": None,
        "verdict": None,
        "failing": [],
        "confidence": None,
        "replies": None,
    }
    return {"kind": row.kind, "name": row.label} | bare | row_json(row, base)


def rows_json(page: Page, base: str) -> list[dict[str, Any]]:
    """The rows of one page of a list."""
    return [row_json(row, base) for row in page.rows]


def _failing(row: Listed) -> list[dict[str, str]]:
    pairs = (pair.partition(":") for pair in (row.failing or "").split())
    return [{"aspect": code, "verdict": verdict} for code, _, verdict in pairs]


def _some(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"
