"""Claims: add, change, find, remove. What hangs on a claim has files of its own."""

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import model_validator
from sqlalchemy.orm import Session

from kb.desk import records
from kb.desk.actors import Actor, require
from kb.desk.changes import Deed, Items, added, changed, keep
from kb.desk.entry import Entry
from kb.desk.forms import Language, Printed, Prose, RecordId, Texts, one_of, refused
from kb.desk.removal import remove_record
from kb.desk.tables import Claim, ClaimText, ClaimTopic, ClaimWord, Topic
from kb.values import vocabulary


class WordEntry(Entry):
    """A hedge or a booster as printed."""

    text: Printed
    language: Language = "en"


class ClaimEntry(Entry):
    """Its words per language, its types, and the topics it stands under, in order.

    A draft may lack question and types; the gate asks for them.
    """

    statement: Texts
    question: Texts | None = None
    title: Texts | None = None
    claim_type: Annotated[str, one_of(vocabulary.CLAIM_TYPE)] | None = None
    commitment: Annotated[str, one_of(vocabulary.COMMITMENT)] | None = None
    checkability: Annotated[str, one_of(vocabulary.CHECKABILITY)] | None = None
    checkability_reason: Prose | None = None
    hedges: tuple[WordEntry, ...] = ()
    boosters: tuple[WordEntry, ...] = ()
    topics: tuple[RecordId, ...] = ()
    note: Prose | None = None
    language: Language = "en"

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        for field in ("topics", "hedges", "boosters"):
            named = [getattr(one, "text", one) for one in getattr(self, field)]
            if len(set(named)) != len(named):
                raise refused(f"{field} names one of them twice.", "Name each once.")
        return self


def add_claim(session: Session, actor: Actor, entry: ClaimEntry) -> Claim:
    require(actor, "edit")
    _check_topics(session, entry)
    record = records.begin(session, "claim", entry.language)
    claim = Claim(id=record.id, **_columns(entry))
    keep(session, claim)
    added(session, Deed(actor, "add_claim", claim.id), [record, claim], _lists(claim, entry))
    return claim


def change_claim(session: Session, actor: Actor, claim: Claim, entry: ClaimEntry) -> Claim:
    require(actor, "edit")
    _check_topics(session, entry)
    record = records.hold(session, claim.id)
    rows = [(record, {"language": entry.language}), (claim, _columns(entry))]
    changed(session, Deed(actor, "change_claim", claim.id), rows, _lists(claim, entry))
    return claim


def remove_claim(session: Session, actor: Actor, claim: Claim) -> None:
    remove_record(session, actor, "remove_claim", claim)


def find_claim(session: Session, claim_id: str) -> Claim:
    return records.find(session, Claim, claim_id)


def _check_topics(session: Session, entry: ClaimEntry) -> None:
    for topic in entry.topics:
        records.need(session, Topic, topic, "topics")


def _columns(entry: ClaimEntry) -> dict[str, Any]:
    names = ("claim_type", "commitment", "checkability", "checkability_reason", "note")
    return {name: getattr(entry, name) for name in names}


def _lists(claim: Claim, entry: ClaimEntry) -> list[Items]:
    owner = {"claim_id": claim.id}
    texts = [*_texts("statement", entry.statement), *_texts("question", entry.question), *_texts("title", entry.title)]
    return [
        Items(ClaimText, owner, texts),
        Items(ClaimWord, owner | {"kind": "hedge"}, [one.model_dump() for one in entry.hedges], "hedges"),
        Items(ClaimWord, owner | {"kind": "booster"}, [one.model_dump() for one in entry.boosters], "boosters"),
        Items(ClaimTopic, owner, [{"topic_id": one} for one in entry.topics]),
    ]


def _texts(field: str, texts: Mapping[str, str] | None) -> list[dict[str, str]]:
    return [{"field": field, "language": language, "text": text} for language, text in sorted((texts or {}).items())]
