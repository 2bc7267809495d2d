"""Everything that hangs on some claims, in a fixed number of statements."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from kb.desk import tables as desk
from kb.publish.compile.rows import OtherIds, fetch, grouped, records

Row = TypeVar("Row")


class ClaimRows:
    """Lists are by claim, or by the part that they hang on, and in the order of the document."""

    def __init__(self, session: Session, ids: Iterable[str]) -> None:
        claims = list(ids)
        self.records = records(session, claims)
        self.claims = {row.id: row for row in fetch(session, desk.Claim, desk.Claim.id, claims)}
        self.texts = grouped(session, desk.ClaimText, desk.ClaimText.claim_id, claims, desk.ClaimText.language)
        self.words = grouped(session, desk.ClaimWord, desk.ClaimWord.claim_id, claims, desk.ClaimWord.position)
        self.topics = grouped(session, desk.ClaimTopic, desk.ClaimTopic.claim_id, claims)
        self.aspects = grouped(session, desk.Aspect, desk.Aspect.claim_id, claims, desk.Aspect.position)
        self.concerned = grouped(session, desk.Concerned, desk.Concerned.claim_id, claims, desk.Concerned.number)
        self.mentions = grouped(session, desk.Mention, desk.Mention.claim_id, claims, desk.Mention.number)
        self.figures = grouped(session, desk.Figure, desk.Figure.claim_id, claims, desk.Figure.number)
        self.others = OtherIds(session, claims)
        self._appearances(session, claims)
        self._evidence(session, claims)
        self._judgement(session, claims)
        self._named(session)
        self._passages(session)
        self.aspect_numbers = {row.id: row.number for row in _all(self.aspects)}

    def _appearances(self, session: Session, claims: list[str]) -> None:
        self.appearances = grouped(session, desk.Appearance, desk.Appearance.claim_id, claims, desk.Appearance.number)
        ids = [row.id for row in _all(self.appearances)]
        self.other_places = grouped(
            session, desk.OtherPlace, desk.OtherPlace.appearance_id, ids, desk.OtherPlace.number
        )
        self.links = grouped(session, desk.ChainLink, desk.ChainLink.appearance_id, ids, desk.ChainLink.position)
        links = [row.id for row in _all(self.links)]
        self.link_hedges = grouped(session, desk.LinkHedge, desk.LinkHedge.link_id, links, desk.LinkHedge.position)

    def _evidence(self, session: Session, claims: list[str]) -> None:
        self.evidence = grouped(session, desk.Evidence, desk.Evidence.claim_id, claims, desk.Evidence.number)
        ids = [row.id for row in _all(self.evidence)]
        self.explains = grouped(session, desk.Explanation, desk.Explanation.evidence_id, ids)
        self.evidence_numbers = {row.id: row.number for row in _all(self.evidence)}
        self.searches = grouped(session, desk.Search, desk.Search.claim_id, claims, desk.Search.number)
        self.questions = grouped(
            session, desk.OpenQuestion, desk.OpenQuestion.claim_id, claims, desk.OpenQuestion.number
        )

    def _judgement(self, session: Session, claims: list[str]) -> None:
        found = fetch(session, desk.Assessment, desk.Assessment.claim_id, claims)
        self.assessments = {row.claim_id: row for row in found}
        verdicts = fetch(session, desk.AspectVerdict, desk.AspectVerdict.assessment_id, [row.id for row in found])
        self.verdicts = {row.aspect_id: row for row in verdicts}
        self.replies = grouped(session, desk.Reply, desk.Reply.claim_id, claims, desk.Reply.position)
        replies = [row.id for row in _all(self.replies)]
        self.said_in = grouped(session, desk.ReplyEvidence, desk.ReplyEvidence.reply_id, replies)

    def _named(self, session: Session) -> None:
        agents: list[str | None] = [row.agent_id for row in _all(self.links)]
        agents += [row.agent_id for row in _all(self.mentions)] + [row.agent_id for row in _all(self.replies)]
        agents += [row.agent_id for row in _all(self.concerned)]
        agents += [row.counted_by_agent_id for row in _all(self.figures)]
        self.agents = {row.id: row for row in fetch(session, desk.Agent, desk.Agent.id, agents)}
        mentions = [row.id for row in _all(self.mentions)]
        self.mention_names = grouped(
            session, desk.MentionName, desk.MentionName.mention_id, mentions, desk.MentionName.position
        )
        topics: list[str | None] = [row.topic_id for row in _all(self.topics)]
        topics += [row.measure_id for row in _all(self.figures)]
        self.slugs = {row.id: row.slug for row in fetch(session, desk.Topic, desk.Topic.id, topics)}

    def _passages(self, session: Session) -> None:
        ids: list[int | None] = [row.passage_id for row in _all(self.appearances)]
        ids += [row.passage_id for row in _all(self.other_places)] + [row.passage_id for row in _all(self.evidence)]
        ids += [row.passage_id for row in _all(self.searches)] + [row.passage_id for row in _all(self.replies)]
        self.passages = {row.id: row for row in fetch(session, desk.Passage, desk.Passage.id, ids)}
        found = [row.snapshot_id for row in self.passages.values()]
        self.snapshots = {row.id: row.number for row in fetch(session, desk.Snapshot, desk.Snapshot.id, found)}
        sources = [row.source_id for row in self.passages.values()]
        self.sources = {row.id: row for row in fetch(session, desk.Source, desk.Source.id, sources)}


def _all(groups: Mapping[Any, list[Row]]) -> list[Row]:
    return [row for rows in groups.values() for row in rows]
