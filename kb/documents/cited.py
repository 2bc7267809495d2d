"""The words by which an edition names the records it refers to (RDF.md 1, “cited”).

They are taken from the current editions of those records when an edition is sealed, and stay as they were, so that
a page is one document. A source that another one copies or derives from is named by its IRI where it is cited in
the same edition, and in words where it is not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kb.documents import addresses
from kb.errors import Missing

_NAMED_BY = {"agent": "name", "origin": "label", "topic": "prefLabel", "page": "name", "claim": "question"}
_WORDS_OF_SOURCE = {
    "citedAuthor": "authorAsPrinted",
    "citedCopyOfInWords": "copyOfAsPrinted",
    "citedNote": "note",
    "citedPublisher": "publisherAsPrinted",
    "citedTitle": "title",
    "citedUrl": "url",
}


@dataclass(frozen=True)
class CitedRecord:
    """A record that is referred to, as its current edition has it: `iri` ends in `#it`, `entity` is its main entity."""

    iri: str
    kind: str
    version: int
    entity: Mapping[str, Any]


def behind(entity: Mapping[str, Any]) -> frozenset[str]:
    """Sources that a source copies or derives from: their words are needed where they are not cited themselves."""
    copied = (entity["copyOf"],) if "copyOf" in entity else ()
    return frozenset((*copied, *entity.get("derivedFrom", ())))


def cite(page: str, wanted: frozenset[str], known: Mapping[str, CitedRecord]) -> list[dict[str, Any]]:
    """The `cited` of the edition of a page: one object a record, sorted by its IRI.

    `known` holds the records wanted, and those that stand behind the sources among them (`behind`).
    """
    return [_cite(page, _known(known, iri), wanted, known) for iri in sorted(wanted)]


def _cite(page: str, record: CitedRecord, wanted: frozenset[str], known: Mapping[str, CitedRecord]) -> dict[str, Any]:
    of = addresses.page_of(record.iri)
    words = _words_of_source(record.entity, wanted, known) if record.kind == "source" else _words(record)
    return {
        "@id": f"{page}#cited-{of.rpartition('/')[2]}",
        "@type": "Cited",
        "citedEdition": f"{of}/v{record.version}",
        "record": record.iri,
        **words,
    }


def _words(record: CitedRecord) -> dict[str, Any]:
    made: dict[str, Any] = {"citedAs": record.entity[_NAMED_BY[record.kind]]}
    if record.kind == "agent":
        made["citedKind"] = record.entity["agentKind"]
    elif record.kind == "origin":
        made["citedSeen"] = record.entity["seen"]
    return made


def _words_of_source(
    entity: Mapping[str, Any], wanted: frozenset[str], known: Mapping[str, CitedRecord]
) -> dict[str, Any]:
    made = {key: entity[own] for key, own in _WORDS_OF_SOURCE.items() if own in entity}
    made["citedDate"] = entity["published"]["edtf"]
    if "copyOf" in entity:
        if entity["copyOf"] in wanted:
            made["citedCopyOf"] = entity["copyOf"]
            made.pop("citedCopyOfInWords", None)
        else:
            made.setdefault("citedCopyOfInWords", dict([_in_words(_known(known, entity["copyOf"]))]))
    if here := [iri for iri in entity.get("derivedFrom", ()) if iri in wanted]:
        made["citedDerivedFrom"] = here
    elsewhere: dict[str, list[str]] = {}
    for iri in entity.get("derivedFrom", ()):
        if iri not in wanted:
            language, words = _in_words(_known(known, iri))
            elsewhere.setdefault(language, []).append(words)
    if elsewhere:
        made["citedDerivedFromInWords"] = elsewhere
    return made


def _in_words(source: CitedRecord) -> tuple[str, str]:
    """Language and words of a source that is not cited itself: “publisher: title”, in the title's language."""
    language, title = next(iter(sorted(source.entity["title"].items())))
    publishers = source.entity["publisherAsPrinted"]
    publisher = publishers.get(language) or next(iter(sorted(publishers.items())))[1]
    return language, f"{publisher}: {title}"


def _known(known: Mapping[str, CitedRecord], iri: str) -> CitedRecord:
    if iri not in known:
        raise Missing("An edition cannot be sealed without the words of what it cites.", where=iri)
    return known[iri]
