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
    ("publisher", "Publisher", "Brings the text before readers."),
    ("author", "Author", "Wrote the text."),
    ("reported_speaker", "Reported speaker", "Is said by the text to have said it."),
    ("reported_document", "Reported document", "A document that the text says it takes this from."),
    ("carrier", "Carrier of the reported text", "Brought to the author what another said."),
    ("unnamed_source", "Unnamed source", "A voice that the text does not name."),
)
ATTITUDE = _list(
    "attitude",
    "What a voice does with the content",
    ("publishes", "Publishes", "Brings it before readers, and says nothing of its own."),
    ("asserts", "Asserts", "Says it as a fact."),
    ("endorses", "Endorses", "Takes over what another says (factive verbs)."),
    ("reports", "Reports", "Tells that another says it, and leaves it there."),
    ("quotes", "Quotes", "Gives the words of another as they were said."),
    ("alleges", "Alleges", "Says it of somebody without showing it."),
    ("raises_allegation", "Raises an allegation", "Says that it is being said of somebody."),
    ("concludes", "Concludes", "Says that it follows from something else."),
    ("values", "Values", "Says what is good or bad about it."),
)
CLAIM_TYPE = _list(
    "claim_type",
    "Types of claim",
    ("numerical", "Numerical", "How many, how much or how large."),
    ("event_date", "Event or date", "That something happened, or when."),
    ("attribution_quote", "Attribution or quotation", "That somebody said something."),
    ("causal_interpretation", "Cause or interpretation", "Why it came about, or what it means."),
    ("identity_role", "Identity or role", "Who or what somebody or something is."),
)
COMMITMENT = _list(
    "commitment",
    "How a claim is put",
    ("asserted", "Asserted", "As a fact."),
    ("hedged", "Hedged", "With words that weaken it, such as “perhaps”."),
    ("alleged", "Alleged", "As something that is laid to somebody's charge."),
    ("predicted", "Predicted", "As something that will be."),
    ("quoted", "Quoted", "In the words of another."),
    ("reported", "Reported", "As what another says, in the text's own words."),
    ("opinion", "Opinion", "As a valuation of the author's own."),
)
CHECKABILITY = _list(
    "checkability",
    "Checkability",
    ("checkable", "Checkable", "Something could be found that settles it."),
    ("partly", "Partly checkable", "Some of it could be settled, some could not."),
    ("not_checkable", "Not checkable", "A valuation, a forecast or a state of mind."),
)
STRENGTH = _list(
    "strength",
    "Strength of a piece of evidence",
    ("weak", "Weak", "It bears on the aspect from afar, or leaves much open."),
    ("moderate", "Moderate", "It bears on the aspect and leaves something open."),
    ("strong", "Strong", "It bears on the aspect directly and leaves little open."),
)
SEGMENT_ROLE = _list(
    "segment_role",
    "Roles of stretches of a text",
    ("masthead", "Masthead", "Name of the publication."),
    ("title", "Title", "Title of the work."),
    ("byline", "Byline", "Author, place or date, as printed."),
    ("caption", "Caption", "Text of a picture or a table."),
    ("heading", "Heading", "Title of a part of the work."),
    ("body", "Body", "The running text."),
    ("foreign_matter", "Foreign matter", "Not part of the work; no claim is taken from it."),
)
AGENT_KIND = _list(
    "agent_kind",
    "Kinds of agent",
    ("person", "Person", "A human being."),
    ("organisation", "Organisation", "A body of people with a name of its own, such as a company or a newspaper."),
    ("office", "Office", "A post or an authority, whoever holds it."),
    ("account", "Account", "A name on a network, whoever writes there."),
    ("unnamed", "Unnamed source", "A voice without a name; it has no record."),
)
LIVING = _list(
    "living",
    "Living or dead, as reported",
    ("presumed_living", "Presumed living", "Nothing that was seen says that the person is dead."),
    ("reported_dead", "Reported dead", "A source says that the person is dead."),
)
WORK_STATUS = _list(
    "work_status",
    "Status of a source",
    ("available", "Available", "It can be found as it was published."),
    ("corrected", "Corrected by its publisher", "The publisher has changed it and says so."),
    ("retracted", "Retracted by its publisher", "The publisher no longer stands by it."),
    ("gone", "No longer found", "It can no longer be found where it was."),
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
    ("nothing_found", "Nothing found", "The search brought nothing up."),
    ("not_relevant", "Found, not relevant", "What was found is of another matter."),
    ("not_evidence", "Found, not evidence", "What was found is of the matter and shows nothing."),
)
STANDING = _list(
    "standing",
    "Standing of an edition (log graph only)",
    ("current", "Current", "The newest edition of its record."),
    ("superseded", "Superseded", "A newer edition has taken its place."),
    ("corrected", "Corrected", "A newer edition says that something in it was wrong."),
    ("withdrawn", "Withdrawn", "The record no longer stands."),
    ("redacted", "Redacted", "Content was removed from it; the log says so."),
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
