"""What the endpoint says of itself (SPARQL 1.1 Service Description): to whoever asks it nothing."""

from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from app.public.sparql.allowance import AT_ONCE, ERRORS, SECONDS
from app.public.sparql.forms import Form
from app.web import links
from app.web.door import Site
from kb.documents.context import PREFIXES
from kb.projections.triples.limits import MIB, Limits

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
    Form.TTL: RdfFormat.TURTLE,
    Form.NT: RdfFormat.N_TRIPLES,
    Form.RDF: RdfFormat.RDF_XML,
    Form.JSONLD: RdfFormat.JSON_LD,
}

Value = NamedNode | Literal


def describe(site: Site, limits: Limits, form: Form) -> bytes:
    """The description in one of WRITTEN_AS."""
    prefixes = {"sd": SD, "void": VOID, "rdfs": RDFS, "dcterms": DCTERMS}
    written = serialize(_triples(site, limits), format=WRITTEN_AS[form], prefixes=prefixes)
    return written or b""


def limits_in_words(limits: Limits) -> str:
    """What is asked too much."""
    return (
        f"Queries only; no update, no SERVICE. A query has at most {limits.characters:,} characters, "
        f"{limits.depth} brackets within each other and {limits.operators} of the operators ||, &&, ! and UNION, and "
        f"runs for at most {limits.wall_seconds:.0f} seconds. An answer has at most {limits.rows:,} rows and "
        f"{limits.bytes // MIB} MB; what would have more is an error, never a part. One client may have {AT_ONCE} "
        f"queries running at once, and in a minute {SECONDS:.0f} seconds of running time and {ERRORS} errors."
    )


def _triples(site: Site, limits: Limits) -> Iterator[Triple]:
    """Each thing has an address below that of the endpoint; but for the service, which Comunica wants without one.

    Else it believes only what is said of the address that it has asked, which may be another than the base.
    """
    endpoint = site.base + links.SPARQL.removeprefix("/")
    dataset, default = (NamedNode(f"{endpoint}#{name}") for name in ("dataset", "default-graph"))
    yield from _about(
        BlankNode("service"),
        f"{SD}Service",
        (f"{SD}endpoint", NamedNode(endpoint)),
        (f"{SD}supportedLanguage", NamedNode(f"{SD}SPARQL11Query")),
        *((f"{SD}resultFormat", NamedNode(FORMATS + name)) for name in RESULTS),
        (f"{SD}defaultEntailmentRegime", NamedNode(SIMPLE)),
        (f"{SD}defaultDataset", dataset),
        (f"{RDFS}label", _english(f"SPARQL endpoint of {site.name}")),
        (f"{RDFS}comment", _english(limits_in_words(limits))),
    )
    yield from _about(
        dataset,
        f"{SD}Dataset",
        (f"{SD}defaultGraph", default),
        (f"{SD}namedGraph", NamedNode(f"{endpoint}#log")),
        (f"{DCTERMS}license", NamedNode(site.licence)),
        (
            f"{RDFS}comment",
            _english(
                "Each version of each record stands in a named graph, whose name is the address of that version, such "
                "as …/claims/ID/v1. The default graph is not their union: it holds the current versions alone."
            ),
        ),
        (f"{RDFS}seeAlso", NamedNode(f"{site.base}.well-known/void")),
        (f"{RDFS}seeAlso", NamedNode(site.base + links.DATA.removeprefix("/"))),
    )
    yield from _graphs(site, endpoint, default)


def _graphs(site: Site, endpoint: str, default: NamedNode) -> Iterator[Triple]:
    yield from _about(
        default,
        f"{SD}Graph",
        (RDF_TYPE, NamedNode(f"{VOID}Dataset")),
        (f"{VOID}sparqlEndpoint", NamedNode(endpoint)),
        (f"{VOID}vocabulary", NamedNode(PREFIXES["cb"])),
        (f"{VOID}uriSpace", Literal(site.base)),
        (f"{DCTERMS}license", NamedNode(site.licence)),
        (f"{RDFS}comment", _english("The current version of every record, and the vocabulary.")),
    )
    yield from _about(
        NamedNode(f"{endpoint}#log"),
        f"{SD}NamedGraph",
        (f"{SD}name", NamedNode(f"{site.base}log")),
        (f"{RDFS}comment", _english("The log: when which version of which record was published.")),
    )


def _about(subject: NamedNode | BlankNode, kind: str, *said: tuple[str, Value]) -> Iterator[Triple]:
    yield Triple(subject, NamedNode(RDF_TYPE), NamedNode(kind))
    for name, value in said:
        yield Triple(subject, NamedNode(name), value)


def _english(words: str) -> Literal:
    return Literal(words, language="en")
