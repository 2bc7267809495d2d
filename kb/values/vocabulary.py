"""The closed lists: the only place where their words stand.

From here come the context's scoped words, the SKOS schemes, SHACL's sh:in, the checks of SQL and
the choices of forms. A change needs a decision record.
"""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """A word as SQL and JSON write it, its label for people, and what it means."""

    word: str
    label: str
    definition: str = ""


@dataclass(frozen=True)
class ClosedList:
    """One closed list, in its order."""

    name: str
    title: str
    terms: tuple[Term, ...]

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(term.word for term in self.terms)

    def label(self, word: str) -> str:
        return next(term.label for term in self.terms if term.word == word)

    def __contains__(self, word: object) -> bool:
        return word in self.words

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)


def _list(name: str, title: str, *terms: tuple[str, ...]) -> ClosedList:
    return ClosedList(name, title, tuple(Term(*term) for term in terms))


VERDICT = _list(
    "verdict",
    "Verdicts",
    ("supported", "Supported", "What was seen supports every main aspect."),
    ("partly_supported", "Partly supported", "Some main aspects hold, others do not or only in part."),
    ("contradicted", "Contradicted", "What was seen contradicts every main aspect."),
    ("disputed", "Disputed", "Stated and denied; nothing that was seen settles it."),
    ("unverified", "Unverified", "Nothing that was seen settles it."),
    ("not_checkable", "Not checkable", "A valuation, a forecast or a state of mind."),
)
STANCE = _list(
    "stance",
    "Stances of evidence",
    ("supports", "Supports", "The passage speaks for the aspect."),
    ("contradicts", "Contradicts", "The passage speaks against the aspect."),
    ("qualifies", "Qualifies", "The passage limits or explains the aspect, or explains another piece of evidence."),
    ("mentions", "Mentions", "The passage touches the matter and decides nothing; never counted."),
    ("same_origin", "Same origin", "What the claim rests on, or a copy of it; never counted."),
)
GRADE = _list(
    "grade",
    "Grades of a source, for one use",
    ("A", "A", "Record or first-hand document for the matter in hand."),
    ("B", "B", "Reporting or scholarship that names its sources."),
    ("C", "C", "Partial, opinion, or open to anyone."),
    ("D", "D", "Repeats another source."),
    ("X", "X", "Satire and the like; never counts."),
)
CERTAINTY = _list(
    "certainty",
    "Certainty of an attribution",
    ("certain", "Certain", "The voice's own words were read."),
    ("likely", "Likely", "Reported by a text that names it plainly; own words not read."),
    ("uncertain", "Uncertain", "Reported at second hand or in passing."),
    ("ambiguous", "Ambiguous", "The text can be read to name more than one voice."),
)
BAND = _list(
    "band",
    "Bands of confidence (computed)",
    ("very_low", "Very low", "below 0.50"),
    ("low", "Low", "0.50 to below 0.65"),
    ("moderate", "Moderate", "0.65 to below 0.80"),
    ("high", "High", "0.80 to below 0.95"),
    ("very_high", "Very high", "0.95 and above"),
)
COMPARATOR = _list(
    "comparator",
    "Comparators of figures",
    ("exact", "Exactly", "The number itself."),
    ("over", "Over", "Above the lower bound, which is excluded."),
    ("at_least", "At least", "The lower bound or more."),
    ("under", "Under", "Below the upper bound, which is excluded."),
    ("at_most", "At most", "The upper bound or less."),
    ("about", "About", "Near the value; the words give no bounds."),
    ("between", "Between", "From the lower to the upper bound."),
    ("almost_all", "Almost all", "A share below the whole; no lower bound is given."),
    ("many", "Many", "No number is given."),
    ("much", "Much", "No number is given."),
)
CHANGE = _list(
    "change",
    "Kinds of edition",
    ("foundation", "Foundation", "The first entry of the log: base address, namespaces, format and data licence."),
    ("new", "New", "First edition."),
    ("update", "Update", "New evidence, new verdict."),
    ("clarification", "Clarification", "Wording; nothing that was said changes."),
    ("correction", "Correction", "Something that was said was wrong."),
    (
        "withdrawal",
        "Withdrawal",
        "The record no longer stands; its page stays, with statement, question, persons concerned and replies.",
    ),
    ("restoration", "Restoration", "A withdrawn record stands again."),
    ("merge", "Merge", "The record goes into another one."),
    ("redaction", "Redaction", "Content was removed; the log says so."),
)
VISIBILITY = _list(
    "visibility",
    "Visibility of an agent",
    ("public", "Public", "Has a page."),
    ("role", "Role", "Has a page as holder of a role."),
    ("private", "Private", "Has no page and no record; named only inside a claim."),
)
QUOTE_STATE = _list(
    "quote_state",
    "States of a quote",
    ("verified", "Verified", "We hold the text and the code located the quote exactly."),
    ("recorded", "Recorded", "An editor read it; we hold no text."),
    ("unseen", "Unseen", "Nobody here read it; never moves a verdict."),
)
HOLDING = _list(
    "holding",
    "Holding of a snapshot",
    ("held", "Held", "We have the bytes."),
    ("withheld", "Withheld", "Hash, length, address and date; no bytes."),
)
LINK_ROLE = _list(
    "link_role",
    "Roles in an attribution chain",
    ("publisher", "Publisher"),
    ("author", "Author"),
    ("reported_speaker", "Reported speaker"),
    ("reported_document", "Reported document"),
    ("carrier", "Carrier of the reported text"),
    ("unnamed_source", "Unnamed source"),
)
ATTITUDE = _list(
    "attitude",
    "What a voice does with the content",
    ("publishes", "Publishes"),
    ("asserts", "Asserts"),
    ("endorses", "Endorses", "Takes over what another says (factive verbs)."),
    ("reports", "Reports"),
    ("quotes", "Quotes"),
    ("alleges", "Alleges"),
    ("raises_allegation", "Raises an allegation"),
    ("concludes", "Concludes"),
    ("values", "Values"),
)
CLAIM_TYPE = _list(
    "claim_type",
    "Types of claim",
    ("numerical", "Numerical"),
    ("event_date", "Event or date"),
    ("attribution_quote", "Attribution or quotation"),
    ("causal_interpretation", "Cause or interpretation"),
    ("identity_role", "Identity or role"),
)
COMMITMENT = _list(
    "commitment",
    "How a claim is put",
    ("asserted", "Asserted"),
    ("hedged", "Hedged"),
    ("alleged", "Alleged"),
    ("predicted", "Predicted"),
    ("quoted", "Quoted"),
    ("reported", "Reported"),
    ("opinion", "Opinion"),
)
CHECKABILITY = _list(
    "checkability",
    "Checkability",
    ("checkable", "Checkable"),
    ("partly", "Partly checkable"),
    ("not_checkable", "Not checkable"),
)
STRENGTH = _list(
    "strength",
    "Strength of a piece of evidence",
    ("weak", "Weak"),
    ("moderate", "Moderate"),
    ("strong", "Strong"),
)
SEGMENT_ROLE = _list(
    "segment_role",
    "Roles of stretches of a text",
    ("masthead", "Masthead"),
    ("title", "Title"),
    ("byline", "Byline"),
    ("caption", "Caption"),
    ("heading", "Heading"),
    ("body", "Body"),
    ("foreign_matter", "Foreign matter", "Not part of the work; no claim is taken from it."),
)
AGENT_KIND = _list(
    "agent_kind",
    "Kinds of agent",
    ("person", "Person"),
    ("organisation", "Organisation"),
    ("office", "Office"),
    ("account", "Account"),
    ("unnamed", "Unnamed source"),
)
LIVING = _list(
    "living",
    "Living or dead, as reported",
    ("presumed_living", "Presumed living"),
    ("reported_dead", "Reported dead"),
)
WORK_STATUS = _list(
    "work_status",
    "Status of a source",
    ("available", "Available"),
    ("corrected", "Corrected by its publisher"),
    ("retracted", "Retracted by its publisher"),
    ("gone", "No longer found"),
)
MEASURE_KIND = _list(
    "measure_kind",
    "Kinds of measure",
    ("event", "Event", "Size of one event; any overlapping period is comparable."),
    ("flow", "Flow", "Only equal periods are comparable."),
    ("stock", "Stock", "Value on a date; overlapping periods are comparable."),
)
SEARCH_OUTCOME = _list(
    "search_outcome",
    "Outcomes of a search",
    ("nothing_found", "Nothing found"),
    ("not_relevant", "Found, not relevant"),
    ("not_evidence", "Found, not evidence"),
)
STANDING = _list(
    "standing",
    "Standing of an edition (log graph only)",
    ("current", "Current"),
    ("superseded", "Superseded"),
    ("corrected", "Corrected"),
    ("withdrawn", "Withdrawn"),
    ("redacted", "Redacted"),
)

IDENTIFIER_SCHEME = _list(
    "identifier_scheme",
    "Schemes of identifiers",
    ("wikidata", "Wikidata"),
    ("orcid", "ORCID"),
    ("ror", "ROR"),
    ("isni", "ISNI"),
    ("doi", "DOI"),
    ("issn", "ISSN"),
    ("isbn", "ISBN"),
    ("archive", "Archive copy"),
)
SOURCE_CLASS = _list(
    "source_class",
    "Classes of source (schema.org)",
    ("Article", "Article"),
    ("NewsArticle", "News article"),
    ("BlogPosting", "Blog posting"),
    ("Report", "Report"),
    ("Legislation", "Treaty or law"),
    ("WebPage", "Web page"),
    ("SocialMediaPosting", "Post"),
    ("Dataset", "Dataset"),
    ("Book", "Book"),
)
RELATION = _list(
    "relation",
    "Relations between claims",
    ("depends_on", "Depends on"),
    ("supports", "Supports"),
    ("narrower_than", "Narrower than"),
    ("part_of", "Part of"),
    ("before", "Before"),
    ("elaborates", "Elaborates"),
    ("presupposes", "Presupposes"),
    ("about", "About"),
    ("repeats", "Repeats"),
    ("supersedes", "Supersedes"),
    ("same_event", "Same event as"),
    ("same_object", "Same object as"),
    ("same_sentence", "Same sentence as"),
    ("same_figure", "Same figure as"),
    ("contradicts", "Contradicts"),
    ("related_to", "Related to"),
)
# Symmetric relations are stored once; the other way round is computed.
SYMMETRIC = frozenset({"same_event", "same_object", "same_sentence", "same_figure", "contradicts", "related_to"})
INVERSE = {
    "depends_on": "needed_by",
    "supports": "supported_by",
    "narrower_than": "broader",
    "part_of": "has_part",
    "before": "after",
    "elaborates": "elaborated_by",
    "presupposes": "presupposed_by",
    "about": "subject_of",
    "repeats": "repeated_by",
    "supersedes": "superseded_by",
}
RECORD_KIND = _list(
    "record_kind",
    "Kinds of record",
    ("claim", "Claim"),
    ("source", "Source"),
    ("agent", "Agent"),
    ("origin", "Origin"),
    ("topic", "Topic"),
    ("page", "Page"),
    ("foundation", "Foundation"),
)
# Why content was removed. A redaction says one of these and nothing else: free words could tell what was removed.
REDACTION_REASON = _list(
    "redaction_reason",
    "Reasons for a redaction",
    ("law", "Required by law", "A court, an authority or a statute required it."),
    ("privacy", "To protect a private person", "It told more of a private person than the matter needs."),
    ("safety", "To protect somebody from harm", "It put somebody in danger."),
    ("rights", "Rights of others", "It held words or works that may not be shown here."),
    ("not_meant", "Not meant for publication", "It was never meant to be published, such as a draft or a secret."),
)
ROLE = _list(
    "role",
    "Roles at the desk",
    ("contributor", "Contributor"),
    ("editor", "Editor"),
    ("reviewer", "Reviewer"),
    ("publisher", "Publisher"),
    ("admin", "Admin"),
)
