"""An invented corpus brought in: counts, places, persons, and what becomes of links that are no evidence."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.desk import externals
from kb.desk.actors import LOCAL_OPERATOR, Actor, NotAllowed
from kb.desk.quotes import WhoseText, check_quotes
from kb.desk.tables import (
    Agent,
    AgentName,
    Appearance,
    Assessment,
    ChainLink,
    Claim,
    Concerned,
    Evidence,
    Figure,
    History,
    Mention,
    OpenQuestion,
    Origin,
    Passage,
    Reply,
    Search,
    Segment,
    Snapshot,
    Source,
    SourceDerivation,
    Topic,
)
from kb.imports.seed.job import Run
from kb.imports.seed.work import import_seed
from kb.publish.reference import resolve
from kb.values.grades import two_places
from tests.factories import corpus, desk
from tests.factories.corpus import BRIDGE, Kept, bring, counts, entity, record

SCOPE = "gazette-2021-05-04"


@pytest.fixture
def brought(session: Session) -> Session:
    bring(session, BRIDGE)
    return session


def passage_of(session: Session, part: Any) -> Passage:
    return session.get_one(Passage, part.passage_id)


def part_of(session: Session, table: type[Any], claim: str, number: int = 1) -> Any:
    own = select(table).where(table.claim_id == record(session, f"seed:{claim}"), table.number == number)
    return session.scalars(own).one()


def test_the_counts_are_the_expected_ones_and_a_second_time_changes_nothing(session: Session) -> None:
    first = bring(session, BRIDGE)
    expected = corpus.load(BRIDGE, "expected.json")["counts"]
    assert (first.refused, first.differs) == ([], [])
    added = counts(first, "added")
    assert {kind: number for kind, number in added.items() if kind in expected} == {
        kind: number for kind, number in expected.items() if kind in added
    }
    written = session.scalar(select(func.count()).select_from(History))
    again = bring(session, BRIDGE)
    assert corpus.nothing_but_unchanged(again)
    assert counts(again, "unchanged") == added
    assert session.scalar(select(func.count()).select_from(History)) == written


def test_what_our_rules_give_is_what_the_oracle_expects(brought: Session) -> None:
    for wanted in corpus.load(BRIDGE, "expected.json")["claims"]:
        made = entity(brought, f"seed:{wanted['claim']}")
        judged = made["assessment"]
        codes = {aspect["@id"]: aspect["code"] for aspect in made["aspects"]}
        assert judged["verdict"] == wanted["verdict"]
        assert [codes[one] for one in judged.get("failing", ())] == [
            one["aspect"] for one in wanted["failing_main_aspects"]
        ]
        assert two_places(judged["confidence"]) == wanted["confidence"]
        assert (judged["seenEvidence"], judged["independentOrigins"]) == (
            wanted["seen_evidence"],
            wanted["independent_origins_count"],
        )
        assert judged["rating"]["ratingLabel"] == {"en": wanted["label"]}
        read = [link["position"] for link in made["appearances"][0]["chain"] if link["readByEditor"]]
        assert read == [wanted["read_link"]]


def test_ids_of_the_file_find_records_and_parts(brought: Session) -> None:
    claim = record(brought, f"seed:{SCOPE}/K1")
    assert record(brought, "seed:K1") == claim
    assert resolve(brought, "seed:K1").record == claim
    assert record(brought, "seed:X1") == claim
    assert externals.of_record(brought, claim) == (f"seed:{SCOPE}/K1", "seed:K1")
    assert externals.known_parts(brought, [claim], "seed", SCOPE)[claim]["evidence-1"] == "X1"
    assert record(brought, f"seed:{SCOPE}") == record(brought, "seed:T0")


def test_ids_of_two_corpora_are_two_things(brought: Session, tmp_path: Path) -> None:
    other = corpus.copied(BRIDGE, tmp_path / "other")
    corpus.edit(other, "claims.json", lambda all_: all_["source"].update(id="another", url="https://x.example.org/"))
    corpus.edit(other, "evidence.json", lambda all_: all_["sources"][0].update(url="https://x.example.org/"))
    report = bring(brought, other)
    assert (report.refused, counts(report, "added")["claims"]) == ([], 4)
    assert counts(report, "unchanged") == {"topics": 2}
    with pytest.raises(externals.NotUnique, match="another/K1"):
        externals.find(brought, "seed:K1")
    assert record(brought, "seed:another/K1") != record(brought, f"seed:{SCOPE}/K1")


def test_the_article_is_one_source_by_its_address_and_not_of_the_footers_date(session: Session) -> None:
    known = desk.source(
        session, "Logged by hand", url="https://gazette.example.org/bridge", licence="https://l.example/"
    )
    report = bring(session, BRIDGE)
    assert counts(report, "updated")["sources"] == 1
    article = session.get_one(Source, record(session, "seed:T0"))
    assert article.id == known.id
    assert (article.published, article.title) == ("2021-05-04", "The bridge that took twelve years")
    assert article.licence == "https://l.example/"
    addresses = session.scalars(select(Source.url).where(Source.url == "https://gazette.example.org/bridge")).all()
    assert len(addresses) == 1
    assert not [one for one in session.scalars(select(Source.published)) if one.startswith("2023")]


def test_an_article_that_the_evidence_does_not_know_is_a_source_of_its_own(session: Session, tmp_path: Path) -> None:
    folder = corpus.copied(BRIDGE, tmp_path / "bare")

    def without(all_: Any) -> None:
        all_["sources"] = [one for one in all_["sources"] if one["id"] not in ("T0", "T4")]
        all_["evidence"] = [one for one in all_["evidence"] if one["source"] not in ("T0", "T4")]

    corpus.edit(folder, "evidence.json", without)
    corpus.edit(folder, "assessments.json", lambda all_: all_["assessments"][2].update(replies=[]))
    assert bring(session, folder).refused == []
    article = session.get_one(Source, record(session, f"seed:{SCOPE}"))
    assert (article.title, article.publisher_as_printed) == ("The bridge that took twelve years", "Exampleton Gazette")
    assert article.publisher_id == record(session, "seed:gazette")
    assert corpus.nothing_but_unchanged(bring(session, folder))


def test_lineage_and_first_hands(brought: Session) -> None:
    copy = brought.get_one(Source, record(brought, "seed:T2"))
    assert (copy.copy_of_id, copy.copy_of_as_printed) == (record(brought, "seed:T1"), None)
    derived = select(SourceDerivation.from_id).where(SourceDerivation.source_id == record(brought, "seed:T4"))
    assert brought.scalars(derived).all() == [record(brought, "seed:T0")]
    first = {one: brought.get_one(Origin, record(brought, f"seed:{one}")) for one in ("O-T3", "O-accounts", "O-V1")}
    assert first["O-T3"].first_hand_source_id == record(brought, "seed:T3")
    assert first["O-accounts"].first_hand_source_id == record(brought, "seed:T1")
    assert first["O-V1"].first_hand_source_id == record(brought, "seed:V1")


def test_the_text_handed_over_is_held_and_not_open_and_its_quotes_are_verified(session: Session) -> None:
    blobs = Kept()
    bring(session, BRIDGE, blobs)
    data = (BRIDGE / "article.txt").read_bytes()
    snapshot = session.scalars(select(Snapshot)).one()
    assert (snapshot.holding, snapshot.open_to_readers, snapshot.byte_size) == ("held", False, len(data))
    assert blobs[snapshot.sha256] == data
    segments = session.scalars(select(Segment).order_by(Segment.number)).all()
    assert [one.role for one in segments] == ["masthead", "title", "byline", "caption", "body", "foreign_matter"]
    appearances = session.scalars(select(Appearance)).all()
    assert {passage_of(session, one).state for one in appearances} == {"verified"}
    own = passage_of(session, part_of(session, Evidence, "K1", 3))
    assert (own.state, own.occurrences) == ("verified", 1)
    others = [passage_of(session, one).state for one in session.scalars(select(Evidence))]
    assert sorted(others) == ["recorded"] * 5 + ["unseen"] + ["verified"]


def test_without_the_text_quotes_are_recorded_until_somebody_has_it(session: Session, tmp_path: Path) -> None:
    folder, blobs = corpus.copied(BRIDGE, tmp_path / "bare", article=False), Kept()
    report = bring(session, folder, blobs)
    assert (report.refused, report.differs, blobs) == ([], [], {})
    data = (BRIDGE / "article.txt").read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    quote = passage_of(session, part_of(session, Appearance, "K1"))
    assert (quote.state, quote.text_sha256, quote.snapshot_id) == ("recorded", digest, None)
    assert data.decode()[quote.start_at : quote.end_at] == quote.exact
    assert session.scalars(select(Snapshot)).one().holding == "withheld"
    with pytest.raises(WhoseText):
        check_quotes(session, LOCAL_OPERATOR, None, b"another text", blobs)
    checked = check_quotes(session, LOCAL_OPERATOR, None, data, blobs)
    # Four claims, the caption's second place, two sentences left out, and the link that quotes the article.
    assert (checked.verified, checked.misses) == (8, ())
    assert quote.state == "verified"
    snapshot = session.scalars(select(Snapshot)).one()
    assert (snapshot.holding, snapshot.open_to_readers, snapshot.number) == ("held", False, 1)
    again = check_quotes(session, LOCAL_OPERATOR, record(session, "seed:K1"), None, blobs)
    assert (again.verified, again.before, again.unread) == (0, 2, 2)
    # What was verified stays so, though the folder still has no text.
    assert corpus.nothing_but_unchanged(bring(session, folder, blobs))
    assert quote.state == "verified"
    assert corpus.nothing_but_unchanged(bring(session, BRIDGE, blobs))


def test_a_text_that_comes_later_makes_the_quotes_verified(session: Session, tmp_path: Path) -> None:
    blobs = Kept()
    bring(session, corpus.copied(BRIDGE, tmp_path / "bare", article=False), blobs)
    report = bring(session, BRIDGE, blobs)
    assert counts(report, "updated") == {"claims": 4, "evidence_links": 1, "left_out_sentences": 2, "snapshots": 1}
    assert corpus.nothing_but_unchanged(bring(session, BRIDGE, blobs))


def test_another_text_than_the_file_speaks_of_is_told(session: Session, tmp_path: Path) -> None:
    folder = corpus.copied(BRIDGE, tmp_path / "longer")
    (folder / "article.txt").write_text((BRIDGE / "article.txt").read_text("utf-8") + "An afterword.\n", "utf-8")
    report = bring(session, folder)
    assert report.refused == []
    assert [one.field for one in report.differs] == ["source.sha256", "source.bytes", "source.characters"]


def test_a_private_person_stays_on_the_desk(brought: Session) -> None:
    jo = brought.get_one(Agent, record(brought, "seed:jo"))
    assert (jo.visibility, jo.living, jo.living_as_of) == ("private", "presumed_living", "2021-06-01")
    made = entity(brought, "seed:K3")
    assert "record" not in made["mentions"][0]
    assert made["concerns"][0]["name"] == {"en": "Jo van Doorn"}
    assert "record" not in made["concerns"][0]
    assert made["replies"][0]["by"] == made["concerns"][0]["@id"]
    # Who is only mentioned is no agent at all.
    assert externals.find(brought, "seed:old-mason") == record(brought, "seed:K2")
    mason = brought.scalars(select(Mention).where(Mention.name == "Old Mason")).one()
    assert (mason.agent_id, mason.visibility, mason.living, mason.living_as_of) == (
        None,
        "private",
        "reported_dead",
        "2015-03",
    )


def test_agents_are_those_who_speak_are_concerned_answer_or_are_printed_exactly(brought: Session) -> None:
    agents = {row.name: row for row in brought.scalars(select(Agent))}
    assert set(agents) == {
        "Exampleton Gazette",
        "Ada Writer",
        "Council of Exampleton",
        "people not named in the article",
        "Jo van Doorn",
    }
    assert agents["people not named in the article"].kind == "unnamed"
    names = select(AgentName).where(AgentName.agent_id == agents["Council of Exampleton"].id)
    assert {one.text: one.language for one in brought.scalars(names)} == {"the council": "en", "مجلس": "und-arab"}
    link = brought.scalars(select(ChainLink).where(ChainLink.role == "unnamed_source")).one()
    assert (link.unnamed, link.agent_id, link.name) == (True, None, "people not named in the article")
    letters = brought.get_one(Source, record(brought, "seed:T4"))
    assert letters.publisher_id == agents["Exampleton Gazette"].id
    assert brought.get_one(Source, record(brought, "seed:T2")).publisher_id is None


def test_links_that_are_no_evidence_become_a_question_and_a_search(brought: Session) -> None:
    question = brought.scalars(select(OpenQuestion).where(OpenQuestion.would_settle_id.is_not(None))).one()
    assert (question.label, question.grade) == ("the minutes say who read the plans", "A")
    search = brought.scalars(select(Search)).one()
    assert (search.outcome, search.description) == (
        "not_relevant",
        "Did the engineer sign the plans without reading them?",
    )
    assert passage_of(brought, search).exact == "the signs on the bridge are unreadable"


def test_figures_take_the_aspect_of_their_evidence_and_a_claims_figure_none(brought: Session) -> None:
    own, of_evidence = (part_of(brought, Figure, "K1", number) for number in (1, 2))
    assert (own.aspect_id, own.low, own.low_inclusive, own.high) == (None, "40000000", False, None)
    evidence = brought.get_one(Evidence, of_evidence.evidence_id)
    assert (of_evidence.aspect_id, of_evidence.value) == (evidence.aspect_id, "41200000")
    assert part_of(brought, Figure, "K1", 3).rounding_step == "100000"


def test_where_nobody_answered_the_day_is_kept_and_the_method_in_force(session: Session) -> None:
    bring(session, BRIDGE, method=3)
    claim = session.get_one(Claim, record(session, "seed:K1"))
    assert claim.no_reply_found_on == "2021-06-01"
    assert set(session.scalars(select(Assessment.method_version))) == {3}
    # What was judged by an older method and is not judged anew keeps it.
    assert corpus.nothing_but_unchanged(bring(session, BRIDGE, method=4))
    replies = session.scalars(select(Reply).order_by(Reply.number)).all()
    assert [(one.unnamed, one.name) for one in replies] == [(False, "Jo van Doorn"), (True, None)]


def test_who_may_not_assess_may_not_import(session: Session) -> None:
    contributor = Actor("somebody", frozenset({"contributor"}))
    with pytest.raises(NotAllowed):
        import_seed(session, contributor, BRIDGE, Run(1, Kept()))


def test_progress_is_told(session: Session) -> None:
    told: list[tuple[int, int | None]] = []
    tell: Callable[[int, int | None], None] = lambda done, total: told.append((done, total))  # noqa: E731
    import_seed(session, LOCAL_OPERATOR, BRIDGE, Run(1, Kept(), tell))
    assert told[-1] == (told[-1][1], told[-1][1])


def test_persons_concerned_and_topics(brought: Session) -> None:
    assert [one.name for one in brought.scalars(select(Concerned))] == ["Jo van Doorn"]
    assert set(brought.scalars(select(Topic.slug))) == {"bridges", "exampleton"}
