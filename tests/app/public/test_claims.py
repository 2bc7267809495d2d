"""The page of a claim: order, verdict with what fails, replies first, quotes with their state, what it costs."""

import hashlib
from collections.abc import Callable

from sqlalchemy import Engine

from tests.app.conftest import Library
from tests.factories.documents import QUOTE
from tests.support.reader import Reader
from tests.support.statements import Statements

LABEL = "Partly supported; the year is contradicted"
DENIAL = "Bela Invented denies it."


def test_everything_that_must_be_in_view_stands_on_the_page(library: Library) -> None:
    text = library.reader.page(f"/claims/{library.known.claim}").text
    for piece in (
        "Is it so that Mount Example was 4,807 metres high in 1863?",
        "The survey says that Mount Example was 4,807 metres high in 1863.",
        LABEL,
        "Invented reason.",
        "Confidence in this assessment: high, 80 to 94 in 100 (0.90)",
        "2 items from 1 independent origin",
        "Counts are not a vote.",
        QUOTE,
        "Verified: located exactly in the text that is held here, characters 17 to 34",
        "Published without a second reader: Invented for a test.",
        "This claim accuses no named person.",
        "Asserted by Invented Survey",
        "Read here:",
        "contradicted",
        "very high 0.97",
    ):
        assert piece in text, piece


def test_the_order_is_claim_voices_verdict_parts_evidence(library: Library) -> None:
    text = library.reader.page(f"/claims/{library.known.denied}").text
    places = [
        text.index(piece)
        for piece in (
            f"{DENIAL} Is it so that Bela Invented moved the summit?",
            "What those concerned answer",
            "Invented: nothing of the kind.",
            "What is claimed",
            LABEL,
            "How it reached us",
            "Finding for each part",
            "Evidence, by where it comes from",
            "Still open, replies and notes",
            "Cite this version",
        )
    ]
    assert places == sorted(places)


def test_a_reply_stands_wherever_the_allegation_does(library: Library) -> None:
    known = library.known
    world = known.world
    places = ["/", "/claims", f"/claims/{known.denied}/history"]
    places += [
        "/" + iri.removeprefix(world.press.base).removesuffix("#it")
        for iri in (world.voice, world.person, world.source, world.origin, world.topic)
    ]
    for path in places:
        text = library.reader.page(path).text
        place = text.find("Is it so that Bela Invented moved the summit?")
        assert DENIAL in text[max(0, place - 40) : place] or f"{DENIAL} {LABEL}" in text, path
    # In the claim that it rests on, among the relations.
    assert f"what rests on it: {DENIAL}" in library.reader.page(f"/claims/{known.claim}").text


def test_data_of_a_denied_claim_holds_the_denial(library: Library) -> None:
    known = library.known
    ends = [f"{end}.{form}" for end in ("", "/v1") for form in ("json", "jsonld", "ttl", "nt", "nq", "trig", "rdf")]
    for end in [*ends, "/history.json"]:
        assert DENIAL in library.reader.get(f"/claims/{known.denied}{end}").text, end


def test_relations_are_shown_both_ways(library: Library) -> None:
    known = library.known
    assert "rests on:" in library.reader.page(f"/claims/{known.denied}").text
    text = library.reader.page(f"/claims/{known.claim}").text
    assert "what rests on it:" in text
    assert "same event: Is it so that Mount Example is the highest? Withdrawn" in text


def test_a_withdrawn_claim_keeps_its_page_and_says_why(library: Library) -> None:
    page = library.reader.page(f"/claims/{library.known.gone}")
    assert "Withdrawn on 27 November 2026: Invented note of version 2." in page.text
    assert "Withdrawn. Is it so that Mount Example is the highest?" in page.text
    assert "Confidence" not in page.text
    listed = library.reader.page("/claims").text
    assert "Is it so that Mount Example is the highest? Withdrawn" in listed


def test_an_old_version_says_what_became_of_it(library: Library) -> None:
    known = library.known
    page = library.reader.page(f"/claims/{known.claim}/v1")
    assert "Corrected. This is version 1, superseded: version 2 of 26 November 2026 corrected it" in page.text
    assert "Invented note of version 2." in page.text
    assert "../../claims/" + known.claim + "/v2" in page.links
    assert "Invented note. " not in page.text
    newest = library.reader.page(f"/claims/{known.claim}").text
    assert "Corrected on 26 November 2026: Invented note of version 2." in newest
    gone = library.reader.page(f"/claims/{known.gone}/v1").text
    assert "Withdrawn by version 2 on 27 November 2026: Invented note of version 2." in gone
    assert "version 1, superseded" in gone


def test_the_digest_shown_is_that_of_the_bytes(library: Library) -> None:
    path = f"/claims/{library.known.claim}/v1"
    digest = hashlib.sha256(library.reader.get(f"{path}.jsonld").content).hexdigest()
    page = library.reader.page(path).text
    assert f"sha256:{digest}" in page
    assert f"{path} sha256:{digest}" in page


def test_a_page_costs_few_statements(library: Library, statements: Callable[[Engine], Statements]) -> None:
    known = library.known
    for path, most in (
        (f"/claims/{known.claim}", 2),
        (f"/claims/{known.denied}", 2),
        (f"/claims/{known.denied}/v1", 3),
        (f"/claims/{known.claim}/v1", 3),
        (f"/claims/{known.gone}/v1", 3),
        (f"/claims/{known.claim}/v1.jsonld", 3),
        ("/claims", 3),
        ("/", 4),
    ):
        with statements(library.engine) as seen:
            library.reader.get(path, Accept="text/html")
        assert len(seen) <= most, (path, seen)


def test_a_claim_page_is_light(reader: Reader, library: Library) -> None:
    whole = reader.get(f"/claims/{library.known.denied}", Accept="text/html")
    style = next(link for link in reader.page("/").links if "style-v1.css" in link)
    assert len(whole.content) + len(reader.get("/" + style.removeprefix("./")).content) < 60_000


def test_the_quotation_is_cut_at_whole_words_and_says_so(library: Library) -> None:
    text = library.reader.page(f"/claims/{library.known.claim}").text
    assert "Mount Example is 4,807 metres high, 🏔 says …" in text
