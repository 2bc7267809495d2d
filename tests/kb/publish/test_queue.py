"""The queue: states, what each draft waits for, filters, words in any script, pages, and what it all costs."""

from typing import Any

import pytest
from sqlalchemy import Engine, select

from kb.db import writing
from kb.desk.actors import LOCAL_OPERATOR, Actor
from kb.desk.agents import change_agent, find_agent
from kb.desk.claims import change_claim, find_claim
from kb.desk.comments import CommentEntry, add_comment
from kb.desk.entry import BadEntry
from kb.desk.figures import find_figure
from kb.desk.relations import RelationEntry, add_relation, find_relation, remove_relation
from kb.desk.sources import change_source, find_source
from kb.desk.tables import History
from kb.desk.topics import TopicEntry, change_topic
from kb.publish.publish import PublishEntry, publish
from kb.publish.queue import Asked, Queue, Row, queue
from kb.publish.review import ApproveEntry, ReturnEntry, approve, hand_back, review_of, submit
from kb.publish.withdraw import restore, withdraw
from tests.factories import desk
from tests.factories.whole import STATEMENT, Whole
from tests.support.databases import BASE
from tests.support.publishing import READER, UNREVIEWED, note, put_out, ticking

ROE = Actor("R. Roe", frozenset({"editor"}))


def seen(engine: Engine, actor: Actor = LOCAL_OPERATOR, **asked: Any) -> Queue:
    with writing(engine) as session:
        return queue(session, BASE, actor, Asked(**asked))


def row_of(engine: Engine, record: str, **asked: Any) -> Row:
    return next(one for one in seen(engine, limit=200, **asked).rows if one.id == record)


def told(engine: Engine, record: str) -> tuple[str, str]:
    row = row_of(engine, record)
    return row.state, row.waits_for


def listed(engine: Engine, **asked: Any) -> set[str]:
    return {one.id for one in seen(engine, limit=200, **asked).rows}


def read(engine: Engine, record: str) -> None:
    with writing(engine) as session:
        review = review_of(session, READER, BASE, record)
        along = {one.record: one.digest for one in review.along}
        entry = ApproveEntry(content_digest=review.digest, checks=tuple(review.checks), along=along)
        approve(session, READER, BASE, record, entry)


def digest_of(engine: Engine, record: str) -> str:
    with writing(engine) as session:
        return review_of(session, READER, BASE, record).digest


def test_from_draft_to_changed(engine: Engine, drafts: Whole) -> None:
    claim = drafts.claim.id
    assert told(engine, claim) == ("draft", "a second reader")
    with writing(engine) as session:
        submit(session, LOCAL_OPERATOR, BASE, claim)
    assert told(engine, claim) == ("to_review", "a second reader")
    with writing(engine) as session:
        back = ReturnEntry(content_digest=review_of(session, READER, BASE, claim).digest, comment="The\nyear!")
        hand_back(session, READER, BASE, claim, back)
    assert told(engine, claim) == ("returned", "what a second reader asks for: “The year!”")
    note(engine, claim, "Mended.")
    assert told(engine, claim)[0] == "returned"
    with writing(engine) as session:
        submit(session, LOCAL_OPERATOR, BASE, claim)
    read(engine, claim)
    assert told(engine, claim) == ("approved", "publication")
    note(engine, claim, "Another one.")
    assert told(engine, claim) == ("to_review", "a second reader")
    note(engine, claim, "Mended.")
    assert told(engine, claim) == ("approved", "publication")
    publish(engine, LOCAL_OPERATOR, [claim], PublishEntry())
    assert claim not in listed(engine)
    assert row_of(engine, claim, state="published").waits_for == "nothing: readers have it as it stands"
    note(engine, claim, "A third one.")
    row = row_of(engine, claim)
    assert (row.state, row.waits_for, row.version, row.where) == ("changed", "a second reader", 1, "review")
    note(engine, claim, "Mended.")
    assert claim not in listed(engine)


def test_the_first_finding_comes_before_the_reader(engine: Engine, drafts: Whole) -> None:
    with writing(engine) as session:
        bare = desk.bare_claim(session, statement={"en": "Carla says so."}, question=None).id
    row = row_of(engine, bare)
    assert (row.waits_for, row.where) == ("There is no question.", "question")
    with writing(engine) as session:
        submit(session, LOCAL_OPERATOR, BASE, bare)
    assert told(engine, bare) == ("to_review", "There is no question.")


def test_what_is_approved_waits_for_what_it_needs(engine: Engine, drafts: Whole) -> None:
    claim = drafts.claim.id
    read(engine, claim)
    with writing(engine) as session:
        topic = session.get_one(type(drafts.walking), drafts.walking.id)
        change_topic(session, ROE, topic, TopicEntry(slug=topic.slug, label="Walks", broader=topic.broader_id))
    row = row_of(engine, claim)
    assert (row.state, row.waits_for) == ("approved", "“Walks”, which is published with it: a second reader")
    read(engine, drafts.walking.id)
    assert told(engine, claim) == ("approved", "publication")


def test_withdrawn_until_it_is_restored(engine: Engine, drafts: Whole) -> None:
    claim = drafts.claim.id
    put_out(engine)
    assert listed(engine) == set()
    withdraw(engine, LOCAL_OPERATOR, claim, "It does not stand.")
    note(engine, claim, "Changed while it is withdrawn.")
    assert told(engine, claim) == ("withdrawn", "nothing: it is withdrawn")
    restore(engine, LOCAL_OPERATOR, claim, "It stands.", unreviewed=UNREVIEWED)
    assert listed(engine) == set()


def test_private_and_unnamed_agents_are_no_items(engine: Engine, drafts: Whole) -> None:
    assert not {drafts.enzo.id, drafts.guide.id} & listed(engine)


def test_changes_elsewhere_that_show_here(engine: Engine, drafts: Whole) -> None:
    """An agent that becomes private, and the date of a source: nobody touched the claim, and it would be another."""
    claim = drafts.claim.id
    put_out(engine)
    with writing(engine) as session:
        article = find_source(session, drafts.article.id)
        entry = desk.source_entry("Walkers everywhere", published="2019-12-06", publisher=drafts.paper.id)
        change_source(session, ROE, article, entry)
    assert told(engine, claim)[0] == "changed"
    put_out(engine)
    assert listed(engine) == set()
    with writing(engine) as session:
        private = desk.agent_entry("The Examplar", visibility="private")
        change_agent(session, ROE, find_agent(session, drafts.paper.id), private)
    assert {one.id: one.state for one in seen(engine).rows} == {claim: "changed", drafts.article.id: "changed"}


def test_an_agents_new_name_is_its_own_matter(engine: Engine, drafts: Whole) -> None:
    put_out(engine)
    with writing(engine) as session:
        change_agent(session, ROE, find_agent(session, drafts.paper.id), desk.agent_entry("The New Examplar"))
    assert listed(engine) == {drafts.paper.id}


def test_relations_that_readers_could_follow(engine: Engine, drafts: Whole) -> None:
    """One that waits for the other end; and a symmetric one, which stands on the claim logged first."""
    claim = drafts.claim.id
    put_out(engine)
    with writing(engine) as session:
        other = desk.whole_claim(session, "Survey of Elsewhere")
        add_relation(
            session, LOCAL_OPERATOR, find_claim(session, claim), RelationEntry(type="supports", target=other.id)
        )
    assert claim not in listed(engine)
    put_out(engine, other.id)
    assert told(engine, claim) == ("changed", "publication")
    put_out(engine, claim)
    assert listed(engine) == set()
    alike = RelationEntry(type="contradicts", target=claim)
    with writing(engine) as session:
        add_relation(session, LOCAL_OPERATOR, find_claim(session, other.id), alike)
    assert {claim} == listed(engine)
    put_out(engine, claim)
    assert listed(engine) == set()
    with writing(engine) as session:
        relation = find_relation(session, other.id, alike)
        assert relation is not None
        remove_relation(session, LOCAL_OPERATOR, relation)
    assert {claim} == listed(engine)


def test_counts_and_tabs(engine: Engine, drafts: Whole) -> None:
    claim = drafts.claim.id
    with writing(engine) as session:
        theirs = desk.bare_claim(session).id
        change_claim(session, ROE, find_claim(session, theirs), desk.claim_entry(note="By R. Roe."))
        add_comment(session, READER, theirs, CommentEntry(body="Only read."), "")
        submit(session, LOCAL_OPERATOR, BASE, claim)
    every = seen(engine)
    assert dict(every.counts) == {"draft": 11, "to_review": 1, "mine": 11}
    assert seen(engine, ROE).counts["mine"] == 1
    assert seen(engine, READER).counts["mine"] == 0
    assert [one.id for one in seen(engine, ROE, state="mine").rows] == [theirs]
    assert [(one.id, one.own_work) for one in seen(engine, ROE, state="to_review").rows] == [(claim, False)]
    assert seen(engine, kind="claim", state="to_review").counts == {"draft": 1, "to_review": 1, "mine": 1}
    assert seen(engine, state="published").counts["to_review"] == 1


def test_filters(engine: Engine, drafts: Whole) -> None:
    claim = drafts.claim.id
    assert listed(engine, kind="topic") >= {drafts.walking.id, drafts.walkers.id}
    assert listed(engine, topic=drafts.walking.id) == {claim}
    assert listed(engine, topic=drafts.walkers.id) == set()
    note(engine, claim, "Another note.")
    with writing(engine) as session:
        change_agent(session, ROE, find_agent(session, drafts.paper.id), desk.agent_entry("The New Examplar"))
    assert listed(engine, who="R. Roe") == {drafts.paper.id}
    row = row_of(engine, drafts.paper.id)
    assert (row.by, row.label, row.kind, row.version) == ("R. Roe", "The New Examplar", "agent", None)


def test_age(engine: Engine, drafts: Whole) -> None:
    claim = drafts.claim.id
    with writing(engine) as session:
        session.info["clock"] = ticking()
        number = session.scalars(
            select(History.id).where(History.record_id == claim).order_by(History.id.desc())
        ).first()
        session.get_one(History, number).happened_at = "2026-11-22T08:00:00Z"
        session.flush()
        found = {days: queue(session, BASE, ROE, Asked(kind="claim", age=days)).rows for days in (0, 3, 4)}
    assert [len(rows) for rows in found.values()] == [1, 1, 0]
    assert found[3][0].since == "2026-11-22T08:00:00Z"


@pytest.mark.parametrize(
    "words",
    [
        "walkers 2017",
        "MOUNT   example",
        "641 PERSONNES",
        "invented.",
        "enzo",
        "straße стена",
        "STRASSE СТЕНА",
        "城墙",
        "ﬁgures",
        "cafe\u0301",
    ],
)
def test_words_of_any_script(engine: Engine, drafts: Whole, words: str) -> None:
    note(engine, drafts.claim.id, "Invented. Die Straße an der Стена, 長い城墙的, figures, café")
    assert listed(engine, words=words, kind="claim") == {drafts.claim.id}


def test_all_words_have_to_be_there(engine: Engine, drafts: Whole) -> None:
    assert listed(engine, words="walkers zebra") == set()
    assert listed(engine, words="100%_") == set()
    assert listed(engine, words=drafts.paper.id) == {drafts.paper.id}
    assert drafts.claim.id in listed(engine, words=" ")
    assert listed(engine, words="outdoors") != set()
    assert seen(engine, words="zebra").counts == {"mine": 0}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "story"),
        ("state", "lost"),
        ("after", "x"),
        ("after", "1-" + "9" * 20),
        ("limit", 0),
        ("words", "x" * 201),
    ],
)
def test_what_cannot_be_asked(field: str, value: Any) -> None:
    with pytest.raises(BadEntry) as raised:
        Asked(**{field: value})
    assert raised.value.where == field


def test_pages(engine: Engine, drafts: Whole) -> None:
    every = [one.id for one in seen(engine, limit=200).rows]
    paged: list[str] = []
    after = None
    while True:
        some = seen(engine, limit=4, after=after)
        paged += [one.id for one in some.rows]
        after = some.after
        if after is None:
            break
    assert paged == every
    assert len(every) == 11
    with writing(engine) as session:
        change_agent(session, ROE, find_agent(session, drafts.carla.id), desk.agent_entry("Carla E."))
    assert seen(engine, limit=1).rows[0].id == drafts.carla.id


def test_statements(engine: Engine, drafts: Whole, statements: Any) -> None:
    """More records, of which some changed, some were approved and most are drafts, cost no more statements."""

    def cost(**asked: Any) -> int:
        with writing(engine) as session, statements(engine) as made:
            queue(session, BASE, ROE, Asked(limit=200, **asked))
        return len(made)

    def grow(times: int) -> None:
        with writing(engine) as session:
            made = [desk.agent(session, f"Agent {number}").id for number in range(4 * times)]
            claims = [desk.bare_claim(session).id for _ in range(times)]
        put_out(engine, *made[: 2 * times])
        with writing(engine) as session:
            for one in made[:times]:
                change_agent(session, ROE, find_agent(session, one), desk.agent_entry(f"Changed {one}"))
            for one in [made[-1], claims[0]]:
                submit(session, LOCAL_OPERATOR, BASE, one)
        read(engine, made[-2])

    put_out(engine)
    note(engine, drafts.claim.id, "Changed.")
    grow(1)
    few, sought = cost(), cost(words="agent")
    grow(12)
    assert (cost(), cost(words="agent")) == (few, sought)
    assert few <= 110


def test_a_figure_set_beside_the_verbs_is_no_change_of_state(engine: Engine, drafts: Whole) -> None:
    """The numbers of history rows are what is asked first: what wrote none is met when the draft is looked at."""
    claim = drafts.claim.id
    read(engine, claim)
    with writing(engine) as session:
        find_figure(session, claim, 1).note = "Slipped in."
    assert told(engine, claim) == ("draft", "a second reader")
    with writing(engine) as session:
        entry = desk.claim_entry(statement=STATEMENT, note="And a change.")
        change_claim(session, LOCAL_OPERATOR, find_claim(session, claim), entry)
    assert digest_of(engine, claim) != ""
