"""The closed lists as SKOS concept schemes, made from `kb.values.vocabulary`, where their words stand."""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from kb.documents.assessment import RATINGS
from kb.documents.terms import CONCEPTS, LIST_NAMESPACE, concept, scheme
from kb.formats.ns.names import full
from kb.values import vocabulary
from kb.values.vocabulary import ClosedList, Term

# The ratings that ClaimsKG brings all checkers' verdicts to; no list of ours, but ours are mapped to it.
CLAIMSKG = ClosedList(
    "claimskg",
    "ClaimsKG normalised ratings",
    (
        Term("TRUE", "TRUE", "ClaimsKG: the claim is rated as true."),
        Term("FALSE", "FALSE", "ClaimsKG: the claim is rated as false."),
        Term("MIXTURE", "MIXTURE", "ClaimsKG: the claim is rated as true in part."),
        Term("OTHER", "OTHER", "ClaimsKG: any other rating."),
    ),
)
PUBLISHED = (
    *(one for one in vars(vocabulary).values() if isinstance(one, ClosedList) and one.name in CONCEPTS),
    CLAIMSKG,
)
# Mappings stand here and not with the words: only readers of RDF need them.
_CLAIMSKG_OF = {
    "supported": ("exactMatch", "TRUE"),
    "partly_supported": ("exactMatch", "MIXTURE"),
    "contradicted": ("exactMatch", "FALSE"),
    "disputed": ("broadMatch", "OTHER"),
    "unverified": ("broadMatch", "OTHER"),
    "not_checkable": ("broadMatch", "OTHER"),
}
_CITO_OF = {
    "supports": "isSupportedBy",
    "contradicts": "isRefutedBy",
    "qualifies": "isQualifiedBy",
    "mentions": "obtainsBackgroundFrom",
}


def concept_iri(closed: ClosedList, word: str) -> str:
    """The concept of a word, also of the list that is not ours."""
    return f"{LIST_NAMESPACE}{closed.name}-{word}" if closed is CLAIMSKG else concept(closed, word)


def list_triples() -> Iterator[Triple]:
    """Every published list with its concepts, in their order."""
    for closed in PUBLISHED:
        of = NamedNode(scheme(closed))
        yield _triple(of, "rdf:type", _node("skos:ConceptScheme"))
        yield _triple(of, "skos:prefLabel", Literal(closed.title, language="en"))
        yield _triple(of, "rdfs:isDefinedBy", NamedNode(LIST_NAMESPACE))
        for term in closed.terms:
            yield _triple(of, "skos:hasTopConcept", NamedNode(concept_iri(closed, term.word)))
        for term in closed.terms:
            yield from _concept(closed, term, of)


def _concept(closed: ClosedList, term: Term, of: NamedNode) -> Iterator[Triple]:
    one = NamedNode(concept_iri(closed, term.word))
    yield _triple(one, "rdf:type", _node("skos:Concept"))
    yield _triple(one, "skos:inScheme", of)
    yield _triple(one, "skos:topConceptOf", of)
    yield _triple(one, "skos:prefLabel", Literal(term.label, language="en"))
    yield _triple(one, "skos:notation", Literal(term.word))
    if term.definition:
        yield _triple(one, "skos:definition", Literal(term.definition, language="en"))
    if closed is vocabulary.VERDICT:
        match, rating = _CLAIMSKG_OF[term.word]
        yield _triple(one, f"skos:{match}", NamedNode(concept_iri(CLAIMSKG, rating)))
        if term.word in RATINGS:
            yield _triple(one, "schema:ratingValue", Literal(RATINGS[term.word]))
    if closed is vocabulary.STANCE and term.word in _CITO_OF:
        yield _triple(one, "rdfs:seeAlso", _node(f"cito:{_CITO_OF[term.word]}"))


def _triple(subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Triple:
    return Triple(subject, _node(predicate), value)


def _node(name: str) -> NamedNode:
    return NamedNode(full(name))
