"""Where each record stands, as far as numbers of history rows tell it: nothing is compiled here."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from kb.desk.history import CHUNK, PUBLISH, READING
from kb.desk.tables import (
    Agent,
    Appearance,
    ChainLink,
    ClaimTopic,
    Concerned,
    Figure,
    History,
    Mention,
    Passage,
    Record,
    Relation,
    Reply,
    Source,
    SourceAuthor,
)
from kb.log.tables import EditionRow
from kb.publish.compile.names import WITH_RECORD
from kb.publish.survey import KINDS


@dataclass(frozen=True)
class Marks:
    """Numbers of the newest history rows of a record, 0 for none.

    `content` changed what it says, `published` made an edition, `handed` and `returned` passed it on, `approved` gave
    an approval. `touched` is True where another record changed in a way that may show in this one's next edition.
    """

    record: str
    kind: str
    withdrawn: bool
    content: int
    published: int
    handed: int
    returned: int
    approved: int
    touched: bool

    @property
    def may_differ(self) -> bool:
        """Of a record with an edition: only then is its draft worth a look."""
        return self.published > 0 and (self.touched or self.content > self.published)


def marks_of_all(session: Session, kind: str | None = None, topic: str | None = None) -> list[Marks]:
    """Every record that can have an edition, in at most five statements; one small row for each.

    `topic` is the id of a topic: then only the claims that stand directly under it.
    """
    touched, arrived = _touched(session), _arrived(session)
    return [
        Marks(
            record=row.id,
            kind=row.kind,
            withdrawn=row.withdrawn,
            content=row.content,
            published=row.published,
            handed=row.handed,
            returned=row.returned,
            approved=row.approved,
            touched=row.id in arrived or touched.get(row.id, 0) > row.published,
        )
        for row in session.execute(_wanted(kind, topic))
    ]


def _wanted(kind: str | None, topic: str | None) -> Any:
    verbs = {"published": PUBLISH, "handed": "submit", "returned": "hand_back", "approved": "add_approval"}
    newest = [func.max(case((History.verb == verb, History.id), else_=0)).label(name) for name, verb in verbs.items()]
    content = func.max(case((History.verb.not_in(READING), History.id), else_=0)).label("content")
    told = select(History.record_id, content, *newest).group_by(History.record_id).subquery()
    numbers = [told.c[name] for name in ("content", *verbs)]
    hidden = select(Agent.id).where(~WITH_RECORD)
    wanted = select(Record.id, Record.kind, Record.withdrawn, *numbers).join(told, told.c.record_id == Record.id)
    wanted = wanted.where(Record.kind.in_(KINDS if kind is None else [kind]), Record.id.not_in(hidden))
    if topic is not None:
        wanted = wanted.where(Record.id.in_(select(ClaimTopic.claim_id).where(ClaimTopic.topic_id == topic)))
    return wanted


def _touched(session: Session) -> dict[str, int]:
    """Record → the newest history row of another record that may show in its edition.

    An agent that becomes private or gets a record, the date of a source in which a claim stands, and a symmetric
    relation, which stands on whichever claim was logged first.
    """
    turned = {row.record_id: row.id for row in session.execute(_turned())}
    found: dict[str, int] = {}
    wanted = sorted(turned)
    for at in range(0, len(wanted), CHUNK):
        for row in session.execute(union_all(*_users(wanted[at : at + CHUNK]))):
            found[row.user] = max(found.get(row.user, 0), turned[row.used])
    for target, number in _related(session):
        found[target] = max(found.get(target, 0), number)
    return found


def _turned() -> Any:
    """Agents and sources changed in what others say of them."""
    differs = [
        (History.verb == f"change_{kind}") & (_in(History.before, kind, column) != _in(History.after, kind, column))
        for kind, column in (("agent", "visibility"), ("agent", "kind"), ("source", "published"))
    ]
    return select(History.record_id, func.max(History.id).label("id")).where(or_(*differs)).group_by(History.record_id)


def _users(ids: list[str]) -> Iterator[Any]:
    """(user, used): claims and sources that refer to these agents, and claims that stand in these sources."""
    direct = (
        (Mention.claim_id, Mention.agent_id),
        (Concerned.claim_id, Concerned.agent_id),
        (Reply.claim_id, Reply.agent_id),
        (Figure.claim_id, Figure.counted_by_agent_id),
        (Source.id, Source.publisher_id),
        (SourceAuthor.source_id, SourceAuthor.agent_id),
    )
    for user, used in direct:
        yield select(user.label("user"), used.label("used")).where(used.in_(ids))
    claim = Appearance.claim_id.label("user")
    voices = select(claim, ChainLink.agent_id.label("used")).join(ChainLink, ChainLink.appearance_id == Appearance.id)
    yield voices.where(ChainLink.agent_id.in_(ids))
    places = select(claim, Passage.source_id.label("used")).join(Passage, Passage.id == Appearance.passage_id)
    yield places.where(Passage.source_id.in_(ids))


def _related(session: Session) -> list[tuple[str, int]]:
    """Claims at the far end of relations that came or went, with the history row."""
    found = []
    for state in (History.before, History.after):
        target = _in(state, "relation", "target_id")
        rows = select(target.label("target"), func.max(History.id).label("id"))
        rows = rows.where(History.verb.in_(["add_relation", "remove_relation"]), target.is_not(None))
        found.append(rows.group_by(target))
    return [(row.target, row.id) for row in session.execute(union_all(*found))]


def _arrived(session: Session) -> set[str]:
    """Claims that are related to one whose first edition is newer than their own latest."""
    logged = (
        select(EditionRow.record, func.min(EditionRow.seq).label("first"), func.max(EditionRow.seq).label("last"))
        .where(EditionRow.record_kind == "claim")
        .group_by(EditionRow.record)
        .subquery()
    )
    one, other = aliased(logged), aliased(logged)
    ends = select(Relation.claim_id, Relation.target_id, one.c.first.label("first"), other.c.last.label("last"))
    ends = ends.join(one, one.c.record == Relation.claim_id).join(other, other.c.record == Relation.target_id)
    rows = session.execute(ends.where(or_(one.c.first > other.c.last, other.c.first > one.c.last)))
    return {row.target_id if row.first > row.last else row.claim_id for row in rows}


def _in(state: Any, table: str, column: str) -> ColumnElement[str]:
    found: ColumnElement[str] = state[(table, column)].as_string()
    return found
