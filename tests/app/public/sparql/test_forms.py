"""In which form a query is answered: what the clients that there are send, and what is wanted by name."""

import pytest

from app.public.sparql.forms import GRAPHS, TABLES, Form, choose_offer, likes_page, offers
from app.web.negotiate import NotAcceptable

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
# What rdflib's SPARQLStore, SPARQLWrapper, Comunica and YASGUI send for tables and for graphs.
STORE = "application/sparql-results+xml, application/rdf+xml"
WRAPPER = "application/sparql-results+json,application/json,text/javascript,application/javascript"
WRAPPER_GRAPH = (
    "text/turtle,application/turtle,application/x-turtle,application/rdf+xml,text/rdf+n3,application/n-triples,"
    "application/n3,text/n3,*/*"
)
COMUNICA = (
    "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,application/n-triples;q=0.8,"
    "application/sparql-results+json;q=0.75,application/sparql-results+xml;q=0.7,text/turtle;q=0.6"
)
YASGUI = "application/sparql-results+json,*/*;q=0.9"
YASGUI_GRAPH = "text/turtle,*/*;q=0.9"


@pytest.mark.parametrize(
    ("accept", "sent"),
    [
        (None, "application/sparql-results+json"),
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        (BROWSER, "text/html"),
        (STORE, "application/sparql-results+xml"),
        (WRAPPER, "application/sparql-results+json"),
        (COMUNICA, "application/sparql-results+json"),
        (YASGUI, "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/xml", "application/xml"),
        ("application/xml;q=0.9, application/sparql-results+xml;q=0.5", "application/xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/*", "text/csv; charset=utf-8"),
        ("application/*;q=0.1, image/png", "application/sparql-results+json"),
        ("*/*, application/sparql-results+json;q=0", "application/sparql-results+xml"),
    ],
)
def test_a_table_comes_as_it_is_liked_best(accept: str | None, sent: str) -> None:
    assert choose_offer(accept, None, offers(gives_graph=False)).content_type.startswith(sent)


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (None, Form.TTL),
        ("*/*", Form.TTL),
        (BROWSER, Form.HTML),
        (STORE, Form.RDF),
        (WRAPPER_GRAPH, Form.TTL),
        (COMUNICA, Form.JSONLD),
        (YASGUI_GRAPH, Form.TTL),
        ("application/n-triples", Form.NT),
        ("application/ld+json", Form.JSONLD),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#expanded"', Form.JSONLD),
        ("application/rdf+xml", Form.RDF),
    ],
)
def test_a_graph_comes_as_it_is_liked_best(accept: str | None, form: Form) -> None:
    assert choose_offer(accept, None, offers(gives_graph=True)).form is form


def test_what_is_wanted_by_name_wins() -> None:
    assert choose_offer("text/html", Form.CSV, TABLES).media_type == "text/csv"
    assert choose_offer("image/png", Form.JSON, TABLES).media_type == "application/sparql-results+json"
    assert choose_offer("text/turtle", Form.HTML, GRAPHS).form is Form.HTML


@pytest.mark.parametrize(
    ("accept", "wanted", "graph"),
    [("image/png", None, False), ("text/turtle", None, False), ("text/csv", None, True), (None, Form.TTL, False)],
)
def test_what_there_is_not_is_refused_with_what_there_is(accept: str | None, wanted: Form | None, graph: bool) -> None:
    some = offers(gives_graph=graph)
    with pytest.raises(NotAcceptable, match="as=csv") as caught:
        choose_offer(accept, wanted, some)
    assert caught.value.available == tuple(one.media_type for one in some)


@pytest.mark.parametrize(
    ("accept", "wanted", "page"),
    [
        (BROWSER, None, True),
        ("text/html, */*;q=0.1", None, True),
        (BROWSER, Form.CSV, False),
        ("*/*", Form.HTML, True),
        ("*/*", None, False),
        (None, None, False),
        ("text/*", None, False),
        ("application/json", None, False),
        ("image/png", None, False),
        (COMUNICA, None, False),
        (WRAPPER_GRAPH, None, False),
    ],
)
def test_a_page_is_for_whoever_likes_one_better_than_data(accept: str | None, wanted: Form | None, page: bool) -> None:
    assert likes_page(accept, wanted) is page


def test_each_form_has_a_name_for_pages() -> None:
    assert len({form.shown_as for form in Form}) == len(Form)
