"""The forms of an answer to a query, by what kind of query it is and what the client takes."""

from dataclasses import dataclass
from enum import StrEnum

from app.web.negotiate import NotAcceptable, choose, prefers

# How a form is asked for beside `Accept`.
BY_AS = "add as= and its short name to the address, such as as=csv"


class Form(StrEnum):
    """As `as=` names it; of all but `html` also as the index does."""

    HTML = "html"
    JSON = "json"
    XML = "xml"
    CSV = "csv"
    TSV = "tsv"
    TTL = "ttl"
    NT = "nt"
    RDF = "rdf"
    JSONLD = "jsonld"

    @property
    def shown_as(self) -> str:
        """As a page names it."""
        return _TITLES[self]


_TITLES = {
    Form.HTML: "page",
    Form.JSON: "JSON",
    Form.XML: "XML",
    Form.CSV: "CSV",
    Form.TSV: "TSV",
    Form.TTL: "Turtle",
    Form.NT: "N-Triples",
    Form.RDF: "RDF/XML",
    Form.JSONLD: "JSON-LD",
}


@dataclass(frozen=True)
class Offer:
    """A form under one of the media types that it is asked for by, which is the one that it is then sent with."""

    form: Form
    media_type: str

    @property
    def content_type(self) -> str:
        """Text is of UTF-8, as the other types are by their own rules."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


_PAGE = Offer(Form.HTML, "text/html")
# In order of preference where a client likes several equally well: what says `*/*` alone is a program.
TABLES = (
    Offer(Form.JSON, "application/sparql-results+json"),
    Offer(Form.XML, "application/sparql-results+xml"),
    Offer(Form.CSV, "text/csv"),
    Offer(Form.TSV, "text/tab-separated-values"),
    Offer(Form.JSON, "application/json"),
    Offer(Form.XML, "application/xml"),
    _PAGE,
)
GRAPHS = (
    Offer(Form.TTL, "text/turtle"),
    Offer(Form.NT, "application/n-triples"),
    Offer(Form.RDF, "application/rdf+xml"),
    Offer(Form.JSONLD, "application/ld+json"),
    _PAGE,
)


def offers(*, gives_graph: bool) -> tuple[Offer, ...]:
    """Of a graph, or of a table and a truth value."""
    return GRAPHS if gives_graph else TABLES


def choose_offer(accept: str | None, wanted: Form | None, some: tuple[Offer, ...]) -> Offer:
    """What is wanted by name wins over `Accept`. Raises NotAcceptable."""
    if wanted is None:
        return choose(accept, some, BY_AS)
    found = next((one for one in some if one.form is wanted), None)
    if found is None:
        raise NotAcceptable(some, BY_AS)
    return found


def likes_page(accept: str | None, wanted: Form | None) -> bool:
    """True where a page is liked better than all data, whatever is asked: browsers, and nobody who says `*/*`."""
    if wanted is not None:
        return wanted is Form.HTML
    data = [one.media_type for one in (*TABLES, *GRAPHS) if one is not _PAGE]
    return prefers(accept, [*data, _PAGE.media_type]) == _PAGE.media_type
