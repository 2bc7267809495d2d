"""Columns that more than one table has: which edition a row is from, and what a claim's replies and verdict are."""

from collections.abc import Mapping
from typing import Any

from kb.documents.label import in_english, list_label, main_verdicts, short_replies
from kb.formats.tables.column import Column
from kb.formats.tables.row import BETWEEN, Row, envelope, say, walk
from kb.values import vocabulary
from kb.values.rollup import failing

# Of examples.
HERE = "https://facts.example.org"
ID, DIGEST = "5g4sjm6rc", "9f2c" * 16
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def replies(row: Row) -> str | None:
    """The short form of every reply, each once; a withdrawn claim keeps its own."""
    return " ".join(dict.fromkeys(words for _, words in short_replies(row.entity))) or None


def verdict(row: Row) -> str | None:
    found: str | None = walk(row.entity, ("assessment", "verdict"))
    return found


def label(row: Row) -> str | None:
    """Replies and verdict in words, as lists show them."""
    return list_label(row.entity) if "assessment" in row.entity else None


def failing_aspects(row: Row) -> str | None:
    if "assessment" not in row.entity:
        return None
    return " ".join(f"{code}:{word}" for code, word in failing(main_verdicts(row.entity))) or None


def aspect(row: Row, iri: str | None) -> Mapping[str, Any] | None:
    """An aspect of the claim, by its IRI."""
    return next((one for one in row.entity.get("aspects", ()) if one["@id"] == iri), None)


def quote_of(target: object) -> Mapping[str, Any]:
    """The exact words of a passage, with what stands round them; empty where nobody saw them."""
    selectors = walk(target, ("selector",)) or ()
    return next((one for one in selectors if one["@type"] == "TextQuoteSelector"), {})


def standing(row: Row) -> str:
    return "withdrawn" if row.document["change"] == "withdrawal" else "current"


def first(folder: str) -> tuple[Column, ...]:
    """How a row of a record begins; `folder` is that of its example."""
    page = f"{HERE}/{folder}/{ID}"
    return (
        Column("id", "the record, for ever; never used again", envelope("recordId"), ID, required=True),
        Column("address", "its page, with the newest version; in RDF the record is this with #it",
               lambda row: row.page, page, "address", required=True),
        Column("version", "number of the version that this row is from", envelope("version"), "2", "integer",
               required=True),
        Column("version_address", "the version that this row is from, which never changes: cite this",
               envelope("@id"), f"{page}/v2", "address", required=True),
    )  # fmt: skip


LAST = (
    Column("standing", "“withdrawn” where the desk no longer stands by the record", standing, "current", required=True),
    Column("change", "kind of edition that this version is", envelope("change"), "correction", "word",
           vocabulary.CHANGE, required=True),
    Column("change_note", "what changed and why; empty in version 1",
           lambda row: say(row.document.get("changeNote")), "The year was wrong."),
    Column("issued", "when this version was published", envelope("issued"), "2026-11-25T09:00:00Z", "moment",
           required=True),
    Column("reviewed", "whether a second reader approved it", envelope("reviewed"), "true", "yes_or_no",
           required=True),
    Column("unreviewed_reason", "why it was published without a second reader",
           lambda row: say(row.document.get("unreviewedReason")), "made at set-up"),
    Column("log_entry", "number of this version in the log", lambda row: row.seq, "128", "integer", required=True),
    Column("digest", "SHA-256 of this version’s .jsonld, by which anyone can check it", lambda row: row.digest,
           DIGEST, "digest", required=True),
    Column("license", "licence of our own words; quotations keep their own rights", envelope("license"), LICENCE,
           "address", required=True),
)  # fmt: skip

# A row that shows what a claim says shows what those concerned say to it first, and who makes the claim.
OF_CLAIM = (
    Column("claim_address", "page of the claim", lambda row: row.page, f"{HERE}/claims/{ID}",
           "address", required=True),
    Column("version", "number of the version of the claim", envelope("version"), "2", "integer", required=True),
    Column("version_address", "the version of the claim, which never changes: cite this", envelope("@id"),
           f"{HERE}/claims/{ID}/v2", "address", required=True),
    Column("replies", "the short form of each reply; whoever shows the claim shows these beside it", replies,
           "Walter Invented denies it."),
    Column("question", "the bare matter", lambda row: in_english(row.entity["question"]),
           "Did the bridge cost 70 million?", required=True),
    Column("statement", "the claim, with who says it; it is theirs and not ours",
           lambda row: in_english(row.entity["statement"]),
           "The Examplar writes that the bridge cost 70 million.", required=True),
    Column("verdict", "our verdict on the claim", verdict, "partly_supported", "word", vocabulary.VERDICT),
)  # fmt: skip


def who(row: Row) -> str | None:
    """Authors of the claim, as the edition calls them."""
    return BETWEEN.join(map(row.name_of, row.entity.get("author", ()))) or None
