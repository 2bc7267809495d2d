"""Every type of page that readers meet, with one address of each in the sample, and some of the corpus."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.support.places import CORRECTED, Place

A_HASH = "0" * 64


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
    Kind("source", record("source", "Scribblings")),
    Kind("source-article", record("source", "How high")),
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
    Kind("terms", at("/ns/claimbase")),
    Kind("lists", at("/ns/vocab")),
    Kind("foundation", at("/foundation")),
    Kind("error-404", at("/nothing/at/all"), 404),
)
CORPUS = (
    Kind("corpus-claim-four-versions", claim(CORRECTED)),
    Kind("corpus-claim-three-corrections-old", claim(CORRECTED, "/v1")),
    Kind("corpus-history", claim(CORRECTED, "/history")),
    Kind("corpus-claim-denied", claim("C24")),
)
