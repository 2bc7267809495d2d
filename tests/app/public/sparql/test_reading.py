"""Requests to the endpoint, read: the three ways to send a query, datasets, and all that is none of them."""

import asyncio
from collections.abc import Callable, Iterable
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as some
from starlette.requests import Request

from app.public.sparql.forms import Form
from app.public.sparql.reading import DIRECT, FORM, MOST_BYTES, MOST_FIELDS, MOST_GRAPHS, UPDATE, Asked, read
from app.web.bodies import TooLarge, WrongType
from kb.errors import Problem, Refused
from kb.projections.triples.problems import BadQuery, NotAnswered

QUERY = "SELECT * WHERE { ?s ?p “ü” }"
GRAPH = "https://facts.example.org/claims/x/v1"


class Sent:
    """A request as a server hands it on; `read` counts the bytes of the body that were asked for."""

    def __init__(self, method: str, query: str | bytes, chunks: Iterable[bytes], headers: dict[str, str]) -> None:
        self.read = 0
        self._chunks = iter(chunks)
        self.scope = {
            "type": "http",
            "method": method,
            "path": "/sparql",
            "query_string": query.encode() if isinstance(query, str) else query,
            "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        }

    async def receive(self) -> dict[str, object]:
        chunk = next(self._chunks, None)
        self.read += len(chunk or b"")
        return {"type": "http.request", "body": chunk or b"", "more_body": chunk is not None}

    def asked(self) -> Asked | None:
        return asyncio.run(read(Request(self.scope, self.receive)))


def get(query: str | bytes, method: str = "GET") -> Asked | None:
    return Sent(method, query, [], {}).asked()


def post(body: bytes, kind: str | None, query: str = "", **headers: str) -> Asked | None:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Sent("POST", query, [body], named | ({"Content-Type": kind} if kind else {})).asked()


@pytest.mark.parametrize(
    "asked",
    [
        lambda: get(urlencode({"query": QUERY})),
        lambda: get(urlencode({"query": QUERY}), "HEAD"),
        lambda: get(b"query=" + QUERY.replace(" ", "+").encode()),
        lambda: post(urlencode({"query": QUERY}).encode(), FORM),
        lambda: post(urlencode({"query": QUERY}).encode(), f"{FORM.upper()}; charset=UTF-8"),
        lambda: post(QUERY.encode(), DIRECT),
        lambda: post(QUERY.encode(), f'{DIRECT};charset="utf-8"'),
        lambda: post(QUERY.encode("utf-8-sig"), DIRECT),
        lambda: post(QUERY.encode(), DIRECT, Content_Encoding="identity"),
        lambda: post(QUERY.encode(), DIRECT, "format=json&output=json&results=json&timeout=0&using-graph-uri=x"),
    ],
)
def test_a_query_is_sent_in_three_ways(asked: Callable[[], Asked | None]) -> None:
    assert asked() == Asked(QUERY)


def test_whoever_asks_nothing_asks_what_is_here() -> None:
    assert get("") is None
    assert get("default-graph-uri=https://facts.example.org/x&as=ttl") is None


@pytest.mark.parametrize("way", ["address", "form", "direct", "both"])
def test_a_dataset_keeps_its_order(way: str) -> None:
    default, named = [f"{GRAPH}{n}" for n in (3, 1, 2, 1)], [f"{GRAPH}{n}" for n in (9, 8)]
    dataset = urlencode(
        [*(("default-graph-uri", one) for one in default), *(("named-graph-uri", one) for one in named)]
    )
    query = urlencode({"query": QUERY})
    asked = {
        "address": lambda: get(f"{dataset}&{query}"),
        "form": lambda: post(f"{query}&{dataset}".encode(), FORM),
        "direct": lambda: post(QUERY.encode(), DIRECT, dataset),
        "both": lambda: post(query.encode(), FORM, dataset),
    }[way]()
    assert asked == Asked(QUERY, tuple(default), tuple(named))


def test_a_form_and_prefixes_are_wanted_by_name() -> None:
    assert get(urlencode({"query": QUERY, "as": "csv"})) == Asked(QUERY, form=Form.CSV)
    assert post(urlencode({"query": QUERY, "as": "", "prefixes": "on"}).encode(), FORM) == Asked(QUERY, prefixes=True)
    assert get(urlencode({"query": QUERY, "prefixes": "off", "format": "xml"})) == Asked(QUERY)


@pytest.mark.parametrize(
    ("query", "error", "words"),
    [
        ("query=", Refused, "empty"),
        ("query=%20%0A", Refused, "empty"),
        ("query=ASK{}&query=ASK{}", Refused, "two queries"),
        ("query=ASK{}&query=", Refused, "two queries"),
        ("query=ASK%00{}", Refused, "null"),
        ("query=%FF%FE", Refused, "UTF-8"),
        (b"query=\xff", Refused, "UTF-8"),
        ("query=%ED%A0%80", Refused, "UTF-8"),
        ("update=CLEAR%20ALL", NotAnswered, "only reads"),
        ("query=ASK{}&update=", NotAnswered, "only reads"),
        ("query=ASK{}&as=exe", Refused, "no form"),
        (f"query=ASK{{}}&as={'x' * 9000}", Refused, "no form"),
        ("query=ASK{}&default-graph-uri=", Refused, "name of a graph"),
        ("query=ASK{}&default-graph-uri=/claims/x", Refused, "name of a graph"),
        ("query=ASK{}&named-graph-uri=http://a b/", Refused, "name of a graph"),
        ("query=ASK{}" + f"&named-graph-uri={GRAPH}" * (MOST_GRAPHS + 1), Refused, "100 values"),
        ("query=ASK{}" + "&x=" * MOST_FIELDS, Refused, "fields"),
        (f"query=ASK{{}}{' ' * MOST_BYTES}", TooLarge, "64 KB"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(query: str | bytes, error: type[Problem], words: str) -> None:
    with pytest.raises(error, match=words) as caught:
        get(query)
    assert len(str(caught.value)) < 300


def test_as_many_graphs_as_may_are_read() -> None:
    asked = get("query=ASK{}" + f"&named-graph-uri={GRAPH}" * MOST_GRAPHS)
    assert asked is not None
    assert len(asked.named_graphs) == MOST_GRAPHS


@pytest.mark.parametrize(
    ("body", "kind", "error"),
    [
        (b"", FORM, Refused),
        (b"x=ASK", FORM, Refused),
        (b"", DIRECT, Refused),
        (b"query=ASK{}&query=ASK{}", FORM, Refused),
        (b"ASK{}", None, WrongType),
        (b"ASK{}", "", WrongType),
        (b"ASK{}", "text/plain", WrongType),
        (b"ASK{}", "multipart/form-data; boundary=x", WrongType),
        (b"ASK{}", "x" * 9000, WrongType),
        (b"query=ASK{}", "application/octet-stream", WrongType),
        ("ASK{}".encode("utf-16"), DIRECT, Refused),
        ("ASK{}".encode("utf-16-le"), DIRECT, Refused),
        ("ASK{}".encode("utf-16"), f"{DIRECT}; charset=utf-16", WrongType),
        ("query=ASK{}".encode("utf-16"), FORM, Refused),
        (b"ASK{}", f"{DIRECT}; charset=latin-1", WrongType),
        (b"query=ASK{}", f"{FORM}; charset=utf-16", WrongType),
        ("ASK{ ?s ?p 'ü' }".encode("latin-1"), DIRECT, Refused),
        (b"CLEAR ALL", UPDATE, NotAnswered),
        (b"CLEAR ALL", f"{UPDATE}; charset=UTF-16", NotAnswered),
        (b"update=CLEAR%20ALL", FORM, NotAnswered),
        (b"update=CLEAR%20ALL&update=CLEAR%20ALL", FORM, NotAnswered),
    ],
)
def test_a_body_that_is_no_query_is_refused(body: bytes, kind: str | None, error: type[Problem]) -> None:
    with pytest.raises(error) as caught:
        post(body, kind)
    assert len(str(caught.value)) < 300


def test_a_body_in_another_encoding_is_refused() -> None:
    with pytest.raises(WrongType):
        post(b"\x1f\x8b", DIRECT, Content_Encoding="gzip")


def test_a_query_in_the_address_and_another_in_the_body_are_two() -> None:
    with pytest.raises(Refused, match="two queries"):
        post(b"ASK{}", DIRECT, "query=ASK{}")
    with pytest.raises(NotAnswered):
        post(b"ASK{}", DIRECT, "update=CLEAR+ALL")


def test_of_too_large_a_body_no_more_than_the_limit_is_read() -> None:
    chunk = b"#" * 8_192
    sent = Sent("POST", "", iter(lambda: chunk, b""), {"Content-Type": DIRECT})
    with pytest.raises(TooLarge):
        sent.asked()
    assert MOST_BYTES < sent.read <= MOST_BYTES + len(chunk)


def test_a_body_that_says_that_it_is_too_large_is_not_read_at_all() -> None:
    sent = Sent("POST", "", [b"ASK{}"], {"Content-Type": DIRECT, "Content-Length": str(MOST_BYTES + 1)})
    with pytest.raises(TooLarge):
        sent.asked()
    assert sent.read == 0


def test_a_body_of_just_the_limit_is_read_in_however_many_pieces() -> None:
    query = b"ASK{}".ljust(MOST_BYTES)
    pieces = [query[place : place + 1_000] for place in range(0, len(query), 1_000)]
    for length in ({}, {"Content-Length": "nonsense"}, {"Content-Length": str(MOST_BYTES)}):
        assert Sent("POST", "", pieces, {"Content-Type": DIRECT, **length}).asked() == Asked(query.decode())


def test_a_place_is_of_the_query_that_was_typed() -> None:
    asked = Asked("SELECT ?s {\n ?s a schema:Claim ??", prefixes=True)
    assert asked.text.splitlines()[1:] == asked.query.splitlines()
    problem = BadQuery("Not to be read.", line=3, column=20)
    asked.mark(problem)
    assert (problem.line, problem.column, problem.where) == (2, 20, "line 2, column 20")
    for other in (Asked("SELECT ?s {\n ??"), Asked("SELECT ?s {\n ??", prefixes=True)):
        problem = BadQuery("Not to be read.", line=2, column=2)
        other.mark(problem)
        assert problem.line == 2


@given(some.text(min_size=1).filter(lambda text: text.strip() != "" and "\0" not in text and text.isprintable()))
def test_whatever_is_typed_arrives_the_same_by_all_ways(query: str) -> None:
    assert get(f"query={quote(query)}") == Asked(query)
    assert post(urlencode({"query": query}).encode(), FORM) == Asked(query)
    assert post(query.encode(), DIRECT) == Asked(query)


@given(some.binary(max_size=200), some.sampled_from([FORM, DIRECT, UPDATE, "text/plain"]), some.binary(max_size=100))
def test_any_bytes_are_read_or_refused(body: bytes, kind: str, query: bytes) -> None:
    told = ""
    try:
        Sent("POST", query, [body], {"Content-Type": kind}).asked()
    except Problem as problem:
        told = str(problem)
    assert len(told) < 400
