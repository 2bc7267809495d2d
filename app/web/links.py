"""Every address of the readers' pages, and the relative way from one page to another."""

from collections.abc import Iterable
from urllib.parse import urlencode

from kb.documents.addresses import FOLDERS

HOME = "/"
LOG = "/log"
HEALTH = "/healthz"
READY = "/readyz"
NAMESPACE = "/ns"
CONTEXT = "/ns/context-v1.jsonld"
SHAPES = "/ns/shapes-v1.ttl"
TERMS = "/ns/claimbase"
LISTS = "/ns/vocab"
STATIC = "/static"
STYLE = "static/style-v1.css"
# What pages other than a claim's need beside it.
MORE_STYLE = "static/more-v1.css"
ICON = "static/mark-v1.svg"
# Pages of our own that every knowledge base has from its first day (DESIGN 5, `init`).
OWN_PAGES = ("method", "about", "glossary", "corrections-policy")
FEED = "/feed.atom"
SEARCH = "/search"
OPENSEARCH = "/opensearch.xml"
HISTORY = "history"
LINKSET = "linkset"
# The text of record of a source.
TEXT = "text"
EVIDENCE = "evidence"
CITE = "cite"
CHECK = "/check"
CLAIMS = "claims"


def folder(kind: str) -> str:
    """`/claims`: where the records of a kind are listed."""
    return f"/{FOLDERS[kind]}"


def version(address: str, number: int) -> str:
    """`claims/37d2qfnqr/v2`, good for ever."""
    return f"{address}/v{number}"


def history(address: str) -> str:
    """`claims/37d2qfnqr/history`."""
    return f"{address}/{HISTORY}"


def evidence(version: str, first: int) -> str:
    """`claims/37d2qfnqr/v2/evidence?from=31`: evidence that would make the page itself too heavy."""
    return f"{version}/{EVIDENCE}?from={first}"


def linkset(version: str, suffix: str) -> str:
    """`claims/37d2qfnqr/v2/linkset.json`: all the links of a version."""
    return f"{version}/{LINKSET}.{suffix}"


def search(asked: Iterable[tuple[str, str]], page: str = "") -> str:
    """`?q=followers&verdict=disputed`: a search as the address has it, relative to its own page, or to `page`."""
    query = urlencode(list(asked), errors="replace")
    return f"{page}?{query}" if query else page or SEARCH.removeprefix("/")


def form(address: str, suffix: str) -> str:
    """`claims/37d2qfnqr.ttl`: the same in another form."""
    return f"{address}.{suffix}"


def way_home(path: str) -> str:
    """`./`, `../`, `../../`: from the page at `path` to the first page, whatever host or folder it is served under.

    `path` as the browser has it, still percent-encoded: an encoded slash is no step.
    """
    return "../" * (path.count("/") - 1) or "./"
