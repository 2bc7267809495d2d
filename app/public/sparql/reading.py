"""What a request asks, by the letter of the SPARQL 1.1 Protocol (2.1): three ways to send a query, one to read it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from python_multipart.multipart import parse_options_header
from starlette.requests import Request

from app.public.sparql.forms import Form
from app.public.sparql.prefixes import with_prefixes
from app.web.bodies import TooLarge, WrongType, limited
from kb.errors import Refused
from kb.formats.terms import is_iri
from kb.projections.triples.problems import Misread, NotAnswered
from kb.values.prose import shown

# In bytes, of a body and of what stands behind the question mark: a query of the greatest length with each of its
# ASCII characters percent-encoded, and some graphs beside it.
MOST_BYTES = 65_536
MOST_FIELDS = 500
MOST_GRAPHS = 100
FORM, DIRECT, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
UTF_8 = (b"", b"utf-8", b"utf8")
DATASET = ("default-graph-uri", "named-graph-uri")
# A Dataset of rdflib over this endpoint sends its own name for the default graph along with every query.
RDFLIB_DEFAULT = "urn:x-rdflib:default"

Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Asked:
    """A query and its dataset; `form` is what `as=` wants, `prefixes`: the usual ones are added."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    form: Form | None = None
    prefixes: bool = False

    @property
    def text(self) -> str:
        """As the index is asked."""
        return with_prefixes(self.query) if self.prefixes else self.query

    def mark(self, problem: Misread) -> None:
        """Put the place of an error in `text` where it is in `query`."""
        added = self.text.count("\n") - self.query.count("\n")
        if added and problem.line and problem.line > added:
            problem.line -= added
            problem.where = f"line {problem.line}, column {problem.column}"


async def read(request: Request) -> Asked | None:
    """None where no query is asked. Raises Refused, NotAnswered, TooLarge, WrongType."""
    given = request.scope.get("query_string", b"")
    if len(given) > MOST_BYTES:
        raise _too_large("address")
    fields = read_fields(given, "address")
    if request.method == "POST":
        fields = _joined(fields, await _posted(request))
    if "update" in fields:
        raise _only_reads()
    queries = fields.get("query", ())
    if len(queries) > 1:
        raise Refused("There are two queries in one request.", where="query", remedy="Send one at a time.")
    if not queries:
        if request.method == "POST":
            raise Refused("There is no query in the request.", where="query", remedy="Send it as “query”.")
        return None
    return read_asked(queries[0], fields)


def read_asked(query: str, fields: Fields) -> Asked:
    """Raises Refused for what no query is, or no graph, or no form; names that say nothing here are passed over."""
    if not query.strip():
        raise Refused("The query is empty.", where="query", remedy="Write one, or ask without “query” what is here.")
    if "\0" in query:
        raise Refused("The query holds a null character.", where="query", remedy="Send it as UTF-8.")
    default, named = (_graphs(name, fields.get(name, ())) for name in DATASET)
    if (default, named) == ((RDFLIB_DEFAULT,), ()):
        default = ()
    return Asked(query, default, named, _form(fields), "on" in fields.get("prefixes", ()))


def read_fields(data: bytes, where: str) -> dict[str, list[str]]:
    """Names and values as forms write them. Raises Refused for what is no UTF-8, or far too much."""
    try:
        pairs = parse_qsl(data.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except UnicodeDecodeError as error:
        raise _no_utf_8(where) from error
    except ValueError as error:
        raise Refused(f"These are more than {MOST_FIELDS} fields.", where=where, remedy="Send fewer.") from error
    fields: dict[str, list[str]] = defaultdict(list)
    for name, value in pairs:
        fields[name].append(value)
    return dict(fields)


async def _posted(request: Request) -> dict[str, list[str]]:
    """What a body says; a query that is sent as it is counts as the field of that name."""
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    named = kind.decode("latin-1").strip().lower()
    if named == UPDATE:
        raise _only_reads()
    if named not in (FORM, DIRECT):
        raise WrongType(
            f"“{shown(named)}” is not read here." if named else "The request does not say of what type its body is.",
            where="Content-Type",
            remedy=f"Send a query as {DIRECT}, or in a form as {FORM}.",
        )
    if options.get(b"charset", b"").lower() not in UTF_8:
        raise WrongType("A query is read as UTF-8 alone.", where="Content-Type", remedy="Send it as UTF-8.")
    if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise WrongType("A body is read as it is.", where="Content-Encoding", remedy="Send it without compression.")
    body = b"".join([chunk async for chunk in limited(request, MOST_BYTES, _too_large("body"))])
    if named == FORM:
        return read_fields(body, "body")
    try:
        # Editors on Windows begin a file with a byte order mark.
        return {"query": [body.decode("utf-8-sig")]}
    except UnicodeDecodeError as error:
        raise _no_utf_8("body") from error


def _joined(fields: Fields, more: Fields) -> dict[str, list[str]]:
    """Those of the address first."""
    return {name: [*fields.get(name, ()), *more.get(name, ())] for name in {**fields, **more}}


def _graphs(name: str, iris: Sequence[str]) -> tuple[str, ...]:
    if len(iris) > MOST_GRAPHS:
        raise Refused(f"These are more than {MOST_GRAPHS} values of “{name}”.", where=name, remedy="Name fewer graphs.")
    for iri in iris:
        if not is_iri(iri):
            what = f"“{shown(iri)}” is not the name of a graph."
            raise Refused(what, where=name, remedy="Give a whole IRI, such as the address of a version.")
    return tuple(iris)


def _form(fields: Fields) -> Form | None:
    """A form of a page sends `as` also where nothing was chosen."""
    wanted = next((one for one in reversed(fields.get("as", ())) if one), None)
    if wanted is None:
        return None
    if wanted not in list(Form):
        raise Refused(f"“{shown(wanted)}” is no form.", where="as", remedy=f"Choose one of {', '.join(Form)}.")
    return Form(wanted)


def _only_reads() -> NotAnswered:
    return NotAnswered(
        "This endpoint only reads: updates are not taken.", remedy="What is published is changed at its desk alone."
    )


def _no_utf_8(where: str) -> Refused:
    return Refused("This is no UTF-8.", where=where, remedy="Send the query as UTF-8.")


def _too_large(where: str) -> TooLarge:
    return TooLarge(
        f"At most {MOST_BYTES // 1024} KB are taken at once.", where=where, remedy="Ask with a shorter query."
    )
