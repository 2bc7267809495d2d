"""Single values of a document as people read them; whatever cannot be read so stands as it is."""

from collections.abc import Mapping
from typing import Any

from kb.documents import addresses
from kb.documents.context import TERMS, Kind
from kb.documents.label import in_english, main_verdicts
from kb.errors import Refused
from kb.formats.changes.labels import in_words
from kb.values import period, vocabulary
from kb.values.grades import two_places
from kb.values.label import verdict_words
from kb.values.languages import language
from kb.values.vocabulary import ClosedList

Node = Mapping[str, Any]
WORDS: Mapping[str, ClosedList] = {
    "agentKind": vocabulary.AGENT_KIND,
    "attitude": vocabulary.ATTITUDE,
    "band": vocabulary.BAND,
    "certainty": vocabulary.CERTAINTY,
    "change": vocabulary.CHANGE,
    "checkability": vocabulary.CHECKABILITY,
    "citedKind": vocabulary.AGENT_KIND,
    "claimType": vocabulary.CLAIM_TYPE,
    "commitment": vocabulary.COMMITMENT,
    "comparator": vocabulary.COMPARATOR,
    "computedVerdict": vocabulary.VERDICT,
    "holding": vocabulary.HOLDING,
    "living": vocabulary.LIVING,
    "measureKind": vocabulary.MEASURE_KIND,
    "outcome": vocabulary.SEARCH_OUTCOME,
    "quoteState": vocabulary.QUOTE_STATE,
    "role": vocabulary.LINK_ROLE,
    "segmentRole": vocabulary.SEGMENT_ROLE,
    "sourceGrade": vocabulary.GRADE,
    "stance": vocabulary.STANCE,
    "status": vocabulary.WORK_STATUS,
    "strength": vocabulary.STRENGTH,
    "verdict": vocabulary.VERDICT,
    "visibility": vocabulary.VISIBILITY,
}
_DAYS = frozenset({"EDTF", "date"})


def known(words: ClosedList, word: str) -> str:
    """The label of a word of a closed list."""
    return words.label(word) if word in words else word


def headline(entity: Node, word: str) -> str:
    """“Partly supported; the year is contradicted”: a verdict on a claim never stands without its failing aspects."""
    try:
        return verdict_words(word, main_verdicts(entity))
    except (KeyError, StopIteration):
        # Aspects and their verdicts do not fit each other; `verify` says so, and the word still stands.
        return known(vocabulary.VERDICT, word)


def day(edtf: str) -> str:
    try:
        return period.in_words(period.read_period(edtf))
    except Refused:
        return edtf


def moment(time: str) -> str:
    """`2026-11-25T09:00:00Z` as “25 November 2026, 09:00:00 UTC”."""
    return f"{day(time[:10])}, {time[11:19]} UTC" if len(time) == len("2026-11-25T09:00:00Z") else time


def sureness(confidence: str) -> str:
    try:
        return two_places(confidence)
    except Refused:
        return confidence


class Names:
    """What the IRIs of a document are called: its own parts, the records that it cites, and the web outside."""

    def __init__(self, document: Node) -> None:
        self._page = addresses.page_of(document["editionOf"])
        self._base = addresses.base_of(document["editionOf"])
        self._parts: dict[str, str] = {}
        self._records = {one["record"]: cited_name(one) for one in document.get("cited", ())}

    def call(self, iri: str, name: str) -> None:
        """A part of the document has this name."""
        self._parts[iri] = name

    def of(self, iri: str) -> str:
        if iri in self._parts:
            return self._parts[iri]
        if iri in self._records:
            return self._records[iri]
        page, _, fragment = iri.partition("#")
        if page == self._page:
            return fragment.replace("-", " ") or iri
        if not iri.startswith(self._base):
            return iri
        if fragment and f"{page}{addresses.THING}" in self._records:
            return f"{fragment.replace('-', ' ')} of {self._records[page + addresses.THING]}"
        return iri.removeprefix(self._base).removesuffix(addresses.THING) or iri


def cited_name(cited: Node) -> str:
    """What a document calls a record that it cites; a source by publisher and title."""
    if "citedTitle" in cited:
        publisher = in_english(cited["citedPublisher"]) if "citedPublisher" in cited else ""
        return f"{publisher}: {in_english(cited['citedTitle'])}" if publisher else in_english(cited["citedTitle"])
    return in_english(cited["citedAs"]) if "citedAs" in cited else str(cited["record"])


def kind(iri: str) -> str:
    """“source”: what kind of record an IRI is of."""
    try:
        return addresses.kind_of(addresses.record_of(iri))
    except Refused:
        return "record"


def value(key: str, raw: Any, names: Names) -> str:
    """The value of a key in words."""
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    if not isinstance(raw, str):
        return str(raw)
    if key in WORDS:
        return known(WORDS[key], raw)
    if key in ("method", "citedEdition"):
        return _version(raw)
    if key in ("language", "inLanguage"):
        return language(raw)
    if key in ("aspect", "failing"):
        # The label says that it is a part.
        return names.of(raw).removeprefix("part ")
    if key == "confidence":
        return sureness(raw)
    if key == "@type":
        return vocabulary.SOURCE_CLASS.label(raw) if raw in vocabulary.SOURCE_CLASS else in_words(raw)
    return _by_term(key, raw, names)


def _by_term(key: str, raw: str, names: Names) -> str:
    term = TERMS.get(key)
    if term is None:
        return raw
    if term.kind in (Kind.NODE, Kind.REVERSE, Kind.NEST):
        return names.of(raw)
    datatype = term.datatype.rpartition("#")[2].rpartition("/")[2]
    if datatype in _DAYS:
        return day(raw)
    return moment(raw) if datatype == "dateTime" else raw


def _version(edition: str) -> str:
    try:
        return f"version {addresses.version_of(edition)}"
    except Refused:
        return edition
