"""The whole vocabulary as RDF, the same wherever it stands: under `/ns/`, in `/data`, in SPARQL's default graph."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from kb.documents.context import PREFIXES, TERMS, TERMS_FILE, Kind, read_data
from kb.formats.ns import history
from kb.formats.ns.examples import examples
from kb.formats.ns.lists import list_triples
from kb.formats.ns.names import PREFIXES as SHORT
from kb.formats.ns.names import full

FORMS = {
    "ttl": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
}
_ONTOLOGIES = (PREFIXES["cb"].rstrip("#"), PREFIXES["cbv"])


def vocabulary_turtle() -> bytes:
    """To be read: prefixes, and each term's statements together."""
    return vocabulary("ttl")


@cache
def vocabulary_nquads() -> bytes:
    """One triple a line, sorted, in the default graph; so these are N-Triples too."""
    return b"".join(sorted(vocabulary("nt").splitlines(keepends=True)))


@cache
def vocabulary(form: str) -> bytes:
    """In one of FORMS: `ttl`, `jsonld`, `nt`, `rdf`."""
    said = [triple for of_one in triples().values() for triple in of_one]
    written = serialize(said, format=FORMS[form], prefixes=dict(SHORT) if form != "nt" else None) or b""
    # A line between what is said of one and of the next; within a literal no line ends.
    return re.sub(rb" \.\n(?=<|[a-z])", b" .\n\n", written) if form == "ttl" else written


@cache
def triples() -> Mapping[str, tuple[Triple, ...]]:
    """All statements, by the IRI of what they are about: the ontologies, classes, properties, lists and their words."""
    found: dict[str, list[Triple]] = {}
    for triple in (*_by_hand(), *list_triples()):
        found.setdefault(_iri(triple), []).append(triple)
    for iri in list(found):
        found[iri] += _beside(iri)
    return {iri: tuple(sorted(said, key=_order)) for iri, said in found.items()}


def list_of(iri: str) -> str:
    """The scheme of the words that a property takes, "" where they are of none of ours."""
    return _LISTS.get(iri, "")


def said_of_terms() -> dict[str, tuple[Triple, ...]]:
    """Only classes, properties, lists and words: what history knows."""
    return {iri: said for iri, said in triples().items() if iri not in _ONTOLOGIES and _is_ours(iri)}


def _is_ours(iri: str) -> bool:
    return any(iri.startswith(space) and iri != space for space in (PREFIXES["cb"], PREFIXES["cbv"]))


def _by_hand() -> Iterator[Triple]:
    yield from (quad.triple for quad in parse(read_data(TERMS_FILE), format=RdfFormat.TURTLE))


def _beside(iri: str) -> Iterator[Triple]:
    """What nobody writes by hand: the list that a property's words are of, examples, and history."""
    if words := list_of(iri):
        yield _triple(iri, "rdfs:seeAlso", NamedNode(words))
    if iri in examples():
        one = examples()[iri]
        yield _triple(iri, "skos:example", Literal(one.json))
        yield _triple(iri, "skos:example", Literal(one.turtle))
    known = history.changes().get(iri, ())
    for change in known:
        yield _triple(iri, "skos:historyNote", Literal(change.in_words, language="en"))
    if iri in _ONTOLOGIES:
        yield _triple(iri, "owl:versionInfo", Literal(history.versions()[-1].number))
        for version in history.versions():
            words = f"{version.number} ({version.date}): {version.note}"
            yield _triple(iri, "skos:historyNote", Literal(words, language="en"))
        yield from _dated(iri, "dcterms:created", history.versions()[0].date)
        yield from _dated(iri, "dcterms:modified", history.versions()[-1].date)
    elif known:
        yield from _dated(iri, "dcterms:issued", known[0].version.date)
        yield from _dated(iri, "dcterms:modified", known[-1].version.date)


def _dated(iri: str, predicate: str, date: str) -> Iterator[Triple]:
    yield _triple(iri, predicate, Literal(date, datatype=NamedNode(full("xsd:date"))))


def _triple(iri: str, predicate: str, value: NamedNode | Literal) -> Triple:
    return Triple(NamedNode(iri), NamedNode(full(predicate)), value)


def _iri(triple: Triple) -> str:
    return str(getattr(triple.subject, "value", ""))


def _order(triple: Triple) -> tuple[bool, str]:
    """The type first, and the same predicates together, which is how Turtle is read best."""
    return triple.predicate.value != full("rdf:type"), triple.predicate.value


_LISTS = {
    term.property: next(iter(term.words.values())).rpartition("-")[0]
    for term in TERMS.values()
    if term.kind is Kind.WORD and next(iter(term.words.values())).startswith(PREFIXES["cbv"])
    # It stands in the log's graph alone, so no document has a key for it.
} | {full("cb:standing"): full("cbv:standing")}
