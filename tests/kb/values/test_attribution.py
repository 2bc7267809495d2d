"""Chains: whole or refused, what was read, and whose claim it is."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.values.attribution import ChainIncomplete, Link, author, check_chain, read_link
from kb.values.vocabulary import ATTITUDE, LINK_ROLE

PAPER = Link(position=1, name="The Paper", role="publisher", attitude="publishes", agent="paper")
COLUMNIST = Link(
    position=2,
    name="A. Columnist",
    role="author",
    attitude="endorses",
    agent="columnist",
    factive=True,
    read_by_editor=True,
)
SPEAKER = Link(position=3, name="B. Speaker", role="reported_speaker", attitude="asserts", agent="speaker")
CARRIER = Link(position=4, name="A website", role="carrier", attitude="publishes", agent="website")
OFFICIAL = Link(position=3, name="a senior official", role="unnamed_source", attitude="alleges", unnamed=True)
CHAIN = [PAPER, COLUMNIST, SPEAKER, CARRIER]


def test_a_whole_chain() -> None:
    check_chain(CHAIN)
    assert read_link([link.role for link in CHAIN]) == 2
    assert author(CHAIN) == SPEAKER


def test_an_unnamed_source_has_no_agent_and_no_authorship() -> None:
    chain = [PAPER, COLUMNIST, OFFICIAL]
    check_chain(chain)
    assert author(chain) == COLUMNIST


def test_a_private_person_is_no_author() -> None:
    assert author([PAPER, COLUMNIST, replace(SPEAKER, public=False)]) == COLUMNIST


def test_who_publishes_an_unnamed_author_is_the_author() -> None:
    unnamed = replace(COLUMNIST, agent=None, unnamed=True)
    assert author([PAPER, unnamed]) == PAPER
    assert author([PAPER, unnamed, CARRIER]) == PAPER
    assert author([replace(PAPER, public=False), unnamed]) is None


def test_one_agent_may_stand_in_two_roles() -> None:
    check_chain([PAPER, COLUMNIST, replace(SPEAKER, agent="columnist")])


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ([], "nobody says it"),
        ([COLUMNIST], "from 1 to 1"),
        ([PAPER, replace(COLUMNIST, position=3)], "from 1 to 2"),
        ([COLUMNIST, PAPER], "from 1 to 2"),
        ([PAPER, replace(COLUMNIST, read_by_editor=False)], "none is marked"),
        ([replace(PAPER, read_by_editor=True), COLUMNIST], "links 1, 2 are marked"),
        ([PAPER, replace(COLUMNIST, role="writer")], "“writer” is not a role"),
        ([PAPER, replace(COLUMNIST, attitude="says")], "“says” is no attitude"),
        ([PAPER, replace(COLUMNIST, name=" ")], "link 2 has no name"),
        ([PAPER, COLUMNIST, replace(OFFICIAL, agent="someone")], "and yet has an agent"),
        ([PAPER, COLUMNIST, replace(OFFICIAL, unnamed=False)], "not marked unnamed"),
        ([PAPER, COLUMNIST, SPEAKER, replace(SPEAKER, position=4)], "links 3 and 4 are the same voice"),
        ([*CHAIN, replace(SPEAKER, position=5)], "links 3 and 5 are the same voice"),
    ],
)
def test_what_is_wrong_with_a_chain_is_said(broken: list[Link], said: str) -> None:
    with pytest.raises(ChainIncomplete) as caught:
        check_chain(broken)
    assert said in caught.value.what
    assert caught.value.where == "chain"


def test_a_chain_without_publisher_or_author_has_nothing_that_was_read() -> None:
    with pytest.raises(ChainIncomplete):
        read_link(["reported_speaker", "publisher"])
    with pytest.raises(ChainIncomplete):
        read_link([])


links = st.builds(
    Link,
    position=st.just(0),
    name=st.just("x"),
    role=st.sampled_from(LINK_ROLE.words),
    attitude=st.sampled_from(ATTITUDE.words),
    agent=st.none() | st.sampled_from("abcd"),
    unnamed=st.booleans(),
    public=st.booleans(),
)
chains = st.lists(links, min_size=1, max_size=6).map(
    lambda chain: [replace(link, position=number) for number, link in enumerate(chain, 1)]
)


@given(chains)
def test_the_link_that_was_read_is_the_last_of_those_that_lead(chain: list[Link]) -> None:
    leads = [link.role in ("publisher", "author") for link in chain]
    if not leads[0]:
        with pytest.raises(ChainIncomplete):
            read_link([link.role for link in chain])
        return
    place = read_link([link.role for link in chain])
    assert all(leads[:place])
    assert not any(leads[place : place + 1])


@given(chains)
def test_the_author_is_the_innermost_that_may_be_one(chain: list[Link]) -> None:
    named = [link for link in chain if link.agent is not None and link.public]
    speaking = [link for link in named if link.attitude != "publishes"]
    found = author(chain)
    if speaking:
        assert found == speaking[-1]
    else:
        assert found == (named[0] if named else None)


@given(chains, st.data())
def test_what_is_taken_has_one_link_read_and_no_circle(chain: list[Link], data: st.DataObject) -> None:
    read = data.draw(st.integers(1, len(chain)))
    chain = [replace(link, read_by_editor=link.position == read) for link in chain]
    try:
        check_chain(chain)
    except ChainIncomplete:
        return
    voices = [(link.agent, link.role) for link in chain if link.agent]
    assert len(set(voices)) == len(voices)
    assert not any(link.agent for link in chain if link.unnamed)


@pytest.mark.corpus
@pytest.mark.parametrize(("folder", "number", "links"), [("seed", 44, 123), ("pages/sample", 11, 30)])
def test_chains_of_the_corpora(shared: Path, folder: str, number: int, links: int) -> None:
    file = json.loads((shared / folder / "claims.json").read_bytes())
    expected = json.loads((shared / folder / "expected.json").read_bytes())["claims"]
    entities = {entity["id"]: entity for entity in file["entities"]}
    total = 0
    for claim, one in zip(file["claims"], expected, strict=True):
        chain = [
            Link(
                position=place,
                name=entities[step["agent"]]["name"],
                role="carrier" if step["role"].startswith("carrier") else step["role"].replace(" ", "_"),
                attitude=step["stance"].replace(" ", "_"),
                agent=None if entities[step["agent"]]["kind"] == "unknown" else step["agent"],
                verb=step["verb"],
                factive=step["factive"],
                unnamed=entities[step["agent"]]["kind"] == "unknown",
                public=entities[step["agent"]]["visibility"] != "private",
            )
            for place, step in enumerate(claim["claimant_chain"], 1)
        ]
        read = read_link([link.role for link in chain])
        assert read == one["read_link"]
        check_chain([replace(link, read_by_editor=link.position == read) for link in chain])
        found = author(chain)
        assert found is not None
        assert found.agent == one["author"]
        total += len(chain)
    assert (len(expected), total) == (number, links)
