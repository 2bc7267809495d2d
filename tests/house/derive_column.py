"""Derive the sample's twelve claims of the column from the corpus: `python -m tests.house.derive_column SHARED OUT`.

Only the pieces of text that `column.json` allows come along. What is left out is counted in `derived.json`.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from tests.house.expectation import expectation, read

Json = dict[str, Any]

WORDS = 25


def derive(shared: Path, out: Path) -> None:
    """Write the folder in the corpus' layout, without `article.txt`."""
    given = json.loads((shared / "pages" / "sample" / "column.json").read_text("utf-8"))
    claims, evidence, assessments = read(shared / "seed")
    text = (shared / "seed" / "article.txt").read_bytes()
    _check_column(given["column"], claims["source"], text)
    pieces = {one["claim"]: one["quote"] for one in given["claims"]}
    shown = {link["id"]: link["quotes"] for one in given["claims"] for link in one["evidence"]}
    links = [_cut(link, shown[link["id"]]) for link in evidence["evidence"] if link["id"] in shown]
    stated = [_piece(one, pieces, text.decode("utf-8")) for one in claims["claims"] if one["id"] in pieces]
    judged = [one for one in assessments["assessments"] if one["claim"] in pieces]
    sources, origins = _needed(evidence, links)
    out.mkdir(parents=True, exist_ok=True)
    source = claims["source"] | {"segments": [_bare(one) for one in claims["source"]["segments"]]}
    named = {"entities": _entities(claims["entities"], stated, judged, sources), "claims": stated, "left_out": []}
    _write(out / "claims.json", claims | {"source": source} | named)
    _write(out / "evidence.json", evidence | {"origins": origins, "sources": sources, "evidence": links})
    _write(out / "assessments.json", assessments | {"assessments": judged})
    _write(out / "expected.json", expectation(out))
    _write(out / "derived.json", _left_out(claims, evidence, stated, sources, shown))


def _check_column(column: Json, source: Json, text: bytes) -> None:
    assert hashlib.sha256(text).hexdigest() == column["sha256"] == source["sha256"]
    assert (column["url"], column["date"]) == (source["url"], source["date"])


def _piece(claim: Json, pieces: dict[str, Json], text: str) -> Json:
    """The claim with its piece alone: what stands around it, and relations out of the sample, stay away."""
    piece, quote = pieces[claim["id"]], claim["quote"]
    exact = piece["exact"]
    _check_piece(exact, quote["exact"], claim["figures"])
    assert text[piece["start"] : piece["end"]] == exact
    assert piece["cut"] == (exact != quote["exact"])
    assert text.count(exact) == 1
    assert not claim["other_places"]
    shown = {"exact": exact, "prefix": None, "suffix": None, "start": piece["start"], "end": piece["end"]}
    relations = [one for one in claim["relations"] if one["target"] in pieces]
    return claim | {
        "quote": shown | {"occurrence": 1, "occurrences": 1, "segment": quote["segment"]},
        "relations": relations,
    }


def _cut(link: Json, pieces: list[str]) -> Json:
    """The link with what may be shown of its quotation.

    A link has one exact quotation. Two pieces (E081) would be one of more than 25 words, so the first one is taken;
    the link's note says the rest in our own words.
    """
    for piece in pieces:
        _check_piece(piece, link["quote"], [])
    assert bool(pieces) == link["seen"] == (link["quote"] is not None)
    if not pieces:
        return link
    _check_piece(pieces[0], link["quote"], link["figures"])
    return link | {"quote": pieces[0]}


def _check_piece(piece: str, whole: str, figures: list[Json]) -> None:
    assert piece in whole
    assert len(piece.split()) <= WORDS
    for figure in figures:
        assert piece.count(figure["raw"]) == 1, figure["id"]


def _needed(evidence: Json, links: list[Json]) -> tuple[list[Json], list[Json]]:
    """Sources that the links quote, and the origins behind those links; other origins leave the sources' lineage."""
    quoted, behind = {link["source"] for link in links}, {link["origin"] for link in links}
    sources = []
    for one in evidence["sources"]:
        if one["id"] in quoted:
            lineage = one["lineage"]
            assert set(lineage["derived_from"]) <= quoted
            rests_on = [origin for origin in lineage["origins"] if origin in behind]
            sources.append(one | {"lineage": lineage | {"origins": rests_on}})
    return sources, [one for one in evidence["origins"] if one["id"] in behind]


def _entities(known: list[Json], stated: list[Json], judged: list[Json], sources: list[Json]) -> list[Json]:
    ids = {step["agent"] for one in stated for step in one["claimant_chain"]}
    ids |= {mention["entity"] for one in stated for mention in one["entities"]}
    ids |= {person for one in stated for person in one["concerns_living_persons"]}
    ids |= {reply["agent"] for one in judged for reply in one["replies"]}
    names = {one[role] for one in sources for role in ("publisher", "author")}
    return [one for one in known if one["id"] in ids or one["name"] in names]


def _bare(segment: Json) -> Json:
    return {key: value for key, value in segment.items() if key != "first_words"}


def _left_out(claims: Json, evidence: Json, stated: list[Json], sources: list[Json], shown: dict[str, Any]) -> Json:
    """How many of each thing of these claims and sources did not come along."""
    whole = {one["id"]: one for one in claims["claims"]}
    rested = {one["id"]: one["lineage"]["origins"] for one in evidence["sources"]}
    return {
        "schema": "claimbase-sample-derived/1",
        "note": "What of these claims and their sources was left out when they were taken from the corpus.",
        "not_kept": [
            {
                "field": "claims.relations",
                "reason": "the claim at the other end is not in the sample",
                "count": sum(len(whole[one["id"]]["relations"]) - len(one["relations"]) for one in stated),
            },
            {
                "field": "sources.lineage.origins",
                "reason": "no evidence of the sample comes from this origin",
                "count": sum(len(rested[one["id"]]) - len(one["lineage"]["origins"]) for one in sources),
            },
            {
                "field": "left_out",
                "reason": "the text of the column is not in the sample",
                "count": len(claims["left_out"]),
            },
            {
                "field": "evidence.quote",
                "reason": "second piece of a quotation that is shown in pieces",
                "count": sum(len(pieces) - 1 for pieces in shown.values() if pieces),
            },
        ],
    }


def _write(path: Path, value: Json) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    derive(Path(sys.argv[1]), Path(sys.argv[2]))
