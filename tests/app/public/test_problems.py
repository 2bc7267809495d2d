"""Errors: helpful pages, the same as problem+json, and nothing given away."""

import pytest

from app.web.headers import SECURITY
from tests.app.conftest import Library
from tests.support import raw
from tests.support.reader import Reader, read

JSON = {"Accept": "application/json"}


def mistyped(record: str) -> str:
    return record[:-2] + ("a" if record[-2] != "a" else "b") + record[-1]


def test_a_mistyped_id_brings_the_right_one_to_mind(library: Library) -> None:
    record = library.known.claim
    typo = mistyped(record)
    problem = library.reader.ask(f"/claims/{typo}", **JSON)
    assert problem.status_code == 404
    assert problem.headers["content-type"] == "application/problem+json"
    body = problem.json()
    assert body["did_you_mean"] == f"http://localhost:8000/claims/{record}"
    assert body["status"] == 404
    assert {"type", "title", "detail", "instance"} <= set(body)
    page = library.reader.ask(f"/claims/{typo}", Accept="text/html")
    assert page.status_code == 404
    assert f"../claims/{record}" in read(page.text).links


def test_an_id_of_another_kind_is_found(library: Library) -> None:
    problem = library.reader.ask(f"/claims/{library.known.source}", **JSON).json()
    assert problem["did_you_mean"] == f"http://localhost:8000/sources/{library.known.source}"


def test_words_that_are_mistyped_are_found_too(library: Library) -> None:
    assert library.reader.ask("/topics/hieghts", **JSON).json()["did_you_mean"].endswith("/topics/heights")
    assert library.reader.ask("/methd", **JSON).json()["did_you_mean"].endswith("/method")


@pytest.mark.parametrize("tail", ["", ".ttl", "/v1", "/v1.json", "/history"])
def test_capitals_hyphens_and_lookalikes_lead_to_the_id(library: Library, tail: str) -> None:
    record = library.known.claim
    typed = f"{record[:4]}-{record[4:]}".upper().replace("0", "O").replace("1", "I")
    reply = library.reader.ask(f"/claims/{typed}{tail}")
    assert reply.status_code == 308
    way = f"../{record}{tail}" if tail.startswith("/") else f"{record}{tail}"
    assert reply.headers["location"] == way


@pytest.mark.parametrize(
    "tail",
    ["/v0", "/v99", "/v999999999999999999999", "/v01", "/v1x", "/nothing", "/v1.exe", ".exe", "/diff/1..9"],
)
def test_what_a_record_does_not_have_is_not_found(library: Library, tail: str) -> None:
    path = f"/claims/{library.known.claim}{tail}"
    assert library.reader.ask(path, **JSON).status_code == 404
    assert library.reader.ask(path, Accept="text/html").headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    "path",
    [
        "/claims/%00", "/claims/zzzzzzzz", "/claims/" + "a" * 5000, "/topics/%00", "/topics/" + "a" * 5000,
        "/no/such/page", "/%F0%9F%8F%94", "/claims/..%2f..%2fetc", "/agents/%ff", "/topics/%2e%2e", "/robots",
        "/a%0d%0aSet-Cookie:%20x",
    ],
)  # fmt: skip
def test_absurd_addresses_are_not_found_and_not_repeated(reader: Reader, path: str) -> None:
    for accept in ("application/json", "text/html"):
        reply = reader.ask(path, Accept=accept)
        assert reply.status_code == 404
        assert len(reply.content) < 8_000
        assert "set-cookie" not in reply.headers


def test_406_lists_what_there_is(library: Library) -> None:
    reply = library.reader.ask(f"/claims/{library.known.claim}", Accept="image/png")
    assert reply.status_code == 406
    assert {"text/html", "text/turtle", "application/ld+json"} <= set(reply.json()["available"])
    list_forms = ["text/html", "application/json", "text/csv", "application/atom+xml"]
    assert library.reader.ask("/claims", Accept="text/turtle").json()["available"] == list_forms


@pytest.mark.parametrize("method", ["DELETE", "PUT", "PATCH", "POST"])
def test_pages_can_only_be_read(library: Library, method: str) -> None:
    reply = library.reader.ask(f"/claims/{library.known.claim}", method, **JSON)
    assert reply.status_code == 405
    assert "GET" in reply.headers["allow"]
    assert reply.json()["status"] == 405


def test_a_slash_too_many_is_forgiven(reader: Reader) -> None:
    reply = reader.ask("/claims/")
    assert (reply.status_code, reply.headers["location"]) == (308, "../claims")


def test_a_failure_within_is_a_page_without_its_cause(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise RuntimeError("secret cause")

    monkeypatch.setattr("app.public.home.counts", fail)
    for accept in ("text/html", "application/json, */*;q=0.1"):
        reply = library.reader.ask("/", Accept=accept)
        assert reply.status_code == 500
        assert "secret" not in reply.text
        assert reply.headers["content-security-policy"] == SECURITY["Content-Security-Policy"]


def test_every_reply_is_secured(library: Library) -> None:
    known = library.known
    paths = ["/", "/claims.json", f"/claims/{known.claim}", f"/claims/{known.claim}/v1.ttl", "/ns/context-v1.jsonld"]
    paths += [
        "/static/style-v1.css",
        "/healthz",
        "/nothing",
        f"/claims/{known.claim.upper()}",
        "/claims/",
        "/claims?limit=x",
    ]
    for path in paths:
        headers = library.reader.ask(path).headers
        for name, value in SECURITY.items():
            assert headers[name.lower()] == value, (path, name)
    policy = SECURITY["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


ABSURD = [
    "/" + "a" * 100_000,
    "/claims/" + "%61" * 30_000,
    "/" + "a/" * 5_000, "/a" * 5_000,
    "/claims/%00", "/claims/%00.json", "/sources/%00/text", "/sources/x/text.txt", "/%00",
    "/claims/..%2f..%2f..%2fetc%2fpasswd", "/static/..%2f..%2fmain.py", "/ns/..%2f..", "/claims/%2e%2e/%2e%2e",
    "/claims/%ff%fe", "/%c3%28", "/topics/%ed%a0%80", "/claims/%f0%9f%8f%94.ttl",
    "/claims?after=" + "9" * 100_000, "/claims?limit=%00", "/claims?limit=%D9%A3", "/search?q=" + "%22" * 20_000,
    "/claims?" + "&".join(f"a{number}=b" for number in range(5_000)),
    "/claims?after=%ff&limit=%c3%28", "/claims?limit=1e9", "/claims?limit=-1",
    "/claims/v1/v1/v1", "/v1", "/.json", "/claims/.ttl", "/.", "/claims/.", "//claims", "///", "/claims//x",
    "/claims/x;y=z", "/claims/x%0d%0ay", "/%E2%80%AEsmialc", "/sources/x/text?from=" + "1" * 50_000,
]  # fmt: skip


@pytest.mark.parametrize("path", ABSURD, ids=[path[:30].encode("unicode_escape").decode() for path in ABSURD])
def test_no_request_is_too_absurd_for_an_answer(reader: Reader, path: str) -> None:
    """A page for people and a problem for machines, small, and never a failure of ours."""
    for accept, kind in (("text/html", "text/html"), ("application/json", "application/problem+json")):
        reply = raw.ask(reader, path, accept=accept)
        assert reply.status < 500, reply.body[:300]
        if reply.status < 400:
            # A query that means nothing may be passed over, and a slip forgiven.
            continue
        assert reply.headers["content-type"].partition(";")[0] == kind
        assert len(reply.body) < 10_000
        if kind == "text/html":
            page = read(reply.body.decode())
            assert page.faults == []
            assert [tag for tag, _ in page.tags].count("h1") == 1
        else:
            body = reply.json()
            assert body["status"] == reply.status
            assert {"type", "title", "detail", "instance"} <= set(body)
            assert all(len(str(value)) < 1_000 for value in body.values())


@pytest.mark.parametrize("method", ["BREW", "TRACE", "PROPFIND", "CONNECT", "LOCK", "OPTIONS"])
@pytest.mark.parametrize("path", ["/", "/claims", "/claims/x/v1", "/nothing", "/search"])
def test_unknown_methods_are_answered_in_words(reader: Reader, method: str, path: str) -> None:
    for accept, kind in (("text/html", "text/html"), ("application/json", "application/problem+json")):
        reply = reader.ask(path, method, Accept=accept)
        assert reply.status_code in (404, 405)
        assert reply.headers["content-type"].partition(";")[0] == kind
        assert reply.status_code == 404 or "GET" in reply.headers["allow"]


def test_a_page_that_is_missing_leads_on(library: Library) -> None:
    page = read(library.reader.ask("/claims/height-of-the-mountain", Accept="text/html").text)
    assert ("input", "height of the mountain") in [
        (tag, values.get("value", "")) for tag, values in page.tags if tag == "input"
    ]
    forms = [values["action"] for tag, values in page.tags if tag == "form"]
    assert set(forms) == {"../search"}
    for way in ("../claims", "../topics", "../sources", "../log", "../about"):
        assert way in page.links


def test_406_links_to_what_there_is(library: Library) -> None:
    known = library.known
    for path in (f"/claims/{known.claim}", f"/claims/{known.claim}/v1", "/claims", f"/claims/{known.claim}/history"):
        # A browser that refuses what there is still reads a page of words.
        reply = library.reader.ask(path, Accept="image/png, text/html;q=0")
        assert reply.status_code == 406
        for one in reply.json()["available"]:
            assert library.reader.ask(path, Accept=one).status_code == 200, (path, one)
    page = library.reader.ask(f"/sources/{known.source}/text", Accept="image/png")
    assert (page.status_code, page.json()["available"]) == (406, ["text/html"])
