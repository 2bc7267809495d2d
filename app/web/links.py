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
DESK_STYLE = "static/desk-v1.css"
# What the page of queries needs beside both.
QUERY_STYLE = "static/query-v1.css"
ICON = "static/mark-v1.svg"
# The same, drawn at 16 and 32 pixels.
ICON_FILE = "mark-v1.ico"
# Pages of our own that every knowledge base has from its first day (DESIGN 5, `init`).
OWN_PAGES = ("method", "about", "glossary", "corrections-policy")
FEED = "/feed.atom"
DATA = "/data"
# Where whoever looks for data sets looks first (https://www.w3.org/TR/void/, 7.2).
VOID = "/.well-known/void"
SPARQL = "/sparql"
# Below it stand queries that are packed into their own address.
SHORT = "q"
SITEMAP = "/sitemap.xml"
ROBOTS = "/robots.txt"
SECURITY = "/.well-known/security.txt"
SEARCH = "/search"
OPENSEARCH = "/opensearch.xml"
CORRECTIONS = "/corrections"
FIGURES = "/figures"
HISTORY = "history"
DIFF = "diff"
LINKSET = "linkset"
# The text of record of a source.
TEXT = "text"
EVIDENCE = "evidence"
CITE = "cite"
CHECK = "/check"
CLAIMS = "claims"
DEEPEST = 20


def folder(kind: str) -> str:
    """`/claims`: where the records of a kind are listed."""
    return f"/{FOLDERS[kind]}"


def version(address: str, number: int) -> str:
    """`claims/37d2qfnqr/v2`, good for ever."""
    return f"{address}/v{number}"


def history(address: str) -> str:
    """`claims/37d2qfnqr/history`."""
    return f"{address}/{HISTORY}"


def diff(address: str, older: int, newer: int) -> str:
    """`claims/37d2qfnqr/diff/1..3`: what changed from one version to another."""
    return f"{address}/{DIFF}/{older}..{newer}"


def correction(record: str, version: int) -> str:
    """`corrections/37d2qfnqr-v3`: an entry of the ledger of corrections, for good."""
    return f"{CORRECTIONS.removeprefix('/')}/{record}-v{version}"


def evidence(version: str, first: int) -> str:
    """`claims/37d2qfnqr/v2/evidence?from=31`: evidence that would make the page itself too heavy."""
    return f"{version}/{EVIDENCE}?from={first}"


def linkset(version: str, suffix: str) -> str:
    """`claims/37d2qfnqr/v2/linkset.json`: all the links of a version."""
    return f"{version}/{LINKSET}.{suffix}"


def query(asked: Iterable[tuple[str, str]]) -> str:
    """`?q=followers&verdict=disputed`; "" where nothing is asked."""
    pairs = urlencode(list(asked), errors="replace")
    return f"?{pairs}" if pairs else ""


def sitemap_part(name: str) -> str:
    """`/sitemap-0.xml`."""
    return f"/sitemap-{name}.xml"


def form(address: str, suffix: str) -> str:
    """`claims/37d2qfnqr.ttl`: the same in another form."""
    return f"{address}.{suffix}"


def figures_of(name: str, *, measure: bool) -> str:
    """`figures/heights` of a measure, `figures?unit=followers` of a unit of which no measure is given."""
    path = FIGURES.removeprefix("/")
    return f"{path}/{name}" if measure else f"{path}?{urlencode({'unit': name})}"


def way_home(path: str) -> str:
    """`./`, `../`, `../../`: from the page at `path` to the first page, whatever host or folder it is served under.

    `path` as the browser has it, still percent-encoded: an encoded slash is no step.
    """
    steps = path.count("/") - 1
    # Nothing of ours lies so deep; the answer to an absurd address must not grow with every link on it.
    return "../" * steps or "./" if steps <= DEEPEST else HOME
