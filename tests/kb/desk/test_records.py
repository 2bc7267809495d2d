"""Records on the desk: added, changed, left alone, removed; each change with its row of history."""

import pytest
from sqlalchemy.orm import Session

from kb.desk import history
from kb.desk.actors import LOCAL_OPERATOR, Actor, NotAllowed
from kb.desk.agents import AgentEntry, NameEntry, add_agent, change_agent, find_agent, remove_agent
from kb.desk.claims import ClaimEntry, WordEntry, add_claim, change_claim
from kb.desk.entry import BadEntry
from kb.desk.lineage import LineageCycle
from kb.desk.origins import OriginEntry, add_origin, change_origin
from kb.desk.pages import PageEntry, PageTaken, add_page
from kb.desk.privacy import PrivateName
from kb.desk.records import Dangling, NoSuchRecord, hold
from kb.desk.removal import Published, StillNeeded
from kb.desk.sources import SourceEntry, add_source, change_source, remove_source
from kb.desk.topics import BadSlug, BroaderCycle, SlugTaken, TopicEntry, add_topic, change_topic, slug_of
from kb.values.ids import is_id

ME = LOCAL_OPERATOR


def agent_entry(name: str = "Survey of Example", **more: object) -> AgentEntry:
    return AgentEntry(**{"kind": "organisation", "name": name} | more)


def source_entry(title: str = "Heights", **more: object) -> SourceEntry:
    given = {
        "title": title,
        "publisher_as_printed": "The Survey",
        "published": "1863",
        "work_class": "Report",
        "genre": "report",
        "language": "en",
        "seen": True,
    }
    return SourceEntry(**given | more)


def claim_entry(**more: object) -> ClaimEntry:
    given = {
        "statement": {"en": "The survey writes that the mountain is 4,807 metres high."},
        "question": {"en": "Is the mountain 4,807 metres high?"},
        "claim_type": "numerical",
        "commitment": "asserted",
        "checkability": "checkable",
        "checkability_reason": "It can be measured.",
    }
    return ClaimEntry(**given | more)


def test_an_agent_is_added_changed_and_left_alone(session: Session) -> None:
    agent = add_agent(session, ME, agent_entry(other_names=(NameEntry(text="the survey"),)))
    assert is_id(agent.id)
    same = change_agent(session, ME, agent, agent_entry(other_names=(NameEntry(text="the survey"),)))
    assert (same, hold(session, agent.id).revision) == (agent, 1)
    change_agent(
        session, ME, agent, agent_entry("The Survey", other_names=(NameEntry(text="SoE"), NameEntry(text="S")))
    )
    assert (find_agent(session, agent.id).name, hold(session, agent.id).revision) == ("The Survey", 2)
    first, second = history.of_record(session, agent.id)
    assert (first.verb, first.actor, first.before) == ("add_agent", "local operator", None)
    assert second.before is not None
    assert second.after is not None
    assert second.before["agent_name"] == [{"text": "the survey", "language": "en"}]
    assert [name["text"] for name in second.after["agent_name"]] == ["SoE", "S"]
    assert (second.before["agent"]["name"], second.after["agent"]["name"]) == ("Survey of Example", "The Survey")


def test_who_has_no_role_for_it_changes_nothing(session: Session) -> None:
    with pytest.raises(NotAllowed, match="contributor"):
        add_agent(session, Actor("a reviewer", frozenset({"reviewer"})), agent_entry())


def test_an_entry_names_each_field_at_fault() -> None:
    with pytest.raises(BadEntry) as caught:
        AgentEntry(kind="ghost", name="\x00", other_names=(NameEntry.model_construct(text="a", language="EN"),), shoe=1)
    assert [fault.field for fault in caught.value.faults] == ["kind", "name", "shoe"]
    assert "Choose from: person" in caught.value.faults[0].remedy


def test_living_is_a_dated_statement() -> None:
    with pytest.raises(BadEntry, match="go together"):
        agent_entry(kind="person", living="presumed_living")


def test_what_is_referred_to_stays_and_what_was_published_too(session: Session) -> None:
    agent = add_agent(session, ME, agent_entry())
    source = add_source(session, ME, source_entry(publisher=agent.id))
    with pytest.raises(StillNeeded):
        remove_agent(session, ME, agent)
    remove_source(session, ME, source)
    history.note(session, ME, history.PUBLISH, agent.id)
    with pytest.raises(Published):
        remove_agent(session, ME, agent)
    other = add_agent(session, ME, agent_entry())
    gone = other.id
    remove_agent(session, ME, other)
    with pytest.raises(NoSuchRecord):
        find_agent(session, gone)
    assert [row.verb for row in history.of_record(session, gone)] == ["add_agent", "remove_agent"]


def test_a_source_never_comes_from_itself(session: Session) -> None:
    first = add_source(session, ME, source_entry("First"))
    second = add_source(session, ME, source_entry("Second", copy_of=first.id))
    third = add_source(session, ME, source_entry("Third", derived_from=(second.id,)))
    with pytest.raises(LineageCycle):
        change_source(session, ME, first, source_entry("First", derived_from=(third.id,)))
    with pytest.raises(LineageCycle):
        change_source(session, ME, first, source_entry("First", copy_of=first.id))


def test_an_origin_is_the_first_hand_of_its_own_source_and_of_no_circle(session: Session) -> None:
    origin = add_origin(session, ME, OriginEntry(label="The survey of 1863", genre="survey", seen=True))
    source = add_source(session, ME, source_entry(rests_on=(origin.id,)))
    change_origin(
        session, ME, origin, OriginEntry(label="The survey of 1863", genre="survey", seen=True, first_hand=source.id)
    )
    assert origin.first_hand_source_id == source.id
    before = add_source(session, ME, source_entry("Before", rests_on=(origin.id,)))
    with pytest.raises(LineageCycle):
        change_source(session, ME, source, source_entry(rests_on=(origin.id,), derived_from=(before.id,)))


def test_a_reference_to_nothing_is_refused_by_the_name_of_its_field(session: Session) -> None:
    with pytest.raises(Dangling) as caught:
        add_source(session, ME, source_entry(rests_on=("ts527ncpx",)))
    assert caught.value.where == "rests_on"


def test_no_origin_names_a_private_person(session: Session) -> None:
    add_agent(session, ME, agent_entry("Jane van Example", kind="person", visibility="private"))
    for label in ("Words of JANE VAN EXAMPLE", "van Example, letter"):
        with pytest.raises(PrivateName):
            add_origin(session, ME, OriginEntry(label=label, genre="letter", seen=True))
    add_origin(session, ME, OriginEntry(label="Letter of Max Example", genre="letter", seen=True))
    known = add_agent(session, ME, agent_entry("Max Example", kind="person"))
    with pytest.raises(PrivateName, match="Max Example"):
        change_agent(session, ME, known, agent_entry("Max Example", kind="person", visibility="private"))


def test_a_topic_has_an_address_of_its_own_and_no_persons_name(session: Session) -> None:
    topic = add_topic(session, ME, TopicEntry(slug="mountains", label="Mountains"))
    with pytest.raises(SlugTaken):
        add_topic(session, ME, TopicEntry(slug="mountains", label="More mountains"))
    add_agent(session, ME, agent_entry("Jane Example", kind="person"))
    with pytest.raises(BadSlug, match="Jane Example"):
        add_topic(session, ME, TopicEntry(slug="case-of-jane-example", label="The case"))
    narrow = add_topic(session, ME, TopicEntry(slug="peaks", label="Peaks", broader=topic.id))
    with pytest.raises(BroaderCycle):
        change_topic(session, ME, topic, TopicEntry(slug="mountains", label="Mountains", broader=narrow.id))
    history.note(session, ME, history.PUBLISH, topic.id)
    with pytest.raises(BadSlug, match="keeps its address"):
        change_topic(session, ME, topic, TopicEntry(slug="hills", label="Mountains"))


def test_a_slug_is_made_of_any_label() -> None:
    assert slug_of("UK general election, 2019") == "uk-general-election-2019"
    assert slug_of("Zürich") == "zurich"
    assert slug_of("غزة").startswith("topic-")


def test_a_page_has_its_own_slug(session: Session) -> None:
    page = add_page(session, ME, PageEntry(slug="method", name="Method", body="How we work.\n\n"))
    assert page.body == "How we work.\n"
    with pytest.raises(PageTaken):
        add_page(session, ME, PageEntry(slug="method", name="Method", body="Another."))


def test_a_claim_keeps_its_words_in_each_language(session: Session) -> None:
    topic = add_topic(session, ME, TopicEntry(slug="mountains", label="Mountains"))
    claim = add_claim(session, ME, claim_entry(topics=(topic.id,), hedges=(WordEntry(text="over"),)))
    more = {"en": "Is it 4,807 metres high?", "fr": "Mesure-t-il 4807 mètres ?"}
    change_claim(session, ME, claim, claim_entry(topics=(topic.id,), hedges=(WordEntry(text="over"),), question=more))
    _, row = history.of_record(session, claim.id)
    assert row.after is not None
    assert [text["language"] for text in row.after["claim_text"] if text["field"] == "question"] == ["en", "fr"]
    assert hold(session, claim.id).revision == 2
