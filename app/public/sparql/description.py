"""What the endpoint says of itself (SPARQL 1.1 Service Description): to whoever asks it nothing."""

from app.public.sparql.allowance import AT_ONCE, ERRORS, SECONDS
from app.public.sparql.forms import Form
from app.web import links
from app.web.door import Site
from kb.formats import service
from kb.projections.triples.limits import MIB, Limits


def describe(site: Site, limits: Limits, form: Form) -> bytes:
    """The description in one of the forms of graphs."""
    path, data = links.SPARQL.removeprefix("/"), links.DATA.removeprefix("/")
    about = service.Service(site.base, path, site.name, site.licence, limits_in_words(limits), data)
    return service.describe(about, form.value)


def limits_in_words(limits: Limits) -> str:
    """What is asked too much."""
    return (
        f"Queries only; no update, no SERVICE. A query has at most {limits.characters:,} characters, "
        f"{limits.depth} brackets within each other, {limits.operators} operators such as || and UNION, and "
        f"{limits.patterns} patterns, and runs for at most {limits.wall_seconds:.0f} seconds. "
        f"An answer has at most {limits.rows:,} rows and "
        f"{limits.bytes // MIB} MB; what would have more is an error, never a part. One client may have {AT_ONCE} "
        f"queries running at once, and in a minute {SECONDS:.0f} seconds of running time and {ERRORS} errors."
    )
