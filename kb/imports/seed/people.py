"""Entities that are agents: who stands in a chain, is concerned, replies, or is exactly a publisher or author."""

from functools import partial

from kb.desk.agents import AgentEntry, NameEntry, add_agent, change_agent, find_agent
from kb.desk.tables import Agent
from kb.imports.report import ADDED, Tally
from kb.imports.seed.job import Job
from kb.imports.seed.layout import EntityRow
from kb.imports.seed.parsed import Corpus
from kb.imports.seed.reading import CLAIMS
from kb.imports.seed.words import agent_kind, language_of_name, living

KIND = "entity"
_FIELDS = {"genre": "kind", "living_as_of": "living"}


def import_agents(job: Job) -> None:
    known = job.known("agent")
    job.load(Agent, known.values())
    for entity in agents_of(job.corpus):
        job.attempt(CLAIMS, KIND, entity.id, partial(_import, job, entity, known.get(entity.id)), fields=_FIELDS)
    job.load(Agent, job.ids.get(KIND, {}).values())


def agents_of(corpus: Corpus) -> list[EntityRow]:
    """In the order of the file."""
    named = {link.agent for claim in corpus.claims.values() for link in claim.claimant_chain}
    named |= {person for claim in corpus.claims.values() for person in claim.concerns_living_persons}
    named |= {reply.agent for one in corpus.assessments.values() for reply in one.replies if reply.agent}
    printed = {text for source in corpus.sources.values() for text in (source.publisher, source.author) if text}
    if corpus.article is not None:
        printed |= {text for text in (corpus.article.publication, corpus.article.author) if text}
    return [one for one in corpus.entities.values() if one.id in named or one.name in printed]


def named_exactly(corpus: Corpus) -> dict[str, str]:
    """Name → entity, where no other entity has the same name."""
    names = [one.name for one in corpus.entities.values()]
    return {one.name: one.id for one in corpus.entities.values() if names.count(one.name) == 1}


def private_names(corpus: Corpus) -> set[str]:
    private = [one for one in corpus.entities.values() if one.visibility == "private"]
    return {name for one in private for name in (one.name, *one.other_names)}


def last_day(corpus: Corpus) -> str | None:
    """Of the assessments: as of then somebody is presumed to live."""
    return max((one.assessed_on for one in corpus.assessments.values()), default=None)


def other_names(job: Job, entity: EntityRow) -> tuple[NameEntry, ...]:
    names = dict.fromkeys(entity.other_names)
    return tuple(NameEntry(text=name, language=language_of_name(name, job.language)) for name in names)


def _import(job: Job, entity: EntityRow, known: str | None, tally: Tally) -> str:
    entry = AgentEntry(
        kind=agent_kind(entity.kind),
        name=entity.name,
        genre=entity.kind,
        visibility=entity.visibility,
        other_names=other_names(job, entity),
        **living(entity.living, last_day(job.corpus)),
    )
    if known is not None:
        there = find_agent(job.session, known)
        own = {"note": there.note, "living_source": there.living_source_id if entry.living else None}
        with job.counted(tally, "agents", known):
            change_agent(job.session, job.actor, there, entry.model_copy(update=own))
        return known
    agent = add_agent(job.session, job.actor, entry)
    job.name(agent.id, entity.id)
    tally.count(ADDED, "agents")
    return agent.id
