"""The corpus whole: its counts to the letter, twice the same, and the states of its quotes."""

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from kb.blobs import Blobs
from kb.desk import externals
from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.quotes import check_quotes
from kb.desk.tables import Agent, Appearance, Evidence, Origin, Passage, Search, Source
from kb.imports import import_corpus
from kb.settings import Settings
from tests.factories.corpus import copied, counts, load, nothing_but_unchanged
from tests.support.statements import Statements

pytestmark = pytest.mark.corpus


def states(session: Session, table: type[Appearance | Evidence | Search]) -> Counter[str]:
    rows = select(Passage.state).join(table, table.passage_id == Passage.id)
    return Counter(session.scalars(rows))


def test_the_counts_of_the_corpus(engine: Engine, settings: Settings, shared: Path) -> None:
    expected = load(shared / "seed", "expected.json")
    blobs = Blobs(settings.blobs)
    first = import_corpus(engine, shared / "seed", blobs=blobs, method_version=1)
    assert (first.refused, first.differs) == ([], [])
    added = counts(first, "added")
    named = {kind: number for kind, number in added.items() if kind in expected["counts"]}
    assert named == {kind: expected["counts"][kind] for kind in named}
    assert set(added) - set(named) == {"persons_concerned", "snapshots"}
    assert set(named) >= {
        "claims",
        "aspects",
        "sources",
        "origins",
        "evidence_links",
        "chain_links",
        "agents",
        "replies",
    }
    again = import_corpus(engine, shared / "seed", blobs=blobs, method_version=1)
    assert nothing_but_unchanged(again)
    assert counts(again, "unchanged") == added
    with Session(engine) as session:
        assert states(session, Appearance) == Counter(verified=44)
        links = states(session, Evidence) + states(session, Search) + Counter(unseen=3)
        assert links == Counter(expected["quotes"]["evidence_links"])
        seen = select(Source.seen).where(Source.seen)
        assert len(session.scalars(seen).all()) == expected["counts"]["sources_seen"]
        private = session.scalars(select(Agent.name).where(Agent.visibility == "private")).all()
        assert len(private) == expected["counts"]["agents_private"]
        article = externals.find(session, "seed:S19")
        assert article == externals.find(session, "seed:air-2019-12-19")
        assert session.get_one(Source, article).published == "2019-12-19"
        own = select(Origin.id).where(Origin.first_hand_source_id.is_not(None))
        assert len(session.scalars(own).all()) >= expected["counts"]["origins_of_their_own_source"]


def test_without_the_text_and_with_it_afterwards(
    engine: Engine, settings: Settings, shared: Path, tmp_path: Path
) -> None:
    folder, blobs = copied(shared / "seed", tmp_path / "bare", article=False), Blobs(settings.blobs)
    report = import_corpus(engine, folder, blobs=blobs, method_version=1)
    assert report.refused == []
    assert list(blobs.names()) == []
    with Session(engine) as session, session.begin():
        assert states(session, Appearance) == Counter(recorded=44)
        text = (shared / "seed" / "article.txt").read_bytes()
        checked = check_quotes(session, LOCAL_OPERATOR, None, text, blobs)
        # The claims, one further place of the same words, nine sentences left out, and E163.
        assert (checked.verified, checked.misses) == (44 + 1 + 9 + 1, ())
        assert states(session, Appearance) == Counter(verified=44)


def test_the_second_import_asks_for_a_claim_at_once_and_not_for_each_field(
    engine: Engine, settings: Settings, shared: Path
) -> None:
    blobs = Blobs(settings.blobs)
    import_corpus(engine, shared / "seed", blobs=blobs, method_version=1)
    with Statements(engine) as asked:
        import_corpus(engine, shared / "seed", blobs=blobs, method_version=1)
    # 1,350 parts and records, each with its lists and references; a statement for each field would be ten times that.
    assert len(asked) < 5_000
    assert not [one for one in asked if one.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))]
