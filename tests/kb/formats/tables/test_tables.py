"""The four tables: what they say is what the documents say, and what a spreadsheet would compute is text in them."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kb.documents.addresses import page_of
from kb.documents.canonical import digest
from kb.formats.table import Lines, unguarded
from kb.formats.tables.column import TYPED, Table
from kb.formats.tables.every import TABLES
from kb.formats.tables.row import Row
from kb.formats.tables.row import record as row_of
from tests.support.formulas import PAYLOADS, seems_safe

VALID = Path(__file__).parents[3] / "vectors" / "editions" / "valid"
# Keys whose values are words of people, each with its language, or alone.
BARE = {"exact", "prefix", "suffix", "segment"}
# Columns of text into which no words of people come: what is computed from closed words, ids and addresses.
NEVER = {"id", "failing", "relations", "standing", "where", "read_as", "aspect", "external_ids"}


def record(name: str) -> Row:
    data = (VALID / f"{name}.jsonld").read_bytes()
    document = json.loads(data)
    return row_of(document, digest(data), 7)


def table(name: str) -> Table:
    return next(one for one in TABLES if one.name == name)


def cells(one: Table, of: Row) -> list[dict[str, str]]:
    """Written, and read by Python's reader."""
    lines = Lines(one.names, one.texts)
    data = lines.header() + b"".join(map(lines.row, one.lines(of)))
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def read(name: str, of: Row) -> list[dict[str, str]]:
    """The same with what was put before formulas taken away, as the dictionary says."""
    texts = table(name).texts
    return [
        {key: unguarded(cell) if key in texts else cell for key, cell in row.items()} for row in cells(table(name), of)
    ]


def english(words: dict[str, str]) -> str:
    return words.get("en") or words[min(words)]


def test_a_claim_says_what_its_document_says() -> None:
    of = record("claim-whole")
    (row,) = read("claims", of)
    entity, judged = of.document["mainEntity"], of.document["mainEntity"]["assessment"]
    assert row["version_address"] == of.document["@id"]
    assert row["digest"] == digest((VALID / "claim-whole.jsonld").read_bytes())
    assert (row["question"], row["statement"]) == (entity["question"]["en"], entity["statement"]["en"])
    assert (row["verdict"], row["confidence"], row["band"]) == ("disputed", "0.65", judged["band"])
    assert (row["origins"], row["seen_evidence"]) == (str(judged["independentOrigins"]), str(judged["seenEvidence"]))
    assert row["failing"] == "year:contradicted who_counted:unverified"
    assert row["quote"] == "The Club counted 72,000 to 73,000 steps"
    assert row["source_addresses"].split() == [page_of(iri) for iri in entity["appearsIn"]]
    assert row["evidence_count"] == str(len(entity["evidence"])) == str(len(read("evidence", of)))
    assert row["figure_count"] == str(len(read("figures", of)))
    assert (row["reviewed"], row["log_entry"], row["standing"]) == (
        "true" if of.document["reviewed"] else "false",
        "7",
        "current",
    )


def test_whoever_says_it_stands_in_the_chain_with_what_they_do() -> None:
    (row,) = read("claims", record("claim-whole"))
    assert row["chain"] == (
        "The Example Paper (publishes; 2019-12-06)"
        " → Carla Example (endorses; “points out”; read here)"
        " → a member who is not named (alleges; “allegedly”)"
    )


def test_the_replies_stand_wherever_the_claim_does() -> None:
    of = record("claim-whole")
    said = [english(one["short"]) for one in of.document["mainEntity"]["replies"]]
    assert len(said) > 1
    for name in ("claims", "figures", "evidence"):
        columns = table(name).names
        assert (
            columns.index("replies") < columns.index("question") < columns.index("statement") < columns.index("verdict")
        )
        for row in read(name, of):
            assert all(one in row["replies"] for one in said)
            assert row["statement"] == english(of.document["mainEntity"]["statement"])
    (row,) = read("claims", of)
    for reply in of.document["mainEntity"]["replies"]:
        assert english(reply["statement"]) in row["replies_in_full"]


def test_who_is_private_is_in_no_list() -> None:
    of = record("claim-whole")
    (row,) = read("claims", of)
    named = {english(one["name"]): "record" in one for one in of.document["mainEntity"]["concerns"]}
    assert set(named.values()) == {True, False}
    assert row["concerned"].split("; ") == [name for name, has_page in named.items() if has_page]


def test_a_withdrawn_claim_keeps_its_row_and_its_replies_and_has_no_verdict() -> None:
    of = record("claim-fx-withdrawn-v2")
    (row,) = read("claims", of)
    assert (row["standing"], row["change"], row["verdict"], row["label"], row["confidence"]) == (
        "withdrawn", "withdrawal", "", "", "",
    )  # fmt: skip
    assert row["replies"] == "Bela Example denies it."
    assert row["change_note"] == "Logged twice; see the claim that this one repeats."
    assert row["relations"] == "repeats=http://localhost:8000/claims/r4j0xxc3c"
    assert (read("figures", of), read("evidence", of)) == ([], [])


def test_evidence_and_figures_say_what_the_document_says() -> None:
    of = record("claim-whole")
    entity = of.document["mainEntity"]
    for row, node in zip(read("evidence", of), entity["evidence"], strict=True):
        assert row["address"] == node["@id"]
        assert (row["stance"], row["quote_state"], row["source_grade"]) == (
            node["stance"], node["quoteState"], node["sourceGrade"],
        )  # fmt: skip
        assert row["source_address"] == page_of(node["target"]["source"])
        quotes = [one["exact"] for one in node["target"].get("selector", ()) if "exact" in one]
        assert [row["quote"]] == (quotes or [""])
    counted = sum(row["counts"] == "true" for row in read("evidence", of))
    assert counted == entity["assessment"]["seenEvidence"]
    nodes = [*entity["figures"], *(one for piece in entity["evidence"] for one in piece.get("figures", ()))]
    for row, node in zip(read("figures", of), nodes, strict=True):
        assert row["address"] == node["@id"]
        assert [row[key] for key in ("value", "low", "high")] == [node.get(key, "") for key in ("value", "low", "high")]
        assert row["as_printed"] == english(node["asPrinted"])
        assert (row["where"] == "claim") == (row["evidence_address"] == "")


def test_a_source_says_what_its_document_says() -> None:
    of = record("source-whole")
    (row,) = read("sources", of)
    entity = of.document["mainEntity"]
    assert (row["title"], row["publisher"], row["url"]) == ("Example steps", "The Example Paper", entity["url"])
    assert (row["published"], row["class"], row["seen"]) == ("2019-12-06", "NewsArticle", "true")
    assert (row["holding"], row["retrieved_on"]) == ("withheld", "2026-11-24T09:00:00Z")
    assert row["origins"] == "Example Club, own count"


def test_negative_numbers_stay_numbers_and_their_words_do_not() -> None:
    of = record("claim-whole")
    node = of.document["mainEntity"]["figures"][0] | {"value": "-5", "low": "-5", "asPrinted": {"en": "-5 degrees"}}
    of.document["mainEntity"]["figures"][0] = node
    row = cells(table("figures"), of)[0]
    assert (row["value"], row["low"], row["as_printed"]) == ("-5", "-5", "'-5 degrees")


def poisoned(node: Any, payload: str) -> Any:
    """The same with these words wherever people may write their own."""
    if isinstance(node, list):
        return [poisoned(one, payload) for one in node]
    if not isinstance(node, dict):
        return node
    if node and all(key.islower() and len(key) <= 3 and isinstance(value, str | list) for key, value in node.items()):
        return {key: [payload] if isinstance(value, list) else payload for key, value in node.items()}
    return {key: payload if key in BARE else poisoned(value, payload) for key, value in node.items()}


def records() -> Iterator[Row]:
    for name in ("claim-whole", "source-whole", "source-whole-copy", "claim-fx-withdrawn-v2"):
        of = record(name)
        yield replace(of, document={"changeNote": {"en": "Invented."}, **of.document})


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_cell_of_a_document_is_computed(payload: str) -> None:
    """Words of people in every place of a document: each column that holds them is guarded, and gives them back."""
    for of in records():
        document = poisoned(of.document, payload)
        bad = row_of(document, of.digest, of.seq)
        for one in TABLES:
            if (one.name == "sources") != ("/sources/" in bad.page):
                continue
            for row, said in zip(cells(one, bad), one.lines(bad), strict=True):
                assert all(seems_safe(row[name]) for name in one.texts)
                given = dict(zip(one.names, said, strict=True))
                assert all(unguarded(row[name]) == ("" if given[name] is None else given[name]) for name in one.texts)


def test_the_words_reach_every_column_of_text() -> None:
    """Else the test before would say nothing of those that they do not reach."""
    reached = {one.name: set[str]() for one in TABLES}
    for of in records():
        document = poisoned(of.document, "=1+1")
        for one in TABLES:
            if (one.name == "sources") == ("/sources/" in of.page):
                for said in one.lines(row_of(document, of.digest, of.seq)):
                    reached[one.name] |= {key for key, cell in zip(one.names, said, strict=True) if "=1+1" in str(cell)}
    for one in TABLES:
        wanted = {column.name for column in one.columns if column.kind == "text"} - NEVER
        assert wanted - reached[one.name] == set(), one.name


@pytest.mark.parametrize("one", TABLES, ids=lambda one: str(one.name))
def test_every_column_of_text_is_guarded_whatever_it_holds(one: Table) -> None:
    lines = Lines(one.names, one.texts)
    for payload in PAYLOADS:
        data = lines.row([payload for _ in one.columns]).decode()
        (row,) = csv.reader(io.StringIO(data, newline=""))
        found = dict(zip(one.names, row, strict=True))
        assert all(seems_safe(found[name]) and unguarded(found[name]) == payload for name in one.texts)
        # A column of numbers holds a formula only where something went wrong, and then it is guarded too.
        assert all(seems_safe(found[column.name]) or payload == "-5" for column in one.columns if column.kind in TYPED)
