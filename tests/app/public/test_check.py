"""Checking a citation as a reader and as a machine: by address, by form, as a page and as JSON."""

from typing import Any
from urllib.parse import quote, urlencode

import pytest

from kb.formats.citation import FORMS
from kb.verify.citation import LONGEST
from tests.app.conftest import Library
from tests.factories.documents import BASE
from tests.support.reader import Page, Reader, read

FORM = "application/x-www-form-urlencoded"


def sent(reader: Reader, text: str, **headers: str) -> Any:
    return reader.post("/check", urlencode({"q": text}).encode(), FORM, **headers)


def page_of(reader: Reader, text: str) -> Page:
    reply = sent(reader, text, Accept="text/html")
    assert reply.status_code == 200
    return read(reply.text)


def test_the_form_stands_there_without_an_answer(reader: Reader) -> None:
    page = reader.page("/check")
    assert page.faults == []
    tags = {tag: values for tag, values in page.tags if tag in ("form", "textarea", "button", "label")}
    assert tags["form"]["method"] == "post"
    assert tags["form"]["action"] == "./check"
    assert (tags["textarea"]["name"], tags["label"]["for"]) == ("q", tags["textarea"]["id"])
    assert tags["textarea"]["aria-describedby"] in page.ids
    assert "status" not in {values.get("role") for _, values in page.tags}
    assert page.title.startswith("Check a citation")


def test_every_form_of_an_older_version_by_both_ways(library: Library) -> None:
    forms = library.reader.get(f"/claims/{library.known.claim}/cite.json?version=1").json()["forms"]
    for form in FORMS:
        by_address = library.reader.get(f"/check?q={quote(forms[form])}", Accept="application/json")
        by_form = sent(library.reader, forms[form], Accept="application/json")
        by_suffix = library.reader.get(f"/check.json?q={quote(forms[form])}")
        assert by_address.json() == by_form.json() == by_suffix.json()
        told = by_form.json()
        assert (told["verdict"], told["version"], told["latest"]) == ("corrected", 1, 2)
        assert told["address"] == f"{BASE}claims/{library.known.claim}/v1"
        assert {"label", "kind", "after"} <= set(told["changes"][-1])
        assert by_form.headers["access-control-allow-origin"] == "*"


def test_the_page_says_what_changed_and_leads_there(library: Library) -> None:
    claim = library.known.claim
    page = page_of(library.reader, f"{BASE}claims/{claim}/v1")
    assert page.faults == []
    statuses = [values for _, values in page.tags if values.get("role") == "status"]
    assert len(statuses) == 1
    for words in (
        "Corrected since",
        "Version 2 of 26 November 2026 corrected it: Invented note of version 2.",
        "What has changed from version 1 to version 2",
        "Added: Invented note.",
        "Partly supported; the year is contradicted",
    ):
        assert words in page.text
    found = [address for address, _ in page.addresses("/check")]
    for address in (
        f"/claims/{claim}/v1",
        f"/claims/{claim}",
        f"/claims/{claim}/diff/1..2",
        f"/claims/{claim}/history",
    ):
        assert address in found
    # The answer has a link of its own, which says the same.
    link = next(one for one in found if one.startswith("/check?q="))
    assert library.reader.page(link).text == page.text
    robots = [values for tag, values in page.tags if values.get("name") == "robots"]
    assert [one["content"] for one in robots] == ["noindex"]


def test_the_reply_is_in_view(library: Library) -> None:
    page = page_of(library.reader, f"{BASE}claims/{library.known.denied}/v1")
    assert page.text.index("Bela Invented denies it.") < page.text.index("moved the summit")
    gone = page_of(library.reader, f"{BASE}claims/{library.known.gone}/v1")
    assert "[WITHDRAWN] " in gone.text
    assert "Version 2 of 27 November 2026 withdrew what it says" in gone.text


@pytest.mark.parametrize(
    ("text", "verdict", "words"),
    [
        ("no citation at all", "unknown", "Not known here"),
        (f"{BASE}claims/zzzzzzzz/v1", "not_genuine", "Not genuine"),
        ("https://other.example/claims/37d2qfnqr", "unknown", f"which begins with {BASE}"),
        ("<script>alert(1)</script>\0\u202e", "unknown", "Not known here"),
        ("]]>--><img src=x onerror=y>" * 100, "unknown", "Not known here"),
    ],
)
def test_what_is_not_ours(reader: Reader, text: str, verdict: str, words: str) -> None:
    assert sent(reader, text, Accept="application/json").json()["verdict"] == verdict
    page = page_of(reader, text)
    assert words in page.text
    assert page.faults == []
    assert not {tag for tag, _ in page.tags} & {"script", "img"}


def test_several_citations_are_each_answered(library: Library) -> None:
    text = f"{BASE}claims/{library.known.claim}/v1\n{BASE}claims/zzzzzzzz/v1"
    told = sent(library.reader, text, Accept="application/json").json()
    assert [one["verdict"] for one in told["results"]] == ["corrected", "not_genuine"]
    page = page_of(library.reader, text)
    assert "The text holds 2 citations." in page.text
    assert page.text.index("Corrected since") < page.text.index("Not genuine")


def test_a_long_text_has_no_link_and_one_too_long_is_refused(library: Library) -> None:
    address = f"{BASE}claims/{library.known.claim}/v1"
    page = page_of(library.reader, address + " é" * 1500)
    assert "Corrected since" in page.text
    assert "A link to this answer" not in page.text
    longest = "𝄞" * (LONGEST - len(address) - 1) + " " + address
    assert sent(library.reader, longest, Accept="application/json").json()["verdict"] == "corrected"
    for text in ("x" * (LONGEST + 1), "𝄞" * (LONGEST + 100)):
        reply = sent(library.reader, text, Accept="application/json")
        assert reply.status_code == 400
        assert "at most 20000 " in reply.json()["detail"]


def test_what_cannot_be_answered(reader: Reader) -> None:
    assert reader.ask("/check.json").status_code == 400
    assert reader.ask("/check?q=%20", Accept="application/json").status_code == 400
    assert reader.page("/check?q=%20").title.startswith("Check a citation")
    assert reader.ask("/check.csv?q=a").status_code == 404
    assert reader.ask("/check?q=a", Accept="text/turtle").status_code == 406
    for body, kind in ((b'{"q": "a"}', "application/json"), (b"q=a", "text/plain"), (b"a=1&" * 20, FORM)):
        reply = reader.post("/check", body, kind, Accept="application/json")
        assert (reply.status_code, reply.headers["content-type"]) == (400, "application/problem+json")
    assert reader.post("/check", b"other=1", FORM, Accept="text/html").status_code == 200
    assert reader.post("/check", b"q=%ff%fe", FORM, Accept="application/json").json()["verdict"] == "unknown"
    assert reader.ask("/check", "DELETE").status_code == 405


def test_the_answer_is_asked_for_each_time(reader: Reader) -> None:
    for reply in (reader.get("/check?q=a"), sent(reader, "a")):
        assert (reply.headers["cache-control"], reply.headers["vary"]) == ("no-cache", "Accept")
