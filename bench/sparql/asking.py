"""The eight queries: filled in, asked over a connection that is kept, and their answers compared."""

import http.client
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from statistics import median
from string import Template
from urllib.parse import urlencode, urlsplit

from bench.rounds import CommandFailed

QUERIES = {path.stem: path.read_text("utf-8") for path in sorted(Path(__file__).parent.glob("*.rq"))}
# Of one query in one round: as often, or for as many seconds, whichever is reached first.
TIMES, SECONDS = 15, 1.0
JSON = "application/sparql-results+json"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = (f"{_XSD}integer", f"{_XSD}decimal")

# A solution by its values: rdflib writes 0.90 as 0.9, and Z as +00:00.
Solution = tuple[tuple[str, str], ...]
# By the name of what a query leaves open: a value for each round.
Values = Mapping[str, Sequence[str]]


@dataclass
class Endpoint:
    """An address that answers queries; `taken` are the medians of each round, in milliseconds, by query."""

    name: str
    address: str
    taken: list[dict[str, float]] = field(default_factory=list)

    def ask(self, query: str) -> list[dict[str, dict[str, str]]]:
        """Its bindings, once. Raises CommandFailed for anything but an answer."""
        with closing(self._connection(0)) as connection:
            return _bindings(self._answer(connection, query))

    def round(self, values: Values, answers: dict[tuple[str, int], list[Solution]]) -> float:
        """Ask all eight of this round's values; gives the sum of the medians.

        No answer that was kept can serve: each question ends in another comment. Raises CommandFailed where an answer
        differs from that of whoever was asked first.
        """
        number, medians = len(self.taken), {}
        with closing(self._connection(number)) as connection:
            self._answer(connection, "ASK {}")
            for name, text in QUERIES.items():
                filled = Template(text).substitute({key: some[number % len(some)] for key, some in values.items()})
                medians[name], body = self._middle(connection, filled)
                found = sorted(_solutions(body))
                first = answers.setdefault((name, number), found)
                if first != found:
                    differs = sorted({*first} ^ {*found})[:4]
                    raise CommandFailed(f"{self.name} answers {name} otherwise than others: {filled} {differs}")
        self.taken.append(medians)
        return sum(medians.values())

    def _middle(self, connection: http.client.HTTPConnection, query: str) -> tuple[float, bytes]:
        seconds: list[float] = []
        body = b""
        while len(seconds) < TIMES and sum(seconds) < SECONDS:
            body, took = self._timed(connection, f"{query}# {time.monotonic_ns()}")
            seconds.append(took)
        return median(seconds) * 1000, body

    def _answer(self, connection: http.client.HTTPConnection, query: str) -> bytes:
        return self._timed(connection, query)[0]

    def _timed(self, connection: http.client.HTTPConnection, query: str) -> tuple[bytes, float]:
        """An answer, and its seconds. Whoever has used up a minute's time waits as told, which does not count."""
        path = urlsplit(self.address).path
        while True:
            begun = time.perf_counter()
            connection.request("GET", f"{path}?{urlencode({'query': query})}", headers={"Accept": JSON})
            reply = connection.getresponse()
            body = reply.read()
            took = time.perf_counter() - begun
            if reply.status == 200:
                return body, took
            if reply.status != http.HTTPStatus.TOO_MANY_REQUESTS:
                raise CommandFailed(f"{self.name} answers {reply.status} to {query}: {body[:500]!r}")
            time.sleep(float(reply.headers["Retry-After"]))

    def _connection(self, number: int) -> http.client.HTTPConnection:
        """Each round comes from another address of loopback, since what one client may ask in a minute has a limit."""
        at = urlsplit(self.address)
        return http.client.HTTPConnection(
            at.hostname or "", at.port, timeout=600, source_address=(f"127.0.1.{1 + number % 250}", 0)
        )


def values(endpoint: Endpoint, rounds: int) -> Values:
    """What the queries ask of, as many as there are rounds, spread over the corpus."""
    schema = "PREFIX schema: <http://schema.org/> PREFIX cb: <https://w3id.org/claimbase/ns#>"
    some = {
        "claim": "?x a schema:Claim",
        "agent": "?link cb:agent ?x ; cb:readByEditor true",
        "topic": "?claim schema:about ?x",
        "word": "?claim a schema:Claim ; schema:text ?x",
    }
    found = {
        name: [
            row["x"]["value"]
            for row in endpoint.ask(f"{schema} SELECT DISTINCT ?x WHERE {{ {what} }} ORDER BY ?x LIMIT 5000")
        ]
        for name, what in some.items()
    }
    found["word"] = sorted({word for text in found["word"] for word in text.lower().split() if word.isalpha()})
    spread = {name: [all_[len(all_) * place // rounds] for place in range(rounds)] for name, all_ in found.items()}
    return spread | {"value": [str(10 * 3**place) for place in range(rounds)]}


def _bindings(body: bytes) -> list[dict[str, dict[str, str]]]:
    found: list[dict[str, dict[str, str]]] = json.loads(body)["results"]["bindings"]
    return found


def _solutions(body: bytes) -> Iterator[Solution]:
    for row in _bindings(body):
        yield tuple(sorted((name, _written(term)) for name, term in row.items()))


def _written(term: Mapping[str, str]) -> str:
    kind, value = term.get("datatype", ""), term["value"]
    if kind in _NUMBERS:
        return str(Decimal(value).normalize())
    if kind == f"{_XSD}dateTime":
        return datetime.fromisoformat(value).isoformat()
    return f"{value}@{term.get('xml:lang', '')}^{kind.removeprefix(f'{_XSD}string')}"
