"""Bringing in: by address, file and pasting; what is proposed is confirmed, and what is wrong is said at its field."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from sqlalchemy import func, select

from kb.capture.fetch import Fetched, NotFetched
from kb.db import writing
from kb.desk.attempts import FETCHES, note_attempt
from kb.desk.tables import Agent, Snapshot, Source
from kb.settings import Settings
from tests.support.desk import Editor, Sheet, TestDesk, open_desk
from tests.support.statements import Statements

PAGE = b"""<!doctype html><html lang="en"><head><title>Mountains &amp; heights</title>
<meta name="author" content="Ada Invented"><meta property="og:site_name" content="Daily Example">
<meta property="article:published_time" content="2019-12-04T10:00:00Z"></head>
<body><article><h1>Mountains</h1><p>The mountain is 8,848 metres high.</p></article></body></html>"""
FILE = {"file": ("page.html", PAGE, "text/html")}
NEEDED = {
    "title": "Heights", "publisher_as_printed": "Daily Example", "published": "2019", "work_class": "NewsArticle",
    "language": "en",
}  # fmt: skip
ADDRESS = "https://example.org/mountains"


@dataclass
class Pretended:
    """A door to the network that has no network behind it."""

    answers: dict[str, bytes]
    asked: list[str] = field(default_factory=list)

    def fetch(self, address: str) -> Fetched:
        self.asked.append(address)
        if address not in self.answers:
            raise NotFetched("The page's server has no page at this address (404 Not Found).")
        data = self.answers[address]
        return Fetched(data, "text/html", address, f"{address}?whole=1", "2026-01-02T03:04:05Z", "a test, fetch")


@pytest.fixture
def network() -> Pretended:
    return Pretended({ADDRESS: PAGE, "https://example.org/empty": b"<html><body></body></html>"})


@pytest.fixture
def desk(founded_settings: Settings, network: Pretended) -> Iterator[TestDesk]:
    with open_desk(founded_settings, fetcher=network) as opened:
        yield opened


def counts(desk: TestDesk) -> tuple[int, ...]:
    """Sources, snapshots, and agents beside the desk itself."""
    with desk.app.state.desk.reading() as session:
        sources, snapshots, agents = (
            session.scalar(select(func.count()).select_from(one)) or 0 for one in (Source, Snapshot, Agent)
        )
    return sources, snapshots, agents - 1


def value(sheet: Sheet, name: str) -> str:
    found = sheet.tree.xpath(f"//*[@name='{name}']")[0]
    return str(found.get("value") if found.tag == "input" else (found.text or "").removeprefix("\n"))


def hint(sheet: Sheet, name: str) -> str:
    return str(sheet.tree.xpath(f"string(//*[@id='f-{name}-hint'])"))


def test_a_file_is_proposed_then_confirmed(desk: TestDesk, editor: Editor) -> None:
    asked = editor.save(editor.open("/desk/bring-in"), {}, files=FILE)
    assert counts(desk) == (0, 0, 0)
    assert value(asked, "title") == "Mountains & heights"
    assert value(asked, "author_as_printed") == "Ada Invented"
    assert value(asked, "published") == "2019-12-04"
    assert "From the page." in hint(asked, "published")
    assert "From the page." not in hint(asked, "url")
    assert "The mountain is 8,848 metres high." in asked.text
    more = {"work_class": "NewsArticle", "publisher": "Daily Example", "authors.0": "Ada Invented"}
    reader = editor.save(asked, more)
    assert "The text is held." in reader.text
    assert counts(desk) == (1, 1, 2)
    with desk.app.state.desk.reading() as session:
        source, snapshot = session.scalars(select(Source)).one(), session.scalars(select(Snapshot)).one()
        assert (source.genre, source.seen, snapshot.language) == ("news article", True, "en")
        assert (snapshot.media_type, snapshot.retrieved_with) == ("text/html", "file as received")
        assert not snapshot.open_to_readers
        assert desk.app.state.desk.blobs.get(snapshot.sha256) == PAGE
        text = desk.app.state.desk.blobs.get(snapshot.text_sha256).decode()
        assert "8,848 metres" in text
        assert len(text) == snapshot.characters
    assert editor.look(asked.path).status == 404


def test_an_address_is_fetched_once_and_says_where_it_led(desk: TestDesk, editor: Editor, network: Pretended) -> None:
    asked = editor.save(editor.open("/desk/bring-in"), {"address": f" {ADDRESS} "})
    assert value(asked, "url") == f"{ADDRESS}?whole=1"
    editor.save(asked, NEEDED)
    assert network.asked == [ADDRESS]
    with desk.app.state.desk.reading() as session:
        snapshot = session.scalars(select(Snapshot)).one()
        assert (snapshot.retrieved_from, snapshot.retrieved_with) == (f"{ADDRESS}?whole=1", "a test, fetch")
        assert snapshot.retrieved_on == "2026-01-02T03:04:05Z"


def test_a_failed_fetch_says_why_and_pasting_goes_on_in_the_same_form(
    desk: TestDesk, editor: Editor, network: Pretended
) -> None:
    sent = editor.send(editor.open("/desk/bring-in"), {"address": "https://example.org/gone", "source": ""})
    assert sent.status == 422
    assert any("404" in fault and "Paste the text" in fault for fault in sent.faults())
    assert value(sent, "address") == "https://example.org/gone"
    asked = editor.save(sent, {"text": "Pasted words.\r\nA second line."})
    assert network.asked == ["https://example.org/gone"]
    assert value(asked, "url") == "https://example.org/gone"
    editor.save(asked, NEEDED)
    with desk.app.state.desk.reading() as session:
        snapshot = session.scalars(select(Snapshot)).one()
        assert desk.app.state.desk.blobs.get(snapshot.sha256) == b"Pasted words.\nA second line."
        assert (snapshot.retrieved_from, snapshot.retrieved_with) == (None, "text as pasted")


def test_what_is_here_already_is_named(editor: Editor) -> None:
    first = editor.save(editor.save(editor.open("/desk/bring-in"), {"address": ADDRESS}), {**NEEDED, "url": ""})
    source = first.path.split("/")[3]
    for again in ({"values": {"address": ADDRESS}}, {"files": FILE}):
        asked = editor.save(editor.open("/desk/bring-in"), **again)  # type: ignore[arg-type]
        assert "Already brought in" in asked.text
        ways = [one.get("href") for one in asked.tree.xpath("//section[@class='notice']//a")]
        assert any(way.endswith(f"desk/sources/{source}/read") for way in ways)
    other = editor.save(editor.open("/desk/bring-in"), {"text": "Other words."})
    assert "Already brought in" not in other.text


def test_a_source_that_is_here_opens_its_reader(editor: Editor) -> None:
    made = editor.save(editor.open("/desk/sources/new"), NEEDED)
    opened = editor.save(editor.open("/desk/bring-in"), {"source": "Heights"})
    assert opened.path.partition("?")[0] == made.path.partition("?")[0]
    sent = editor.send(editor.open("/desk/bring-in"), {"source": "Nothing of this name"})
    assert sent.status == 422
    assert any("there is no source" in fault.lower() for fault in sent.faults())


def test_read_without_a_text(desk: TestDesk, editor: Editor) -> None:
    asked = editor.save(editor.open("/desk/bring-in"), {"address": ADDRESS}, do="without")
    assert value(asked, "url") == ADDRESS
    made = editor.save(asked, NEEDED)
    assert "No text of this source is held" in made.text
    assert counts(desk) == (1, 0, 0)


def test_fetches_are_limited_and_a_file_is_not(desk: TestDesk, editor: Editor, network: Pretended) -> None:
    with writing(desk.app.state.desk.engine) as session:
        for _ in range(FETCHES.most):
            note_attempt(session, "fetch", "R. Roe")
    sent = editor.send(editor.open("/desk/bring-in"), {"address": ADDRESS})
    assert sent.status == 422
    assert any("tried too often" in fault for fault in sent.faults())
    assert network.asked == []
    assert "What is it?" in editor.save(editor.open("/desk/bring-in"), {}, files=FILE).text


@pytest.mark.parametrize(
    ("values", "file", "at", "says"),
    [
        ({}, None, "address", "Nothing is given yet"),
        ({"text": "words"}, ("a.txt", b"words", "text/plain"), "file", "Both a file and a text"),
        ({"text": " \n "}, None, "address", "Nothing is given yet"),
        ({}, ("a.txt", b"", "text/plain"), "file", "no text"),
        ({}, ("a.html", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "text/html"), "file", "PNG picture"),
        ({}, ("a.pdf", b"%PDF-1.4 broken", "application/pdf"), "file", ""),
        ({"address": "https://example.org/empty"}, None, "address", "no text"),
        ({"address": "=1+1"}, None, "address", ""),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field(
    desk: TestDesk, editor: Editor, values: dict[str, str], file: tuple[str, bytes, str] | None, at: str, says: str
) -> None:
    sent = editor.send(editor.open("/desk/bring-in"), values, files={"file": file} if file else None)
    assert sent.status == 422
    wrong = sent.tree.xpath(f"string(//*[@id='f-{at}-error'])")
    assert "Error:" in wrong
    assert says in wrong
    assert all(value(sent, name).strip() == given.strip() for name, given in values.items())
    assert counts(desk) == (0, 0, 0)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("published", "0000-13-45"),
        ("published", "NaN"),
        ("language", "<script>"),
        ("url", "javascript:alert(1)"),
        ("title", "A\x00B"),
        ("authors.1", "somebody new"),
        ("licence", "x" * 100_000),
    ],
)
def test_a_refused_confirmation_keeps_all_and_saves_nothing(
    desk: TestDesk, editor: Editor, field: str, typed: str
) -> None:
    asked = editor.save(editor.open("/desk/bring-in"), {}, files=FILE)
    sent = editor.send(asked, {**NEEDED, "authors.0": "Somebody New", field: typed})
    assert sent.status == 422
    assert value(sent, "authors.0") == "Somebody New"
    assert max(len(fault) for fault in sent.faults()) < 1_000
    assert counts(desk) == (0, 0, 0)
    editor.save(sent, {**NEEDED, "url": "", "licence": "", "publisher": "=1+1", "authors.1": ""})
    assert counts(desk) == (1, 1, 2)


def test_a_text_is_open_to_readers_under_an_open_licence_alone(desk: TestDesk, editor: Editor) -> None:
    asked = editor.save(editor.open("/desk/bring-in"), {}, files=FILE)
    sent = editor.send(asked, {**NEEDED, "open_to_readers": "yes"})
    assert sent.status == 422
    assert "no open licence" in sent.tree.xpath("string(//*[@id='f-open_to_readers-error'])")
    assert counts(desk) == (0, 0, 0)
    editor.save(sent, {"licence": "https://creativecommons.org/licenses/by/4.0/"})
    with desk.app.state.desk.reading() as session:
        assert session.scalars(select(Snapshot.open_to_readers)).one()


def test_hostile_words_stay_words(editor: Editor) -> None:
    page = b"<title>&lt;script&gt;alert(1)&lt;/script&gt;</title><p onclick=x>\xe2\x80\xaeabc <b>=1+1</b> &#128512;</p>"
    asked = editor.save(editor.open("/desk/bring-in"), {}, files={"file": ('"../\r\nx.html', page, "text/html")})
    assert value(asked, "title") == "<script>alert(1)</script>"
    read = editor.save(asked, {**NEEDED, "title": value(asked, "title")})
    assert not read.tree.xpath("//main//script[not(@src)]")
    assert "\u202eabc =1+1 \U0001f600" in read.tree.xpath("string(//*[@data-text-of-record])")


def test_what_the_pages_cost(desk: TestDesk, editor: Editor) -> None:
    asked = editor.save(editor.open("/desk/bring-in"), {}, files=FILE)
    for path, most in (("/desk/bring-in", 8), (asked.path, 10), ("/desk/sources/new", 8)):
        with Statements(desk.app.state.desk.readers) as statements:
            editor.open(path)
        assert len(statements) <= most, (path, list(statements))
