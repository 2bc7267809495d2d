"""Forms by suffix and by `Accept`, with weights, wildcards and nonsense."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from app.web.negotiate import (
    LIST_FORMS,
    RECORD_FORMS,
    Form,
    NoSuchForm,
    NotAcceptable,
    accepted,
    choose,
    prefers,
    split_suffix,
)

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
RDFLIB = "text/turtle, application/n-triples, application/rdf+xml, application/trig, application/n-quads"
COMUNICA = "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,text/turtle;q=0.6,text/html;q=0.2"


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (None, Form.HTML),
        ("", Form.HTML),
        ("*/*", Form.HTML),
        ("nonsense", Form.HTML),
        (BROWSER, Form.HTML),
        (RDFLIB, Form.TTL),
        (COMUNICA, Form.NQ),
        ("application/ld+json, application/json;q=0.8, text/html;q=0.5", Form.JSONLD),
        ("application/json", Form.JSON),
        ("application/json;q=0.5, application/ld+json;q=0.4", Form.JSON),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#context"', Form.JSONLD),
        ("application/*", Form.JSONLD),
        ("text/*", Form.HTML),
        ("text/*, text/html;q=0", Form.TTL),
        ("*/*, text/html;q=0.1", Form.JSONLD),
        ("image/png, text/turtle;q=0.1", Form.TTL),
        ("TEXT/Turtle", Form.TTL),
        ("text/turtle;q=x, application/trig;q=0.2", Form.TRIG),
        ("text/turtle ; q = 0.3, application/trig;q=0.2", Form.TTL),
        ('application/trig;profile="a,b;q=1";q=0.1, text/turtle;q=0.2', Form.TTL),
        ('application/trig;profile="a\\",b";q=0.1, text/turtle;q=0.2', Form.TTL),
        ('application/trig;profile="never ended, text/turtle;q=0.2', Form.TRIG),
        # What is named comes before what is only under a wildcard, and a form by which it is read as well does too.
        ("application/json, text/plain, */*", Form.JSON),
        ("*/*, text/turtle", Form.TTL),
        ("text/plain, */*;q=0.1", Form.NT),
        ("text/n3, */*;q=0.1", Form.TTL),
        ("text/plain;q=0, */*;q=0.1", Form.HTML),
        ("text/html;q=0.3, text/*;q=0.3", Form.HTML),
    ],
)
def test_the_form_liked_best_is_chosen(accept: str | None, form: Form) -> None:
    assert choose(accept, RECORD_FORMS) is form


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (BROWSER, Form.HTML),
        ("text/csv", Form.CSV),
        ("application/atom+xml, application/xml;q=0.9", Form.ATOM),
        ("application/*", Form.JSON),
        ("text/*", Form.HTML),
    ],
)
def test_a_list_is_a_table_or_a_feed_too(accept: str, form: Form) -> None:
    assert choose(accept, LIST_FORMS) is form


@pytest.mark.parametrize("accept", ["application/atom+xml", "text/csv"])
def test_a_record_is_neither(accept: str) -> None:
    with pytest.raises(NotAcceptable):
        choose(accept, RECORD_FORMS)


@pytest.mark.parametrize("accept", ["image/png", "text/html;q=0", "text/plain, application/pdf", "*/*;q=0"])
def test_nothing_fit_is_told_with_what_there_is(accept: str) -> None:
    with pytest.raises(NotAcceptable) as refused:
        choose(accept, LIST_FORMS)
    assert refused.value.available == ("text/html", "application/json", "text/csv", "application/atom+xml")


@given(st.text(max_size=200))
def test_no_header_breaks_it(accept: str) -> None:
    try:
        assert choose(accept, RECORD_FORMS) in RECORD_FORMS
    except NotAcceptable:
        assert prefers(accept, [form.media_type for form in RECORD_FORMS]) is None


@pytest.mark.parametrize(
    ("lines", "whole"),
    [([], None), ([""], None), (["*/*"], "*/*"), (["image/png", "text/turtle;q=0.5"], "image/png, text/turtle;q=0.5")],
)
def test_all_lines_of_a_request_are_read(lines: list[str], whole: str | None) -> None:
    headers = [(b"accept", line.encode()) for line in lines]
    assert accepted(Request({"type": "http", "headers": [(b"host", b"localhost"), *headers]})) == whole


@pytest.mark.parametrize("accept", ['"' * 50_000, '\\"' * 50_000, "," * 100_000, ";" * 100_000, 'a/b;c="' * 20_000])
def test_a_giant_header_is_read_to_the_fiftieth_range(accept: str) -> None:
    assert choose(f"text/turtle, {accept}", RECORD_FORMS) is Form.TTL


def test_suffixes_are_split_off() -> None:
    assert split_suffix("37d2qfnqr", RECORD_FORMS) == ("37d2qfnqr", None)
    for form in RECORD_FORMS[1:]:
        assert split_suffix(f"v1.{form.value}", RECORD_FORMS) == ("v1", form)
    for name in ("x.exe", "x.html", "x.", "x.JSON"):
        with pytest.raises(NoSuchForm):
            split_suffix(name, RECORD_FORMS)
