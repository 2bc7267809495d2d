"""Finding drafts by words: in what they say, what they are called, and what they quote."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

from kb.desk import tables as desk

# Records whose texts are read in one statement, which names them some twenty times.
CHUNK = 1_000

# The owner of a text, and the text.
_TEXTS: tuple[tuple[Any, Any], ...] = (
    (desk.Agent.id, desk.Agent.name),
    (desk.Agent.id, desk.Agent.note),
    (desk.AgentName.agent_id, desk.AgentName.text),
    (desk.Aspect.claim_id, desk.Aspect.label),
    (desk.Assessment.claim_id, desk.Assessment.reason),
    (desk.Claim.id, desk.Claim.note),
    (desk.ClaimText.claim_id, desk.ClaimText.text),
    (desk.Concerned.claim_id, desk.Concerned.name),
    (desk.Evidence.claim_id, desk.Evidence.note),
    (desk.Figure.claim_id, desk.Figure.note),
    (desk.Figure.claim_id, desk.Figure.raw),
    (desk.Mention.claim_id, desk.Mention.name),
    (desk.OpenQuestion.claim_id, desk.OpenQuestion.label),
    (desk.Origin.id, desk.Origin.label),
    (desk.Origin.id, desk.Origin.note),
    (desk.Page.id, desk.Page.body),
    (desk.Page.id, desk.Page.name),
    (desk.Reply.claim_id, desk.Reply.statement),
    (desk.Source.id, desk.Source.author_as_printed),
    (desk.Source.id, desk.Source.note),
    (desk.Source.id, desk.Source.publisher_as_printed),
    (desk.Source.id, desk.Source.title),
    (desk.Topic.id, desk.Topic.label),
)


def having(session: Session, records: Iterable[str], words: str) -> set[str]:
    """Those in which every one of the words stands somewhere, in any case and form; ids count as words.

    A word is also found within a longer one, since not every script sets blanks. Databases do not agree on what the
    same letter is, so the texts are read and compared here: a statement for each thousand records.
    """
    sought = folded(words).split()
    wanted = sorted(set(records))
    return {
        record
        for at in range(0, len(wanted), CHUNK)
        for record, lacking in _lacking(session, wanted[at : at + CHUNK], sought).items()
        if not lacking
    }


def folded(text: str) -> str:
    """The same for all spellings of the same letters."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _lacking(session: Session, records: list[str], sought: list[str]) -> dict[str, set[str]]:
    """Record → the words that were not found in it."""
    lacking = {record: {word for word in sought if word not in record} for record in records}
    for row in session.execute(union_all(*_texts(records))) if sought else ():
        if left := lacking[row.owner]:
            text = folded(row.text)
            left.difference_update([word for word in left if word in text])
    return lacking


def _texts(records: list[str]) -> list[Any]:
    found: list[Any] = [
        select(owner.label("owner"), text.label("text")).where(owner.in_(records), text.is_not(None))
        for owner, text in _TEXTS
    ]
    part: Any
    for part in (desk.Appearance, desk.Evidence, desk.Reply, desk.Search):
        quoted = select(part.claim_id, desk.Passage.exact).join(desk.Passage, desk.Passage.id == part.passage_id)
        found.append(quoted.where(part.claim_id.in_(records), desk.Passage.exact.is_not(None)))
    return [*found, *_names(records)]


def _names(records: list[str]) -> list[Any]:
    """Names of the voices in the chains of claims."""
    voices = select(desk.Appearance.claim_id, desk.ChainLink.name)
    voices = voices.join(desk.ChainLink, desk.ChainLink.appearance_id == desk.Appearance.id)
    return [voices.where(desk.Appearance.claim_id.in_(records))]
