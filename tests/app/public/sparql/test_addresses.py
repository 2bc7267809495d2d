"""Each of the fifteen questions and every short link is answered at its own address, in every form."""

import re

import pytest

from app.public.sparql.questions import NAMES
from app.public.sparql.reading import Asked
from app.public.sparql.short import pack
from tests.support.abroad import Abroad
from tests.support.endpoint import FORM, JSON, Endpoint
from tests.support.html import Read
from tests.support.reader import read

PAGE = "text/html,application/xhtml+xml,*/*;q=0.8"


@pytest.mark.parametrize("name", NAMES)
def test_a_question_is_answered_at_its_address(endpoint: Endpoint, name: str) -> None:
    reply = endpoint.send(path=f"/sparql/{name}", Accept=PAGE)
    assert reply.status_code == 200
    assert Read(reply.text).faults() == []
    page = read(reply.text)
    rows = re.search(r"(\d+) rows? in ", page.text)
    assert rows is not None
    told = endpoint.send(path=f"/sparql/{name}", Accept=JSON)
    assert len(told.json()["results"]["bindings"]) == int(rows[1])
    # The page of the answer leads to the same as a file.
    (csv,) = (link for link in page.links if link.endswith("as=csv"))
    assert endpoint.send("GET", csv.partition("?")[2], path="/sparql").text.count("\n") == int(rows[1]) + 1


def test_what_it_is_about_is_here(abroad: Abroad, endpoint: Endpoint) -> None:
    """Not of the example that it was first asked about."""
    for name in ("topic-with-narrower", "evidence-by-stance", "attribution-chain", "verdict-history"):
        reply = endpoint.send(path=f"/sparql/{name}", Accept=JSON)
        assert reply.json()["results"]["bindings"], name


def test_a_question_has_a_form_that_wins_over_accept(endpoint: Endpoint) -> None:
    reply = endpoint.send("GET", "as=csv", path="/sparql/single-origin", Accept=JSON)
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    assert reply.text.splitlines()[0] == "claim,links,origins"
    assert endpoint.send("GET", "as=doc", path="/sparql/single-origin").status_code == 400
    assert endpoint.send("HEAD", "as=csv", path="/sparql/single-origin").status_code == 200


def test_no_question_has_another_name(endpoint: Endpoint) -> None:
    assert endpoint.send(path="/sparql/none-of-them").status_code == 404


@pytest.mark.parametrize("path", ["/sparql/none-of-them", "/sparql/q/azzz"])
def test_what_is_not_there_is_told_to_programs_and_scripts(endpoint: Endpoint, path: str) -> None:
    for accept, kind in (("*/*", "application/problem+json"), (JSON, "application/problem+json"), (PAGE, "text/html")):
        reply = endpoint.send(path=path, Accept=accept)
        assert reply.status_code == 404
        assert reply.headers["content-type"].partition(";")[0] == kind
        assert reply.headers["access-control-allow-origin"] == "*"


def test_a_short_link_is_answered_as_its_query(abroad: Abroad, endpoint: Endpoint) -> None:
    graph = f"{abroad.base}claims/{abroad.known.claim}/v1"
    asked = Asked("SELECT DISTINCT ?g { GRAPH ?g { ?s cb:evidence ?o } }", (), (graph,), prefixes=True)
    path = f"/sparql/q/{pack(asked)}"
    reply = endpoint.send("GET", "as=tsv", path=path)
    assert reply.text.split() == ["?g", f"<{graph}>"]
    page = endpoint.send(path=path, Accept=PAGE)
    assert page.status_code == 200
    assert f"../..{path}" in read(page.text).links
    assert Read(page.text).faults() == []


def test_what_is_wrong_with_its_query_is_told_as_ever(endpoint: Endpoint) -> None:
    packed = pack(Asked("SELECT ?x WHERE {\n  ?x a cb:Evidence ] LIMIT 3", prefixes=True))
    page = endpoint.send(path=f"/sparql/q/{packed}", Accept=PAGE)
    assert page.status_code == 400
    assert "in line 2, column 20" in read(page.text).text
    assert endpoint.send(path=f"/sparql/q/{pack(Asked(' '))}").status_code == 400


@pytest.mark.parametrize("packed", ["a", "b", "zzz", "aAAAA", "a%2F", "a%00", "%C3%A9", "a" * 3_000])
def test_what_holds_no_query_is_not_there(endpoint: Endpoint, packed: str) -> None:
    reply = endpoint.send(path=f"/sparql/q/{packed}", Accept=PAGE)
    assert reply.status_code == 404


def test_a_short_query_of_the_form_gets_an_address_and_a_long_one_an_answer(endpoint: Endpoint) -> None:
    body = "query=ASK+%7B%0D%0A%7D&prefixes=on&as="
    reply = endpoint.send("POST", body=body.encode(), Accept=PAGE, Content_Type=FORM)
    assert reply.status_code == 303
    assert reply.headers["location"] == "./sparql?query=ASK+%7B%0A%7D&prefixes=on"
    long = endpoint.send("POST", body=body.encode() + b"&query=", Accept=PAGE, Content_Type=FORM)
    assert long.status_code == 400
    long = endpoint.send("POST", body=b"query=ASK+%7B%7D%23" + b"x" * 2_000, Accept=PAGE, Content_Type=FORM)
    assert long.status_code == 200
    assert "no address of its own but the short link" in read(long.text).text
    # Whoever speaks the protocol gets the answer itself.
    assert endpoint.post(body, FORM).json() == {"head": {}, "boolean": True}
