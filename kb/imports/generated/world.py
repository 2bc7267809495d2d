"""What there is in a generated corpus: every record by its number, with its id, whether it is written yet or not."""

from collections.abc import Iterator
from dataclasses import dataclass

from kb.imports.generated.dice import Dice
from kb.imports.generated.ids import Ids
from kb.imports.generated.profiles import Profile, Rate

# Each claim has so many numbers for itself and for what comes new with it; those of the hubs lie before the first.
BLOCK, HUBS = 16, 64
CLAIM, ARTICLE, SOURCE, ORIGIN, AGENT, TOPIC = 0, 1, 2, 6, 10, 12
HUB_TOPIC, HUB_SOURCE, HUB_ORIGIN, FOUNDATION = 256, 384, 448, 512


@dataclass(frozen=True)
class New:
    """Records of four kinds, each by its number within its kind."""

    agents: range
    topics: range
    origins: range
    sources: range


class World:
    """A seed and a profile. Agents, topics, sources and origins are counted from 0, in the order of their coming."""

    def __init__(self, seed: int, profile: Profile) -> None:
        self.seed = seed
        self.profile = profile
        self.ids = Ids("generated", profile.name, seed)

    @property
    def desk(self) -> str:
        """The name of the desk that publishes it, which stands in every edition."""
        return f"Generated corpus, {self.profile.name}, seed {self.seed}"

    def dice(self, what: str, number: int) -> Dice:
        return Dice(self.profile.name, self.seed, what, number)

    @property
    def hub_agents(self) -> int:
        return self.profile.persons + self.profile.bodies

    def agents(self, claim: int) -> int:
        """How many there are when this claim is written, with those that come with it."""
        return self.hub_agents + self.profile.agents.before(claim + 1)

    def topics(self, claim: int) -> int:
        return self.profile.themes + self.profile.topics.before(claim + 1)

    def claim(self, claim: int) -> int:
        return _in_block(claim, CLAIM)

    def article(self, article: int) -> int:
        return _in_block(article * self.profile.article, ARTICLE)

    def agent(self, agent: int) -> int:
        hubs = self.hub_agents
        return agent if agent < hubs else _coming(self.profile.agents, agent - hubs, AGENT)

    def topic(self, topic: int) -> int:
        hubs = self.profile.themes
        return HUB_TOPIC + topic if topic < hubs else _coming(self.profile.topics, topic - hubs, TOPIC)

    def source(self, source: int) -> int:
        hubs = self.profile.hub_sources
        return HUB_SOURCE + source if source < hubs else _coming(self.profile.sources, source - hubs, SOURCE)

    def origin(self, origin: int) -> int:
        hubs = self.profile.hub_origins
        return HUB_ORIGIN + origin if origin < hubs else _coming(self.profile.origins, origin - hubs, ORIGIN)

    def claim_of_source(self, source: int) -> int:
        """The claim with which a source comes that is no hub."""
        return self.profile.sources.place(source - self.profile.hub_sources)[0]

    def id(self, number: int) -> str:
        return self.ids.of(number)

    def sources(self, claim: int) -> int:
        return self.profile.hub_sources + self.profile.sources.before(claim + 1)

    def new(self, claim: int) -> New:
        """What comes with a claim, by its own numbers."""
        profile = self.profile
        return New(
            _from(self.hub_agents, profile.agents, claim),
            _from(profile.themes, profile.topics, claim),
            _from(profile.hub_origins, profile.origins, claim),
            _from(profile.hub_sources, profile.sources, claim),
        )

    def hubs(self) -> New:
        """What is there before the first claim."""
        profile = self.profile
        hubs = (self.hub_agents, profile.themes, profile.hub_origins, profile.hub_sources)
        return New(*map(range, hubs))

    def numbers(self, new: New) -> Iterator[int]:
        """Of the records, in the order in which they are written."""
        yield from map(self.agent, new.agents)
        yield from map(self.topic, new.topics)
        yield from map(self.origin, new.origins)
        yield from map(self.source, new.sources)

    def records(self, claims: range) -> Iterator[str]:
        """Ids of all that is written for these claims, in that order; the hubs come with the very first one."""
        if claims.start == 0:
            yield from map(self.id, self.numbers(self.hubs()))
        for claim in claims:
            yield from map(self.id, self.numbers(self.new(claim)))
            if claim % self.profile.article == 0:
                yield self.id(self.article(claim // self.profile.article))
            yield self.id(self.claim(claim))


def _in_block(claim: int, place: int) -> int:
    return (HUBS + claim) * BLOCK + place


def _coming(rate: Rate, number: int, place: int) -> int:
    claim, nth = rate.place(number)
    return _in_block(claim, place + nth)


def _from(hubs: int, rate: Rate, claim: int) -> range:
    first = hubs + rate.before(claim)
    return range(first, first + rate.at(claim))
