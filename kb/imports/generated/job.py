"""One chunk at work: what it is written through, and what all profiles write alike."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy import event
from sqlalchemy.orm import Session

from kb.desk.actors import Actor
from kb.desk.agents import add_agent
from kb.desk.externals import ExternalEntry, add_external
from kb.desk.origins import add_origin
from kb.desk.snapshots import SnapshotEntry, bring_in
from kb.desk.sources import SourceEntry, add_source
from kb.desk.texts import Keeping, Texts
from kb.desk.topics import add_topic
from kb.imports.generated.dice import Dice
from kb.imports.generated.matter import Article, Matter, article, matter
from kb.imports.generated.names import agent, topic
from kb.imports.generated.works import origin_entry, source_entry
from kb.imports.generated.world import New, World

LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
SCHEME = HOW = "generated"


@dataclass
class Job:
    """`day` is that of the chunk; `method` the version of the page “method” in force."""

    session: Session
    actor: Actor
    world: World
    blobs: Keeping
    day: str
    method: int = 1
    articles: dict[int, Article] = field(default_factory=dict)

    @cached_property
    def texts(self) -> Texts:
        return Texts(self.session, self.blobs)

    @contextmanager
    def holding(self) -> Iterator[None]:
        """While rows are held here, the session need not ask the database for each of them again and again."""
        held: list[object] = []

        def hold(_session: Session, row: object) -> None:
            held.append(row)

        for how in ("loaded_as_persistent", "pending_to_persistent"):
            event.listen(self.session, how, hold)
        try:
            yield
        finally:
            for how in ("loaded_as_persistent", "pending_to_persistent"):
                event.remove(self.session, how, hold)

    def matter(self, claim: int) -> Matter:
        return matter(self.world, claim)

    def article(self, claim: int) -> Article:
        """The one in which a claim stands."""
        number = claim // self.world.profile.article
        if number not in self.articles:
            self.articles[number] = article(self.world, number)
        return self.articles[number]

    def agent_id(self, number: int) -> str:
        return self.world.id(self.world.agent(number))

    def topic_id(self, number: int) -> str:
        return self.world.id(self.world.topic(number))

    def source_id(self, number: int) -> str:
        return self.world.id(self.world.source(number))

    def origin_id(self, number: int) -> str:
        return self.world.id(self.world.origin(number))

    @staticmethod
    def confidence(dice: Dice) -> str:
        """In hundredths."""
        return f"0.{dice.between(35, 98):02}".rstrip("0")

    def aim(self, number: int) -> None:
        """The next record is the one of this number, and has its id."""
        self.world.ids.aim(number)

    def name(self, record: str, value: str, part: str = "") -> None:
        """The id that a corpus of such a profile has of its own for a record or a part."""
        if self.world.profile.names_all:
            entry = ExternalEntry(scheme=SCHEME, value=value)
            add_external(self.session, self.actor, record, entry, part)

    def add_new(self, new: New) -> None:
        world, profile = self.world, self.world.profile
        for number in new.agents:
            self.aim(world.agent(number))
            self.name(add_agent(self.session, self.actor, agent(number, profile)).id, f"A{number}")
        for number in new.topics:
            self.aim(world.topic(number))
            self.name(add_topic(self.session, self.actor, topic(number)).id, f"T{number}")
        for number in new.origins:
            self.aim(world.origin(number))
            self.name(add_origin(self.session, self.actor, origin_entry(world, number)).id, f"O{number}")
        for number in new.sources:
            self.aim(world.source(number))
            self.name(add_source(self.session, self.actor, source_entry(world, number)).id, f"S{number}")

    def add_article(self, claim: int) -> None:
        """With its text, in which the quotes of its claims are then located."""
        told, world = self.article(claim), self.world
        publisher, author = agent(told.publisher, world.profile), agent(told.author, world.profile)
        entry = SourceEntry(
            title=told.title,
            publisher_as_printed=publisher.name,
            publisher=world.id(world.agent(told.publisher)),
            author_as_printed=author.name,
            authors=(world.id(world.agent(told.author)),),
            published=told.published,
            work_class="NewsArticle",
            genre="newspaper article",
            language="en",
            licence=LICENCE,
            seen=True,
        )
        self.aim(world.article(told.number))
        source = add_source(self.session, self.actor, entry)
        self.name(source.id, f"N{told.number}")
        came = SnapshotEntry(language="en", open_to_readers=True, retrieved_with=HOW)
        bring_in(self.session, self.actor, source, came, told.data, self.blobs)
