"""The ledger of corrections: complete, in order, each entry for good, and nothing alleged without its reply."""

import csv
import io
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree

import feedparser
import pytest

from tests.app.public.conftest import Life
from tests.support.corrected import DENIAL, HOSTILE
from tests.support.statements import Statements

ATOM = "{http://www.w3.org/2005/Atom}"
KINDS = [
    "clarification",
    "restoration",
    "withdrawal",
    "correction",
    "correction",
    "correction",
    "withdrawal",
    "correction",
]


def items(life: Life, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = life.reader.get(f"/corrections.json{query}").json()["items"]
    return found


def test_everything_that_was_corrected_stands_in_it_the_newest_first(life: Life) -> None:
    told = items(life)
    assert [one["change"] for one in told] == KINDS
    assert [one["seq"] for one in told] == sorted((one["seq"] for one in told), reverse=True)
    mine = [one for one in told if one["id"] == life.corrected.claim]
    assert [(one["from"]["version"], one["to"]["version"]) for one in mine] == [(5, 6), (4, 5), (3, 4), (2, 3), (1, 2)]
    assert [one["stood_days"] for one in mine] == [1, 1, 9, 3, 1]
    assert all(one["replies"] == DENIAL for one in mine)
    assert [one["standing"] for one in mine] == ["current", "superseded", "superseded", "corrected", "corrected"]
    changed = mine[2]
    assert changed["from"]["line"] == f"{DENIAL} Partly supported; the year is contradicted."
    assert changed["to"]["line"] == f"{DENIAL} Contradicted."
    assert {"label": "Verdict", "kind": "changed"}.items() <= changed["changes"][0].items()
    assert changed["diff"] == f"http://localhost:8000{life.page}/diff/3..4"
    assert changed["note"] == {"en": "Invented note of version 4."}


def test_the_page_says_what_was_said_before_and_since_when(life: Life) -> None:
    page = life.reader.page("/corrections")
    assert not page.faults
    assert "Correction, 15 December 2026 · claim · no second reader" in page.text
    assert f"{DENIAL} Is it so that Bela Invented moved the border stones?" in page.text
    assert "(removed: Partly supported; the year is contradicted) → (added: Contradicted)" in page.text
    assert "Version 3 stood for 9 days" in page.text
    assert "Stance of evidence 1: Supports → Qualifies" in page.text
    assert "Evidence 3 added" in page.text
    assert "corrected since, by version 3 of 5 December 2026" in page.text
    addresses = {address for address, _ in page.addresses("/corrections")}
    claim = life.corrected.claim
    expected = (f"{life.page}/v3", f"{life.page}/v4", f"{life.page}/diff/3..4", f"/corrections/{claim}-v4")
    assert {*expected, life.page, "/corrections-policy", "/corrections.atom"} <= addresses


def test_the_reply_stands_before_every_allegation(life: Life) -> None:
    text = life.reader.page("/corrections").text
    allegation = "Is it so that Bela Invented moved the border stones?"
    for before in text.split(allegation)[:-1]:
        assert before.rstrip().endswith(DENIAL)


def test_each_entry_has_an_address_for_good(life: Life) -> None:
    for one in items(life):
        address = str(one["entry"]).removeprefix("http://localhost:8000")
        page = life.reader.page(address)
        assert not page.faults
        assert str(one["change"]).capitalize() in page.text
        assert life.reader.get(f"{address}.json").json() == one
        again = life.reader.ask(address, If_None_Match=life.reader.get(address).headers["etag"])
        assert again.status_code == 304
    assert life.reader.page(f"/corrections/{life.corrected.claim}-v4").title.startswith(DENIAL)


@pytest.mark.parametrize(
    "name", ["{claim}-v1", "{claim}-v99", "{claim}-v999999999", "000000000-v2", "nothing", "a b", "%00"]
)
def test_what_is_no_entry_is_said(life: Life, name: str) -> None:
    reply = life.reader.ask(f"/corrections/{name.format(claim=life.corrected.claim)}", Accept="application/json")
    assert reply.status_code == 404
    assert reply.headers["content-type"] == "application/problem+json"
    near = reply.json().get("did_you_mean")
    assert near == (f"http://localhost:8000{life.page}" if "{claim}" in name else None)


def test_it_is_read_in_pieces(life: Life) -> None:
    seen, way = [], "/corrections.json?limit=3"
    while way:
        reply = life.reader.get(way)
        body = reply.json()
        seen += [one["seq"] for one in body["items"]]
        assert len(body["items"]) <= 3
        assert ('rel="next"' in reply.headers.get("link", "")) == bool(body["next"])
        way = urljoin(way, body["next"]) if body["next"] else None
    assert seen == [one["seq"] for one in items(life)]
    page = life.reader.page("/corrections?limit=3")
    assert "Older corrections" in page.text
    assert "Nothing has been corrected" not in life.reader.page("/corrections?after=1").text
    for query in ("?limit=0", "?limit=x", "?after=x", "?after=-1"):
        assert life.reader.ask(f"/corrections{query}").status_code == 400


def test_as_a_table(life: Life) -> None:
    reply = life.reader.get("/corrections.csv")
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(reply.text)))
    assert [row["change"] for row in rows] == KINDS
    mine = [row for row in rows if row["id"] == life.corrected.claim]
    assert all(row["replies"] == DENIAL for row in mine)
    assert (mine[2]["from_version"], mine[2]["to_version"], mine[2]["stood_days"]) == ("3", "4", "9")
    assert mine[2]["from_label"] == f"{DENIAL} Partly supported; the year is contradicted."
    assert mine[2]["note"] == "Invented note of version 4."


def test_as_a_feed(life: Life) -> None:
    reply = life.reader.get("/corrections.atom?limit=4")
    assert reply.headers["content-type"] == "application/atom+xml"
    root = ElementTree.fromstring(reply.text)
    entries = root.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids)) == 4
    assert ids[3] == f"http://localhost:8000/corrections/{life.corrected.claim}-v4"
    assert root.findtext(f"{ATOM}id") == "http://localhost:8000/corrections.atom"
    assert root.findtext(f"{ATOM}updated") == "2026-12-18T09:00:00Z"
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["self"] == "http://localhost:8000/corrections.atom?limit=4"
    assert "next" in links
    for entry in entries:
        text = " ".join(entry.itertext())
        assert "border stones" not in text or text.index(DENIAL) < text.index("border stones")
    corrected = " ".join(entries[3].itertext())
    assert "Before: Partly supported; the year is contradicted." in corrected
    assert "Version 3 stood for 9 days." in corrected
    parsed = feedparser.parse(reply.text)
    assert not parsed.bozo
    assert len(parsed.entries) == 4


def test_accept_chooses_the_form(life: Life) -> None:
    for accept, kind in (("application/json", "application/json"), ("text/csv", "text/csv; charset=utf-8")):
        reply = life.reader.get("/corrections", Accept=accept)
        assert reply.headers["content-type"] == kind
        assert reply.headers["vary"] == "Accept"
    assert life.reader.ask("/corrections", Accept="image/png").status_code == 406
    assert life.reader.ask("/corrections.ttl").status_code == 404


def test_a_few_statements_whatever_the_entries(life: Life) -> None:
    for path, most in (
        ("/corrections", 3),
        ("/corrections?limit=1", 3),
        ("/corrections.json", 4),
        ("/corrections.atom", 4),
    ):
        with Statements(life.library.engine) as sent:
            life.reader.get(path)
        assert len(sent) == most, (path, sent)


def test_words_of_others_stay_words(life: Life) -> None:
    for path in ("/corrections", f"/corrections/{life.corrected.source.rpartition('/')[2]}-v2"):
        assert HOSTILE not in life.reader.get(path).text
    note = next(one for one in items(life)[0]["changes"] if one["label"] == "Note")
    assert note["after"] == HOSTILE


def test_the_same_state_is_answered_with_304(life: Life) -> None:
    for path in ("/corrections", "/corrections.json", "/corrections.csv", "/corrections.atom"):
        reply = life.reader.get(path)
        assert reply.headers["cache-control"] == "no-cache"
        assert life.reader.ask(path, If_None_Match=reply.headers["etag"]).status_code == 304
