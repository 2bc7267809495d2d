"""Terms of RDF as plain JSON, in the way in which results of SPARQL write them, read from N-Triples."""

from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kb.errors import Broken

STRING = "http://www.w3.org/2001/XMLSchema#string"
# A term: `type` is "uri", "bnode" or "literal", and a literal has `xml:lang` or `datatype` where it is no plain string
# (SPARQL 1.1 Query Results JSON Format, 3.2.2).
Term = dict[str, str]


def triples(ntriples: bytes) -> Iterator[tuple[Term, Term, Term]]:
    """Subject, predicate and object of each. Raises Broken where it is no N-Triples."""
    try:
        for quad in parse(ntriples, format=RdfFormat.N_TRIPLES):
            yield _term(quad.subject), _term(quad.predicate), _term(quad.object)
    except SyntaxError as error:
        raise Broken("These are no N-Triples.", where="answer", remedy=str(error)) from error


def _term(term: NamedNode | BlankNode | Literal | Triple) -> Term:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Triple):
        # Of RDF 1.2; no form of results of SPARQL 1.1 has it, so it is shown as it is written.
        return {"type": "literal", "value": str(term)}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    kind = term.datatype.value
    return {"type": "literal", "value": term.value} | ({} if kind == STRING else {"datatype": kind})
