"""The rows of a group of claims, loaded with a fixed number of statements whatever the size of the group."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk.tables import (
    Appearance,
    Aspect,
    AspectVerdict,
    Assessment,
    ChainLink,
    Claim,
    ClaimText,
    ClaimTopic,
    ClaimWord,
    Concerned,
    Evidence,
    Explanation,
    Figure,
    LinkHedge,
    Mention,
    MentionName,
    OpenQuestion,
    OtherPlace,
    Passage,
    Record,
    Relation,
    Reply,
    ReplyEvidence,
    Search,
    Snapshot,
    Source,
)


@dataclass(frozen=True)
class ClaimRows:
    """All rows of one claim; children of children are grouped by their parent's key."""

    record: Record
    claim: Claim
    texts: list[ClaimText]
    words: list[ClaimWord]
    topics: list[ClaimTopic]
    aspects: list[Aspect]
    mentions: list[Mention]
    concerned: list[Concerned]
    relations: list[Relation]
    appearances: list[Appearance]
    evidence: list[Evidence]
    searches: list[Search]
    open_questions: list[OpenQuestion]
    figures: list[Figure]
    assessment: Assessment | None
    replies: list[Reply]
    shared: "SharedRows"


@dataclass(frozen=True)
class SharedRows:
    """Rows below parts, for all claims of the group."""

    mention_names: dict[int, list[MentionName]]
    other_places: dict[int, list[OtherPlace]]
    links: dict[int, list[ChainLink]]
    hedges: dict[int, list[LinkHedge]]
    explanations: dict[int, list[Explanation]]
    verdicts: dict[int, list[AspectVerdict]]
    reply_evidence: dict[int, list[ReplyEvidence]]
    passages: dict[int, Passage]
    snapshots: dict[int, Snapshot]
    sources: dict[str, Source]


def load_claims(session: Session, ids: Collection[str]) -> dict[str, ClaimRows]:
    """The claims of these ids, each with its rows in the order in which they stand in a document."""
    parts = {table: _of_claims(session, table, ids, order) for table, order in _PARTS}
    shared = _shared(session, parts)
    records = {row.id: row for row in session.scalars(select(Record).where(Record.id.in_(ids)))}
    loaded = {}
    for claim in session.scalars(select(Claim).where(Claim.id.in_(ids))):
        own: dict[Any, list[Any]] = {table: parts[table].get(claim.id, []) for table, _ in _PARTS}
        loaded[claim.id] = ClaimRows(
            record=records[claim.id],
            claim=claim,
            texts=own[ClaimText],
            words=own[ClaimWord],
            topics=own[ClaimTopic],
            aspects=own[Aspect],
            mentions=own[Mention],
            concerned=own[Concerned],
            relations=own[Relation],
            appearances=own[Appearance],
            evidence=own[Evidence],
            searches=own[Search],
            open_questions=own[OpenQuestion],
            figures=own[Figure],
            assessment=next(iter(own[Assessment]), None),
            replies=own[Reply],
            shared=shared,
        )
    return loaded


# Parts stand by their number, which never changes; aspects and replies by their place, for their order says something.
_PARTS: tuple[tuple[Any, str], ...] = (
    (ClaimText, "language"),
    (ClaimWord, "position"),
    (ClaimTopic, "position"),
    (Aspect, "position"),
    (Mention, "number"),
    (Concerned, "number"),
    (Relation, "id"),
    (Appearance, "number"),
    (Evidence, "number"),
    (Search, "number"),
    (OpenQuestion, "number"),
    (Figure, "number"),
    (Assessment, "number"),
    (Reply, "position"),
)


def _of_claims(session: Session, table: Any, ids: Collection[str], order: str) -> dict[str, list[Any]]:
    rows = session.scalars(select(table).where(table.claim_id.in_(ids)).order_by(getattr(table, order)))
    return _grouped(rows, "claim_id")


def _shared(session: Session, parts: dict[Any, dict[str, list[Any]]]) -> SharedRows:
    keys = {table: [row.id for rows in parts[table].values() for row in rows] for table in _PARENTS}

    def below(table: Any, column: str, parent: Any, order: str) -> dict[int, list[Any]]:
        rows = session.scalars(
            select(table).where(getattr(table, column).in_(keys[parent])).order_by(getattr(table, order))
        )
        return _grouped(rows, column)

    links = below(ChainLink, "appearance_id", Appearance, "position")
    places = below(OtherPlace, "appearance_id", Appearance, "number")
    keys[ChainLink] = [link.id for group in links.values() for link in group]
    passages = _passages(session, [row for t in _QUOTING for rows in parts[t].values() for row in rows], places)
    found = {p.snapshot_id for p in passages.values()} - {None}
    cited = {p.source_id for p in passages.values()}
    return SharedRows(
        mention_names=below(MentionName, "mention_id", Mention, "position"),
        other_places=places,
        links=links,
        hedges=below(LinkHedge, "link_id", ChainLink, "position"),
        explanations=below(Explanation, "evidence_id", Evidence, "explained_id"),
        verdicts=below(AspectVerdict, "assessment_id", Assessment, "aspect_id"),
        reply_evidence=below(ReplyEvidence, "reply_id", Reply, "position"),
        passages=passages,
        snapshots={row.id: row for row in session.scalars(select(Snapshot).where(Snapshot.id.in_(found)))},
        sources={row.id: row for row in session.scalars(select(Source).where(Source.id.in_(cited)))},
    )


_PARENTS = (Mention, Appearance, Evidence, Assessment, Reply)
_QUOTING = (Appearance, Evidence, Search, Reply)


def _passages(session: Session, quoting: list[Any], places: dict[int, list[OtherPlace]]) -> dict[int, Passage]:
    wanted = {row.passage_id for row in quoting} | {place.passage_id for rows in places.values() for place in rows}
    rows = session.scalars(select(Passage).where(Passage.id.in_(wanted - {None})))
    return {row.id: row for row in rows}


def _grouped(rows: Iterable[Any], column: str) -> dict[Any, list[Any]]:
    groups: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, column)].append(row)
    return groups
