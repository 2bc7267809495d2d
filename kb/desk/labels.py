"""What records are called at the desk, drafts included: many ids in one statement."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import literal, select, union_all
from sqlalchemy.orm import Session

from kb.desk.history import CHUNK
from kb.desk.tables import Agent, ClaimText, Origin, Page, Source, Topic

# A claim is called by the first of these that it has; of its languages English comes first.
_CALLED_BY = ("title", "question", "statement")


def labels_of(session: Session, records: Iterable[str]) -> dict[str, str]:
    """Names by id. A claim without any words has none, as has what was taken off the desk."""
    wanted = sorted(set(records))
    rows: list[Any] = []
    for at in range(0, len(wanted), CHUNK):
        rows += session.execute(union_all(*_names(wanted[at : at + CHUNK]))).all()
    # Of several rows for one record the best comes last, and stays.
    return {row.id: row.words for row in sorted(rows, key=_worth, reverse=True)}


def _names(ids: list[str]) -> list[Any]:
    plain = (
        (Agent.id, Agent.name),
        (Origin.id, Origin.label),
        (Page.id, Page.name),
        (Source.id, Source.title),
        (Topic.id, Topic.label),
    )
    named: list[Any] = [
        select(key.label("id"), words.label("words"), literal("").label("field"), literal("").label("language")).where(
            key.in_(ids)
        )
        for key, words in plain
    ]
    texts = select(ClaimText.claim_id, ClaimText.text, ClaimText.field, ClaimText.language)
    return [*named, texts.where(ClaimText.claim_id.in_(ids))]


def _worth(row: Any) -> tuple[int, bool, str]:
    place = _CALLED_BY.index(row.field) if row.field else 0
    return place, row.language != "en", row.language
