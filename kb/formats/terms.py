"""Terms of RDF as plain JSON, in the way in which results of SPARQL write them, read from N-Triples."""

from collections.abc import Iterator
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kb.errors import Broken

STRING = "http://www.w3.org/2001/XMLSchema#string"
# A term: `type` is "uri", "bnode", "literal" or, of RDF 1.2, "triple", whose `value` is three terms; a literal has
# `xml:lang` or `datatype` where it is no plain string (SPARQL Query Results JSON Format, 3.2.2).
Term = dict[str, Any]


def triples(ntriples: bytes) -> Iterator[tuple[Term, Term, Term]]:
    """Subject, predicate and object of each. Raises Broken where it is no N-Triples."""
    try:
        for quad in parse(ntriples, format=RdfFormat.N_TRIPLES):
            yield _term(quad.subject), _term(quad.predicate), _term(quad.object)
    except SyntaxError as error:
        raise Broken("These are no N-Triples.", where="answer", remedy=str(error)) from error


def is_iri(text: str) -> bool:
    """Whether it is a whole IRI."""
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def _term(term: NamedNode | BlankNode | Literal | Triple) -> Term:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Triple):
        subject, predicate, part = _term(term.subject), _term(term.predicate), _term(term.object)
        return {"type": "triple", "value": {"subject": subject, "predicate": predicate, "object": part}}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    kind = term.datatype.value
    return {"type": "literal", "value": term.value} | ({} if kind == STRING else {"datatype": kind})


def written(term: Term) -> str:
    """The term as Turtle has it, but for its escapes: for people to read."""
    value = term["value"]
    if term["type"] == "uri":
        return f"<{value}>"
    if term["type"] == "bnode":
        return f"_:{value}"
    if term["type"] == "triple":
        return f"<<( {' '.join(written(value[part]) for part in ('subject', 'predicate', 'object'))} )>>"
    end = f"@{term['xml:lang']}" if "xml:lang" in term else f"^^<{term['datatype']}>" if "datatype" in term else ""
    return f'"{value}"{end}'
