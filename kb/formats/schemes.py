"""Our own vocabulary as it is served: terms for a page, and the file in JSON-LD."""

from dataclasses import dataclass
from functools import cache

from pyoxigraph import NamedNode, RdfFormat, Store

from kb.documents.context import PREFIXES, VOCABULARY_FILE, read_data

RDFS = PREFIXES["rdfs"]
RDF = PREFIXES["rdf"]
TERMS = PREFIXES["cb"]


@dataclass(frozen=True)
class TermLine:
    """A class or property of ours."""

    name: str
    iri: str
    is_class: bool
    label: str
    comment: str


@cache
def terms() -> tuple[TermLine, ...]:
    """Classes first, each kind by name."""
    store = _store()
    found = []
    for kind, is_class in ((f"{RDFS}Class", True), (f"{RDF}Property", False)):
        for quad in store.quads_for_pattern(None, NamedNode(f"{RDF}type"), NamedNode(kind)):
            iri = str(getattr(quad.subject, "value", ""))
            if iri.startswith(TERMS):
                label, comment = _words(store, iri, "label"), _words(store, iri, "comment")
                found.append(TermLine(iri.removeprefix(TERMS), iri, is_class, label, comment))
    return tuple(sorted(found, key=lambda term: (not term.is_class, term.name)))


@cache
def as_jsonld() -> bytes:
    """The vocabulary file, the same triples."""
    return _store().dump(format=RdfFormat.JSON_LD, from_graph=None, prefixes=dict(PREFIXES)) or b""


def _store() -> Store:
    store = Store()
    store.load(read_data(VOCABULARY_FILE), format=RdfFormat.TURTLE)
    return store


def _words(store: Store, iri: str, key: str) -> str:
    found = store.quads_for_pattern(NamedNode(iri), NamedNode(f"{RDFS}{key}"), None)
    return next((str(getattr(quad.object, "value", "")) for quad in found), "")
