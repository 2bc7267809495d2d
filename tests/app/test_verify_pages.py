"""`verify` reads what readers get: whole pages have no fault, and whatever a page drops or alters is named."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine

from app.cli.sample import build_sample
from app.main import create_app
from app.verify.demanded import demanded
from app.verify.pages import Pages, open_pages
from kb.blobs import Blobs
from kb.db import open_engine, open_reading_engine, reading, writing
from kb.documents.canonical import digest
from kb.imports import import_corpus
from kb.log.chain import Fault
from kb.log.read import Edition, everything
from kb.projections.follow import catch_up
from kb.settings import Settings
from kb.verify.verdict import Verdict
from kb.verify.whole import verify
from tests.app.conftest import Library
from tests.factories.whole import whole
from tests.support.command import Command
from tests.support.databases import BASE
from tests.support.publishing import founded, put_out

Change = Callable[[str, httpx.Response], httpx.Response]


@pytest.fixture
def published(settings: Settings, engine: Engine) -> Settings:
    """A claim with all that can hang on one, published with everything that it drags along."""
    founded(engine, settings)
    with writing(engine) as session:
        whole(session, Blobs(settings.blobs))
    put_out(engine)
    catch_up(engine)
    return settings


def read_all(settings: Settings, *, sample: int | None = None) -> Verdict:
    """The proof with pages alone beside it, all data looked at too."""
    engine = open_reading_engine(settings)
    with open_pages(create_app(settings, public_only=True), data_every=1) as pages:
        found = verify(engine, Blobs(settings.blobs), sample=sample, pages=pages)
    engine.dispose()
    return found


def all_editions(settings: Settings) -> list[Edition]:
    engine = open_reading_engine(settings)
    with reading(engine) as session:
        found = list(everything(session))
    engine.dispose()
    return found


@contextmanager
def altered(settings: Settings, data_every: int = 1) -> Iterator[Callable[[Edition, Change], list[Fault]]]:
    """What is said of an edition whose replies are changed on their way."""
    app = create_app(settings, public_only=True)
    with open_pages(app) as honest:
        ask = cache(honest.ask)

        def look(edition: Edition, change: Change) -> list[Fault]:
            pages = Pages(lambda way, accept: change(way, ask(way, accept)), app.state.door, data_every)
            return list(pages(edition))

        yield look


def unchanged(_way: str, reply: httpx.Response) -> httpx.Response:
    return reply


def page_without(text: str, *, loose: bool = False) -> Change:
    """Every page comes without the longest of these words, wherever it stands."""
    word = max(re.findall(r"\w+", text), key=len)
    pattern = re.compile(re.escape(word), re.IGNORECASE if loose else 0)

    def change(_way: str, reply: httpx.Response) -> httpx.Response:
        return httpx.Response(reply.status_code, content=pattern.sub("", reply.text).encode())

    return change


def test_pages_of_a_whole_knowledge_base_have_no_fault(published: Settings) -> None:
    found = read_all(published)
    assert found.problems == []
    assert found.counts.pages == found.counts.editions > 15


def test_pages_of_corrected_and_withdrawn_claims_have_no_fault(library: Library) -> None:
    found = read_all(library.settings)
    assert found.problems == []
    assert found.counts.pages == 16


def test_whatever_a_page_drops_is_named(published: Settings) -> None:
    """For each kind of words that a kind of record demands, the page without the first of them."""
    tried = set()
    with altered(published, data_every=1_000_000) as look:
        for edition in all_editions(published):
            for demand in demanded(edition.document, digest(edition.data)):
                kind = (edition.record_kind, demand.what, re.sub("[0-9].*", "", demand.part))
                if kind in tried:
                    continue
                tried.add(kind)
                found = look(edition, page_without(demand.text, loose=demand.loose))
                problem = f"{demand.called} is not in its page"
                assert Fault(edition.record, edition.version, "page", problem) in found, demand
    assert {kind for kind, _, _ in tried} == {"foundation", "agent", "page", "topic", "origin", "source", "claim"}
    assert len(tried) > 60


def test_a_quote_of_a_source_that_its_page_drops_is_named(library: Library) -> None:
    """It stands in the claim's document, and on the source's page all the same."""
    known = library.known
    (edition,) = (one for one in all_editions(library.settings) if one.record == known.source)
    with altered(library.settings) as look:
        assert look(edition, unchanged) == []
        problems = {fault.problem for fault in look(edition, page_without("4,807 metres high"))}
    assert f"the quote “4,807 metres high” of appearance-1 of {known.claim} is not in its page" in problems


def test_a_quote_that_lost_its_language_is_named(published: Settings) -> None:
    claim = next(one for one in all_editions(published) if one.record_kind == "claim")

    def plain(_way: str, reply: httpx.Response) -> httpx.Response:
        return httpx.Response(reply.status_code, content=reply.text.replace(' lang="fr"', "").encode())

    with altered(published, data_every=1_000_000) as look:
        problems = {fault.problem for fault in look(claim, plain)}
    assert problems == {
        "the quote “641 personnes” of evidence-1 is not marked as being in its language, fr",
        "the words as printed “641” of figure-2 is not marked as being in its language, fr",
    }


def test_words_that_only_machines_see_are_not_on_the_page(library: Library) -> None:
    claim = next(one for one in all_editions(library.settings) if one.record == library.known.claim)
    words = "Invented reason."

    def hidden(_way: str, reply: httpx.Response) -> httpx.Response:
        text = reply.text.replace(words, f'<span hidden title="{words}">{words}</span><script>{words}</script>')
        return httpx.Response(reply.status_code, content=text.encode())

    with altered(library.settings, data_every=1_000_000) as look:
        assert {fault.problem for fault in look(claim, hidden)} == {
            f"the reason “{words}” of assessment-1 is not in its page"
        }


def test_a_page_that_is_not_there_is_named(library: Library) -> None:
    edition = all_editions(library.settings)[-1]
    with altered(library.settings, data_every=1_000_000) as look:
        found = look(edition, lambda _way, _reply: httpx.Response(500))
    assert found == [Fault(edition.record, edition.version, "page", "its page answers 500")]


def test_data_that_is_not_what_was_sealed_is_named(library: Library) -> None:
    edition = all_editions(library.settings)[-1]

    def longer(way: str, reply: httpx.Response) -> httpx.Response:
        data = reply.content if "." not in way else b"{" + reply.content
        return httpx.Response(reply.status_code, content=data)

    with altered(library.settings) as look:
        assert [(fault.where, fault.problem) for fault in look(edition, longer)] == [
            ("jsonld", "what is served is not what was sealed"),
            ("json", "what is served does not hold what was sealed"),
        ]


def test_evidence_on_pages_of_its_own_is_read_there(library: Library) -> None:
    """What a heavy page leaves out counts where the page leads to it, over as many pages as there are."""
    edition = next(one for one in all_editions(library.settings) if one.record == library.known.claim)
    path = f"/{edition.address}/v{edition.version}"
    words = "Invented reason."
    asked = []

    def spread(way: str, reply: httpx.Response) -> httpx.Response:
        asked.append(way)
        pieces = {
            path: reply.text.replace(words, f'<a href="v{edition.version}/evidence?from=31">more</a>'),
            f"{path}/evidence?from=31": '<p><a href="evidence?from=61#x">more</a><a href="../evidence">not its own</a>',
            f"{path}/evidence?from=61": f'<p>{words}<a href="evidence?from=31">back</a>',
        }
        return httpx.Response(200, content=pieces[way].encode())

    with altered(library.settings, data_every=1_000_000) as look:
        assert look(edition, spread) == []
    assert len(asked) == 3


def test_the_command_reads_the_pages(command: Command) -> None:
    command.well("init", "--empty", "--base", BASE)
    told = command.well("verify", "--json").json
    assert told["counts"]["pages"] == told["counts"]["editions"] == 6
    assert command.well("verify", "--sample", "2", "--json").json["counts"]["pages"] == 2
    assert "6 pages" in command.well("verify").out


def test_the_command_holds_as_many_against_the_shapes_as_are_asked_for(command: Command) -> None:
    command.well("init", "--empty", "--base", BASE)
    told = command.well("verify", "--shapes", "2", "--json").json
    assert (told["ok"], told["counts"]["shape_checks"], told["counts"]["editions"]) == (True, 2, 6)
    assert "6 shape checks" in command.well("verify", "--shapes", "1000").out
    assert command("verify", "--shapes", "-1").code == 2


@pytest.fixture
def command(blank_settings: Settings, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    environ = {"CLAIMBASE_DATA": str(blank_settings.data)}
    if blank_settings.database_url:
        environ["CLAIMBASE_DATABASE_URL"] = blank_settings.database_url
    return Command(environ, monkeypatch, capfd)


@pytest.mark.slow
def test_every_page_of_the_sample_says_what_its_document_says(blank_settings: Settings) -> None:
    build_sample(blank_settings, BASE, lambda _done, _total: None)
    found = read_all(blank_settings)
    assert found.problems == []
    assert found.counts.pages == found.counts.editions > 200


def publish_corpus(settings: Settings, engine: Engine, shared: Path) -> None:
    founded(engine, settings)
    import_corpus(engine, shared / "seed", blobs=Blobs(settings.blobs), method_version=1)
    put_out(engine)
    catch_up(engine)


@pytest.mark.slow
@pytest.mark.corpus
def test_every_page_of_the_corpus_says_what_its_document_says(settings: Settings, engine: Engine, shared: Path) -> None:
    """The command line's story has the same witness in every run."""
    publish_corpus(settings, engine, shared)
    found = read_all(settings)
    assert found.problems == []
    assert found.counts.pages == found.counts.editions > 200


def test_a_reader_of_a_mirror_needs_no_writer(library: Library) -> None:
    """Only the readers' database is asked: what writes to it is not even opened."""
    settings = library.settings
    engine = open_engine(settings, read_only=True)
    with open_pages(create_app(settings, public_only=True)) as pages:
        found = verify(engine, Blobs(settings.blobs), sample=3, pages=pages)
    engine.dispose()
    assert (found.problems, found.counts.pages) == ([], 3)
