"""Looking records up while their names are typed: agents, sources, origins, topics and claims, drafts included.

Words are compared in Python by the keys of the search, so that every database finds the same in every script.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import case, func, literal, select, union_all
from sqlalchemy.orm import Session

from kb.desk.history import PUBLISH
from kb.desk.tables import Agent, AgentName, Claim, ClaimText, History, Origin, Record, Source, Topic
from kb.errors import Missing
from kb.values import vocabulary
from kb.values.keys import keys
from kb.values.prose import nfc, shown
from kb.values.readback import when

# More of what is typed is not looked at.
LONGEST = 300
# How many other names are told, so that two of one name can be told apart.
NAMES_TOLD = 3


class NoSuchKind(Missing):
    """Nothing of this kind can be looked up."""


@dataclass(frozen=True)
class Candidate:
    """A record that may be meant. `version` is its newest edition's, None for a draft that never had one.

    `name` is the other name by which it was found, `visibility` an agent's. A withdrawn record is still to be found.
    """

    id: str
    label: str
    detail: str
    version: int | None
    name: str | None = None
    visibility: str | None = None
    withdrawn: bool = False


@dataclass(frozen=True)
class _Known:
    """A record with its own name and what else it is called."""

    id: str
    label: str
    others: tuple[str, ...]


def candidates(session: Session, kind: str, words: str, limit: int = 20) -> list[Candidate]:
    """Those in whose names each word that was typed begins a word; exactly these words first.

    Private agents are among them, marked by their visibility: who may see them is the caller's to say.
    """
    exact, wanted = _plain(words[:LONGEST]), keys(words[:LONGEST])
    found = [(rank, one) for one in _known(session, kind) if (rank := _rank(one, exact, wanted)) is not None]
    found.sort(key=lambda pair: (pair[0], _plain(pair[1].label), pair[1].id))
    chosen = [one for _, one in found[:limit]]
    return [_by_other_name(one, exact, wanted) for one in _told(session, kind, chosen)]


def newest(session: Session, kind: str, limit: int) -> list[Candidate]:
    """What to offer before a word is typed: those that were made last. Three statements."""
    known = {one.id: one for one in _known(session, kind)}
    last = select(Record.id).where(Record.kind == kind).order_by(Record.created_at.desc(), Record.id.desc())
    found = [known[record] for record in session.scalars(last.limit(limit)) if record in known]
    return [candidate for _, candidate in _told(session, kind, found)]


def by_name(session: Session, kind: str, name: str) -> list[Candidate]:
    """Those of exactly this name, their own or another; case and white space aside."""
    exact = _plain(name)
    found = [one for one in _known(session, kind) if exact and _rank(one, exact, ()) is not None]
    found.sort(key=lambda one: (_plain(one.label) != exact, one.id))
    return [_by_other_name(one, exact, ()) for one in _told(session, kind, found)]


def _known(session: Session, kind: str) -> list[_Known]:
    if kind not in _KINDS:
        remedy = f"Choose from: {', '.join(_KINDS)}."
        raise NoSuchKind(f"“{shown(kind)}” cannot be looked up.", where="kind", remedy=remedy)
    names: dict[str, list[str]] = {}
    for record, text in session.execute(_KINDS[kind].names):
        if text:
            names.setdefault(record, []).append(text)
    return [_Known(record, own, tuple(others)) for record, (own, *others) in names.items()]


def _told(session: Session, kind: str, found: Sequence[_Known]) -> list[tuple[_Known, Candidate]]:
    """In their order, with what tells them apart."""
    if not found:
        return []
    table, detail = _KINDS[kind].table, _KINDS[kind].detail
    editions = select(func.count()).where(History.record_id == Record.id, History.verb == PUBLISH).scalar_subquery()
    wanted = select(table, Record.withdrawn, editions).join(Record, Record.id == table.id)
    rows = session.execute(wanted.where(table.id.in_([one.id for one in found]))).all()
    by_id = {row.id: (row, withdrawn, made) for row, withdrawn, made in rows}
    told = []
    for one in found:
        row, withdrawn, made = by_id[one.id]
        said = " · ".join(filter(None, detail(row, one.others)))
        visibility = getattr(row, "visibility", None)
        told.append((one, Candidate(one.id, one.label, said, made or None, None, visibility, withdrawn)))
    return told


def _by_other_name(pair: tuple[_Known, Candidate], exact: str, wanted: Sequence[str]) -> Candidate:
    """Told with the name that was looked for where it is not the record's own."""
    known, candidate = pair
    if exact == _plain(known.label) or (wanted and _has_all(_keys(known.label), wanted)):
        return candidate
    others = (other for other in known.others if exact == _plain(other) or (wanted and _has_all(_keys(other), wanted)))
    return replace(candidate, name=next(others, None))


def _rank(known: _Known, exact: str, wanted: Sequence[str]) -> int | None:
    """Exactly its name, exactly another name, a name that begins so, all words in its name, in all; None for none."""
    if exact and exact == _plain(known.label):
        return 0
    if exact and exact in map(_plain, known.others):
        return 1
    own = _keys(known.label)
    if not wanted or not _has_all(own + tuple(key for other in known.others for key in _keys(other)), wanted):
        return None
    return 2 if _begins(own, wanted) else 3 if _has_all(own, wanted) else 4


def _has_all(own: Sequence[str], wanted: Sequence[str]) -> bool:
    return all(any(key.startswith(word) for key in own) for word in wanted)


def _begins(own: Sequence[str], wanted: Sequence[str]) -> bool:
    *whole, last = wanted
    return list(own[: len(whole)]) == whole and len(own) > len(whole) and own[len(whole)].startswith(last)


@lru_cache(maxsize=65_536)
def _keys(text: str) -> tuple[str, ...]:
    return tuple(keys(text))


@lru_cache(maxsize=65_536)
def _plain(text: str) -> str:
    return " ".join(nfc(text).casefold().split())


@dataclass(frozen=True)
class _Kind:
    """`names` gives record and text, a record's own name before its others."""

    table: Any
    names: Any
    detail: Callable[[Any, Sequence[str]], tuple[str | None, ...]]


def _named(*columns: tuple[Any, Any, Any]) -> Any:
    """One statement for the names in several columns: of which record, the name, and its place among all."""
    each = [select(record.label("id"), text.label("text"), place.label("place")) for record, text, place in columns]
    names = union_all(*each).subquery()
    return select(names.c.id, names.c.text).order_by(names.c.place, names.c.id)


def _of_claims() -> Any:
    """A claim is called by its title, else its question, else its statement; in English where it has that."""
    place = case({"title": 0, "question": 1}, value=ClaimText.field, else_=2)
    words = select(ClaimText.claim_id, ClaimText.text)
    return words.order_by(place, ClaimText.language != "en", ClaimText.language, ClaimText.claim_id)


def _agent(row: Agent, others: Sequence[str]) -> tuple[str | None, ...]:
    more = f"and {len(others) - NAMES_TOLD} more" if len(others) > NAMES_TOLD else None
    also = ", ".join(filter(None, (*others[:NAMES_TOLD], more)))
    return vocabulary.AGENT_KIND.label(row.kind), row.genre, f"also {also}" if also else None


def _source(row: Source, _: Sequence[str]) -> tuple[str | None, ...]:
    published = when(row.published)
    return vocabulary.SOURCE_CLASS.label(row.work_class), row.publisher_as_printed, row.author_as_printed, published


def _origin(row: Origin, _: Sequence[str]) -> tuple[str | None, ...]:
    return row.genre, "seen" if row.seen else "not seen"


def _topic(row: Topic, _: Sequence[str]) -> tuple[str | None, ...]:
    kind = f"measure: {vocabulary.MEASURE_KIND.label(row.measure_kind).lower()}" if row.measure_kind else "topic"
    return kind, row.slug


def _claim(row: Claim, others: Sequence[str]) -> tuple[str | None, ...]:
    kind = vocabulary.CLAIM_TYPE.label(row.claim_type) if row.claim_type else None
    return kind, *others[:1]


_KINDS = {
    "agent": _Kind(
        Agent,
        _named((Agent.id, Agent.name, literal(-1)), (AgentName.agent_id, AgentName.text, AgentName.position)),
        _agent,
    ),
    "source": _Kind(
        Source,
        _named(
            (Source.id, Source.title, literal(0)),
            (Source.id, Source.publisher_as_printed, literal(1)),
            (Source.id, Source.author_as_printed, literal(2)),
            (Source.id, Source.url, literal(3)),
        ),
        _source,
    ),
    "origin": _Kind(Origin, _named((Origin.id, Origin.label, literal(0))), _origin),
    "topic": _Kind(Topic, _named((Topic.id, Topic.label, literal(0)), (Topic.id, Topic.slug, literal(1))), _topic),
    "claim": _Kind(Claim, _of_claims(), _claim),
}
