"""The page of a source: its quotations in the order of the text, and the text itself where readers may see it."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from lxml import html
from sqlalchemy import Engine

from kb.blobs import Blobs
from kb.db import writing
from kb.projections.follow import catch_up
from tests.app.conftest import Library
from tests.factories.claims import with_reply
from tests.factories.documents import QUOTE, TEXT, TEXT_SHA, Entity, source
from tests.support.reader import read
from tests.support.statements import Statements

CC_BY = "https://creativecommons.org/licenses/by/4.0/"
# What the page of a source asks: its edition and what is beside it, then the claims' own documents.
MOST_STATEMENTS = 9


def open_to_readers(library: Library, engine: Engine, text: str = TEXT, **more: Any) -> str:
    """Publish the source of the library anew, with this text open, and keep its bytes; gives its address."""
    known = library.known
    sha = Blobs(library.settings.blobs).put(text.encode())
    made = source(known.world.source, "Heights of the Invented Alps", held=True, origins=(known.world.origin,))
    (snapshot,) = made["snapshots"]
    changed = {"openToReaders": True, "license": CC_BY, "sha256": sha, "textSha256": sha, "inLanguage": "en"}
    changed |= {"characters": len(text), "byteSize": len(text.encode())}
    made |= {"license": CC_BY, "snapshots": [snapshot | changed | more]}
    return publish(library, engine, "source", made, "2026-11-29T09:00:00Z")


def publish(library: Library, engine: Engine, kind: str, made: Entity, when: str) -> str:
    with writing(engine) as session:
        press = library.known.world.press
        press.publish(session, kind, made, "new" if press.ids[made["@id"]] not in press.last else "update", when)
    catch_up(engine)
    return "/" + str(made["@id"]).removeprefix("http://localhost:8000/").removesuffix("#it")


def roots(markup: str) -> list[str]:
    return [str(one.text_content()) for one in html.document_fromstring(markup).xpath("//*[@data-text-of-record]")]


def quoting(library: Library, words: str, spans: list[tuple[int, int]], text: str = TEXT, **more: Any) -> Entity:
    """A claim whose first appearance and evidence quote these stretches of the text."""
    sha = hashlib.sha256(text.encode()).hexdigest()
    made = library.known.world.claim(words)
    targets = [one["target"] for one in (*made["appearances"], *made["evidence"])]
    for target, (start, end) in zip(targets, spans, strict=True):
        quote, place = target["selector"]
        quote |= {"exact": text[start:end], "prefix": text[max(0, start - 8) : start], "suffix": text[end : end + 8]}
        place |= {"start": start, "end": end}
        target["textSha256"] = sha
    return made | more


def test_an_open_text_stands_on_the_page_to_the_character(own_library: Library, engine: Engine) -> None:
    path = open_to_readers(own_library, engine)
    reply = own_library.reader.get(path)
    assert roots(reply.text) == [TEXT]
    page = read(reply.text)
    start = TEXT.index(QUOTE)
    assert f"q-{start}-{start + len(QUOTE)}" in page.ids
    assert ("mark", {"id": f"q-{start}-{start + len(QUOTE)}"}) in page.tags
    assert "licence CC BY 4.0" in page.text
    assert page.faults == []
    file = own_library.reader.get(f"{path}/text.txt")
    assert file.content == TEXT.encode()
    assert file.headers["content-type"] == "text/plain; charset=utf-8"
    assert file.headers["repr-digest"].startswith("sha-256=:")


def test_a_quotation_on_a_claims_page_leads_to_its_place(own_library: Library, engine: Engine) -> None:
    path = open_to_readers(own_library, engine)
    start = TEXT.index(QUOTE)
    links = own_library.reader.page(f"/claims/{own_library.known.claim}").links
    assert f"..{path}#q-{start}-{start + len(QUOTE)}" in links


def test_quotations_stand_in_the_order_of_the_text_and_are_numbered(own_library: Library, engine: Engine) -> None:
    path = open_to_readers(own_library, engine)
    made = quoting(own_library, "the last comes first", [(70, 80), (0, 13), (6, 30)])
    publish(own_library, engine, "claim", made, "2026-11-30T09:00:00Z")
    markup = own_library.reader.get(path).text
    assert roots(markup) == [TEXT]
    page = html.document_fromstring(markup)
    numbers = [one.get("id") for one in page.xpath("//*[contains(@class,'quotes')]/li")]
    assert numbers == [f"quote-{number}" for number in range(1, 5)]
    words = [one.text_content() for one in page.xpath("//*[contains(@class,'quotes')]//blockquote//bdi")]
    assert words == [TEXT[0:13], TEXT[6:30], QUOTE, TEXT[70:80]]
    cues = [(one.get("href"), one.get("aria-label"), one.text_content()) for one in page.xpath("//a[@class='cue']")]
    assert sorted(cues) == [(f"#quote-{number}", f"Quotation {number}", "") for number in range(1, 5)]
    # Two overlap, so there is a stretch that both hold.
    assert page.xpath("//mark[@class='several']")


def test_every_use_carries_the_reply_and_the_failing_part(own_library: Library, engine: Engine) -> None:
    known = own_library.known
    path = open_to_readers(own_library, engine)
    page = html.document_fromstring(own_library.reader.get(path).text)
    uses = [" ".join(one.text_content().split()) for one in page.xpath("//*[@class='use']")]
    denied = [one for one in uses if "Bela Invented moved the summit" in one]
    assert denied
    for use in denied:
        assert use.index("Bela Invented denies it.") < use.index("Is it so that Bela Invented moved the summit?")
    assert all("the year is contradicted" in use or "Withdrawn" in use for use in uses)
    assert known.denied in {link.rpartition("/")[2] for link in own_library.reader.page(path).links}


def test_what_was_placed_in_another_state_is_listed_and_not_marked(own_library: Library, engine: Engine) -> None:
    """The library's claims quote TEXT; the text that is open is another."""
    other = TEXT.replace("4,807", "4,810")
    path = open_to_readers(own_library, engine, other)
    markup = own_library.reader.get(path).text
    assert roots(markup) == [other]
    page = read(markup)
    assert "Placed in another state of the text" in page.text
    assert f"sha256 {TEXT_SHA[:8]}…" in page.text
    document = html.document_fromstring(markup)
    assert document.xpath("//*[@data-text-of-record]//mark") == []


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("missing", "is kept, but cannot be read here: the bytes are not where they should be."),
        ("altered", "is kept, but cannot be read here: the bytes are no longer those of its hash"),
        ("controls", "holds control characters that a page cannot show to the letter."),
    ],
)
def test_a_text_that_cannot_be_shown_is_told_and_never_shown_wrong(
    own_library: Library, engine: Engine, how: str, said: str
) -> None:
    text = "Paid \x00\x07 in full." if how == "controls" else TEXT
    path = open_to_readers(own_library, engine, text)
    sha = hashlib.sha256(text.encode()).hexdigest()
    file = own_library.settings.blobs / sha[:2] / sha
    before = own_library.reader.get(path).headers["etag"]
    if how == "missing":
        file.unlink()
    elif how == "altered":
        file.write_bytes(b"Forged words of another.")
    reply = own_library.reader.get(path)
    assert roots(reply.text) == []
    assert said in read(reply.text).text
    assert "Forged" not in reply.text
    assert QUOTE in reply.text
    assert (reply.headers["etag"] == before) == (how == "controls")
    page = own_library.reader.ask(f"{path}/text", Accept="text/html")
    assert page.status_code == 404
    assert "Forged" not in page.text
    raw = own_library.reader.ask(f"{path}/text.txt")
    assert raw.status_code == (200 if how == "controls" else 404)
    assert raw.content == text.encode() if how == "controls" else b"Forged" not in raw.content


def test_a_text_without_an_open_licence_is_nowhere(library: Library) -> None:
    path = f"/sources/{library.known.source}"
    for tail in ("/text", "/text.txt", "/text?from=0", "/text?snapshot=1"):
        reply = library.reader.ask(f"{path}{tail}", Accept="application/json" if tail.endswith("txt") else "text/html")
        assert reply.status_code == 404
        assert "others say" not in reply.text


def test_a_licence_that_ended_takes_the_text_from_older_versions_too(own_library: Library, engine: Engine) -> None:
    path = open_to_readers(own_library, engine)
    assert roots(own_library.reader.get(f"{path}/v2").text) == [TEXT]
    open_to_readers(own_library, engine, openToReaders=False)
    for version in ("", "/v2", "/v3"):
        reply = own_library.reader.get(f"{path}{version}")
        assert roots(reply.text) == []
        assert "others say" not in reply.text


def test_a_long_text_goes_on_at_addresses_of_its_own(own_library: Library, engine: Engine) -> None:
    text = "".join(f"Paragraph {number} of it, 🏔 e\u0301 \u202eturned\u202c words.\n\n" for number in range(2000))
    path = open_to_readers(own_library, engine, text)
    reader, found, way = own_library.reader, [], path
    while way:
        reply = reader.get(way)
        assert len(reply.content) < 120_000
        found += roots(reply.text)
        page = html.document_fromstring(reply.text)
        following = page.xpath("//a[text()='The next page']/@href")
        way = f"{path}/{following[0].rpartition('/')[2]}" if following else ""
    assert "".join(found) == text
    assert len(found) > 3
    late = text.index("Paragraph 1990 ")
    one = reader.get(f"{path}/text?from={late + 3}").text
    assert "Paragraph 1990 " in roots(one)[0]
    assert reader.get(f"{path}/text?from=999999999").status_code == 200


def test_a_quotation_beyond_the_first_page_leads_to_its_page(own_library: Library, engine: Engine) -> None:
    text = "Filler words, many of them.\n" * 1500 + "The very last words."
    path = open_to_readers(own_library, engine, text)
    start = text.index("very last")
    made = quoting(own_library, "the end is near", [(start, start + 9), (0, 6), (7, 12)], text)
    publish(own_library, engine, "claim", made, "2026-11-30T09:00:00Z")
    page = own_library.reader.page(path)
    way = f"..{path}/text?from={start}#q-{start}-{start + 9}"
    assert way in page.links
    assert f"q-{start}-{start + 9}" in page.ids
    there = own_library.reader.get(f"{path}/text?from={start}").text
    assert f'<mark id="q-{start}-{start + 9}">very last</mark>' in there


@pytest.mark.parametrize(
    "query", ["from=x", "from=-1", "from=%00", "from=9999999999", "snapshot=x", "from=1e3", "from=٣"]
)
def test_a_place_that_is_no_number_is_refused(own_library: Library, engine: Engine, query: str) -> None:
    path = open_to_readers(own_library, engine)
    assert own_library.reader.ask(f"{path}/text?{query}", Accept="text/html").status_code == 400


def test_other_spellings_of_the_id_lead_to_the_text(own_library: Library, engine: Engine) -> None:
    path = open_to_readers(own_library, engine)
    record = own_library.known.source
    for tail in ("text", "text.txt"):
        reply = own_library.reader.ask(f"/sources/{record[:4]}-{record[4:]}/{tail}")
        assert (reply.status_code, reply.headers["location"]) == (308, f"../{record}/{tail}")
    assert path.endswith(record)


def test_the_page_asks_the_same_of_the_database_whatever_quotes_it(
    own_library: Library, engine: Engine, statements: Callable[[Engine], Statements]
) -> None:
    path = open_to_readers(own_library, engine)

    def asked() -> int:
        # Once a second the app looks at the log on the same engine, so the least of three is the page's own.
        counts = []
        for _ in range(3):
            with statements(own_library.engine) as seen:
                own_library.reader.get(path)
            counts.append(len(seen))
        return min(counts)

    before = asked()
    assert before <= MOST_STATEMENTS
    for number in range(12):
        words = f"claim {number} quotes it too"
        made = quoting(own_library, words, [(number, number + 9), (0, 6), (7, 12 + number)])
        if number % 3 == 0:
            made = with_reply(made, own_library.known.world.person, "Bela Invented")
        publish(own_library, engine, "claim", made, "2026-11-30T09:00:00Z")
    assert asked() == before
