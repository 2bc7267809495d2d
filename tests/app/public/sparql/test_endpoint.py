"""The endpoint over real HTTP: forms, caches, limits, clients that hang up, and errors that each client can read."""

import io
import json
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic
from rdflib.query import Result

from app.public.sparql.allowance import ERRORS
from app.public.sparql.reading import MOST_BYTES
from kb.db import writing
from kb.projections.triples import process
from kb.projections.triples.limits import MIB, Limits
from tests.factories.documents import BASE, topic
from tests.support.endpoint import DIRECT, FORM, JSON, XML, Endpoint, Opened, opened_endpoint
from tests.support.processes import children, wait_until

SMALL = Limits(
    cpu_seconds=1, wall_seconds=1.0, memory=256 * MIB, quick_seconds=0.1, lone_seconds=0.1, rows=1_000, bytes=MIB
)
SELECT = "SELECT ?s ?o { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?o } ORDER BY ?s ?o LIMIT 5"
CONSTRUCT = "CONSTRUCT WHERE { ?s a <http://schema.org/Claim> ; ?p ?o } LIMIT 20"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """A server with small limits; each client of it has its own allowance."""
    with opened_endpoint(tmp_path_factory.mktemp("small"), SMALL) as opened:
        yield opened


@pytest.fixture(scope="module")
def patient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """A server with the limits that hold everywhere: what runs there is still running when it is looked at."""
    with opened_endpoint(tmp_path_factory.mktemp("patient"), Limits()) as opened:
        yield opened


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Opened]:
    """A server of the test's own, which it may do anything to."""
    with opened_endpoint(tmp_path, SMALL) as opened:
        yield opened


def client(opened: Opened) -> Endpoint:
    found = Endpoint(opened.base)
    found.wait()
    return found


def endless(number: int) -> str:
    """Each another query, so that none has the answer of another."""
    return f"{ENDLESS}#{number}"


def test_a_table_is_the_same_in_every_form(endpoint: Endpoint) -> None:
    rows: list[list[object]] = []
    for kind, form in ((JSON, "json"), (XML, "xml"), ("text/tab-separated-values", "tsv")):
        reply = endpoint.get(SELECT, Accept=kind)
        assert reply.status_code == 200
        assert reply.headers["content-type"].partition(";")[0] == kind
        rows.append([tuple(row) for row in Result.parse(io.BytesIO(reply.content), format=form)])
    assert rows[0] == rows[1] == rows[2]
    assert len(rows[0]) == 5
    csv = endpoint.get(SELECT, ("as", "csv"), Accept=BROWSER)
    assert csv.headers["content-type"] == "text/csv; charset=utf-8"
    assert csv.text.splitlines()[0] == "s,o"


def test_a_graph_is_the_same_in_every_form(endpoint: Endpoint) -> None:
    graphs = []
    for kind, form in (("text/turtle", "turtle"), ("application/n-triples", "nt"), ("application/rdf+xml", "xml")):
        reply = endpoint.get(CONSTRUCT, Accept=kind)
        assert reply.headers["content-type"].partition(";")[0] == kind
        graphs.append(Graph().parse(data=reply.text, format=form))
    assert len(graphs[0]) == 20
    assert isomorphic(graphs[0], graphs[1])
    assert isomorphic(graphs[0], graphs[2])
    assert endpoint.get(CONSTRUCT, Accept="application/ld+json").json()
    assert endpoint.get(CONSTRUCT).headers["content-type"] == "text/turtle; charset=utf-8"


def test_browsers_get_pages(endpoint: Endpoint) -> None:
    for query in (SELECT, CONSTRUCT, "ASK {}", f"DESCRIBE <{BASE}>"):
        reply = endpoint.get(query, Accept=BROWSER)
        assert reply.status_code == 200
        assert reply.headers["content-type"] == "text/html; charset=utf-8"
        assert reply.headers["claimbase-seq"] == "12"
    assert "<form" in endpoint.send(Accept=BROWSER).text


def test_a_page_tells_what_is_wrong_with_the_status_of_the_error(small: Opened) -> None:
    with client(small) as endpoint:
        for query, status in (("SELECT *\n{ ?s ?p }", 400), ("SELECT * { ?s ?p ?o . ?a ?b ?c } LIMIT 1001", 413)):
            reply = endpoint.get(query, Accept=BROWSER)
            assert (reply.status_code, reply.headers["content-type"]) == (status, "text/html; charset=utf-8")
            assert reply.headers["cache-control"] == "no-store"
            assert reply.headers["access-control-allow-origin"] == "*"
        reply = endpoint.send("GET", "query=", Accept=BROWSER)
        assert reply.status_code == 400
        assert "<form" in reply.text


def test_a_client_gets_what_it_takes_or_hears_what_there_is(endpoint: Endpoint) -> None:
    reply = endpoint.get(SELECT, Accept="image/png")
    assert reply.status_code == 406
    assert {JSON, XML, "text/csv", "text/html"} <= set(reply.json()["available"])
    for one in reply.json()["available"]:
        assert endpoint.get(SELECT, Accept=one).headers["content-type"].partition(";")[0] == one
    assert endpoint.get(CONSTRUCT, Accept=JSON).status_code == 406
    assert endpoint.send(Accept=JSON).status_code == 406
    # Two lines of a header are one.
    lines = httpx.Headers([("Accept", "image/png"), ("Accept", "text/csv")])
    assert endpoint._client.get("/sparql", params={"query": SELECT}, headers=lines).status_code == 200


def test_head_says_what_get_says(endpoint: Endpoint) -> None:
    for more in ([("query", SELECT)], [("query", SELECT), ("as", "html")], []):
        got, asked = endpoint.send("GET", more), endpoint.send("HEAD", more)
        assert (asked.status_code, asked.content) == (200, b"")
        same = {"content-type", "content-length", "etag", "claimbase-seq", "vary"}
        assert {name: asked.headers.get(name) for name in same} == {name: got.headers.get(name) for name in same}


def test_every_site_may_ask_and_read_errors_too(endpoint: Endpoint) -> None:
    origin = "https://elsewhere.example"
    for asked in (
        endpoint.send("OPTIONS", Origin=origin, Access_Control_Request_Method="POST"),
        endpoint.send("OPTIONS"),
    ):
        assert (asked.status_code, asked.content) == (204, b"")
        assert asked.headers["access-control-allow-methods"] == asked.headers["allow"] == "GET, HEAD, POST, OPTIONS"
        allowed = set(asked.headers["access-control-allow-headers"].split(", "))
        assert {"Accept", "Content-Type", "If-None-Match"} <= allowed
    for reply in (
        endpoint.get(SELECT, Origin=origin),
        endpoint.send(Origin=origin),
        endpoint.get("SELEKT", Origin=origin),
        endpoint.get("SELEKT", Origin=origin, Accept=BROWSER),
        endpoint.send("PUT", Origin=origin),
        endpoint.send("PUT", Origin=origin, Accept=BROWSER),
        endpoint.post("ASK {}", "text/plain"),
    ):
        assert reply.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in reply.headers
        assert {"Claimbase-Seq", "ETag"} <= set(reply.headers["access-control-expose-headers"].split(", "))


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "PROPFIND"])
def test_other_methods_are_none(method: str, endpoint: Endpoint) -> None:
    reply = endpoint.send(method, [("query", "ASK {}")])
    assert reply.status_code == 405
    assert set(reply.headers["allow"].split(", ")) == {"GET", "HEAD", "POST", "OPTIONS"}


def test_names_that_say_nothing_are_passed_over(endpoint: Endpoint) -> None:
    more = [("format", "exe"), ("output", "xml"), ("results", "csv"), ("timeout", "-1"), ("debug", "on")]
    assert endpoint.get(SELECT, *more).json() == endpoint.get(SELECT).json()


def test_a_slash_too_many_keeps_the_query(endpoint: Endpoint) -> None:
    reply = endpoint.send("GET", "query=ASK%20%7B%7D", path="/sparql/")
    assert (reply.status_code, reply.headers["location"]) == (308, "../sparql?query=ASK%20%7B%7D")


def test_an_error_has_its_place_in_what_was_typed(endpoint: Endpoint) -> None:
    for more in ((), (("prefixes", "on"),)):
        reply = endpoint.get("SELECT ?s\nWHERE { ?s a schema:Claim . ?s ?p }", *more, Accept="application/json")
        assert reply.status_code == 400
        assert reply.headers["content-type"] == "application/problem+json"
    (error,) = reply.json()["errors"]
    assert (error["pointer"], error["line"]) == ("/query", 2)
    assert error["column"] > 27
    assert endpoint.get("ASK { ?s a schema:Claim }", ("prefixes", "on")).json()["boolean"] is True


def test_whoever_has_the_newest_answer_is_told_so_and_nothing_runs(own: Opened) -> None:
    with client(own) as endpoint:
        replies = {kind: endpoint.get(SELECT, Accept=kind) for kind in (JSON, XML, "text/html")}
        assert len({reply.headers["etag"] for reply in replies.values()}) == 3
        own.index.stop()
        for kind, reply in replies.items():
            etag = reply.headers["etag"]
            for given in (etag, f'W/{etag}, "other"'):
                same = endpoint.get(SELECT, Accept=kind, If_None_Match=given)
                assert (same.status_code, same.content) == (304, b"")
                assert same.headers["etag"] == etag
                assert same.headers["claimbase-seq"] == "12"
        # The answer itself is kept for some minutes; another question has none.
        again = endpoint.get(SELECT)
        assert (again.status_code, again.content) == (200, replies[JSON].content)
        other = endpoint.get(f"{SELECT} OFFSET 1")
        assert other.status_code == 503
        assert int(other.headers["retry-after"]) > 0
        # A tag of one question is none of another, nor of one by POST.
        assert endpoint.get("ASK { ?s ?p 1 }", If_None_Match=replies[JSON].headers["etag"]).status_code == 503
        body = endpoint.send("POST", "", SELECT.encode(), Content_Type=DIRECT, If_None_Match=again.headers["etag"])
        assert body.status_code == 200


def test_an_answer_of_another_vocabulary_is_not_the_newest(endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    etag = endpoint.get(SELECT).headers["etag"]
    assert endpoint.get(SELECT, If_None_Match=etag).status_code == 304
    monkeypatch.setattr("app.public.sparql.endpoint.shape", lambda: "1-of-a-later-release")
    later = endpoint.get(SELECT, If_None_Match=etag)
    assert later.status_code == 200
    assert later.headers["etag"] != etag


def test_whoever_names_no_answer_has_none(endpoint: Endpoint) -> None:
    """`*` is any answer there is, and to what is no query there is none (RFC 9110, 13.2.1)."""
    assert endpoint.get("ASK {", If_None_Match="*").status_code == 400
    assert endpoint.get("ASK { GRAPH ?g { ?s ?p ?o } }", If_None_Match="*").status_code == 200


def test_what_is_published_is_in_the_next_answer(own: Opened) -> None:
    question = f"ASK {{ <{BASE}topics/after#it> ?p ?o }}"
    press = own.known.world.press
    with client(own) as endpoint:
        before = endpoint.get(question)
        assert (before.json()["boolean"], before.headers["claimbase-seq"]) == (False, "12")
        with writing(own.writer) as session:
            press.publish(session, "topic", topic(press.name("topic", "after"), "After"), issued="2026-11-28T09:00:00Z")
        after = endpoint.get(question, If_None_Match=before.headers["etag"])
        assert (after.status_code, after.headers["claimbase-seq"]) == (200, "13")
        assert after.json()["boolean"] is True


def test_what_may_be_another_answer_has_no_tag(endpoint: Endpoint) -> None:
    replies = [endpoint.get("SELECT (UUID() AS ?id) {}") for _ in range(2)]
    assert replies[0].content != replies[1].content
    assert not any("etag" in reply.headers for reply in replies)
    assert replies[0].headers["cache-control"] == "no-cache"


def test_a_query_over_its_limits_has_a_reason_and_no_answer(small: Opened) -> None:
    with client(small) as endpoint:
        stopped = endpoint.get(endless(1))
        assert (stopped.status_code, stopped.json()["cause"]) == (503, "time")
        assert int(stopped.headers["retry-after"]) > 0
        rows = endpoint.get("SELECT * { ?s ?p ?o . ?a ?b ?c } LIMIT 1001")
        assert (rows.status_code, rows.json()["limit"]) == (413, "rows")
        size = endpoint.get("SELECT (CONCAT(?o, ?o, ?o) AS ?all) { ?s ?p ?o . ?a ?b ?c } LIMIT 1000", Accept=XML)
        assert size.status_code in (200, 413)
        long = endpoint.post(f"ASK {{}}#{'x' * SMALL.characters}", DIRECT)
        assert (long.status_code, long.json()["type"].rpartition("#")[2]) == (413, "too-long")
        assert endpoint.get("ASK {}").status_code == 200


@pytest.mark.parametrize("in_pieces", [False, True])
def test_ten_megabytes_are_refused_and_the_next_request_is_answered(endpoint: Endpoint, in_pieces: bool) -> None:
    whole = b"#" * 10_000_000
    content = (whole[place : place + 65_536] for place in range(0, len(whole), 65_536)) if in_pieces else whole
    for kind in (DIRECT, FORM):
        reply = endpoint._client.post("/sparql", content=content, headers={"Content-Type": kind})
        assert reply.status_code == 413
        assert "64 KB" in reply.json()["detail"]
        content = whole
    assert MOST_BYTES == 64 * 1024
    assert endpoint.get("ASK {}").status_code == 200


def test_thirty_errors_a_minute_are_enough_for_one_client_and_nothing_to_another(small: Opened) -> None:
    with client(small) as endpoint:
        # What is wrong with a request is not what is wrong with a query.
        for _ in range(ERRORS):
            assert endpoint.post("ASK {}", "text/plain").status_code == 415
        statuses = [endpoint.get(f"SELECT * {{ #{number}").status_code for number in range(ERRORS)]
        assert set(statuses) == {400}
        reply = endpoint.get("ASK {}")
        assert reply.status_code == 429
        assert reply.headers["content-type"] == "application/problem+json"
        assert 1 <= int(reply.headers["retry-after"]) <= 60
        page = endpoint.get("ASK {}", Accept=BROWSER)
        assert (page.status_code, page.headers["retry-after"] > "0") == (429, True)
        # What is no query is still answered.
        assert endpoint.send(Accept="text/turtle").status_code == 200
    with client(small) as other:
        assert other.get("ASK {}").status_code == 200


def test_two_queries_of_one_client_run_at_once(patient: Opened) -> None:
    with client(patient) as endpoint, client(patient) as other:
        first = [hang_on(patient, endpoint.address, endless(number)) for number in (10, 11)]
        assert wait_until(lambda: has_running(patient, endpoint.address, 2))
        third = endpoint.get("ASK { ?s ?p 10 }")
        assert third.status_code == 429
        assert third.headers["retry-after"] == "1"
        assert other.get("ASK { ?s ?p 10 }").status_code == 200
        for one in first:
            one.close()
        assert wait_until(lambda: has_running(patient, endpoint.address, 0))


def hang_on(opened: Opened, address: str, query: str) -> socket.socket:
    """A client that has asked, and listens no more than it must."""
    host, port = opened.base.removeprefix("http://").split(":")
    end = socket.create_connection((host, int(port)), source_address=(address, 0))
    target = str(httpx.URL("/sparql", params={"query": query}))
    end.sendall(f"GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
    return end


def has_running(opened: Opened, address: str, number: int) -> bool:
    account = opened.app.state.runner.allowance._accounts.get(address)
    return account is not None and account.running == number


def running(opened: Opened) -> set[int]:
    """The keeper's children, of which some wait for a question."""
    assert opened.index._process is not None
    return set(children(opened.index._process.pid))


def test_a_client_that_hangs_up_leaves_nothing_running(patient: Opened) -> None:
    with client(patient) as endpoint:
        before = patient.index.state.stopped.get("cancelled", 0)
        ends = [hang_on(patient, endpoint.address, endless(number)) for number in (20, 21)]
        assert wait_until(lambda: has_running(patient, endpoint.address, 2))
        for end in ends:
            end.close()
        assert wait_until(lambda: patient.index.state.stopped.get("cancelled", 0) >= before + 2)
        # One waits for the next question, as soon as there is time to make it.
        assert wait_until(lambda: len(running(patient)) <= 1)
        assert endpoint.get("ASK { ?s ?p 21 }").status_code == 200


def test_a_server_that_ends_leaves_nothing_running(tmp_path: Path) -> None:
    with opened_endpoint(tmp_path, Limits()) as opened:
        with client(opened) as endpoint:
            end = hang_on(opened, endpoint.address, endless(30))
            end.settimeout(60)
            keeper = opened.index._process
            assert keeper is not None
            assert wait_until(lambda: has_running(opened, endpoint.address, 1))
        pids = [keeper.pid, *children(keeper.pid)]
    assert wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in pids))
    end.close()


def test_pages_are_served_while_queries_wait(patient: Opened) -> None:
    with client(patient) as endpoint:
        ends = [hang_on(patient, f"127.1.0.{number}", endless(40 + number)) for number in range(1, 30)]
        try:
            statuses = [endpoint.send("GET", path=path).status_code for path in ("/healthz", "/claims.json")]
            assert statuses == [200, 200]
        finally:
            for end in ends:
                end.close()


def test_whoever_asks_for_much_leaves_room_for_a_look_up(patient: Opened) -> None:
    with client(patient) as endpoint:
        greedy = [f"127.1.1.{number}" for number in range(1, 30)]
        for address in greedy:
            patient.app.state.runner.allowance._account(address).seconds = 5.0
        ends = [hang_on(patient, address, endless(number)) for number, address in enumerate(greedy)]
        try:
            for number in range(5):
                reply = endpoint.get(f"ASK {{ ?s ?p {number} }}")
                assert reply.status_code == 200, reply.text
        finally:
            for end in ends:
                end.close()


def test_where_queries_are_off_the_rest_still_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unable = (
        "import json, sys\n"
        "from kb.projections.triples import keeper\n"
        "def fail(): raise OSError(1, 'not permitted here')\n"
        "keeper.isolate = fail; keeper.main(json.loads(sys.argv[1]))"
    )
    monkeypatch.setattr(process, "COMMAND", (sys.executable, "-c", unable))
    with opened_endpoint(tmp_path, SMALL) as opened, Endpoint(opened.base) as endpoint:
        assert wait_until(lambda: opened.index.state.off)
        for accept, kind in (("*/*", "application/problem+json"), (BROWSER, "text/html; charset=utf-8")):
            reply = endpoint.get("ASK {}", Accept=accept)
            assert (reply.status_code, reply.headers["content-type"]) == (503, kind)
            assert "not permitted here" in reply.text
            assert "retry-after" not in reply.headers
        assert endpoint.get("SELEKT").status_code == 400
        assert endpoint.send(Accept="text/turtle").status_code == 200
        assert "<form" in endpoint.send(Accept=BROWSER).text


def test_the_description_is_kept_until_it_changes(endpoint: Endpoint) -> None:
    etags = {kind: endpoint.send(Accept=kind).headers["etag"] for kind in ("text/turtle", "application/ld+json")}
    assert len(set(etags.values())) == 2
    for kind, etag in etags.items():
        assert endpoint.send(Accept=kind, If_None_Match=etag).status_code == 304
    assert json.loads(endpoint.send(Accept="application/ld+json").text)
