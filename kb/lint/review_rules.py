"""The rules of a ClaimReview and its parts, with who says so: schema.org, Google's guidelines, or Claimbase.

Google's guidelines are those of December 2025. Its search no longer shows fact checks; its Fact Check Explorer reads
them as before, and so do others by the same guidelines.
"""

from kb.lint.rule import advice, error, warning

SCHEMA = "schema.org"
GOOGLE = "Google's guidelines for ClaimReview"
OURS = "Claimbase's own rule"

MISSING = error("required-missing", GOOGLE, "{name} {lack}.", "Give it; without it the review is not read.")
NOT_TEXT = error("not-text", SCHEMA, "{name} is {kind}, and not a text.", "Write it as a text.")
NOT_OBJECT = error(
    "not-an-object", SCHEMA, "{name} is {kind}, and not {wanted}.", "Write it as an object with a @type."
)
WRONG_TYPE = error("wrong-type", SCHEMA, "{name} is of the type {given}, and not {wanted}.", "Give it the right @type.")
UNTYPED = warning("untyped", SCHEMA, "{name} has no @type; it should be {wanted}.", "Say what it is in @type.")

CLAIM_LONG = advice(
    "claim-long", GOOGLE, "claimReviewed has {length} characters; 75 or fewer are shown whole.", "Say it more shortly."
)
CLAIM_PASSAGE = warning(
    "claim-passage",
    SCHEMA,
    "claimReviewed is a passage ({length} characters in {lines}), and no short summary of a claim.",
    "State the one claim in a sentence; the passage belongs into itemReviewed.text.",
)
CLAIM_JUDGES = warning(
    "claim-has-verdict", GOOGLE, "claimReviewed begins or ends with the verdict.", "Leave it to reviewRating."
)

URL_ELSEWHERE = error(
    "url-elsewhere",
    GOOGLE,
    "url is on {host}, and the page by its canonical link on {page}.",
    "Give the address of the page that holds the ClaimReview; no short or forwarding one.",
)
URL_NOT_CANONICAL = warning(
    "url-not-canonical", OURS, "url is not the page's canonical link, {page}.", "Use one address for one page."
)
REVIEWER_MISSING = warning("reviewer-missing", GOOGLE, "author {lack}: nobody says who checked.", "Name who checked.")
REVIEWER_BARE = advice("reviewer-bare", OURS, "The author of the review has no {name}.", "Give its name and its url.")
REVIEWER_UNNAMED = error(
    "reviewer-unnamed", GOOGLE, "The author of the review has neither name nor url.", "Give at least one of them."
)
REVIEWER_PERSON = advice(
    "reviewer-person",
    OURS,
    "The author of the review is a person by name.",
    "Give the organisation that answers for the check; who wrote it stands on the page.",
)
REVIEWER_CLAIMS = error(
    "reviewer-is-claimant",
    GOOGLE,
    "The author of the review is the author of the claim, {who}.",
    "author is who checked; itemReviewed.author is who claims.",
)
DATE_MISSING = advice(
    "date-missing",
    OURS,
    "datePublished of the review {lack}: a verdict without its day.",
    "Give the day it was published.",
)

ITEM_MISSING = warning(
    "item-missing", GOOGLE, "itemReviewed {lack}: who claimed what, and when?", "Describe the Claim."
)
ITEM_OLD = warning(
    "item-old-form",
    GOOGLE,
    "itemReviewed is of the type {given}, as in the first form of ClaimReview, and not a Claim.",
    "Make it a Claim, and the work in which it stands its appearance.",
)
CLAIMANT_MISSING = advice(
    "claimant-missing", GOOGLE, "itemReviewed names no author.", "Name who claims it, where that is known."
)
CLAIMANT_UNNAMED = error(
    "claimant-unnamed", GOOGLE, "The author of the claim has no name.", "Name it, or leave it out."
)
CLAIMANT_CROWD = advice(
    "claimant-is-a-crowd",
    OURS,
    "“{name}” is named as one {given}.",
    "Name those who claim it, each as an author of its own; leave author out where nobody can be named.",
)
CLAIM_DATE_MISSING = advice(
    "claim-date-missing", GOOGLE, "itemReviewed has no datePublished.", "Say when it was claimed."
)
CLAIM_LATER = warning(
    "claim-after-review",
    OURS,
    "The claim ({claim}) is later than its review ({review}).",
    "Correct one of the two dates.",
)
NO_APPEARANCE = advice(
    "appearance-missing",
    GOOGLE,
    "itemReviewed has neither appearance nor firstAppearance.",
    "Give the address of a work in which the claim stands.",
)
BARE_APPEARANCE = warning(
    "appearance-bare", OURS, "This appearance has no address, name or headline.", "Give at least its url."
)
SAME_AS = warning(
    "same-as-misused",
    SCHEMA,
    "sameAs is {what}, which is not the same thing.",
    "sameAs leads to a page about this very thing; a work in which a claim stands is its appearance.",
)

RATING_NAMED = warning(
    "verdict-in-name",
    GOOGLE,
    "The verdict stands in name alone.",
    "Write it into alternateName, which is what is read.",
)
RATING_NUMBER = warning(
    "verdict-is-a-number",
    GOOGLE,
    "alternateName is the number {value}.",
    "Say the verdict in a word or a short phrase.",
)
NOT_NUMBER = error("not-a-number", GOOGLE, "{name} is {value}, which is no number.", "Write a number, such as 4.")
REVERSED = error(
    "rating-reversed",
    GOOGLE,
    "bestRating {best} is not greater than worstRating {worst}: false would count as true.",
    "Turn the scale round; the best is the truest.",
)
OUT_OF_RANGE = error(
    "rating-out-of-range", GOOGLE, "ratingValue {value} is not between {worst} and {best}.", "Keep to the scale."
)
WORST_LOW = warning(
    "worst-below-one", GOOGLE, "worstRating is {worst}; the least that is taken is 1.", "Let the scale begin at 1."
)
SCALE_MISSING = advice(
    "scale-missing", GOOGLE, "{name} is not given; {value} is assumed.", "Give both ends of the scale."
)

EMPTY = warning("text-empty", SCHEMA, "{name} is empty.", "Give it a value, or leave it out.")
SPACED = advice("text-spaced", OURS, "{name} begins or ends with white space.", "Take it off.")
TAGGED = warning("text-has-markup", SCHEMA, "{name} has the HTML tag {tag} in it.", "Write plain text.")
ENTITIES = warning(
    "text-has-entities", "JSON-LD 1.1", "{name} has {entity}, which nobody decodes in JSON.", "Write the letter."
)
BAD_DATE = error(
    "date-not-iso",
    SCHEMA,
    "{name} is “{value}”, no date of ISO 8601.",
    "Write 2026-05-13, or 2026-05-13T15:44:00+02:00.",
)
OLD_DATE = warning("date-placeholder", OURS, "{name} is {value}, the year of a placeholder.", "Leave it out.")
BAD_ADDRESS = error("address-bad", SCHEMA, "{name} is no absolute address: {why}", "Begin with https:// and the host.")
BAD_LANGUAGE = warning(
    "language-bad",
    SCHEMA,
    "inLanguage “{value}” is no language tag: {why}.",
    "Write a tag of BCP 47, such as en or pt-BR.",
)
OTHER_LANGUAGE = warning(
    "language-differs", OURS, "inLanguage is {value}, and the page's lang {page}.", "Let both name the page's language."
)
TYPE_CASE = error(
    "type-case",
    SCHEMA,
    "“{given}” is no type of schema.org: capitals count; it is {known}.",
    "Write it as schema.org does.",
)
PROPERTY_CASE = error(
    "property-case", SCHEMA, "“{given}” is no property: capitals count; it is {known}.", "Write it as schema.org does."
)
MISPLACED = advice(
    "property-misplaced", SCHEMA, "{given} is no property of this; {known} is meant.", "Use the property that there is."
)
UNKNOWN = advice(
    "property-unknown", SCHEMA, "schema.org knows no property {given}; readers pass over it.", "Leave it out."
)

SEVERAL = advice(
    "several-on-page",
    GOOGLE,
    "The page has {count} ClaimReviews.",
    "One for each page is read best; several only of one claim, by different reviewers.",
)
NO_ANCHOR = warning(
    "several-without-anchor",
    OURS,
    "Another ClaimReview of this page (line {line}) has the same url.",
    "Give each the anchor of its part of the page, such as …#claim-2.",
)
TWICE = warning("review-twice", OURS, "{where} has this url and this claim already.", "Keep one ClaimReview of it.")
