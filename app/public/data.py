"""`/data`: what machines can have here, how to begin in five lines, and what they may rely on."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.public import dumps
from app.public.record import READ
from app.web import headers, links
from app.web.columns import COLUMNS, CORRECTION_COLUMNS, FIRST, FOUND, LAST, LOG_COLUMNS, Column
from app.web.door import Site, door_of
from app.web.negotiate import Form, accepted, choose, split_suffix
from app.web.templates import fingerprint, render
from kb.formats.datasets import SETS
from kb.formats.holdings import File
from kb.log import read as log
from kb.log.read import Edition
from kb.projections.dumps.manifest import Manifest
from kb.values.vocabulary import RECORD_KIND

FORMS = (Form.HTML, *dumps.FORMS)
# What the commands of the page fetch.
MIRRORED, LOADED = "all.nq.gz", "current.nq.gz"
router = APIRouter()


@dataclass(frozen=True)
class Line:
    """A command for a shell, and what it does."""

    does: str
    command: str


def data(request: Request) -> Response:
    """The page, or what the data sets are, by `Accept`."""
    form = choose(accepted(request), FORMS)
    return _page(request) if form is Form.HTML else _described(request, form, negotiated=True)


def data_in_form(request: Request, suffix: str) -> Response:
    """`/data.ttl`."""
    _, form = split_suffix(f"data.{suffix}", FORMS)
    return _described(request, form or Form.TTL, negotiated=False)


def _described(request: Request, form: Form, *, negotiated: bool) -> Response:
    with door_of(request).open() as session:
        return dumps.description(request, session, form, negotiated=negotiated)


def _page(request: Request) -> Response:
    """The commands name a record that is here, and files that are here, so that they work as they stand."""
    door, kept = door_of(request), dumps.dumps_of(request)
    made = kept.newest()
    with door.open() as session:
        head = log.head(session)
        example = dumps.example(session)
    etag = headers.tag("data", head, example.address, made, kept.why, fingerprint(), door.site)
    heads = headers.revalidated(etag, is_data=False, negotiated=True) | headers.OPEN
    heads |= {"Claimbase-Head": head.leaf_hash or "", "Link": _links(door.site, made)}
    if headers.has_it(request, etag):
        return Response(None, 304, heads)
    body = render(
        request,
        "public/data.html",
        lines=begin(door.site.base, example),
        made=made,
        why=kept.why,
        sets=_sets(made),
        mirror=mirror(door.site.base),
        load=load(door.site.base),
        query=query(door.site.base),
        described=dumps.FORMS,
        common=(*FIRST, *LAST),
        lists=_lists(),
        alone=(
            ("corrections", "Entry of the corrections ledger", CORRECTION_COLUMNS),
            ("log", "Entry of the log", LOG_COLUMNS),
        ),
        head=head,
        example=example,
    )
    return Response(body, 200, heads, Form.HTML.content_type)


def _links(site: Site, made: Manifest | None) -> str:
    """What a machine finds without reading the page, as Signposting has it."""
    ways = [(f"{site.base}{links.VOID[1:]}", "describedby", Form.TTL.media_type)]
    ways += [(f"{site.base}data.{form.value}", "describedby", form.media_type) for form in FORMS[1:]]
    for file in made.files if made else ():
        ways.append((f"{site.base}data/{file.name}", "item", dumps.TYPES.get(file.compression, file.media_type)))
    told = [f'<{target}>; rel="{rel}"; type="{kind}"' for target, rel, kind in ways]
    return ", ".join([*told, f'<{site.licence}>; rel="license"'])


def _sets(made: Manifest | None) -> list[tuple[str, Sequence[File]]]:
    """(name of the set, its files); all files of a set hold the same."""
    files = made.files if made else ()
    return [(name, [file for file in files if file.set == name]) for name in SETS]


def begin(base: str, example: Edition) -> list[Line]:
    """Five lines for a POSIX shell with curl and sha256sum; the test of this page runs them."""
    version = f"{base}{links.version(example.address, example.version)}"
    file = f"v{example.version}.jsonld"
    following = r"""sed -n 's/^[Ll]ink: <\([^>]*\)>; rel="next".*/\1/p'"""
    # With the mark of a binary file in place of a second space, which a browser would not show.
    digest = f"{example.digest} *{file}"
    return [
        Line("The claims, the newest first, two at a time", f"curl -s '{base}claims.json?limit=2'"),
        Line(
            "The page after it, where the Link header leads",
            f"curl -s \"{base}claims.json$(curl -sI '{base}claims.json?limit=2' | {following})\"",
        ),
        Line("One version of one record, for good", f"curl -s -O {version}.jsonld"),
        Line("Whether it is what was published", f"echo '{digest}' | sha256sum -c"),
        Line("What is new", f"curl -s {base}{links.FEED.removeprefix('/')}"),
    ]


def mirror(base: str) -> list[Line]:
    """Five lines that may be run again and again; the test of this page runs them."""
    file = f"{base}data/{MIRRORED}"
    return [
        Line(
            "All versions, where they are newer than what is here",
            f"curl -s --etag-compare all.etag --etag-save all.etag -O {file}",
        ),
        Line("Their checksum", f"curl -s -O {file}{dumps.CHECKSUM}"),
        Line("Whether they came whole", f"sha256sum -c {MIRRORED}{dumps.CHECKSUM}"),
        Line("How many statements there are", f"gunzip -c {MIRRORED} | wc -l"),
        Line("How far the log is by now", f"curl -s '{base}log.json?limit=1'"),
    ]


def load(base: str) -> Line:
    """From the address into a Dataset, every edition a graph; prints the number of statements."""
    python = (
        "import gzip, rdflib, urllib.request as web; "
        f"data = gzip.open(web.urlopen('{base}data/{LOADED}')); "
        "dataset = rdflib.Dataset(default_union=True); "
        "dataset.parse(data, format='nquads'); print(len(dataset))"
    )
    return Line("Into rdflib, each edition as a graph of its own", f'python3 -c "{python}"')


def query(base: str) -> Line:
    """The whole protocol in one line."""
    asked = "SELECT (COUNT(*) AS ?triples) WHERE { ?s ?p ?o }"
    address = f"{base}{links.SPARQL.removeprefix('/')}"
    return Line("How many there are", f"curl -s -H 'Accept: text/csv' --data-urlencode 'query={asked}' {address}")


def _lists() -> list[tuple[str, str, tuple[Column, ...]]]:
    """(address, name, columns) of each list of records, without those that all of them have."""
    some = [(links.folder(kind), RECORD_KIND.label(kind), columns) for kind, columns in COLUMNS.items()]
    some.append((links.SEARCH, "Hit of a search over several kinds", FOUND))
    return [(path.removeprefix("/"), name, columns[len(FIRST) : -len(LAST)]) for path, name, columns in some]


for _path, _endpoint in ((links.DATA, data), (f"{links.DATA}.{{suffix}}", data_in_form)):
    router.add_api_route(_path, _endpoint, methods=READ, response_model=None, include_in_schema=False)
