"""How a query is asked again: the link and the command ask the very same, whatever stands in the query."""

import shlex
import shutil
import subprocess
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.public.sparql.forms import Form
from app.public.sparql.reading import Asked, read_asked, read_fields
from app.public.sparql.short import unpack
from app.public.sparql.ways import LONGEST, asked_as, curl, link, short_link
from tests.support.abroad import Abroad
from tests.support.endpoint import Endpoint

NASTY = "SELECT ?x WHERE { # $HOME `id` $(id) !! \\ \"q\" '''q''' %41 + & ; é\n  ?x a schema:Claim }"
ASKED = Asked(NASTY, ("http://x.example/d",), ("http://x.example/n",), None, True)


def test_a_link_asks_the_same() -> None:
    way = link(ASKED, Form.CSV)
    assert way is not None
    assert way.startswith("sparql?query=")
    fields = read_fields(urlsplit(way).query.encode(), "address")
    assert read_asked(fields["query"][0], fields) == replace(ASKED, form=Form.CSV)


def test_a_long_query_has_a_short_link_alone() -> None:
    query = "ASK {} #".ljust(LONGEST, "x")
    assert link(Asked(query)) is not None
    assert link(Asked(query + "x")) is None
    way = short_link(Asked(query + "x"), Form.XML)
    assert way is not None
    path, _, rest = way.partition("?")
    assert rest == "as=xml"
    assert unpack(path.removeprefix("sparql/q/")) == Asked(query + "x")


def test_lines_end_as_they_were_typed() -> None:
    assert asked_as(Asked("ASK\r\n{}", ("http://x.example/",), form=Form.TTL)) == Asked(
        "ASK\n{}", ("http://x.example/",), form=Form.TTL
    )


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=200))
def test_a_shell_would_read_the_query_as_it_is(query: str) -> None:
    words = shlex.split(curl(Asked(query), "http://x.example/", gives_graph=False))
    assert words == [
        *("curl", "-sS", "--get", "http://x.example/sparql", "-H", "Accept: application/sparql-results+json"),
        *("--data-urlencode", f"query={query}"),
    ]


def test_the_command_asks_for_the_form_that_was_chosen() -> None:
    assert "Accept: text/turtle" in curl(Asked("DESCRIBE <x>"), "http://x.example/", gives_graph=True)
    assert "Accept: text/csv" in curl(Asked("ASK {}", form=Form.CSV), "http://x.example/", gives_graph=False)
    # A page is nothing for a shell.
    assert "results+json" in curl(Asked("ASK {}", form=Form.HTML), "http://x.example/", gives_graph=False)


@pytest.mark.parametrize("query", [NASTY, NASTY + "#".ljust(LONGEST, "x")], ids=["short", "long"])
def test_the_command_works_as_it_stands(abroad: Abroad, endpoint: Endpoint, query: str) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not on this machine")
    asked = Asked(query, form=Form.TSV, prefixes=True)
    command = curl(asked, abroad.base, gives_graph=False)
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "?x"
    assert f"<{abroad.base}claims/{abroad.known.claim}#it>" in lines
    assert sorted(lines) == sorted(endpoint.get(query, ("as", "tsv"), ("prefixes", "on")).text.splitlines())


def test_the_link_is_plain_enough_for_every_address() -> None:
    way = link(ASKED)
    assert way is not None
    assert way.isascii()
    assert dict(parse_qsl(urlsplit(way).query))["query"] == NASTY
