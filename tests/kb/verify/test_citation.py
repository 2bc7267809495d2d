"""A citation held against the log: genuine or not, current or what became of it, and what changed since."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kb.db import reading
from kb.formats.citation import FORMS, cite
from kb.log import read
from kb.verify.checked import words_of
from kb.verify.citation import LONGEST, MOST, TooLong, check
from tests.factories.documents import BASE
from tests.support.knowledge import Knowledge, publish_knowledge
from tests.support.removed import remove
from tests.support.statements import Statements

DENIED = "Bela Invented denies it."


@pytest.fixture
def kb(engine: Engine, tmp_path: Path) -> Knowledge:
    return publish_knowledge(engine, tmp_path)


@pytest.fixture
def session(engine: Engine, kb: Knowledge) -> Iterator[Session]:
    with reading(engine) as opened:
        yield opened


def digest(session: Session, record: str, number: int) -> str:
    return read.version(session, f"claims/{record}", number).digest


def test_every_form_of_every_version(session: Session, kb: Knowledge) -> None:
    wanted = {(kb.claim, 1): "corrected", (kb.claim, 2): "current", (kb.denied, 1): "current"}
    wanted |= {(kb.gone, 1): "withdrawn", (kb.gone, 2): "withdrawn"}
    for form in FORMS:
        for (record, number), verdict in wanted.items():
            edition = read.version(session, f"claims/{record}", number)
            found = check(session, cite(edition.document, edition.digest, form))
            assert (found.verdict, found.version) == (verdict, number)
            assert found.address == f"{BASE}claims/{record}/v{number}"
            assert found.latest == (1 if record == kb.denied else 2)
            assert bool(found.changes) == (found.latest > number)
            assert found.good
            assert found.reason.startswith("The citation is genuine: ")
            newest = check(session, cite(edition.document, edition.digest, form, newest=True))
            assert newest.verdict == ("withdrawn" if record == kb.gone else "current")
            assert (newest.version, newest.address) == (None, f"{BASE}claims/{record}")
            assert "names no version" in newest.reason


def test_what_changed_and_why(session: Session, kb: Knowledge) -> None:
    found = check(session, f"{BASE}claims/{kb.claim}/v1")
    assert "Version 2 of 26 November 2026 corrected it: Invented note of version 2." in found.reason
    assert "No digest was given" in found.reason
    assert ("added", None, "Invented note.") in [(one.kind, one.before, one.after) for one in found.changes]
    gone = check(session, digest(session, kb.gone, 1))
    assert "Version 2 of 27 November 2026 withdrew what it says: Invented note of version 2." in gone.reason
    itself = check(session, digest(session, kb.gone, 2))
    assert "It is the withdrawal itself: Invented note of version 2." in itself.reason
    assert itself.changes == []


def test_the_reply_is_in_view_wherever_the_allegation_is(session: Session, kb: Knowledge) -> None:
    found = check(session, f"{BASE}claims/{kb.denied}")
    assert found.title is not None
    assert found.title.startswith(DENIED)
    assert found.title.endswith("; the year is contradicted")
    (_, line) = words_of(found)
    assert line.index(DENIED) < line.index("moved the summit")
    assert found.as_json()["title"] == found.as_json()["latest_title"] == found.title


def test_not_genuine(session: Session, kb: Knowledge) -> None:
    own, other = digest(session, kb.claim, 1), digest(session, kb.denied, 1)
    first = f"{BASE}claims/{kb.claim}/v1"
    flipped = ("1" if own[0] == "0" else "0") + own[1:]
    cases = {
        f"{first} sha256:{flipped}": "The digest is not that of version 1",
        f"{first} sha256:{other}": f"The digest is that of {BASE}claims/{kb.denied}/v1, not that of version 1",
        f"{BASE}claims/{kb.claim}/v2 sha256:{own}": f"The digest is that of {first}, not that of version 2",
        f"{BASE}claims/{kb.claim} sha256:{flipped}": "not that of any version of it",
        f"{first} sha256:{own[:-2]}": "The digest is not whole",
        f"{BASE}claims/{kb.claim}/v3 sha256:{own}": "There is no version 3 of it; the newest is version 2",
        f"{BASE}claims/{kb.claim}/v999999999": "There is no version 999999999",
        f"{BASE}claims/zzzzzzzz/v1": "Nothing was ever published at this address.",
        f"{BASE}claims/zzzzzzzz/v1 sha256:{own}": f"The digest is that of {first}.",
        f"{BASE}sources/{kb.claim}/v1": f"Perhaps {BASE}claims/{kb.claim} is meant.",
        f"{BASE}claims/{kb.claim[:-1]}": f"Perhaps {BASE}claims/{kb.claim} is meant.",
        f"{BASE}abuot/v1": "Nothing was ever published at this address.",
    }
    for text, reason in cases.items():
        found = check(session, text)
        assert (found.verdict, found.good) == ("not_genuine", False), text
        assert reason in found.reason, text
        assert found.address is not None
        assert found.changes == []


def test_unknown(session: Session, kb: Knowledge) -> None:
    cases = {
        "no citation at all": f"No address under {BASE} and no SHA-256 digest was found in it.",
        "and/v2 published": "No address under",
        "0" * 64: "No version here has this digest.",
        f"sha256:{'0' * 60}": "The digest is not whole",
        "https://other.example/claims/37d2qfnqr/v1": f"is not one of this knowledge base, which begins with {BASE}.",
    }
    for text, reason in cases.items():
        found = check(session, text)
        assert (found.verdict, found.good, found.address) == ("unknown", False, None), text
        assert reason in found.reason, text


def test_a_digest_of_ours_is_found_whatever_the_address(session: Session, kb: Knowledge) -> None:
    found = check(session, f"https://mirror.example/claims/{kb.claim}/v1 sha256:{digest(session, kb.claim, 1).upper()}")
    assert (found.verdict, found.address) == ("corrected", f"{BASE}claims/{kb.claim}/v1")
    assert "https://mirror.example/" in found.reason
    assert BASE in found.reason


def test_ids_and_pages_by_name(session: Session, kb: Knowledge) -> None:
    assert check(session, f"see {kb.claim.upper()} there").address == f"{BASE}claims/{kb.claim}"
    assert check(session, f"{kb.claim}/v1").verdict == "corrected"
    assert check(session, "method/v1").address == f"{BASE}method/v1"
    assert check(session, f"{BASE}foundation").verdict == "current"
    topic = kb.world.press.ids[kb.world.topic]
    assert check(session, f"{BASE}topics/{topic}").address == kb.world.topic.removesuffix("#it")


def test_a_version_whose_content_was_removed(engine: Engine, kb: Knowledge) -> None:
    with reading(engine) as session:
        edition = read.version(session, f"claims/{kb.claim}", 1)
        cited = [cite(edition.document, edition.digest, form) for form in FORMS]
    remove(engine, kb)
    with reading(engine) as session:
        for text in (*cited, edition.digest):
            found = check(session, text)
            assert (found.verdict, found.version, found.latest, found.good) == ("redacted", 1, 3, True)
            assert found.reason.startswith("The citation is genuine: ")
            assert found.reason.endswith("Its content was removed on 29 November 2026: to protect a private person.")
            assert found.address == f"{BASE}claims/{kb.claim}/v1"
            # Nothing of what stood there is said again.
            assert (found.title, found.latest_title, found.changes) == (None, None, [])
        assert check(session, f"{BASE}claims/{kb.claim}/v1").reason.startswith("There was such a version.")
        wrong = check(session, f"{BASE}claims/{kb.claim}/v1 sha256:{edition.digest[:-1]}x")
        assert wrong.verdict == "not_genuine"
        assert check(session, f"{BASE}claims/{kb.claim}/v2").latest == 3


def test_several_citations_in_one_text(session: Session, kb: Knowledge) -> None:
    text = f"{BASE}claims/{kb.claim}/v1; {BASE}claims/{kb.denied}/v1, and {BASE}claims/zzzzzzzz/v1"
    found = check(session, text)
    told = found.as_json()
    assert told["verdict"] == "corrected"
    assert [one["verdict"] for one in told["results"]] == ["corrected", "current", "not_genuine"]
    assert not found.good
    assert "results" not in check(session, f"{BASE}claims/{kb.claim}/v1").as_json()
    many = check(session, " ".join(f"{BASE}claims/{kb.claim}/v{n}" for n in range(1, MOST + 6)))
    assert (len(many.all), many.unread) == (MOST, 5)


def test_what_is_too_long_is_refused(session: Session, kb: Knowledge) -> None:
    address = f"{BASE}claims/{kb.claim}/v1"
    assert check(session, address.rjust(LONGEST)).verdict == "corrected"
    with pytest.raises(TooLong, match="at most 20000"):
        check(session, address.rjust(LONGEST + 1))


def test_a_citation_takes_few_statements(
    engine: Engine, session: Session, kb: Knowledge, statements: Callable[[Engine], Statements]
) -> None:
    edition = read.version(session, f"claims/{kb.claim}", 1)
    text = cite(edition.document, edition.digest)
    with statements(engine) as seen:
        check(session, text)
    # The base, the digest, the newest, the version, and what became of it.
    assert len(seen) <= 5
