"""`/data/{name}`: the files of all that is published, with their checksums; `/.well-known/void`: what they are."""

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from app.public.record import READ
from app.web import headers, links
from app.web.door import Site, door_of
from app.web.errors import NotHere
from app.web.negotiate import Form, accepted, choose
from app.web.parts import EXPOSED, Download
from kb.documents.addresses import iri
from kb.formats import datasets
from kb.formats.holdings import File, Publication
from kb.log import read as log
from kb.log.read import Edition
from kb.projections.catalogue.lists import list_records
from kb.projections.dumps.keeping import Dumps
from kb.projections.dumps.manifest import Manifest
from kb.values.prose import shown

CHECKSUM = ".sha256"
TYPES = {"gz": "application/gzip", "zst": "application/zstd"}
FORMS = (Form.TTL, Form.JSONLD, Form.NT, Form.RDF)
MOST_SHOWN = 80
router = APIRouter()


def dumps_of(request: Request) -> Dumps:
    """The files beside the log that this app serves."""
    found: Dumps = request.app.state.dumps
    return found


def file(request: Request, name: str) -> Response:
    """A file as it stands: packed is how it is kept, not how it travels. In parts too, for whoever goes on with one."""
    dumps = dumps_of(request)
    manifest = dumps.newest()
    found = manifest.file(name.removesuffix(CHECKSUM)) if manifest else None
    if manifest is None or found is None:
        raise _not_here(dumps, manifest, name)
    if name.endswith(CHECKSUM):
        return _checksum(request, manifest, found)
    heads = _heads(manifest, f'"{found.sha256}"') | {"Repr-Digest": headers.repr_digest(found.sha256)}
    if headers.has_it(request, heads["ETag"]):
        return Response(None, 304, heads)
    kind = TYPES.get(found.compression) or f"{found.media_type}; charset=utf-8"
    return Download(dumps.place(manifest, found.name), headers=heads, media_type=kind, filename=found.name)


def well_known(request: Request) -> Response:
    """What the data sets are, in Turtle unless another form is liked better."""
    form = choose(accepted(request), FORMS)
    with door_of(request).open() as session:
        return description(request, session, form, negotiated=True)


def description(request: Request, session: Session, form: Form, *, negotiated: bool) -> Response:
    """VoID and DCAT in one of FORMS."""
    site = door_of(request).site
    manifest = dumps_of(request).newest()
    about = publication(session, site)
    etag = headers.tag("datasets", form.value, manifest, about)
    heads = headers.revalidated(etag, is_data=True, negotiated=negotiated)
    if headers.has_it(request, etag):
        return Response(None, 304, heads)
    body = datasets.write(datasets.describe(about, manifest), form.value)
    return Response(body, 200, heads, form.content_type)


def publication(session: Session, site: Site) -> Publication:
    """Who publishes what, as the foundation has it."""
    foundation = log.version(session, "foundation", 1)
    return Publication(
        base=site.base,
        name=f"{site.name}{' sample' if site.is_sample else ''}",
        licence=site.licence,
        publisher=foundation.document["publisher"],
        publisher_name=site.desk,
        founded=foundation.issued,
        example=iri(site.base, example(session).address),
    )


def example(session: Session) -> Edition:
    """The claim published last; where there is none yet, the foundation, which every knowledge base has."""
    newest = list_records(session, "claim", limit=1, newest=True).rows
    return log.latest_at(session, newest[0].address if newest else "foundation")


def _checksum(request: Request, manifest: Manifest, found: File) -> Response:
    """As `sha256sum` writes it, so that `sha256sum -c` reads it."""
    etag = headers.tag(found)
    heads = _heads(manifest, etag)
    if headers.has_it(request, etag):
        return Response(None, 304, heads)
    heads["Content-Disposition"] = headers.attachment(found.name + CHECKSUM)
    return Response(f"{found.sha256}  {found.name}\n", 200, heads, "text/plain")


def _heads(manifest: Manifest, etag: str) -> dict[str, str]:
    return {
        "ETag": etag,
        "Cache-Control": headers.REVALIDATE,
        "Claimbase-Seq": str(manifest.seq),
        "Claimbase-Head": manifest.leaf_hash,
        **EXPOSED,
    }


def _not_here(dumps: Dumps, manifest: Manifest | None, name: str) -> NotHere:
    if manifest is None:
        what = "There are no files to download yet."
        return NotHere(what, where=shown(name, MOST_SHOWN), remedy=dumps.why or "They are being made; try again soon.")
    names = ", ".join(one.name for one in manifest.files)
    what = f"There is no file “{shown(name, MOST_SHOWN)}”."
    return NotHere(what, remedy=f"There are {names}; each with {CHECKSUM} after its name, too.")


for _path, _endpoint in ((links.VOID, well_known), (f"{links.DATA}/{{name}}", file)):
    router.add_api_route(_path, _endpoint, methods=READ, response_model=None, include_in_schema=False)
