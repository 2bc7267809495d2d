"""Sentences of a text that were not made claims, and why; desk work that is never published."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk import records
from kb.desk.actors import Actor, require
from kb.desk.changes import Deed, added, changed, keep, removed
from kb.desk.entry import Entry
from kb.desk.forms import Prose
from kb.desk.parts import fragment, next_number
from kb.desk.passages import PassageEntry, QuoteEntry, add_passage, passage_columns
from kb.desk.records import NoSuchRecord
from kb.desk.tables import LeftOutSentence, Passage, Source
from kb.desk.texts import Texts

KIND = "left-out"


class LeftOutEntry(Entry):
    """The sentence where it stands, and the reason."""

    quote: QuoteEntry
    reason: Prose


def add_left_out(
    session: Session, actor: Actor, source: Source, entry: LeftOutEntry, texts: Texts | None = None
) -> LeftOutSentence:
    require(actor, "edit")
    passage = add_passage(session, _where(source.id, entry), texts)
    number = next_number(session, source.id, KIND)
    sentence = LeftOutSentence(source_id=source.id, number=number, passage_id=passage.id, reason=entry.reason)
    keep(session, sentence)
    added(session, _deed(actor, "add_left_out", sentence), [sentence, passage])
    return sentence


def change_left_out(
    session: Session, actor: Actor, sentence: LeftOutSentence, entry: LeftOutEntry, texts: Texts | None = None
) -> LeftOutSentence:
    require(actor, "edit")
    passage = records.part_of(session, Passage, sentence.passage_id)
    place = passage_columns(session, _where(sentence.source_id, entry), texts, passage)
    deed = _deed(actor, "change_left_out", sentence)
    changed(session, deed, [(sentence, {"reason": entry.reason}), (passage, place)])
    return sentence


def remove_left_out(session: Session, actor: Actor, sentence: LeftOutSentence) -> None:
    require(actor, "edit")
    passage = records.part_of(session, Passage, sentence.passage_id)
    removed(session, _deed(actor, "remove_left_out", sentence), [sentence, passage])


def find_left_out(session: Session, source_id: str, number: int) -> LeftOutSentence:
    wanted = select(LeftOutSentence).where(LeftOutSentence.source_id == source_id, LeftOutSentence.number == number)
    found = session.scalars(wanted).first()
    if found is None:
        raise NoSuchRecord("the source has no such left-out sentence.", where=fragment(KIND, number))
    return found


def _where(source_id: str, entry: LeftOutEntry) -> PassageEntry:
    return PassageEntry(source=source_id, quote=entry.quote)


def _deed(actor: Actor, verb: str, sentence: LeftOutSentence) -> Deed:
    return Deed(actor, verb, sentence.source_id, fragment(KIND, sentence.number))
