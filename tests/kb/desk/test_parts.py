"""Parts of a claim: numbers that never come back, quotes that the desk itself checks, and history for each change."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from kb.blobs import Blobs
from kb.desk import history
from kb.desk.actors import LOCAL_OPERATOR as ME
from kb.desk.agents import NameEntry
from kb.desk.appearances import change_appearance, links_of, remove_appearance
from kb.desk.aspects import AspectEntry, CodeTaken, add_aspect, aspect_of, change_aspect, find_aspect, remove_aspect
from kb.desk.assessments import AssessedTwice, add_assessment, change_assessment, find_assessment, remove_assessment
from kb.desk.claims import WordEntry
from kb.desk.concerned import ConcernedEntry, ConcernedTwice, add_concerned, change_concerned, remove_concerned
from kb.desk.entry import BadEntry
from kb.desk.evidence import change_evidence, find_evidence, remove_evidence
from kb.desk.figures import FigureEntry, NotInQuote, add_figure, change_figure, remove_figure
from kb.desk.left_out import LeftOutEntry, add_left_out, change_left_out, remove_left_out
from kb.desk.mentions import MentionEntry, add_mention, change_mention, remove_mention
from kb.desk.passages import PassageEntry
from kb.desk.questions import QuestionEntry, add_question, change_question, remove_question
from kb.desk.records import Dangling, NoSuchRecord, hold, part_of
from kb.desk.relations import RelationEntry, ToItself, add_relation, change_relation, remove_relation
from kb.desk.removal import StillNeeded, remove_record
from kb.desk.replies import (
    NoReplyEntry,
    ReplyEntry,
    add_reply,
    change_reply,
    find_reply,
    remove_reply,
    set_no_reply_found,
)
from kb.desk.searches import SearchEntry, add_search, change_search, remove_search
from kb.desk.snapshots import SnapshotEntry, bring_in
from kb.desk.tables import ChainLink, Passage
from kb.desk.texts import Texts
from kb.values.attribution import ChainIncomplete
from kb.values.quote import QuoteNotFound
from tests.factories import desk


def verbs(session: Session, record_id: str) -> list[tuple[str, str]]:
    return [(row.verb, row.part) for row in history.of_record(session, record_id)]


def test_a_number_is_never_given_twice(session: Session) -> None:
    claim = desk.bare_claim(session, "height", "year")
    remove_aspect(session, ME, find_aspect(session, claim.id, 2))
    again = add_aspect(session, ME, claim, AspectEntry(code="year", label="in 1863", main=False, position=2))
    assert again.number == 3
    with pytest.raises(NoSuchRecord):
        find_aspect(session, claim.id, 2)
    assert verbs(session, claim.id)[-2:] == [("remove_aspect", "aspect-2"), ("add_aspect", "aspect-3")]


def test_an_aspect_keeps_its_code_to_itself_and_stays_while_it_is_needed(session: Session) -> None:
    claim = desk.bare_claim(session, "height", "year")
    year = aspect_of(session, claim.id, "year")
    with pytest.raises(CodeTaken):
        change_aspect(session, ME, year, AspectEntry(code="height", label="h", main=True, position=2))
    desk.evidence(session, claim, desk.source(session), desk.origin(session), aspect="year")
    with pytest.raises(StillNeeded):
        remove_aspect(session, ME, year)


def test_links_keep_their_numbers_in_any_order_and_only_a_change_is_noted(session: Session) -> None:
    claim, source = desk.bare_claim(session), desk.source(session)
    paper = desk.link_entry("Paper", role="publisher", attitude="publishes", read_by_editor=False)
    author = desk.link_entry("Author", hedges=(WordEntry(text="some"),))
    made = desk.appearance(session, claim, source, paper, author)
    before = hold(session, claim.id).revision
    kept = [link.model_copy(update={"number": n}) for n, link in ((1, paper), (2, author))]
    change_appearance(session, ME, made, desk.appearance_entry(source, *kept))
    assert hold(session, claim.id).revision == before
    voice = desk.link_entry("Voice", role="reported_speaker", read_by_editor=False)
    change_appearance(session, ME, made, desk.appearance_entry(source, kept[1], voice))
    change_appearance(session, ME, made, desk.appearance_entry(source, paper, kept[1]))
    assert [(link.position, link.number, link.name) for link in links_of(session, made)] == [
        (1, 4, "Paper"),
        (2, 2, "Author"),
    ]
    row = history.of_record(session, claim.id)[-1]
    assert row.before is not None
    assert [link["name"] for link in row.before["chain_link"]] == ["Author", "Voice"]
    assert row.before["chain_link"][0]["hedges"] == [{"text": "some", "language": "en"}]
    remove_appearance(session, ME, made)
    assert session.query(ChainLink).filter(ChainLink.appearance_id == made.id).count() == 0


def test_a_chain_that_goes_round_is_refused_whole(session: Session) -> None:
    claim, source, voice = desk.bare_claim(session), desk.source(session), desk.agent(session)
    twice = desk.link_entry(agent=voice.id), desk.link_entry(agent=voice.id, read_by_editor=False)
    with pytest.raises(ChainIncomplete, match="circle"):
        desk.appearance(session, claim, source, *twice)
    assert verbs(session, claim.id)[-1] == ("add_aspect", "aspect-1")


def test_the_desk_says_how_a_quote_is_known(session: Session, tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "blobs")
    claim, source, origin = desk.bare_claim(session), desk.source(session), desk.origin(session)
    recorded = desk.evidence(session, claim, source, origin)
    unseen = desk.evidence(session, claim, source, origin, quote=None)
    states = [part_of(session, Passage, row.passage_id).state for row in (recorded, unseen)]
    assert states == ["recorded", "unseen"]
    bring_in(session, ME, source, SnapshotEntry(), desk.TEXT.encode(), blobs)
    texts = Texts(session, blobs)
    change_evidence(session, ME, recorded, desk.evidence_entry(source, origin), texts)
    passage = part_of(session, Passage, recorded.passage_id)
    assert (passage.state, passage.start_at, passage.occurrences) == ("verified", desk.TEXT.index(desk.WORDS), 1)
    change_evidence(session, ME, recorded, desk.evidence_entry(source, origin, note="Without the text at hand."))
    assert passage.state == "verified"
    wrong = desk.evidence_entry(source, origin, quote=desk.quote_entry(desk.WORDS.replace("4,807", "4,809")))
    with pytest.raises(QuoteNotFound, match="first 34 of 42 characters"):
        change_evidence(session, ME, recorded, wrong, texts)


def test_evidence_takes_its_figures_with_it(session: Session) -> None:
    claim, source, origin = desk.bare_claim(session), desk.source(session), desk.origin(session)
    one = desk.evidence(session, claim, source, origin)
    other = desk.evidence(session, claim, source, origin, explains=(1,))
    given = {
        "evidence": 1,
        "aspect": "height",
        "raw": "4,807",
        "raw_language": "en",
        "value": "4807",
        "comparator": "exact",
        "unit": "metres",
    }
    with pytest.raises(NotInQuote):
        add_figure(session, ME, claim, FigureEntry(**given | {"raw": "4,809"}))
    figure = add_figure(session, ME, claim, FigureEntry(**given))
    change_figure(session, ME, figure, FigureEntry(**given, note="as read in the report"))
    share = add_figure(session, ME, claim, FigureEntry(**given, share_of=1))
    with pytest.raises(StillNeeded):
        remove_figure(session, ME, figure)
    remove_figure(session, ME, share)
    remove_evidence(session, ME, one)
    assert verbs(session, claim.id)[-2:] == [("remove_figure", "figure-1"), ("remove_evidence", "evidence-1")]
    change_evidence(session, ME, find_evidence(session, claim.id, other.number), desk.evidence_entry(source, origin))


def test_a_bound_that_the_words_do_not_give_is_refused(session: Session) -> None:
    with pytest.raises(BadEntry, match="high"):
        FigureEntry(
            raw="over 600",
            raw_language="en",
            comparator="over",
            unit="items",
            low="600",
            low_inclusive=False,
            high="700",
            high_inclusive=True,
        )


def test_a_figure_stands_in_the_quote_where_it_says(session: Session) -> None:
    claim, source = desk.bare_claim(session), desk.source(session)
    desk.appearance(session, claim, source, quote=desk.quote_entry(start=100, end=100 + len(desk.WORDS)))
    at = 100 + desk.WORDS.index("4,807")
    given = {"raw": "4,807", "raw_language": "en", "value": "4807", "comparator": "exact", "unit": "metres"}
    add_figure(session, ME, claim, FigureEntry(**given, start=at, end=at + 5))
    with pytest.raises(NotInQuote, match="4,807"):
        add_figure(session, ME, claim, FigureEntry(**given, start=at + 1, end=at + 6))


def test_a_symmetric_relation_stands_once(session: Session) -> None:
    one, other = desk.bare_claim(session), desk.bare_claim(session)
    first = add_relation(session, ME, one, RelationEntry(type="same_event", target=other.id))
    assert add_relation(session, ME, other, RelationEntry(type="same_event", target=one.id)) is first
    with pytest.raises(ToItself):
        add_relation(session, ME, one, RelationEntry(type="about", target=one.id))
    changed = change_relation(session, ME, first, RelationEntry(type="supports", target=other.id))
    assert (changed.claim_id, changed.type) == (one.id, "supports")
    remove_relation(session, ME, changed)
    assert [verb for verb, _ in verbs(session, one.id)][-4:] == [
        "add_relation",
        "add_relation",
        "remove_relation",
        "remove_relation",
    ]


def test_an_assessment_judges_each_aspect_once(session: Session) -> None:
    claim = desk.bare_claim(session, "height", "year")
    made = add_assessment(session, ME, claim, desk.assessment_entry(("height", "supported"), ("year", "unverified")))
    with pytest.raises(AssessedTwice):
        add_assessment(session, ME, claim, desk.assessment_entry())
    with pytest.raises(BadEntry, match="judged twice"):
        desk.assessment_entry(("height", "supported"), ("height", "unverified"))
    before = hold(session, claim.id).revision
    change_assessment(session, ME, made, desk.assessment_entry(("height", "supported"), ("year", "unverified")))
    assert hold(session, claim.id).revision == before
    change_assessment(session, ME, made, desk.assessment_entry(("height", "contradicted"), ("year", "unverified")))
    assert hold(session, claim.id).revision == before + 1
    remove_assessment(session, ME, made)
    assert find_assessment(session, claim.id) is None


def test_replies_keep_their_numbers_and_the_evidence_that_carries_them(session: Session) -> None:
    claim, source, origin = desk.bare_claim(session), desk.source(session), desk.origin(session)
    who = desk.agent(session)
    desk.evidence(session, claim, source, origin)
    given = {
        "position": 1,
        "agent": who.id,
        "name": who.name,
        "statement": "No.",
        "short": "The survey says no.",
        "evidence": (1,),
    }
    reply = add_reply(session, ME, claim, ReplyEntry(**given))
    with pytest.raises(Dangling):
        add_reply(session, ME, claim, ReplyEntry(**given | {"evidence": (2,)}))
    passage = PassageEntry(source=source.id, quote=desk.quote_entry())
    change_reply(session, ME, reply, ReplyEntry(**given | {"said_in": passage, "evidence": ()}))
    change_reply(session, ME, reply, ReplyEntry(**given))
    unnamed = add_reply(session, ME, claim, ReplyEntry(position=2, statement="Yes.", short="Somebody says yes."))
    assert (unnamed.unnamed, find_reply(session, claim.id, 2)) == (True, unnamed)
    remove_reply(session, ME, reply)
    set_no_reply_found(session, ME, claim, NoReplyEntry(found_none_on="2026-11-25"))
    assert claim.no_reply_found_on == "2026-11-25"
    assert verbs(session, claim.id)[-2:] == [("remove_reply", "reply-1"), ("set_no_reply_found", "")]


def test_searches_and_open_questions_are_graded_where_they_name_a_source(session: Session) -> None:
    claim, source, origin = desk.bare_claim(session), desk.source(session), desk.origin(session)
    nothing = {"description": "Was it measured again?", "outcome": "nothing_found"}
    with pytest.raises(BadEntry, match="place and a day"):
        SearchEntry(**nothing)
    made = add_search(session, ME, claim, SearchEntry(**nothing, searched_in="the library", searched_on="2026-11-25"))
    found = PassageEntry(source=source.id, quote=desk.quote_entry())
    with pytest.raises(BadEntry, match="graded"):
        SearchEntry(description="x", outcome="not_relevant", found=found)
    whole = {
        "description": "x",
        "outcome": "not_relevant",
        "grade": "C",
        "grade_reason": "an aside",
        "origin": origin.id,
        "aspect": "height",
    }
    change_search(session, ME, made, SearchEntry(**whole, found=found))
    change_search(session, ME, made, SearchEntry(**whole, found=PassageEntry(source=source.id)))
    change_search(session, ME, made, SearchEntry(**nothing, searched_in="the library", searched_on="2026-11-25"))
    assert session.query(Passage).count() == 0
    remove_search(session, ME, made)
    question = add_question(session, ME, claim, QuestionEntry(label="the field books"))
    change_question(
        session,
        ME,
        question,
        QuestionEntry(
            label="the field books",
            would_settle=source.id,
            grade="A",
            grade_reason="the record",
            aspect="height",
            origin=origin.id,
        ),
    )
    remove_question(session, ME, question)
    assert len(verbs(session, claim.id)) == 2 + 5 + 3


def test_who_is_named_and_whom_it_concerns(session: Session) -> None:
    claim, person = desk.bare_claim(session), desk.agent(session, "Jane Example", kind="person")
    dated = {"living": "presumed_living", "living_as_of": "2026-11-25"}
    concerned = add_concerned(session, ME, claim, ConcernedEntry(agent=person.id, name="Jane Example", **dated))
    with pytest.raises(ConcernedTwice):
        add_concerned(session, ME, claim, ConcernedEntry(agent=person.id, name="J. Example"))
    change_concerned(session, ME, concerned, ConcernedEntry(agent=person.id, name="Jane Example"))
    entry = MentionEntry(name="Jane Example", visibility="private", other_names=(NameEntry(text="J. E."),), **dated)
    mention = add_mention(session, ME, claim, entry)
    change_mention(session, ME, mention, entry)
    change_mention(session, ME, mention, MentionEntry(name="Jane Example", agent=person.id))
    remove_mention(session, ME, mention)
    remove_concerned(session, ME, concerned)
    assert [verb for verb, _ in verbs(session, claim.id)][2:] == [
        "add_concerned",
        "change_concerned",
        "add_mention",
        "change_mention",
        "remove_mention",
        "remove_concerned",
    ]


def test_a_left_out_sentence_is_the_sources(session: Session) -> None:
    source = desk.source(session)
    entry = LeftOutEntry(quote=desk.quote_entry("Others say less."), reason="says nothing to check")
    made = add_left_out(session, ME, source, entry)
    change_left_out(session, ME, made, LeftOutEntry(quote=entry.quote, reason="a remark"))
    remove_left_out(session, ME, made)
    assert [verb for verb, _ in verbs(session, source.id)] == [
        "add_source",
        "add_left_out",
        "change_left_out",
        "remove_left_out",
    ]


def test_a_draft_goes_with_all_its_parts(session: Session) -> None:
    claim = desk.whole_claim(session)
    remove_record(session, ME, "remove_claim", claim)
    assert session.query(ChainLink).count() == 0
