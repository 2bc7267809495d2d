"""Every type of page that readers meet, with an address of each: most in the sample, some in the other two places."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from tests.support.databases import BASE
from tests.support.places import CORRECTED, Place

OTHER_DIGEST = f"sha256:{0:064}"


@dataclass(frozen=True)
class Kind:
    """A type of page: its name, which is that of its screenshots, where one stands, and how it is answered."""

    name: str
    path: Callable[[Place], str]
    status: int = 200
    accept: str = "text/html"


def at(path: str) -> Callable[[Place], str]:
    """A page whose address is the same everywhere."""
    return lambda _place: path


def claim(name: str, rest: str = "") -> Callable[[Place], str]:
    """A claim's page, or one below it."""
    return lambda place: place.claim(name) + rest


def checked(name: str, rest: str = "", digest: str = "") -> Callable[[Place], str]:
    """The answer to the address of a claim, and to a digest where one is given."""
    return lambda place: f"/check?q={quote(f'{BASE}{place.claim(name)[1:]}{rest} {digest}'.strip(), safe='')}"


def asked(query: str) -> Callable[[Place], str]:
    """A query with the usual prefixes, and its answer or what is wrong with it."""
    return at(f"/sparql?query={quote(query, safe='')}&prefixes=on")


def mistyped(name: str) -> Callable[[Place], str]:
    """The address of a claim with its first two letters changed places."""

    def path(place: Place) -> str:
        folder, _, ident = place.claim(name).rpartition("/")
        return f"{folder}/{ident[1]}{ident[0]}{ident[2:]}"

    return path


def record(kind: str, words: str, rest: str = "") -> Callable[[Place], str]:
    """The page of the first record whose name begins with these words, or one below it."""
    return lambda place: place.record(kind, words) + rest


SAMPLE = (
    Kind("home", at("/")),
    Kind("claim", claim("C04")),
    Kind("claim-denied", claim("C24")),
    Kind("claim-corrected", claim("M9")),
    Kind("claim-version-corrected", claim("M9", "/v1")),
    Kind("claim-version-superseded", claim("M7", "/v1")),
    Kind("claim-withdrawn", claim("M11")),
    Kind("claim-version-withdrawn", claim("M11", "/v1")),
    Kind("claim-opinion", claim("C26")),
    Kind("claim-right-to-left", claim("C44")),
    Kind("history", claim("M9", "/history")),
    Kind("diff", claim("M9", "/diff/1..2")),
    Kind("evidence", claim("C04", "/evidence")),
    Kind("cite", claim("C24", "/cite")),
    Kind("check", at("/check")),
    Kind("check-current", checked("C24", "/v1")),
    Kind("check-corrected", checked("M9", "/v1")),
    Kind("check-withdrawn", checked("M11", "/v1")),
    Kind("check-not-genuine", checked("C24", "/v1", OTHER_DIGEST)),
    Kind("check-unknown", at("/check?q=nothing+of+the+kind")),
    Kind("search", at("/search")),
    Kind("search-hits", at("/search?q=height")),
    Kind("search-narrowed", at("/search?q=height&verdict=partly_supported&has=reply")),
    Kind("search-none", at("/search?q=nothingofthekind")),
    Kind("search-none-narrowed", at("/search?q=followers&verdict=contradicted")),
    Kind("figures", at("/figures")),
    Kind("figures-unit", at("/figures?unit=metres")),
    Kind("corrections", at("/corrections")),
    Kind("data", at("/data")),
    Kind("sparql", at("/sparql")),
    Kind("sparql-question", at("/sparql/evidence-by-stance")),
    Kind("sparql-graph", asked("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 40")),
    Kind("sparql-error-400", asked("SELECT ?claim WHERE {\n  ?claim cb:evidence }"), 400),
    Kind("source", record("source", "Scribblings")),
    Kind("source-article", record("source", "How high")),
    Kind("source-text", record("source", "How high", "/text")),
    Kind("agent", record("agent", "Tzvi Fleischer")),
    Kind("origin", record("origin", "Tazpit")),
    Kind("topic", record("topic", "Hamas")),
    Kind("claims", at("/claims")),
    Kind("sources", at("/sources")),
    Kind("agents", at("/agents")),
    Kind("origins", at("/origins")),
    Kind("topics", at("/topics")),
    Kind("method", at("/method")),
    Kind("about", at("/about")),
    Kind("glossary", at("/glossary")),
    Kind("corrections-policy", at("/corrections-policy")),
    Kind("log", at("/log")),
    Kind("namespace", at("/ns")),
    Kind("terms", at("/ns/claimbase")),
    Kind("lists", at("/ns/vocab")),
    Kind("foundation", at("/foundation")),
    Kind("error-400", at("/search?verdict=nonsense"), 400),
    Kind("error-404", at("/nothing/at/all"), 404),
    Kind("error-404-near", mistyped("C24"), 404),
)
CORPUS = (
    Kind("corpus-claim-four-versions", claim(CORRECTED)),
    Kind("corpus-claim-three-corrections-old", claim(CORRECTED, "/v1")),
    Kind("corpus-history", claim(CORRECTED, "/history")),
    Kind("corpus-diff", claim(CORRECTED, "/diff/1..4")),
    Kind("corpus-check", checked(CORRECTED, "/v1")),
    Kind("corpus-search", at("/search?q=Hamas")),
    Kind("corpus-corrections", at("/corrections")),
    Kind("corpus-figures", at("/figures")),
    Kind("corpus-claim-denied", claim("C24")),
)
SMALL = (
    Kind("small-claim-restored", claim("restored")),
    Kind("small-claim-version-restored", claim("restored", "/v5")),
    Kind("small-history", claim("removed", "/history")),
    Kind("small-error-410", claim("removed", "/v1"), 410),
)
