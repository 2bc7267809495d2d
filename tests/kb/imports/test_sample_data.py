"""The packaged sample as data: how much may be shown, how it is known, and nobody living in our own article."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from tests.house.expectation import expectation

SAMPLE = Path(__file__).parents[3] / "kb" / "imports" / "sample"


def load(part: str, name: str) -> Any:
    return json.loads((SAMPLE / part / f"{name}.json").read_text("utf-8"))


@pytest.mark.parametrize("part", ["column", "mountains"])
def test_the_expectation_is_that_of_the_files_beside_it(part: str) -> None:
    assert load(part, "expected") == expectation(SAMPLE / part)


@pytest.mark.parametrize("part", ["column", "mountains"])
def test_no_quotation_of_others_has_more_than_twenty_five_words(part: str) -> None:
    """The article of our own is shown whole."""
    quoted = [one["quote"]["exact"] for one in load(part, "claims")["claims"] if part == "column"]
    quoted += [link["quote"] for link in load(part, "evidence")["evidence"] if link["quote"]]
    assert [words for words in quoted if len(words.split()) > 25] == []


@pytest.mark.parametrize("part", ["column", "mountains"])
def test_every_figure_stands_once_in_its_piece(part: str) -> None:
    for claim in load(part, "claims")["claims"]:
        quote = claim["quote"]
        for figure in claim["figures"]:
            start, end = figure["start"] - quote["start"], figure["end"] - quote["start"]
            assert quote["exact"][start:end] == figure["raw"], figure["id"]
    for link in load(part, "evidence")["evidence"]:
        for figure in link["figures"]:
            assert link["quote"].count(figure["raw"]) == 1, figure["id"]


@pytest.mark.parametrize("part", ["column", "mountains"])
def test_an_unread_link_has_no_words_and_a_read_one_has(part: str) -> None:
    for link in load(part, "evidence")["evidence"]:
        assert link["seen"] == (link["quote"] is not None), link["id"]


@pytest.mark.parametrize("part", ["column", "mountains"])
def test_no_reference_dangles(part: str) -> None:
    claims, evidence, assessments = (load(part, name) for name in ("claims", "evidence", "assessments"))
    stated = {one["id"] for one in claims["claims"]}
    entities = {one["id"] for one in claims["entities"]}
    sources = {one["id"] for one in evidence["sources"]}
    origins = {one["id"] for one in evidence["origins"]}
    links = {one["id"] for one in evidence["evidence"]}
    for one in claims["claims"]:
        assert {each["target"] for each in one["relations"]} <= stated
        assert {each["entity"] for each in one["entities"]} <= entities
        assert {each["agent"] for each in one["claimant_chain"]} | {*one["concerns_living_persons"]} <= entities
    for one in evidence["sources"]:
        assert {*one["lineage"]["origins"]} <= origins
        assert {*one["lineage"]["derived_from"]} <= sources
    for one in evidence["evidence"]:
        assert (one["source"] in sources, one["origin"] in origins, one["claim"] in stated) == (True, True, True)
    for one in assessments["assessments"]:
        judged = [
            each
            for aspect in one["aspects"]
            for role in ("supports", "contradicts", "qualifies")
            for each in aspect[role]
        ]
        assert {*judged, *(each for reply in one["replies"] for each in reply["evidence"])} <= links


def test_the_column_is_twelve_pieces_and_no_more() -> None:
    claims, evidence = load("column", "claims"), load("column", "evidence")
    pieces = [one["quote"] for one in claims["claims"]]
    assert (len(pieces), sum(len(piece["exact"].split()) for piece in pieces)) == (12, 158)
    assert {(piece["prefix"], piece["suffix"]) for piece in pieces} == {(None, None)}
    assert claims["left_out"] == []
    assert not any("first_words" in segment for segment in claims["source"]["segments"])
    assert not (SAMPLE / "column" / "article.txt").exists()
    assert len(evidence["evidence"]) == 78
    assert sum(link["seen"] for link in evidence["evidence"]) == 69
    assert (len(evidence["sources"]), len(evidence["origins"])) == (45, 25)


def test_ten_relations_of_the_column_are_left_out_and_counted() -> None:
    left_out = {one["field"]: one["count"] for one in load("column", "derived")["not_kept"]}
    assert left_out["claims.relations"] == 10


def test_the_article_of_our_own_is_held_whole_and_every_quotation_stands_at_its_offsets() -> None:
    data = (SAMPLE / "mountains" / "article.txt").read_bytes()
    claims, text = load("mountains", "claims"), data.decode("utf-8")
    assert hashlib.sha256(data).hexdigest() == claims["source"]["sha256"]
    assert len(text) == claims["source"]["characters"] == 3344
    for claim in claims["claims"]:
        for quote in [claim["quote"], *claim["other_places"]]:
            assert text[quote["start"] : quote["end"]] == claim["quote"]["exact"], claim["id"]


def test_nobody_living_stands_in_the_article_of_our_own() -> None:
    claims = load("mountains", "claims")
    assert [one for one in claims["entities"] if one["living"] and "dead" not in one["living"]] == []
    assert [one["id"] for one in claims["claims"] if one["concerns_living_persons"]] == []


def test_together_they_show_every_verdict_and_every_stance() -> None:
    parts = [expectation(SAMPLE / part)["counts"] for part in ("column", "mountains")]
    assert {word for one in parts for word in one["claims_by_verdict"]} == {
        "supported",
        "partly_supported",
        "contradicted",
        "disputed",
        "unverified",
        "not_checkable",
    }
    stances = {word for one in parts for word in one["evidence_links_by_stance"]}
    assert stances >= {"supports", "contradicts", "qualifies", "mentions", "same_origin"}


def test_ids_of_the_two_parts_never_meet() -> None:
    for name, kind in (
        ("claims", "claims"),
        ("evidence", "sources"),
        ("evidence", "origins"),
        ("evidence", "evidence"),
    ):
        one, other = ({each["id"] for each in load(part, name)[kind]} for part in ("column", "mountains"))
        assert one & other == set(), kind
