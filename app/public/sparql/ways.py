"""How a query is asked again: by a link, by a short one, and from a shell."""

import shlex
from collections.abc import Iterator

from app.public.sparql.forms import GRAPHS, TABLES, Form, offers
from app.public.sparql.reading import Asked
from app.public.sparql.short import pack
from app.web import links

# Characters of a query that stands in an address; what lies between here and there takes no more of most of them.
LONGEST = 2_000
FILES = {
    graph: tuple(dict.fromkeys(one.form for one in some if one.form is not Form.HTML))
    for graph, some in ((False, TABLES), (True, GRAPHS))
}


def asked_as(asked: Asked) -> Asked:
    """With line feeds alone: a browser sends each of them as two characters."""
    return Asked(
        asked.query.replace("\r\n", "\n"), asked.default_graphs, asked.named_graphs, asked.form, asked.prefixes
    )


def link(asked: Asked, form: Form | None = None) -> str | None:
    """`sparql?query=…`, from the first page; None where the query is too long for an address."""
    if len(asked.query) > LONGEST:
        return None
    wanted = [("as", form.value)] if form else []
    return links.SPARQL.removeprefix("/") + links.query([*_fields(asked), *wanted])


def short_link(asked: Asked, form: Form | None = None) -> str | None:
    """`sparql/q/…`, from the first page; None where even that would not be short."""
    packed = pack(asked)
    if packed is None:
        return None
    return f"{links.SPARQL.removeprefix('/')}/{links.SHORT}/{packed}" + links.query(
        [("as", form.value)] if form else []
    )


def curl(asked: Asked, base: str, *, gives_graph: bool) -> str:
    """A command for a POSIX shell that gets the same answer as data; the query stands in it as it was written."""
    some = offers(gives_graph=gives_graph)
    offer = next((one for one in some if one.form is asked.form and one.form is not Form.HTML), some[0])
    method = ["--get"] if len(asked.query) <= LONGEST else []
    words = ["curl", "-sS", *method, base + links.SPARQL.removeprefix("/"), "-H", f"Accept: {offer.media_type}"]
    for name, value in _fields(asked):
        words += ["--data-urlencode", f"{name}={value}"]
    return shlex.join(words)


def _fields(asked: Asked) -> Iterator[tuple[str, str]]:
    yield "query", asked.query
    yield from (("default-graph-uri", graph) for graph in asked.default_graphs)
    yield from (("named-graph-uri", graph) for graph in asked.named_graphs)
    if asked.prefixes:
        yield "prefixes", "on"
