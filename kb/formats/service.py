"""A SPARQL endpoint described as RDF (SPARQL 1.1 Service Description)."""

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from kb.documents.context import PREFIXES

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
VOID = "http://rdfs.org/ns/void#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SIMPLE = "http://www.w3.org/ns/entailment/Simple"
DCTERMS = PREFIXES["dcterms"]
# By their names at W3C.
TABLES = ("JSON", "XML", "CSV", "TSV")
RESULTS = (*(f"SPARQL_Results_{name}" for name in TABLES), "Turtle", "N-Triples", "RDF_XML", "JSON-LD")
WRITTEN_AS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}

Value = NamedNode | Literal


@dataclass(frozen=True)
class Service:
    """An endpoint over the knowledge base with the address `base`; `limits` says in words what is asked too much."""

    base: str
    path: str
    name: str
    licence: str
    limits: str
    data: str

    @property
    def endpoint(self) -> str:
        return self.base + self.path


def describe(service: Service, form: str) -> bytes:
    """The description in one of WRITTEN_AS."""
    prefixes = {"sd": SD, "void": VOID, "rdfs": RDFS, "dcterms": DCTERMS}
    return serialize(_triples(service), format=WRITTEN_AS[form], prefixes=prefixes) or b""


def _triples(service: Service) -> Iterator[Triple]:
    """Each thing has an address below that of the endpoint; but for the service, which Comunica wants without one.

    Else it believes only what is said of the address that it has asked, which may be another than the base.
    """
    endpoint = service.endpoint
    dataset, default = (NamedNode(f"{endpoint}#{name}") for name in ("dataset", "default-graph"))
    yield from _about(
        BlankNode("service"),
        f"{SD}Service",
        (f"{SD}endpoint", NamedNode(endpoint)),
        (f"{SD}supportedLanguage", NamedNode(f"{SD}SPARQL11Query")),
        *((f"{SD}resultFormat", NamedNode(FORMATS + name)) for name in RESULTS),
        (f"{SD}defaultEntailmentRegime", NamedNode(SIMPLE)),
        (f"{SD}defaultDataset", dataset),
        (f"{RDFS}label", _english(f"SPARQL endpoint of {service.name}")),
        (f"{RDFS}comment", _english(service.limits)),
    )
    yield from _about(
        dataset,
        f"{SD}Dataset",
        (f"{SD}defaultGraph", default),
        (f"{SD}namedGraph", NamedNode(f"{endpoint}#log")),
        (f"{DCTERMS}license", NamedNode(service.licence)),
        (
            f"{RDFS}comment",
            _english(
                "Each version of each record stands in a named graph, whose name is the address of that version, such "
                "as …/claims/ID/v1. The default graph is not their union: it holds the current versions alone."
            ),
        ),
        (f"{RDFS}seeAlso", NamedNode(f"{service.base}.well-known/void")),
        (f"{RDFS}seeAlso", NamedNode(service.base + service.data)),
    )
    yield from _graphs(service, endpoint, default)


def _graphs(service: Service, endpoint: str, default: NamedNode) -> Iterator[Triple]:
    yield from _about(
        default,
        f"{SD}Graph",
        (RDF_TYPE, NamedNode(f"{VOID}Dataset")),
        (f"{VOID}sparqlEndpoint", NamedNode(endpoint)),
        (f"{VOID}vocabulary", NamedNode(PREFIXES["cb"])),
        (f"{VOID}uriSpace", Literal(service.base)),
        (f"{DCTERMS}license", NamedNode(service.licence)),
        (f"{RDFS}comment", _english("The current version of every record, and the vocabulary.")),
    )
    yield from _about(
        NamedNode(f"{endpoint}#log"),
        f"{SD}NamedGraph",
        (f"{SD}name", NamedNode(f"{service.base}log")),
        (f"{RDFS}comment", _english("The log: when which version of which record was published.")),
    )


def _about(subject: NamedNode | BlankNode, kind: str, *said: tuple[str, Value]) -> Iterator[Triple]:
    yield Triple(subject, NamedNode(RDF_TYPE), NamedNode(kind))
    for name, value in said:
        yield Triple(subject, NamedNode(name), value)


def _english(words: str) -> Literal:
    return Literal(words, language="en")
