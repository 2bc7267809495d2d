"""Texts that are held or known by their hash, and quotes checked against them."""

import hashlib

import pytest
from sqlalchemy.orm import Session

from kb.desk import history
from kb.desk.actors import LOCAL_OPERATOR as ME
from kb.desk.entry import BadEntry
from kb.desk.left_out import LeftOutEntry, add_left_out
from kb.desk.passages import PassageEntry
from kb.desk.quotes import WhoseText, check_quotes
from kb.desk.records import part_of
from kb.desk.removal import StillNeeded
from kb.desk.replies import ReplyEntry, add_reply
from kb.desk.searches import SearchEntry, add_search
from kb.desk.snapshots import (
    NotOpen,
    NotText,
    SegmentEntry,
    SnapshotEntry,
    WithheldEntry,
    bring_in,
    find_snapshot,
    remove_snapshot,
    segments_of,
    withhold,
)
from kb.desk.tables import Passage
from kb.desk.texts import Texts
from kb.errors import Refused
from tests.factories import desk
from tests.factories.corpus import Kept

DATA = desk.TEXT.encode()
DIGEST = hashlib.sha256(DATA).hexdigest()


def segment(code: str, start: int, end: int, role: str = "body", claims_taken: bool = True) -> SegmentEntry:
    return SegmentEntry(code=code, start=start, end=end, role=role, claims_taken=claims_taken)


def known(**more: object) -> WithheldEntry:
    given = {"sha256": DIGEST, "text_sha256": DIGEST, "byte_size": len(DATA), "characters": len(desk.TEXT)}
    return WithheldEntry(**given | more)


def test_what_was_withheld_becomes_held_under_the_same_number(session: Session) -> None:
    source, blobs = desk.source(session), Kept()
    first = withhold(session, ME, source, known(segments=(segment("title", 0, 9), segment("text", 11, 40))))
    assert (first.number, first.holding) == (1, "withheld")
    held = bring_in(session, ME, source, SnapshotEntry(retrieved_with="file as received"), DATA, blobs)
    assert held is first
    assert (held.holding, held.open_to_readers, held.characters) == ("held", False, len(desk.TEXT))
    assert [(one.code, one.number) for one in segments_of(session, held)] == [("title", 1), ("text", 2)]
    assert blobs == {DIGEST: DATA}
    before = len(history.of_record(session, source.id))
    withhold(session, ME, source, known())
    bring_in(session, ME, source, SnapshotEntry(), DATA, blobs)
    assert (held.holding, len(history.of_record(session, source.id))) == ("held", before)


def test_bytes_and_the_text_drawn_from_them_are_both_kept(session: Session) -> None:
    source, blobs = desk.source(session), Kept()
    page = SnapshotEntry(media_type="text/html", retrieved_on="2026-11-25T08:00:00Z")
    snapshot = bring_in(session, ME, source, page, b"<p>Words</p>", blobs, text="Words")
    assert (blobs[snapshot.sha256], blobs[snapshot.text_sha256]) == (b"<p>Words</p>", b"Words")
    assert snapshot.retrieved_on == "2026-11-25T08:00:00Z"
    found = Texts(session, blobs).of(source.id)
    assert found is not None
    assert found.text == "Words"


def test_bytes_that_are_no_text_are_refused_where_they_stop_being_one(session: Session) -> None:
    with pytest.raises(NotText, match=r"byte 3 \(0xe9\)"):
        bring_in(session, ME, desk.source(session), SnapshotEntry(), b"caf\xe9", Kept())


def test_a_text_is_open_only_under_a_licence(session: Session) -> None:
    with pytest.raises(NotOpen):
        bring_in(session, ME, desk.source(session), SnapshotEntry(open_to_readers=True), DATA, Kept())
    free = desk.source(session, licence="https://creativecommons.org/publicdomain/zero/1.0/")
    assert bring_in(session, ME, free, SnapshotEntry(open_to_readers=True), DATA, Kept()).open_to_readers


def test_segments_keep_their_numbers_and_stand_in_the_text(session: Session) -> None:
    source, blobs = desk.source(session), Kept()
    first = SnapshotEntry(segments=(segment("a", 0, 5), segment("b", 5, 9)))
    snapshot = bring_in(session, ME, source, first, DATA, blobs)
    second = SnapshotEntry(segments=(segment("c", 0, 4), segment("b", 4, 9)))
    bring_in(session, ME, source, second, DATA, blobs)
    assert [(one.code, one.number) for one in segments_of(session, snapshot)] == [("c", 3), ("b", 2)]
    for bad in ((segment("d", 0, 5), segment("d", 5, 9)), (segment("e", 0, 999),)):
        with pytest.raises(Refused):
            bring_in(session, ME, source, SnapshotEntry(segments=bad), DATA, blobs)
    with pytest.raises(BadEntry, match="foreign"):
        segment("f", 0, 5, "foreign_matter")


def test_a_snapshot_in_which_quotes_were_verified_stays(session: Session) -> None:
    source, blobs = desk.source(session), Kept()
    snapshot = bring_in(session, ME, source, SnapshotEntry(segments=(segment("a", 0, 5),)), DATA, blobs)
    claim = desk.bare_claim(session)
    desk.appearance(session, claim, source, texts=Texts(session, blobs))
    with pytest.raises(StillNeeded):
        remove_snapshot(session, ME, snapshot)
    other = bring_in(session, ME, source, SnapshotEntry(), b"Another state of it.", blobs)
    remove_snapshot(session, ME, find_snapshot(session, source.id, other.number))


def test_checking_says_what_is_verified_and_where_the_others_part(session: Session) -> None:
    source, origin, blobs, claim = desk.source(session), desk.origin(session), Kept(), desk.bare_claim(session)
    desk.appearance(session, claim, source, quote=desk.quote_entry(text_sha256=DIGEST))
    good = desk.evidence(session, claim, source, origin)
    bad = desk.evidence(
        session, claim, source, origin, quote=desk.quote_entry("the survey gave Mount Example 4,809 metres")
    )
    desk.evidence(session, claim, source, origin, quote=None)
    add_left_out(session, ME, source, LeftOutEntry(quote=desk.quote_entry("Others say less."), reason="a remark"))
    where = PassageEntry(source=source.id, quote=desk.quote_entry())
    add_reply(session, ME, claim, ReplyEntry(position=1, statement="s", short="s", said_in=where))
    searched = {"description": "d", "outcome": "not_evidence", "grade": "C", "grade_reason": "an aside"}
    add_search(session, ME, claim, SearchEntry(**searched, found=where))
    # The hash of the text is known from the quote alone.
    checked = check_quotes(session, ME, None, DATA, blobs)
    assert (checked.sources, checked.verified, checked.before, checked.unread) == ((source.id,), 5, 0, 0)
    assert [(miss.record, miss.part) for miss in checked.misses] == [(claim.id, f"evidence-{bad.number}")]
    assert "first 34 of 42 characters" in checked.misses[0].problem
    assert part_of(session, Passage, good.passage_id).state == "verified"
    assert part_of(session, Passage, bad.passage_id).state == "recorded"
    assert not find_snapshot(session, source.id, 1).open_to_readers
    words, told = checked.in_words(), checked.as_json()
    assert words.startswith("5 quotes newly verified")
    assert told["misses"][0]["part"] == f"evidence-{bad.number}"
    of_claim = check_quotes(session, ME, claim.id, None, blobs)
    assert (of_claim.verified, of_claim.before, len(of_claim.misses)) == (0, 4, 1)
    assert check_quotes(session, ME, None, None, blobs).before == 5
    notes = [row for row in history.of_record(session, claim.id) if row.verb == "check_quotes"]
    assert {row.part for row in notes} == {"appearance-1", "evidence-1", "reply-1", "search-1"}


def test_whose_text_it_is_has_to_be_known(session: Session) -> None:
    source, blobs, claim = desk.source(session), Kept(), desk.bare_claim(session)
    desk.appearance(session, claim, source)
    with pytest.raises(WhoseText, match="no source"):
        check_quotes(session, ME, None, DATA, blobs)
    assert check_quotes(session, ME, claim.id, DATA, blobs).verified == 1
    two = desk.source(session, "Heights, reprinted")
    withhold(session, ME, two, known())
    with pytest.raises(WhoseText, match="could be of"):
        check_quotes(session, ME, None, DATA, blobs)
    assert check_quotes(session, ME, two.id, DATA, blobs).sources == (two.id,)
    with pytest.raises(NotText):
        check_quotes(session, ME, two.id, b"\xff", blobs)


def test_a_quote_whose_source_has_no_text_is_left_as_it_is(session: Session) -> None:
    source, claim = desk.source(session), desk.bare_claim(session)
    desk.appearance(session, claim, source)
    checked = check_quotes(session, ME, claim.id, None, Kept())
    assert (checked.verified, checked.unread, checked.misses) == (0, 1, ())
