"""Answers to the fifteen questions worked out from the documents alone: no triple, no query, no table is looked at.

A row has the text of each value in the order of the query's variables, None where there is none. Rows come in no order.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

Json = Any
Row = tuple[str | None, ...]

CONCEPTS = "https://w3id.org/claimbase/vocab/"
COUNTED = ("supports", "contradicts", "qualifies")
HOLDS = ("supported", "partly_supported")
UNDONE = ("correction", "withdrawal", "redaction")
# ClaimsKG has four words for a rating.
RATINGS = {"supported": "TRUE", "contradicted": "FALSE", "partly_supported": "MIXTURE"}
VERDICTS = {
    "supported": "Supported",
    "partly_supported": "Partly supported",
    "contradicted": "Contradicted",
    "disputed": "Disputed",
    "unverified": "Unverified",
    "not_checkable": "Not checkable",
}


@dataclass(frozen=True)
class About:
    """What a question is about, as IRIs, and an ISO day."""

    claim: str = ""
    agent: str = ""
    topic: str = ""
    day: str = ""


def concept(name: str, word: str) -> str:
    return f"{CONCEPTS}{name}-{word}"


def texts(words: Json) -> list[str]:
    """The strings of a language map, or a plain string."""
    if isinstance(words, dict):
        return [one for value in words.values() for one in (value if isinstance(value, list) else [value])]
    return [] if words is None else [str(words)]


def or_none(found: list[str]) -> Sequence[str | None]:
    """What OPTIONAL makes of it."""
    return found or [None]


class Answers:
    """Over all editions; the current ones are the last of each record."""

    def __init__(self, editions: Iterable[Json]) -> None:
        self.editions = list(editions)
        last: dict[str, Json] = {}
        for edition in sorted(self.editions, key=lambda one: int(one["version"])):
            last[edition["editionOf"]] = edition["mainEntity"]
        self.things = last
        self.claims = [thing for thing in last.values() if "statement" in thing]

    def __call__(self, name: str, about: About) -> list[Row]:
        return list(QUESTIONS[name](self, about))

    def judged(self) -> Iterator[tuple[Json, Json]]:
        for claim in self.claims:
            if "assessment" in claim:
                yield claim, claim["assessment"]

    def counted(self) -> Iterator[tuple[Json, Json]]:
        """Claims with each piece of evidence that counts."""
        for claim in self.claims:
            for one in claim.get("evidence", ()):
                if one["stance"] in COUNTED and one["quoteState"] != "unseen" and one["sourceGrade"] != "X":
                    yield claim, one

    def names(self, thing: str, key: str) -> list[str]:
        return texts(self.things.get(thing, {}).get(key))


def single_origin(known: Answers, _about: About) -> Iterator[Row]:
    origins: dict[str, list[str]] = defaultdict(list)
    for claim, one in known.counted():
        origins[claim["@id"]].append(one["origin"])
    for claim_id, found in origins.items():
        if len(set(found)) == 1:
            yield claim_id, str(len(found)), "1"


def independent_origins(known: Answers, _about: About) -> Iterator[Row]:
    origins: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for claim, one in known.counted():
        code = code_of(claim, one["aspect"])
        origins[claim["@id"], code, concept("stance", one["stance"])].append(one["origin"])
    for key, found in origins.items():
        yield *key, str(len(found)), str(len(set(found)))


def code_of(claim: Json, aspect: str) -> str:
    return str(next(one["code"] for one in claim["aspects"] if one["@id"] == aspect))


def attribution_chain(known: Answers, about: About) -> Iterator[Row]:
    for appearance in known.things[about.claim].get("appearances", ()):
        for link in appearance["chain"]:
            for name in texts(link["name"]):
                for verb in or_none(texts(link.get("verb"))):
                    yield (
                        str(link["position"]),
                        name,
                        link.get("agent"),
                        concept("link_role", link["role"]),
                        concept("attitude", link["attitude"]),
                        verb,
                        str(link["factive"]).lower(),
                        link.get("inSource"),
                        str(link["readByEditor"]).lower(),
                    )


def evidence_by_stance(known: Answers, about: About) -> Iterator[Row]:
    claim = known.things[about.claim]
    for one in claim.get("evidence", ()):
        words = [how["exact"] for how in one["target"].get("selector", ()) if "exact" in how]
        for title in known.names(one["target"]["source"], "title"):
            for quote in or_none(words):
                yield (
                    code_of(claim, one["aspect"]),
                    concept("stance", one["stance"]),
                    concept("quote_state", one["quoteState"]),
                    concept("grade", one["sourceGrade"]),
                    title,
                    quote,
                )


def retracted_source(known: Answers, _about: About) -> Iterator[Row]:
    since = {name: thing["statusDate"] for name, thing in known.things.items() if thing.get("status") == "retracted"}
    found = set()
    for claim in known.claims:
        leans = [(one["target"]["source"], "appearance") for one in claim.get("appearances", ())]
        for one in claim.get("evidence", ()):
            leans.append((one["target"]["source"], "evidence"))
            leans.append((known.things[one["origin"]].get("firstHandSource"), "origin"))
        found |= {(claim["@id"], source, since[source], how) for source, how in leans if source in since}
    yield from found


def three_grades(known: Answers, _about: About) -> Iterator[Row]:
    sources: dict[Row, set[str]] = defaultdict(set)
    for claim, judged in known.judged():
        for appearance in claim["appearances"]:
            for one in claim.get("evidence", ()):
                key = (
                    claim["@id"],
                    concept("verdict", judged["verdict"]),
                    judged["confidence"],
                    concept("certainty", appearance["certainty"]),
                    concept("grade", one["sourceGrade"]),
                )
                sources[key].add(one["target"]["source"])
    for key, found in sources.items():
        yield *key, str(len(found))


def verdict_history(known: Answers, about: About) -> Iterator[Row]:
    for edition in known.editions:
        judged = edition["mainEntity"].get("assessment")
        if edition["editionOf"] == about.claim and judged:
            for note in or_none(texts(edition.get("changeNote"))):
                yield (
                    str(edition["version"]),
                    edition["issued"],
                    concept("change", edition["change"]),
                    concept("verdict", judged["verdict"]),
                    judged["confidence"],
                    note,
                )


def said_by_agent(known: Answers, about: About) -> Iterator[Row]:
    for claim in known.claims:
        for appearance in claim.get("appearances", ()):
            chain = appearance["chain"]
            unread = [
                link
                for link in chain
                if link.get("agent") == about.agent
                and not link["readByEditor"]
                and not known.things.get(link.get("inSource"), {}).get("seen")
            ]
            for _ in unread:
                for read in (link for link in chain if link["readByEditor"] and "inSource" in link):
                    for statement in texts(claim["statement"]):
                        yield claim["@id"], statement, read["inSource"]


def topic_with_narrower(known: Answers, about: About) -> Iterator[Row]:
    for claim, judged in known.judged():
        if any(about.topic in broader(known, topic) for topic in claim.get("topics", ())):
            for question in texts(claim["question"]):
                yield claim["@id"], question, VERDICTS[judged["verdict"]], str(len(set(judged.get("failing", ()))))


def broader(known: Answers, topic: str) -> set[str]:
    """The topic and all above it."""
    found: set[str] = set()
    ahead = [topic]
    while ahead:
        at = ahead.pop()
        if at not in found:
            found.add(at)
            ahead += known.things.get(at, {}).get("broader", ())
    return found


def contradicting(known: Answers, _about: About) -> Iterator[Row]:
    verdicts = {claim["@id"]: judged["verdict"] for claim, judged in known.judged() if judged["verdict"] in HOLDS}
    for claim in known.claims:
        for other in claim.get("relations", {}).get("contradicts", ()):
            first, second = sorted((claim["@id"], other))
            if first in verdicts and second in verdicts:
                yield first, concept("verdict", verdicts[first]), second, concept("verdict", verdicts[second])


def without_snapshot(known: Answers, _about: About) -> Iterator[Row]:
    passages: dict[str, set[str]] = defaultdict(set)
    for thing in known.things.values():
        for node in nodes(thing):
            target = node.get("target", {})
            quoted = node.get("quoteState") == "recorded" and "source" in target
            if quoted and "cachedSource" not in target.get("state", {}):
                passages[target["source"]].add(node["@id"])
    for source, found in passages.items():
        yield source, known.things.get(source, {}).get("url"), str(len(found))


def nodes(value: Json) -> Iterator[Json]:
    """Every object in a document."""
    if isinstance(value, dict):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(one)


def track_record(known: Answers, _about: About) -> Iterator[Row]:
    claims: dict[str, set[str]] = defaultdict(set)
    wrong: dict[str, set[str]] = defaultdict(set)
    for claim in known.claims:
        main = {one["@id"] for one in claim.get("aspects", ()) if one["main"]}
        verdicts = claim.get("assessment", {}).get("aspectVerdicts", ())
        fails = any(one["verdict"] == "contradicted" and one["aspect"] in main for one in verdicts)
        for appearance in claim.get("appearances", ()):
            source = appearance["target"]["source"]
            claims[source].add(claim["@id"])
            wrong[source] |= {claim["@id"]} if fails else set()
    for source, found in claims.items():
        yield source, str(len(found)), str(len(wrong[source]))


def corrections(known: Answers, about: About) -> Iterator[Row]:
    for edition in known.editions:
        if edition["change"] in UNDONE and edition["issued"] >= about.day:
            for note in texts(edition["changeNote"]):
                change = concept("change", edition["change"])
                yield edition["editionOf"], str(edition["version"]), change, edition["issued"], note


def claimskg_label(known: Answers, _about: About) -> Iterator[Row]:
    for _, judged in known.judged():
        yield judged["@id"], RATINGS.get(judged["verdict"], "OTHER")


def claimskg_author(known: Answers, _about: About) -> Iterator[Row]:
    found: set[Row] = set()
    for claim, judged in known.judged():
        if "datePublished" in claim:
            authors = [name for one in claim.get("author", ()) for name in known.names(one, "name")]
            publishers = [name for one in judged["author"] for name in known.names(one, "name")]
            subjects = or_none([name for one in claim.get("topics", ()) for name in known.names(one, "prefLabel")])
            mentions = or_none([name for one in claim.get("mentions", ()) for name in texts(one["name"])])
            found |= {
                (judged["@id"], claim["@id"], a, claim["datePublished"], judged["assessedOn"], p, s, m)
                for a in authors
                for p in publishers
                for s in subjects
                for m in mentions
            }
    yield from found


QUESTIONS: dict[str, Callable[[Answers, About], Iterator[Row]]] = {
    "single-origin": single_origin,
    "independent-origins-per-aspect": independent_origins,
    "attribution-chain": attribution_chain,
    "evidence-by-stance": evidence_by_stance,
    "retracted-source": retracted_source,
    "three-grades": three_grades,
    "verdict-history": verdict_history,
    "said-by-agent-not-read": said_by_agent,
    "topic-with-narrower": topic_with_narrower,
    "contradicting-both-hold": contradicting,
    "quotes-without-snapshot": without_snapshot,
    "source-track-record": track_record,
    "corrections": corrections,
    "claimskg-label": claimskg_label,
    "claimskg-author-date-source": claimskg_author,
}
