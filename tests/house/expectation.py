"""What a faithful import and publish of a folder in the corpus' layout must give, computed without our own rooms.

Written from the corpus' README alone, as an oracle: it gives the corpus' own `expected.json` to the letter.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

Json = dict[str, Any]

NOTE = (
    "What a faithful import and publish of this corpus must give; computed from the files beside it. "
    "Verdicts are written as the product writes them."
)
WEIGHED = ("supports", "contradicts", "qualifies")
SET_ASIDE = ("not_relevant", "not_evidence")
INVERSE = {"supported_by": "supports", "after": "before"}
SYMMETRIC = ("same_event", "same_object", "same_sentence", "same_figure", "contradicts", "related_to")
SHORTFALLS = {
    "partly_supported": "only in part",
    "disputed": "in dispute",
    "unverified": "unverified",
    "not_checkable": "not checkable",
}


def read(folder: Path) -> tuple[Json, Json, Json]:
    """Claims, evidence and assessments of a folder."""
    names = ("claims.json", "evidence.json", "assessments.json")
    one, two, three = (json.loads((folder / name).read_text("utf-8")) for name in names)
    return one, two, three


def expectation(folder: Path) -> Json:
    """The whole of `expected.json` for the three files of a folder, with or without `article.txt`."""
    claims, evidence, assessments = read(folder)
    kept = {one["id"]: one for one in evidence["sources"]}
    judged = {one["claim"]: one for one in assessments["assessments"]}
    entities = {one["id"]: one for one in claims["entities"]}
    return {
        "schema": "claimbase-seed-expected/1",
        "note": NOTE,
        "counts": _counts(claims, evidence, assessments),
        "quotes": _quotes(claims, evidence, held=(folder / "article.txt").exists()),
        "claims": [
            _claim(one, judged[one["id"]], [link for link in evidence["evidence"] if link["claim"] == one["id"]])
            | _voices(one, entities)
            | _weighed([link for link in evidence["evidence"] if link["claim"] == one["id"]], kept)
            for one in claims["claims"]
        ],
    }


def _counts(claims: Json, evidence: Json, assessments: Json) -> Json:
    stated, links, judged = claims["claims"], evidence["evidence"], assessments["assessments"]
    kept = {one["id"]: one for one in evidence["sources"]}
    agents = _agents(claims, evidence, assessments)
    stances = Counter(link["stance"] for link in links)
    main = [aspect for one in stated for aspect in one["aspects"] if aspect["main"]]
    aside = sum(stances[stance] for stance in SET_ASIDE)
    return {
        "claims": len(stated),
        "aspects": _total(stated, "aspects"),
        "main_aspects": len(main),
        "sources": len(kept),
        "sources_seen": sum(one["seen"] for one in kept.values()),
        "sources_that_are_the_article": _article(claims, evidence),
        "origins": len(evidence["origins"]),
        "origins_seen": sum(one["seen"] for one in evidence["origins"]),
        "origins_of_their_own_source": sum(one["id"].removeprefix("O-") in kept for one in evidence["origins"]),
        "evidence_links": len(links),
        "evidence_links_seen": sum(link["seen"] for link in links),
        "evidence_links_by_stance": dict(sorted(stances.items())),
        "evidence_links_kept_as_evidence": len(links) - stances["would_settle"] - aside,
        "evidence_links_kept_as_open_question": stances["would_settle"],
        "evidence_links_kept_as_search_result": aside,
        "evidence_links_weighed": sum(_is_weighed(link, kept) for link in links),
        "figures_on_claims": _total(stated, "figures"),
        "figures_on_evidence": _total(links, "figures"),
        "chain_links": _total(stated, "claimant_chain"),
        "relations": _total(stated, "relations"),
        "relations_stored_once": len({_folded(one["id"], each) for one in stated for each in one["relations"]}),
        "mentions": _total(stated, "entities"),
        "entities": len(claims["entities"]),
        "agents": len(agents),
        "agents_private": sum(one["visibility"] == "private" for one in agents),
        "other_places": _total(stated, "other_places"),
        "left_out_sentences": len(claims["left_out"]),
        "assessments": len(judged),
        "aspect_verdicts": _total(judged, "aspects"),
        "open_questions": _total(judged, "open_questions"),
        "replies": _total(judged, "replies"),
        "topics": len({topic for one in stated for topic in one["topics"]}),
        "claims_concerning_living_persons": sum(bool(one["concerns_living_persons"]) for one in stated),
        "claims_by_verdict": dict(sorted(Counter(_word(one["verdict"]) for one in judged).items())),
    }


def _total(records: list[Json], parts: str) -> int:
    return sum(len(one[parts]) for one in records)


def _agents(claims: Json, evidence: Json, assessments: Json) -> list[Json]:
    """Entities that stand in a chain, are concerned, reply, or are publisher or author of a source by exact name."""
    ids = {step["agent"] for one in claims["claims"] for step in one["claimant_chain"]}
    ids |= {person for one in claims["claims"] for person in one["concerns_living_persons"]}
    ids |= {reply["agent"] for one in assessments["assessments"] for reply in one["replies"]}
    names = {one[role] for one in evidence["sources"] for role in ("publisher", "author")}
    return [one for one in claims["entities"] if one["id"] in ids or one["name"] in names]


def _article(claims: Json, evidence: Json) -> list[str]:
    return [one["id"] for one in evidence["sources"] if one["url"] == claims["source"]["url"]]


def _folded(claim: str, relation: Json) -> tuple[str, str, str]:
    kind, one, other = relation["type"], claim, relation["target"]
    if kind in INVERSE:
        return INVERSE[kind], other, one
    return (kind, *sorted((one, other))) if kind in SYMMETRIC else (kind, one, other)  # type: ignore[return-value]


def _is_weighed(link: Json, kept: dict[str, Json]) -> bool:
    graded = kept[link["source"]]["reliability"]["grade"] != "X"
    return bool(link["seen"]) and graded and link["stance"] in WEIGHED


def _quotes(claims: Json, evidence: Json, *, held: bool) -> Json:
    article = _article(claims, evidence)
    states = [
        "verified" if held and link["source"] in article else "recorded" if link["seen"] else "unseen"
        for link in evidence["evidence"]
    ]
    places = Counter({"verified" if held else "recorded": len(claims["claims"])})
    return {
        "appearances": _by_state(places),
        "evidence_links": _by_state(Counter(states)),
        "appearances_and_evidence_links": _by_state(places + Counter(states)),
    }


def _by_state(counted: Counter[str]) -> Json:
    return {state: counted[state] for state in ("verified", "recorded", "unseen")}


def _word(verdict: str) -> str:
    return verdict.replace(" ", "_")


def _claim(claim: Json, judged: Json, links: list[Json]) -> Json:
    said = {one["aspect"]: _word(one["verdict"]) for one in judged["aspects"]}
    main = [(one["id"], said[one["id"]]) for one in claim["aspects"] if one["main"]]
    short = [(code, verdict) for code, verdict in main if verdict != "supported"]
    failing = sorted(short, key=lambda each: each[1] != "contradicted")
    label, replies = _label(_word(judged["verdict"]), main), _first_replies(judged["replies"])
    dotted = [f"{label}."] if replies else [label]
    return {
        "claim": claim["id"],
        "verdict": _word(judged["verdict"]),
        "failing_main_aspects": [{"aspect": code, "verdict": verdict} for code, verdict in failing],
        "label": " ".join([*dotted, *replies]),
        "list_label": " ".join([*replies, *dotted]),
        "confidence": f"{judged['confidence']:.2f}",
        "concerns_living_persons": bool(claim["concerns_living_persons"]),
        "replies": len(judged["replies"]),
    }


def _label(verdict: str, main: list[tuple[str, str]]) -> str:
    headline = verdict.replace("_", " ").capitalize()
    if all(each == verdict for _, each in main):
        return headline
    parts = [f"the {code.replace('_', ' ')} is contradicted" for code, each in main if each == "contradicted"]
    for shortfall, words in SHORTFALLS.items():
        codes = [code.replace("_", " ") for code, each in main if each == shortfall]
        parts += [f"{words}: {', '.join(codes)}"] if codes else []
    return "; ".join([headline, *parts])


def _first_replies(replies: list[Json]) -> list[str]:
    firsts: dict[str | None, str] = {}
    for reply in replies:
        firsts.setdefault(reply["agent"], reply["short"])
    return list(firsts.values())


def _voices(claim: Json, entities: dict[str, Json]) -> Json:
    chain = claim["claimant_chain"]
    leading = [step["role"] in ("publisher", "author") for step in chain]
    speaking = [step["agent"] for step in chain if step["stance"] != "publishes" and _is_named(entities[step["agent"]])]
    return {
        "read_link": leading.index(False) if False in leading else len(chain),
        "author": speaking[-1] if speaking else chain[0]["agent"],
    }


def _is_named(entity: Json) -> bool:
    return bool(entity["kind"] != "unknown" and entity["visibility"] == "public")


def _weighed(links: list[Json], kept: dict[str, Json]) -> Json:
    weighed = [link for link in links if _is_weighed(link, kept)]
    origins = sorted({link["origin"] for link in weighed})
    return {
        "seen_evidence": len(weighed),
        "independent_origins": origins,
        "independent_origins_count": len(origins),
    }
