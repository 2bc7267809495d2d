"""How to cite a record: the page, the same as JSON, and each form as a file."""

import hashlib
import json
import re
from collections.abc import Callable

import bibtexparser
import pytest
import rispy
from sqlalchemy import Engine

from kb.formats.citation import FORMS
from tests.app.conftest import Library
from tests.factories.documents import BASE
from tests.support.reader import Reader
from tests.support.statements import Statements

DENIED = "Bela Invented denies it."


def kinds(library: Library) -> list[str]:
    """A page of every kind of record."""
    known = library.known
    world = known.world
    iris = (world.person, world.source, world.origin, world.topic)
    paths = [iri.removeprefix(BASE).removesuffix("#it") for iri in iris]
    return [f"claims/{known.claim}", *paths, "method", "about", "foundation"]


def test_every_record_says_how_to_cite_it(library: Library) -> None:
    for path in kinds(library):
        page = library.reader.page(f"/{path}/cite")
        assert page.faults == []
        fields = {values["id"]: values for tag, values in page.tags if tag == "textarea"}
        assert list(fields) == list(FORMS)
        labels = {values.get("for") for tag, values in page.tags if tag == "label"}
        assert labels == set(FORMS)
        assert all("readonly" in values and int(values["rows"]) > 0 for values in fields.values())
        told = library.reader.get(f"/{path}/cite.json").json()
        assert set(told["forms"]) == set(told["newest"]["forms"]) == set(FORMS)
        assert told["address"] == f"{BASE}{path}/v{told['version']}"
        data = library.reader.get(f"/{path}/v{told['version']}.jsonld").content
        assert told["digest"] == hashlib.sha256(data).hexdigest()
        for form in FORMS:
            assert told["address"] in told["forms"][form]
            assert told["digest"] in told["forms"][form]
            assert " ".join(told["forms"][form].split()) in page.text
        record = library.reader.page(f"/{path}")
        assert f"/{path}/cite" in [address for address, _ in record.addresses(f"/{path}")]


def test_this_version_or_another_or_always_the_newest(library: Library) -> None:
    path = f"/claims/{library.known.claim}"
    own = library.reader.page(f"{path}/cite")
    assert f"{BASE}claims/{library.known.claim}/v2" in own.text
    older = library.reader.page(f"{path}/cite?version=1")
    assert "Corrected. This is version 1, superseded" in older.text
    assert f"{BASE}claims/{library.known.claim}/v1 sha256:" in older.text
    newest = library.reader.page(f"{path}/cite?version=newest")
    assert "what stands there may change" in newest.text
    assert f"{path.lstrip('/')}/v2 " not in newest.text
    assert "sha256" not in newest.text
    version = library.reader.page(f"{path}/v1")
    assert f"../../claims/{library.known.claim}/cite?version=1" in version.links


def test_what_is_denied_or_withdrawn_says_so(library: Library) -> None:
    denied = library.reader.page(f"/claims/{library.known.denied}/cite")
    assert denied.title.startswith(DENIED)
    assert denied.text.count(DENIED) >= 1 + len(FORMS)
    for number in (1, 2):
        gone = library.reader.page(f"/claims/{library.known.gone}/cite?version={number}")
        assert gone.title.startswith("[WITHDRAWN")
        assert gone.text.count("WITHDRAWN") >= 1 + len(FORMS)
        assert "Withdrawn" in gone.text
    told = library.reader.get(f"/claims/{library.known.gone}/cite.json?version=1").json()
    assert (told["version"], told["standing"]) == (1, "withdrawn")
    assert all("WITHDRAWN" in text for text in told["forms"].values())


def test_each_quotation_has_an_address_with_its_state(library: Library) -> None:
    page = library.reader.page(f"/claims/{library.known.claim}/cite")
    assert "4,807 metres high verified" in page.text
    here = f"/claims/{library.known.claim}/v2"
    assert (here, "appearance-1") in list(page.addresses(f"/claims/{library.known.claim}/cite"))
    assert "appearance-1" in library.reader.page(here).ids


@pytest.mark.parametrize(
    ("form", "kind", "suffix"),
    [
        ("text", "text/plain; charset=utf-8", "txt"),
        ("wikipedia", "text/plain; charset=utf-8", "txt"),
        ("bibtex", "application/x-bibtex; charset=utf-8", "bib"),
        ("ris", "application/x-research-info-systems; charset=utf-8", "ris"),
        ("csl-json", "application/vnd.citationstyles.csl+json", "json"),
    ],
)
def test_a_form_is_a_file(library: Library, form: str, kind: str, suffix: str) -> None:
    claim = library.known.denied
    reply = library.reader.get(f"/claims/{claim}/cite?format={form}")
    assert reply.headers["content-type"] == kind
    assert reply.headers["content-disposition"] == f'attachment; filename="claim-{claim}-v1.{suffix}"'
    assert reply.headers["access-control-allow-origin"] == "*"
    assert DENIED in reply.text
    newest = library.reader.get(f"/claims/{claim}/cite?format={form}&version=newest")
    assert newest.headers["content-disposition"] == f'attachment; filename="claim-{claim}.{suffix}"'
    if form == "bibtex":
        assert bibtexparser.loads(reply.text).entries[0]["url"] == f"{BASE}claims/{claim}/v1"
    if form == "ris":
        assert rispy.loads(reply.text)[0]["urls"] == [f"{BASE}claims/{claim}/v1"]
    if form == "csl-json":
        assert json.loads(reply.text)[0]["URL"] == f"{BASE}claims/{claim}/v1"


def test_slips_are_led_to_their_place(library: Library) -> None:
    reader, claim = library.reader, library.known.claim
    reply = reader.ask(f"/claims/{claim.upper()}/cite.json?version=1&format=ris")
    assert reply.status_code == 308
    assert reply.headers["location"] == f"../{claim}/cite.json?version=1&format=ris"
    topic = library.known.world.press.ids[library.known.world.topic]
    led = reader.ask(f"/topics/{topic}/cite")
    assert (led.status_code, led.headers["location"]) == (302, "../heights/cite")


def test_what_cannot_be_answered(library: Library) -> None:
    path = f"/claims/{library.known.claim}/cite"
    cases = {
        f"{path}?format=endnote": (400, "Choose one of text, apa, chicago"),
        f"{path}?version=last": (400, "Give a number"),
        f"{path}?version=0": (404, "there is no version 0"),
        f"{path}?version=3": (404, "There is no version 3; the latest is 2"),
        f"{path}.csv": (404, ".json"),
        "/claims/zzzzzzzz0/cite": (404, "No claim is published"),
    }
    for address, (status, words) in cases.items():
        reply = library.reader.ask(address, Accept="application/json")
        assert (reply.status_code, reply.headers["content-type"]) == (status, "application/problem+json"), address
        assert words.lower() in reply.json()["detail"].lower(), address
    assert library.reader.ask(path, Accept="text/turtle").status_code == 406


def test_the_same_state_is_answered_with_304(library: Library) -> None:
    path = f"/claims/{library.known.claim}/cite"
    tags = set()
    for address in (path, f"{path}?version=1", f"{path}?version=newest", f"{path}?format=ris", f"{path}.json"):
        reply = library.reader.get(address)
        assert reply.headers["cache-control"] == "no-cache"
        tags.add(reply.headers["etag"])
        assert library.reader.ask(address, If_None_Match=reply.headers["etag"]).status_code == 304
    assert len(tags) == 5
    assert library.reader.get(path).headers["vary"] == "Accept"


def test_tags_for_reference_managers_stand_once(library: Library, reader: Reader) -> None:
    claim, denied, gone = (f"claims/{one}" for one in (library.known.claim, library.known.denied, library.known.gone))
    for path in (*kinds(library), denied, gone, f"{claim}/v1", f"{gone}/v1"):
        page = reader.page(f"/{path}")
        metas = [values for tag, values in page.tags if tag == "meta"]
        named = {values["name"]: values["content"] for values in metas if "name" in values}
        shown = {values["property"]: values["content"] for values in metas if "property" in values}
        assert len(named) == sum("name" in values for values in metas), f"a double on {path}"
        assert len(shown) == sum("property" in values for values in metas), f"a double on {path}"
        number = path.rpartition("/v")[2] if "/v" in path else reader.get(f"/{path}.json").json()["document"]["version"]
        version = f"{BASE}{path.partition('/v')[0]}/v{number}"
        assert named["citation_public_url"] == named["DC.identifier"] == version
        assert named["citation_author"] == named["DC.creator"] == "Invented desk"
        assert named["citation_publication_date"] == named["DC.date"].replace("-", "/")
        assert named["citation_title"] == named["DC.title"] == shown["og:title"]
        assert shown["og:url"] == (version if "/v" in path else BASE + path)
        assert shown["og:type"] == "article"
        assert (named["DC.language"], named["DC.rights"]) == ("en", "https://creativecommons.org/licenses/by/4.0/")
        assert shown["og:description"] == named["description"]
        assert shown["og:site_name"]
    metas = [values for tag, values in reader.page(f"/{denied}").tags if tag == "meta"]
    for text in (one["content"] for one in metas if "summit" in one.get("content", "")):
        assert text.startswith(DENIED)
        assert "the year is contradicted" in text
    for path in (gone, f"{gone}/v1"):
        metas = [values for tag, values in reader.page(f"/{path}").tags if tag == "meta"]
        said = [one["content"] for one in metas if "highest" in one.get("content", "")]
        assert len(said) == 3
        assert all(text.lower().startswith(("withdrawn", "[withdrawn")) for text in said)


def test_the_tags_weigh_little(library: Library, reader: Reader) -> None:
    text = reader.get(f"/claims/{library.known.denied}", Accept="text/html").text
    ours = re.compile(r'<meta (?:name|property)="(?:citation_|DC\.|og:).*')
    tags = ours.findall(text)
    assert len(tags) == 13
    assert sum(len(line.encode()) for line in tags) < 1400


def test_a_cite_page_takes_two_statements_at_most(library: Library, statements: Callable[[Engine], Statements]) -> None:
    path = f"/claims/{library.known.claim}/cite"
    for address, most in ((path, 1), (f"{path}?version=newest", 1), (f"{path}?version=1", 2), (f"{path}.json", 1)):
        with statements(library.engine) as seen:
            library.reader.get(address)
        assert len(seen) <= most, address
