"""claims.csv: one row for each claim, with who says it, the replies, and the verdict with its reasons."""

from collections.abc import Iterable

from kb.documents import addresses
from kb.formats.tables.chain import chains
from kb.formats.tables.column import Column, Table
from kb.formats.tables.row import (
    BETWEEN,
    Cell,
    Row,
    addresses_of,
    count,
    joined,
    language,
    names,
    say,
    text,
    value,
    walk,
)
from kb.formats.tables.shared import HERE, LAST, failing_aspects, first, label, quote_of, replies, verdict, who
from kb.values import vocabulary


def _first_appearance(*path: str) -> Cell:
    def cell(row: Row) -> object:
        found = row.node.get("appearances")
        return walk(found[0], path) if found else None

    return cell


def _quoted(key: str) -> Cell:
    return lambda row: quote_of(_first_appearance("target")(row)).get(key)


def _replies_in_full(row: Row) -> str | None:
    """“Walter Invented (2019-12-02): …”, each speaker's words after their name."""
    people = {one["@id"]: one for one in row.node.get("concerns", ())}
    said = []
    for reply in row.node.get("replies", ()):
        name = say(reply.get("name")) or say(people.get(reply.get("by"), {}).get("name"))
        name = name or (row.name_of(reply["agent"]) if "agent" in reply else "not named")
        day = f" ({reply['statedOn']})" if "statedOn" in reply else ""
        said.append(f"{name}{day}: {say(reply['statement'])}")
    return " | ".join(said) or None


def _concerned(row: Row) -> str | None:
    """Those who have a page: whose name is private stands nowhere but inside the claim, and in no list."""
    return BETWEEN.join(say(one["name"]) or "" for one in row.node.get("concerns", ()) if "record" in one) or None


def _relations(row: Row) -> str | None:
    found = row.node.get("relations", {})
    return " ".join(f"{kind}={addresses.page_of(iri)}" for kind in sorted(found) for iri in found[kind]) or None


def _figures(row: Row) -> int:
    return len(row.node.get("figures", ())) + sum(len(one.get("figures", ())) for one in row.node.get("evidence", ()))


def _rows(record: Row) -> Iterable[Row]:
    return (record,)


_BEGINNING = (
    Column("replies", "the short form of each reply; whoever shows the claim shows these beside it", replies,
           "Walter Invented denies it."),
    Column("question", "the bare matter", text("question"), "Did the bridge cost 70 million?", required=True),
    Column("question_lang", "language of the question", language("question"), "en", "language", required=True),
    Column("statement", "the claim, with who says it; it is theirs and not ours", text("statement"),
           "The Examplar writes that the bridge cost 70 million.", required=True),
    Column("statement_lang", "language of the statement", language("statement"), "en", "language", required=True),
    Column("who", "who makes the claim", who, "The Examplar"),
    Column("who_addresses", "pages of those who make it", addresses_of("author"), f"{HERE}/agents/5g4sjm6rc",
           "addresses"),
    Column("chain", "through whom each appearance reached us, the outermost voice first, each with what it does",
           chains, "The Examplar (publishes) → Carla Example (reports; “writes”; read here)"),
    Column("certainty", "how certain the attribution is, of the first appearance", _first_appearance("certainty"),
           "certain", "word", vocabulary.CERTAINTY),
    Column("quote", "exact words of the first appearance", _quoted("exact"), "it cost us 70 million", quoted=True),
    Column("quote_lang", "language of the quote", _quoted("language"), "en", "language"),
    Column("quote_state", "how the quote is known", _first_appearance("quoteState"), "verified", "word",
           vocabulary.QUOTE_STATE),
    Column("appearance_count", "how many occurrences of the claim are recorded", count("appearances"), "1", "integer",
           unit="appearances", required=True),
    Column("source_addresses", "pages of the sources in which it appears", addresses_of("appearsIn"),
           f"{HERE}/sources/8kdw95pb2", "addresses"),
    Column("source_titles", "their titles", names("appearsIn"), "The price of a bridge", quoted=True),
    Column("published", "when the claim was made", value("datePublished"), "2019-12-06", "day"),
    Column("claim_type", "what kind of claim it is", value("claimType"), "numerical", "word", vocabulary.CLAIM_TYPE),
    Column("commitment", "how the claim is put", value("commitment"), "asserted", "word", vocabulary.COMMITMENT),
    Column("checkability", "whether something could be found that settles it", value("checkability"), "checkable",
           "word", vocabulary.CHECKABILITY),
)  # fmt: skip
_JUDGED = (
    Column("verdict", "our verdict; empty where the claim is withdrawn", verdict, "partly_supported", "word",
           vocabulary.VERDICT),
    Column("failing", "main aspects that are not supported, each with its verdict, contradicted ones first",
           failing_aspects, "year:contradicted"),
    Column("label", "replies and verdict in words, as lists show them", label,
           "Walter Invented denies it. Partly supported; the year is contradicted."),
    Column("reason", "why this verdict", text("assessment", "reason"), "The budget gives 70 million, for 2018."),
    Column("override_reason", "why the verdict is another than its aspects give by the rule",
           text("assessment", "overrideReason"), "Two offices count differently."),
    Column("confidence", "confidence in this assessment", value("assessment", "confidence"), "0.85", "number",
           unit="0 to 1"),
    Column("band", "the same as a word", value("assessment", "band"), "high", "word", vocabulary.BAND),
    Column("confidence_reason", "why so confident", text("assessment", "confidenceReason"), "Two offices agree."),
    Column("would_change", "what would change the verdict", text("assessment", "wouldChange"), "The final account."),
    Column("seen_evidence", "items of evidence that count", value("assessment", "seenEvidence"), "3", "integer",
           unit="items"),
    Column("origins", "independent origins among them: copies of one report are one",
           value("assessment", "independentOrigins"), "2", "integer", unit="origins"),
    Column("evidence_count", "items of evidence in all; each has a row in evidence.csv", count("evidence"), "4",
           "integer", unit="items", required=True),
    Column("figure_count", "figures in the claim and its evidence; each has a row in figures.csv", _figures, "2",
           "integer", unit="figures", required=True),
    Column("assessed_on", "day of the assessment", value("assessment", "assessedOn"), "2026-11-24", "day"),
    Column("method_address", "version of the method in force", value("assessment", "method"),
           f"{HERE}/method/v1", "address"),
    Column("replies_in_full", "each reply in words: who, when, what", _replies_in_full,
           "Walter Invented (2019-12-02): It cost half of that."),
    Column("no_reply_found_on", "day on which a reply was looked for and none found", value("noReplyFoundOn"),
           "2026-11-20", "day"),
    Column("concerned", "people not known to be dead whom the claim touches and who have a page here", _concerned,
           "Walter Invented"),
    Column("topics", "names of its topics", names("topics"), "Bridges"),
    Column("topic_addresses", "pages of its topics", addresses_of("topics"), f"{HERE}/topics/bridges", "addresses"),
    Column("relations", "how it stands to other claims: kind=page, parted by a space", _relations,
           f"depends_on={HERE}/claims/8kdw95pb2"),
    Column("note", "note of the desk", text("note"), "The town hall counts in thousands."),
    Column("external_ids", "ids in other collections, parted by a space", joined("externalIds"), "seed:C04"),
)  # fmt: skip
CLAIMS = Table(
    name="claims",
    title="Claims",
    holds="One row for each claim: who says it, what those concerned reply, and what we found.",
    key="address",
    columns=(*first("claims"), *_BEGINNING, *_JUDGED, *LAST),
    rows=_rows,
)
