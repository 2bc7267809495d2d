"""What is said of verdicts that do not go with what was found."""

from collections.abc import Mapping
from typing import Any

from kb.findings.weighing import Basis, weigh

BASE = "https://facts.example.org/"
HEIGHT, YEAR = f"{BASE}claims/c#aspect-1", f"{BASE}claims/c#aspect-2"
SURVEY, CLUB = f"{BASE}origins/survey#it", f"{BASE}origins/club#it"
REPORT, BOOK, PAPER = (f"{BASE}sources/{name}#it" for name in ("report", "book", "paper"))
NAMES = {SURVEY: "The survey", CLUB: "The club", REPORT: "The report", BOOK: "The book", PAPER: "The paper"}


def item(number: int, origin: str = SURVEY, source: str = REPORT, **more: Any) -> dict[str, Any]:
    given = {
        "@id": f"{BASE}claims/c#evidence-{number}",
        "stance": "supports",
        "aspect": HEIGHT,
        "quoteState": "recorded",
        "origin": origin,
        "sourceGrade": "A",
        "target": {"source": source},
    }
    return given | more


def metres(number: str, **more: Any) -> dict[str, Any]:
    given = {
        "asPrinted": {"en": number},
        "comparator": "exact",
        "unit": {"en": "metres"},
        "counted": {"en": "height"},
        "value": number,
        "low": number,
        "lowInclusive": True,
        "high": number,
        "highInclusive": True,
    }
    return given | more


def said(
    *evidence: dict[str, Any],
    verdicts: Mapping[str, str] | None = None,
    claim: Mapping[str, Any] | None = None,
    **more: Any,
) -> list[tuple[str, str]]:
    """Kind and words of every remark. Both parts are judged supported where nothing else is given."""
    aspects = [
        {"@id": HEIGHT, "label": {"en": "the height"}, "code": "height", "main": True},
        {"@id": YEAR, "label": {"en": "the year"}, "code": "year", "main": True},
    ]
    entity = {"@id": f"{BASE}claims/c#it", "aspects": aspects, "evidence": list(evidence), **(claim or {})}
    parts = {"origins": {}, "sources": {}, "needs": [], "names": NAMES, "measures": {}, **more}
    found = weigh(Basis(claim=entity, **parts), {HEIGHT: "supported"} if verdicts is None else verdicts)
    return [(one.kind, one.what) for one in found]


def test_nothing_is_said_where_all_goes_together() -> None:
    assert said(item(1), item(2, CLUB, BOOK)) == []


def test_a_conflict_of_figures_stands_until_a_verdict_admits_it() -> None:
    claim = {"figures": [metres("4807", aspect=HEIGHT)]}
    evidence = [item(1, figures=[metres("4700")]), item(2, CLUB, BOOK, figures=[metres("4807")])]
    words = "Figures that can be compared conflict: “4807” of the claim and “4700” of item 1."
    assert said(*evidence, claim=claim) == [("conflict", f"{words} “the height” is judged supported.")]
    unjudged = said(*evidence, claim=claim, verdicts={})
    assert unjudged[0] == ("conflict", f"{words} No verdict says so yet.")
    for verdict in ("contradicted", "disputed", "partly_supported"):
        kinds = [kind for kind, _ in said(*evidence, claim=claim, verdicts={HEIGHT: verdict})]
        assert "conflict" not in kinds


def test_figures_of_what_is_not_counted_conflict_with_nothing() -> None:
    claim = {"figures": [metres("4807", aspect=HEIGHT)]}
    unseen = item(3, figures=[metres("4700")], quoteState="unseen")
    assert said(item(1), item(2, CLUB), unseen, claim=claim) == []


def test_evidence_against_the_verdict_is_named() -> None:
    against = item(2, CLUB, BOOK, stance="contradicts")
    words = "Item 2 contradicts “the height”, which is judged supported. Say in the reason why."
    assert ("against", words) in said(item(1), against)
    found = said(item(1), item(3), against, verdicts={HEIGHT: "contradicted"})
    words = "Items 1 and 3 support “the height”, which is judged contradicted. Say in the reason why."
    assert ("against", words) in found


def test_evidence_that_no_verdict_uses_is_named() -> None:
    both = (item(1), item(2, CLUB, BOOK))
    words = "Items 1 and 2 are used by no verdict: “the height” has no verdict yet."
    assert said(*both, verdicts={}) == [("unused", words)]
    words = "Items 1 and 2 are used by no verdict: “the height” is judged unverified."
    assert said(*both, verdicts={HEIGHT: "unverified"}) == [("unused", words)]
    limiting = (item(1, stance="qualifies"), item(2, CLUB, stance="qualifies"))
    assert said(*limiting, verdicts={HEIGHT: "unverified"}) == []


def test_a_verdict_on_nothing_is_named() -> None:
    words = "“the year” is judged contradicted, and no evidence that counts bears on it."
    unseen = item(3, aspect=YEAR, quoteState="unseen")
    verdicts = {HEIGHT: "supported", YEAR: "contradicted"}
    assert said(item(1), item(2, CLUB), unseen, verdicts=verdicts) == [("bare", words)]
    assert said(item(1), item(2, CLUB), verdicts={HEIGHT: "supported", YEAR: "unverified"}) == []


def test_one_origin_is_one_however_many_items_it_has() -> None:
    assert said(item(1)) == [("one_origin", "One origin only: the one item that counts goes back to “The survey”.")]
    words = "One origin only: all 2 items that count go back to “The survey”."
    assert said(item(1), item(2, source=BOOK)) == [("one_origin", words)]
    found = said(
        item(1), item(2, source=BOOK), item(3, CLUB, aspect=YEAR), verdicts=dict.fromkeys((HEIGHT, YEAR), "supported")
    )
    assert found == [
        ("one_origin", "“the height” rests on one origin only, “The survey”."),
        ("one_origin", "“the year” rests on one origin only, “The club”."),
        ("dependent", "Items 1 and 2 go back to one origin, “The survey”, and count once."),
    ]


def test_a_source_that_has_it_from_another_is_not_silently_a_second_origin() -> None:
    words = "“The book” has it from “The report”, and yet item 2 and item 1 are given different origins."
    for lineage in ({"copyOf": REPORT}, {"derivedFrom": [REPORT]}, {"copyOf": REPORT, "derivedFrom": [REPORT]}):
        assert said(item(1), item(2, CLUB, BOOK), sources={BOOK: lineage}) == [("dependent", words)]
    assert said(item(1), item(2, CLUB, BOOK), sources={BOOK: {"derivedFrom": [PAPER]}}) == []


def test_a_claim_that_is_needed_and_not_held_up_is_named() -> None:
    other = f"{BASE}claims/d#it"
    both, named = (item(1), item(2, CLUB)), {**NAMES, other: "Was it measured?"}
    for needed, words in (
        ({"@id": other}, "It depends on “Was it measured?”, which is not judged yet."),
        (
            {"@id": other, "assessment": {"verdict": "unverified"}},
            "It depends on “Was it measured?”, which is unverified.",
        ),
    ):
        assert said(*both, needs=[needed], names=named) == [("needs", words)]
    assert said(*both, needs=[{"@id": other, "assessment": {"verdict": "supported"}}], names=named) == []


def test_a_claim_that_rests_on_itself_is_named() -> None:
    found = said(item(1), item(2, CLUB), claim={"appearsIn": [REPORT]}, origins={SURVEY: {"@id": SURVEY}})
    assert found == [("circle", "This claim rests on itself: item 1 is taken from the very source that makes it.")]
