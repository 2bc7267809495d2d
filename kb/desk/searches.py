"""Searches: what was looked for, where and when, and what was found and set aside; add, change, find, remove."""

from typing import Annotated, Any, Self

from pydantic import model_validator
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk import records
from kb.desk.actors import Actor, require
from kb.desk.aspects import aspect_of
from kb.desk.changes import Deed, added, assign, keep, observed, removed, state_of
from kb.desk.evidence import TranslatedEntry
from kb.desk.forms import Code, Day, Prose, RecordId, one_of, refused
from kb.desk.parts import fragment, next_number
from kb.desk.passages import PassageEntry, add_passage, passage_columns
from kb.desk.records import NoSuchRecord
from kb.desk.tables import Claim, Origin, Passage, Search
from kb.desk.texts import Texts
from kb.values import vocabulary

KIND = "search"
NOTHING = "nothing_found"


class SearchEntry(TranslatedEntry):
    """A search that found nothing names place and day; one that found something names the passage and its grade."""

    description: Prose
    outcome: Annotated[str, one_of(vocabulary.SEARCH_OUTCOME)]
    searched_in: Prose | None = None
    searched_on: Day | None = None
    aspect: Code | None = None
    found: PassageEntry | None = None
    origin: RecordId | None = None
    grade: Annotated[str, one_of(vocabulary.GRADE)] | None = None
    grade_reason: Prose | None = None
    note: Prose | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        nothing = self.outcome == NOTHING
        if nothing != (self.found is None):
            raise refused("a search names what it found, unless it found nothing.", "Give the passage, or none.")
        if nothing and (self.searched_in is None or self.searched_on is None):
            raise refused("a search that found nothing has a place and a day.", "Give searched_in and searched_on.")
        if not nothing == (self.grade is None) == (self.grade_reason is None):
            raise refused("what was found is graded, with a reason.", "Give grade and grade_reason.")
        return self


def add_search(session: Session, actor: Actor, claim: Claim, entry: SearchEntry, texts: Texts | None = None) -> Search:
    require(actor, "edit")
    columns = _columns(session, claim.id, entry)
    passage = add_passage(session, entry.found, texts) if entry.found else None
    search = Search(
        claim_id=claim.id,
        number=next_number(session, claim.id, KIND),
        passage_id=passage.id if passage else None,
        **columns,
    )
    keep(session, search)
    added(session, _deed(actor, "add_search", search), [search, *([passage] if passage else [])])
    return search


def change_search(
    session: Session, actor: Actor, search: Search, entry: SearchEntry, texts: Texts | None = None
) -> Search:
    require(actor, "edit")
    columns = _columns(session, search.claim_id, entry)
    with observed(session, _deed(actor, "change_search", search), lambda: _state(session, search)):
        before = _passage(session, search)
        if entry.found is None:
            assign(search, columns | {"passage_id": None})
            session.flush()
            if before is not None:
                session.delete(before)
        elif before is None:
            assign(search, columns | {"passage_id": add_passage(session, entry.found, texts).id})
        else:
            assign(search, columns)
            assign(before, passage_columns(session, entry.found, texts, before))
    return search


def remove_search(session: Session, actor: Actor, search: Search) -> None:
    require(actor, "edit")
    passage = _passage(session, search)
    removed(session, _deed(actor, "remove_search", search), [search, *([passage] if passage else [])])


def find_search(session: Session, claim_id: str, number: int) -> Search:
    found = session.scalars(select(Search).where(Search.claim_id == claim_id, Search.number == number)).first()
    if found is None:
        raise NoSuchRecord("the claim has no such search.", where=fragment(KIND, number))
    return found


def _passage(session: Session, search: Search) -> Passage | None:
    return records.part_of(session, Passage, search.passage_id) if search.passage_id is not None else None


def _state(session: Session, search: Search) -> dict[str, Any]:
    passage = _passage(session, search)
    return {"search": state_of(search), "passage": state_of(passage) if passage else None}


def _columns(session: Session, claim_id: str, entry: SearchEntry) -> dict[str, Any]:
    if entry.origin is not None:
        records.need(session, Origin, entry.origin, "origin")
    aspect = aspect_of(session, claim_id, entry.aspect) if entry.aspect else None
    apart = {"found", "aspect", "origin"}
    return entry.model_dump(exclude=apart) | {"aspect_id": aspect.id if aspect else None, "origin_id": entry.origin}


def _deed(actor: Actor, verb: str, search: Search) -> Deed:
    return Deed(actor, verb, search.claim_id, fragment(KIND, search.number))
