"""The query page: what was typed stays, an answer is read without scripts, an error says where it is and what to do."""

from html import unescape
from typing import Any

import pyoxigraph
import pytest
from lxml import html
from starlette.requests import Request

from app.public.sparql.forms import Form
from app.public.sparql.page import Sheet, show
from app.public.sparql.prefixes import USUAL
from app.public.sparql.questions import NAMES, named
from app.public.sparql.reading import Asked
from app.public.sparql.table import SHOWN
from app.web import links
from app.web.templates import LIGHT, STATIC
from kb.errors import Problem
from kb.projections.triples.problems import BadQuery, Busy, NotAnswered, NotReady, Off, Stopped, TooLong, TooMuch
from kb.projections.triples.question import Answer, Kind
from tests.app.conftest import Library
from tests.support.html import Read
from tests.support.reader import Page, read
from tests.support.statements import Statements

SELECT = "SELECT ?claim ?n WHERE { VALUES (?claim ?n) { (<http://localhost:8000/claims/a#it> 1) } }"
HOSTILE = 'ASK { ?s ?p "</textarea><script>alert(1)</script>" } # \' &amp;'


def shown(library: Library, sheet: Sheet, status: int = 200) -> tuple[Page, str]:
    """The page as the endpoint gives it, read, and as it stands."""
    scope = {"type": "http", "method": "GET", "app": library.reader.app, "path": "/sparql", "raw_path": b"/sparql"}
    reply = show(Request(scope | {"headers": [], "query_string": b""}), sheet, status)
    assert reply.status_code == status
    assert reply.headers["vary"] == "Accept"
    assert reply.headers["cache-control"] == ("no-cache" if status == 200 else "no-store")
    text = bytes(reply.body).decode()
    assert Read(text).faults() == []
    assert "<script" not in text
    return read(text), text


def answered(query: str, seq: int = 3, **more: Any) -> Sheet:
    """As the index answers, by the same engine."""
    asked = Asked(query, **more)
    found: Any = pyoxigraph.Store().query(asked.text)
    if isinstance(found, pyoxigraph.QueryTriples):
        body = found.serialize(format=pyoxigraph.RdfFormat.N_TRIPLES)
        return Sheet(asked, Answer(body, 0, seq, 38.4), kind=Kind.CONSTRUCT)
    kind = Kind.ASK if isinstance(found, pyoxigraph.QueryBoolean) else Kind.SELECT
    body = found.serialize(format=pyoxigraph.QueryResultsFormat.JSON)
    return Sheet(asked, Answer(body, 0, seq, 38.4), kind=kind)


def typed(text: str) -> str:
    """What stands in the field, as a browser reads it: the first line feed is not part of it."""
    found = html.fromstring(text.replace("<textarea", "\n<textarea")).get_element_by_id("query").text or ""
    return found.removeprefix("\n")


def status_line(text: str) -> str:
    (line,) = html.fromstring(text).xpath("//*[@role='status']")
    return " ".join(line.text_content().split())


def test_a_page_of_no_query(library: Library) -> None:
    page, text = shown(library, Sheet())
    assert typed(text) == ""
    for one in named():
        assert f"./sparql/{one.name}#answer" in page.links
        assert one.sentence in page.text
    assert len(NAMES) == 15
    for name, iri in USUAL.items():
        assert f"{name}: {iri}" in page.text or f"{name}:{iri}" in page.text
    attributes = dict(page.tags)
    assert attributes["textarea"]["rows"] == "16"
    assert 'name="prefixes" value="on" checked' in text
    assert "http://localhost:8000/sparql" in page.text
    assert "noindex" not in text


def test_it_costs_no_statement_until_there_is_an_answer(library: Library) -> None:
    with Statements(library.engine) as seen:
        shown(library, Sheet())
    # The index looks at the log through the same engine meanwhile.
    assert [one for one in seen if "log_head" not in one and "edition" not in one] == []


def test_it_is_light(library: Library) -> None:
    styles = sum((STATIC.parent / one).stat().st_size for one in (links.STYLE, links.MORE_STYLE, links.QUERY_STYLE))
    for sheet in (Sheet(), answered(SELECT)):
        _, text = shown(library, sheet)
        assert len(text.encode()) + styles < LIGHT


def test_an_answer_is_a_table_with_where_the_index_is(library: Library) -> None:
    page, text = shown(library, answered(SELECT))
    assert status_line(text).startswith("1 row in 38 ms · index at log entry 3 of ")
    assert status_line(text).endswith("· JSON XML CSV TSV")
    assert "./claims/a#it" in page.links
    assert any(link.endswith("&as=csv") for link in page.links)
    assert 'role="region" tabindex="0" aria-label="Results"' in text
    assert "xsd:integer" in page.text
    assert typed(text) == SELECT
    assert "noindex" in text


def test_an_index_that_is_ahead_of_the_page_is_not_ahead_of_the_log(library: Library) -> None:
    _, text = shown(library, answered(SELECT, seq=99_999))
    assert "index at log entry 99 999 of 99 999" in status_line(text)


@pytest.mark.parametrize(
    ("query", "words"), [("ASK {}", "Yes: what is asked for is here."), ("ASK { ?s ?p ?o }", "No: nothing here is")]
)
def test_a_truth_is_told_in_words(library: Library, query: str, words: str) -> None:
    page, text = shown(library, answered(query))
    assert words in page.text
    assert status_line(text).startswith("Answered in 38 ms")
    assert "<table" not in text


def test_a_graph_is_a_table_of_triples(library: Library) -> None:
    query = "CONSTRUCT { <http://localhost:8000/topics/t> a <http://schema.org/Thing> } WHERE {}"
    page, text = shown(library, answered(query))
    assert status_line(text).startswith("1 triple in")
    assert status_line(text).endswith("Turtle N-Triples RDF/XML JSON-LD")
    assert {"./topics/t", "http://schema.org/Thing"} <= set(page.links)
    assert text.count('rel="nofollow"') == 2


def test_nothing_found_is_said(library: Library) -> None:
    page, text = shown(library, answered("SELECT ?x { ?x ?y ?z }"))
    assert status_line(text).startswith("0 rows in")
    assert "Nothing that is published fits this query." in page.text


def test_rows_that_are_not_shown_are_counted(library: Library) -> None:
    values = " ".join(map(str, range(57)))
    page, _ = shown(library, answered(f"SELECT * {{ VALUES ?x {{ {values} }} VALUES ?y {{ {values} }} }}"))
    assert f"{SHOWN} of {57 * 57} rows are shown. All of them are in the files above." in page.text
    assert [tag for tag, _ in page.tags].count("tr") == SHOWN + 1
    values = " ".join(str(number * 7919 % 10007) for number in range(1_500))
    page, _ = shown(library, answered(f"SELECT ?x {{ VALUES ?x {{ {values} }} }}"))
    assert "choose a form above and run the query again" in page.text


def test_a_long_query_says_that_its_answer_has_a_short_link_alone(library: Library) -> None:
    page, _ = shown(library, answered("ASK {} #" + "x" * 2_000))
    assert "no address of its own but the short link" in page.text
    assert not any("query=" in link for link in page.links)
    noise = " ".join(f"?v{number * 7919 % 10007}" for number in range(900))
    page, text = shown(library, answered(f"SELECT {noise} {{}}"))
    assert "no address of its own. Keep the query itself." in page.text
    assert "Short link" not in page.text
    assert status_line(text).endswith(f"of {status_line(text).rpartition(' of ')[2]}")


def test_what_was_typed_stays_and_is_never_read_as_a_page(library: Library) -> None:
    for sheet, status in (
        (answered(HOSTILE), 200),
        (Sheet(Asked(HOSTILE), problem=BadQuery("No.", line=1, column=12, expected="<script>")), 400),
    ):
        _, text = shown(library, sheet, status)
        assert typed(text) == HOSTILE


def test_lines_at_its_beginning_stay_too(library: Library) -> None:
    _, text = shown(library, answered("\n\nASK {}"))
    assert typed(text) == "\n\nASK {}"


def test_what_was_chosen_stays_chosen(library: Library) -> None:
    graph = "http://localhost:8000/claims/a/v1"
    sheet = answered("ASK {}", default_graphs=(graph,), named_graphs=(graph,), form=Form.CSV, prefixes=False)
    page, text = shown(library, sheet)
    assert '<option value="csv" selected>' in text
    assert 'value="on" checked' not in text
    assert f'<input type="hidden" name="default-graph-uri" value="{graph}">' in text
    assert f'<input type="hidden" name="named-graph-uri" value="{graph}">' in text
    assert f"Asked of these graphs alone: {graph}" in page.text


def test_the_command_for_a_shell_stands_there_as_it_is(library: Library) -> None:
    _, text = shown(library, answered(HOSTILE))
    command = html.fromstring(text).xpath("//pre")[-1].text_content()
    assert command.startswith(
        "curl -sS --get http://localhost:8000/sparql -H 'Accept: application/sparql-results+json'"
    )
    assert "</textarea><script>" in unescape(command)


def test_an_error_says_where_and_what_might_stand_there(library: Library) -> None:
    problem = BadQuery("This is no SPARQL.", line=2, column=3, expected="expected one of A, B")
    page, text = shown(library, Sheet(Asked("ASK\n{ !"), problem=problem), 400)
    assert "Error in line 2, column 3: This is no SPARQL. Mend the query and send it again." in page.text
    (line,) = html.fromstring(text).xpath("//*[@role='alert']//pre")
    assert line.text_content() == "{ !\n  ^"
    assert "What the engine looked for thereA, B" in page.text
    assert 'aria-invalid="true" aria-describedby="answer"' in text


@pytest.mark.parametrize(
    ("problem", "status", "words"),
    [
        (NotAnswered("SERVICE is not answered here.", line=1, column=4), 400, "in line 1, column 4"),
        (NotAnswered("Updates are not taken."), 400, "Error: Updates are not taken."),
        (TooLong("The query is too long.", where="query", remedy="Shorten it."), 413, "Shorten it."),
        (TooMuch("More than 10,000 rows.", limit="rows"), 413, "To narrow it: –Add LIMIT"),
        (Stopped("It was stopped after 10 s.", cause="time"), 503, "To narrow it: –Name the claim"),
        (Busy("All are taken.", retry_after=1), 503, "Run it again in a second"),
        (NotReady("The index is being made.", retry_after=2), 503, "Run it again in 2 seconds"),
        (Off("Queries are not answered on this machine."), 503, "takes a file from Data"),
    ],
)
def test_no_answer_is_told_in_words(library: Library, problem: Problem, status: int, words: str) -> None:
    page, text = shown(library, Sheet(Asked("ASK {}"), problem=problem), status)
    (alert,) = html.fromstring(text).xpath("//*[@role='alert']")
    said = " ".join(alert.text_content().split())
    assert words.replace("–", "") in said
    assert problem.what in said
    assert "status" not in {values.get("role") for _, values in page.tags}
    assert typed(text) == "ASK {}"


def test_what_could_not_be_read_as_a_query_is_an_error_on_the_page(library: Library) -> None:
    page, text = shown(library, Sheet(problem=NotAnswered("There are two queries.")), 400)
    assert "There are two queries." in page.text
    assert typed(text) == ""
