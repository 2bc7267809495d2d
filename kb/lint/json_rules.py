"""The rules of the file itself: its encoding, its JSON, and whether there is a ClaimReview in it."""

from kb.lint.rule import error, warning

JSON = "JSON (RFC 8259)"
JSONLD = "JSON-LD 1.1"
SCHEMA = "schema.org"
OURS = "Claimbase's own rule"

NOT_UTF8 = error("not-utf8", JSON, "The file is not UTF-8: {why}.", "Save it as UTF-8.")
BOM = warning("bom", JSON, "A byte order mark stands before the JSON.", "Save the file as UTF-8 without one.")
NUL = error(
    "nul", JSON, "The file has NUL characters, {count} of them.", "Take them out; no reader gets past the first."
)
TOO_DEEP = error("too-deep", OURS, "The JSON is nested more than {limit} deep; no more is read.", "Nest it less.")
TOO_MANY = error("too-many-values", OURS, "The JSON has more than {limit} values; no more is read.", "Split the file.")
PAGE_CUT = error("page-cut-short", OURS, "The page {why}; what follows is not read.", "Give the page as it is served.")
SYNTAX = error("json-syntax", JSON, "{what}; the rest of this JSON cannot be read.", "Correct it, and lint again.")
EMPTY = error("json-empty", JSON, "There is no JSON here.", "Put the ClaimReview here, or take the empty element out.")
TRAILING_COMMA = error("json-trailing-comma", JSON, "A comma stands before {end}.", "Take the comma out.")
MISSING_COMMA = error("json-missing-comma", JSON, "A comma is missing before this.", "Put one between the two.")
COMMENT = error("json-comment", JSON, "JSON knows no comments.", "Take the comment out.")
MARKUP = error(
    "json-in-markup",
    JSONLD,
    "“{mark}” of HTML or XML stands in the JSON.",
    "Take it out: a script element of JSON-LD holds JSON alone.",
)
ENTITIES = error(
    "json-entities",
    JSONLD,
    "“{entity}” stands where JSON has a quotation mark; nothing in a script element is decoded.",
    'Write ".',
)
SMART_QUOTES = error("json-smart-quotes", JSON, "Text stands in {marks}, which JSON does not know.", 'Use ".')
CONTROL = error("json-control", JSON, "{name} stands in a text as it is; write {escape}.", "Escape it.")
WORD = error("json-word", JSON, "“{word}” is no value of JSON.", "Write a number, a text, true, false or null.")
BARE_NAME = error("json-bare-name", JSON, "The name {name} has no quotation marks.", 'Put it in ".')
TWICE = warning(
    "json-name-twice",
    JSON,
    "“{name}” stands twice in one object; readers keep one of them.",
    "Keep one, or write a list.",
)
TRAILING_DATA = error(
    "json-trailing-data",
    JSON,
    "Something follows after the end of the JSON.",
    "Keep one value; several go into a list.",
)

NONE = error(
    "no-claimreview",
    SCHEMA,
    "There is no ClaimReview here.",
    'Add one as JSON-LD, with "@type": "ClaimReview".',
)
OTHER_SYNTAX = warning(
    "microdata-not-read",
    OURS,
    "A ClaimReview stands here as {syntax}, which this lint does not read.",
    "Write it as JSON-LD, which is what most readers of ClaimReview take.",
)
NO_CONTEXT = error(
    "context-missing",
    JSONLD,
    "No @context says what the names of this ClaimReview mean.",
    'Add "@context": "https://schema.org".',
)
OTHER_CONTEXT = error(
    "context-other", JSONLD, "The @context is not that of schema.org.", 'Write "@context": "https://schema.org".'
)
TYPE_CASE = error(
    "type-case",
    SCHEMA,
    "“{given}” is no type of schema.org: capitals count; it is {known}.",
    "Write it as schema.org does.",
)
NO_TYPE = error("type-missing", SCHEMA, "This has no @type; by its properties it is a {known}.", "Say so in @type.")
