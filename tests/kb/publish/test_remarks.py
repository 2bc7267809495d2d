"""Comments held against the draft: the words that they are about may go, the comments stay."""

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kb.db import writing
from kb.desk.actors import LOCAL_OPERATOR, Actor
from kb.desk.claims import change_claim, find_claim
from kb.desk.comments import CommentEntry, resolve_comment
from kb.desk.evidence import find_evidence, remove_evidence
from kb.publish.publish import preview
from kb.publish.remarks import Remark, remark, remarks_of, words_at
from tests.factories import desk
from tests.factories.whole import Whole
from tests.support.databases import BASE

READER = Actor("R. Roe", frozenset({"reviewer"}))


def told(session: Session, claim: str) -> list[Remark]:
    """The comments on a claim, held against its draft as it is now."""
    return remarks_of(session, claim, preview(session, BASE, claim).entity)


def test_words_at_a_path(engine: Engine, drafts: Whole) -> None:
    with writing(engine) as session:
        entity = preview(session, BASE, drafts.claim.id).entity
    assert words_at(entity, "statement") == "Carla Example writes that over 600 walkers were on Mount Example in 2017."
    assert words_at(entity, "figure-1/asPrinted") == "over 600"
    assert words_at(entity, "appearance-1-link-2/name") == "Carla Example"
    assert "641 personnes" in str(words_at(entity, "evidence-1"))
    assert words_at(entity, "evidence-1/nothing") is words_at(entity, "evidence-9") is None
    assert words_at(entity, "aspects/0/label") == "the count"
    assert words_at(entity, "aspects/x") is words_at(entity, "statement/en/0") is None


def test_about_what_was_removed(engine: Engine, drafts: Whole) -> None:
    claim = drafts.claim.id
    fields = ("statement", "note", "evidence-4", "record", "evidence-2/note")
    with writing(engine) as session:
        for field in fields:
            remark(session, READER, BASE, claim, CommentEntry(field=field, body=f"On {field}."))
        assert not any(one.about_removed for one in told(session, claim))
    with writing(engine) as session:
        entry = desk.claim_entry(statement={"en": "The survey says little."}, note="Invented. And more.")
        change_claim(session, LOCAL_OPERATOR, find_claim(session, claim), entry)
        remove_evidence(session, LOCAL_OPERATOR, find_evidence(session, claim, 4))
    with writing(engine) as session:
        found = told(session, claim)
        assert [(one.comment.field, one.about_removed) for one in found] == [
            ("statement", True),
            ("evidence-4", True),
            ("note", False),
            ("record", False),
            ("evidence-2/note", False),
        ]
        assert found[0].comment.about.startswith("Carla Example writes")
        assert all(one.is_open for one in found)
        resolve_comment(session, READER, found[0].comment)
        assert [one.is_open for one in told(session, claim)] == [False, True, True, True, True]
