"""What a page must say: every word of the document that has a language, and every list of exceptions is alive."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.verify.demanded import Demand, demanded
from app.verify.exceptions import CALLED, INSTEAD, LISTED, NOT_NAMED, NOT_SHOWN, ONCE_WITH_THE_NAME
from kb.documents.context import CLASSES, TERMS, Kind
from tests.factories.claims import World, with_reply, withdrawn
from tests.factories.documents import QUOTE, Press, en
from tests.support.editions import corpus, valid

DIGEST = "d" * 64


@pytest.fixture
def world() -> World:
    made = World(Press())
    for kind, entity in made.entities():
        made.press.seal(kind, entity)
    return made


def told(document: dict[str, Any]) -> list[Demand]:
    return list(demanded(document, DIGEST))


def words_of(node: Any) -> Iterator[tuple[str, str]]:
    """(class and key, text) of every language map in a document, however deep it stands."""
    if isinstance(node, list):
        for one in node:
            yield from words_of(one)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key not in TERMS or TERMS[key].kind is not Kind.LANGUAGE:
                yield from words_of(value)
                continue
            for some in value.values():
                for text in some if isinstance(some, list) else [some]:
                    yield f"{own_class(node)}.{key}", text


def own_class(node: dict[str, Any]) -> str:
    names = [node["@type"]] if isinstance(node["@type"], str) else node["@type"]
    return next((name for name in names if name in ("Agent", "Source")), names[0])


def check(document: dict[str, Any]) -> None:
    texts = {demand.text for demand in told(document)}
    for name, text in words_of(document["mainEntity"]):
        if name not in NOT_SHOWN and name != "Source.copyOfAsPrinted":
            assert text in texts, name
    assert DIGEST in texts


@pytest.mark.parametrize("document", [one.document for one in valid()], ids=lambda document: document["@id"])
def test_no_word_of_a_vector_is_passed_over(document: dict[str, Any]) -> None:
    check(document)


@pytest.mark.corpus
def test_no_word_of_the_examples_is_passed_over(shared: Path) -> None:
    for given in corpus(shared):
        check(given.document)


def test_a_claim_demands_what_was_promised(world: World) -> None:
    entity = with_reply(world.claim("it is high"), world.person, "Bela Invented")
    page = entity["@id"].removesuffix("#it")
    figure = {"@id": f"{page}#figure-1", "@type": ["Figure", "Observation"], "comparator": "exact", "unit": en("m")}
    figure |= {"asPrinted": {"fr": "4807"}, "value": "4807", "low": "4807", "high": "4807"}
    entity["figures"] = [figure | {"lowInclusive": True, "highInclusive": True}]
    entity["openQuestions"] = [{"@id": f"{page}#open-1", "@type": "OpenQuestion", "label": en("who measured?")}]
    found = set(told(world.press.seal("claim", entity)))
    for demand in (
        Demand("version", "", "version 1", loose=True),
        Demand("digest", "", DIGEST),
        Demand("reason for no second reader", "", "Invented for a test."),
        Demand("statement", "", "The survey says that it is high."),
        Demand("question", "", "Is it so that it is high?"),
        Demand("quote", "appearance-1", QUOTE),
        Demand("quote", "evidence-2", QUOTE),
        Demand("words as printed", "figure-1", "4807", "fr"),
        Demand("verdict", "", "Partly supported", loose=True),
        Demand("verdict", "", "the year is contradicted", loose=True),
        Demand("verdict", "assessment-1-aspect-2", "Contradicted", loose=True),
        Demand("confidence", "assessment-1", "confidence in this assessment: High", loose=True),
        Demand("confidence", "", "(0.90)"),
        Demand("confidence", "assessment-1-aspect-2", "Very high 0.97", loose=True),
        Demand("statement", "reply-1", "Invented: nothing of the kind."),
        Demand("reply in short", "", "Bela Invented denies it."),
        Demand("label", "aspect-1", "the height"),
        Demand("label", "open-1", "who measured?"),
        Demand("publisher of its source", "evidence-1", "Invented Survey"),
        Demand("name of its source", "appearance-1", "Heights of the Invented Alps"),
        Demand("name of its origin", "evidence-1", "The survey of 1863"),
        Demand("name of its topic", "", "Heights"),
        Demand("stance", "evidence-2", "Contradicts", loose=True),
        Demand("state of the quote", "evidence-2", "Verified", loose=True),
        Demand("source grade reason", "evidence-1", "It names its instruments."),
    ):
        assert demand in found, demand


def test_a_withdrawn_claim_still_demands_what_is_left(world: World) -> None:
    entity = with_reply(world.claim("it is high"), world.person, "Bela Invented")
    world.press.seal("claim", entity)
    found = {(one.what, one.text) for one in told(world.press.seal("claim", withdrawn(entity), "withdrawal"))}
    assert {("statement", "Invented: nothing of the kind."), ("reply in short", "Bela Invented denies it.")} <= found
    assert not {"verdict", "confidence"} & {what for what, _ in found}


def test_every_exception_is_of_a_class_and_key_that_there_are() -> None:
    for name in (*NOT_SHOWN, *NOT_NAMED, *INSTEAD, *ONCE_WITH_THE_NAME, *LISTED):
        of, _, key = name.partition(".")
        assert of in CLASSES, name
        assert key in TERMS, name
    assert all(TERMS[name.partition(".")[2]].kind is Kind.LANGUAGE for name in NOT_SHOWN)
    assert all(TERMS[name.partition(".")[2]].kind is Kind.NODE for name in NOT_NAMED)
    assert set(INSTEAD.values()) | set(CALLED) <= set(TERMS)


def test_a_report_says_what_and_where() -> None:
    assert Demand("quote", "evidence-3", "a b").called == "the quote “a b” of evidence-3"
    assert Demand("statement", "", "x" * 70).called == f"the statement “{'x' * 59}…”"
