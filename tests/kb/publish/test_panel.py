"""What an assessment rests on is compiled from drafts, in a number of statements that does not grow."""

import pytest
from sqlalchemy import Engine

from kb.db import writing
from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.relations import RelationEntry, add_relation
from kb.desk.tables import Claim
from kb.findings.weighing import weigh
from kb.publish.compile.record import NoSuchDraft
from kb.publish.panel import basis_of, method_in_force
from kb.settings import Settings
from tests.factories.desk import bare_claim, evidence, origin, source, whole_claim
from tests.support.databases import BASE
from tests.support.publishing import founded
from tests.support.statements import Statements


@pytest.fixture
def base(engine: Engine, settings: Settings) -> Engine:
    """A knowledge base that was just founded."""
    founded(engine, settings)
    return engine


def test_a_draft_is_told_with_what_it_rests_on(base: Engine) -> None:
    with writing(base) as session:
        claim, needed = whole_claim(session), bare_claim(session, "height")
        add_relation(session, LOCAL_OPERATOR, claim, RelationEntry(type="depends_on", target=needed.id))
        first = source(session, "Field books")
        own = origin(session, "The field books", first_hand=first.id)
        evidence(session, claim, source(session, "A copy", copy_of=first.id), own)
        session.flush()
        basis = basis_of(session, BASE, claim.id)
    assert [one.number for one in basis.counted] == [1, 2]
    assert sorted(basis.names[iri] for iri in basis.origins) == ["The field books", "The survey of 1863"]
    assert sorted(basis.names[iri] for iri in basis.sources) == ["A copy", "Field books", "Heights"]
    said = [one.what for one in weigh(basis, {})]
    assert "It depends on “Is Mount Example 4,807 metres high?”, which is not judged yet." in said
    assert method_of(base) == 1


def method_of(engine: Engine) -> int:
    with writing(engine) as session:
        return method_in_force(session)


def test_statements_do_not_grow(base: Engine) -> None:
    with writing(base) as session:
        claim = whole_claim(session).id

    def count() -> int:
        with writing(base) as session, Statements(base) as sent:
            basis_of(session, BASE, claim)
        return len(sent)

    few = count()
    with writing(base) as session:
        for number in range(5):
            made = source(session, f"Source {number}"), origin(session, f"Origin {number}")
            evidence(session, session.get_one(Claim, claim), *made)
    assert count() == few


def test_of_what_is_not_there_nothing_is_told(base: Engine) -> None:
    with writing(base) as session, pytest.raises(NoSuchDraft):
        basis_of(session, BASE, "37d2qfnqr")
