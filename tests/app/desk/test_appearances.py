"""Where a claim stands: appearances that are added, changed, and taken away."""

import pytest
from sqlalchemy import select

from kb.desk.appearances import find_appearance, links_of
from kb.desk.tables import Appearance, Passage
from tests.support.article import CLUB, SENTENCE, Article, bring_article, claim_of, logged, place, rows
from tests.support.desk import Editor, TestDesk


@pytest.fixture
def article(desk: TestDesk) -> Article:
    return bring_article(desk)


def test_another_appearance_from_another_source(desk: TestDesk, editor: Editor, article: Article) -> None:
    claim = claim_of(logged(editor, article))
    which = editor.open(f"/desk/claims/{claim}/appearances/new")
    assert "Where else does it stand?" in which.text
    page = editor.open(f"{which.path}?source={article.bare}")
    refused = editor.send(page, {"chain.0.agent": "Bela Invented"})
    assert refused.status == 422
    assert any("no words are chosen" in one.lower() for one in refused.faults())
    bench = editor.save(refused, {"exact": "Mount Example is high."})
    assert rows(desk, Appearance) == 2
    assert "Mount Example is high. recorded" in bench.text
    by_name = editor.open(f"{which.path}?source=A+leaflet")
    assert "Add an appearance" in by_name.text
    unknown = editor.look(f"{which.path}?source=No+such+source")
    assert unknown.status == 422
    assert any("there is no source" in one.lower() for one in unknown.faults())


def test_quote_chain_and_certainty_are_changed(desk: TestDesk, editor: Editor, article: Article) -> None:
    claim = claim_of(logged(editor, article))
    page = editor.open(f"/desk/claims/{claim}/appearances/1")
    assert "Verified: paragraph 2" in page.text
    assert "Nothing was changed." in editor.save(page).text
    chosen = editor.send(page, {"chain.0.verb": "confirmed", "chain.0.factive": "yes"}, do=place(CLUB))
    more = editor.send(chosen, do="add:chain")
    values = {"chain.2.agent": "Agency Q", "chain.2.role": "carrier", "chain.2.attitude": "reports"}
    moved = editor.send(more, values, do="up:chain.2")
    bench = editor.save(moved, {"certainty": "likely", "certainty_reason": "It is named plainly."})
    for words in (CLUB, "“confirmed”", "take what is said for true", "Attribution: likely. It is named plainly."):
        assert words in bench.text
    with desk.app.state.desk.reading() as session:
        chain = [(one.name, one.number) for one in links_of(session, find_appearance(session, claim, 1))]
        # A carrier stands behind the voice that it carries, in the desk's order too.
        assert chain == [("Daily Example", 1), ("Ada Invented", 2), ("Agency Q", 3)]
    again = editor.open(page.path)
    names = again.form("/1").xpath(".//input[contains(@name, '.agent')]/@value")
    assert [str(one).partition(" [")[0] for one in names] == ["Ada Invented", "Agency Q", "Daily Example"]
    assert "Nothing was changed." in editor.save(again).text


def test_another_voice_brings_its_own_name(desk: TestDesk, editor: Editor, article: Article) -> None:
    claim = claim_of(logged(editor, article))
    path = f"/desk/claims/{claim}/appearances/1"
    editor.save(editor.open(path), {"chain.0.agent": "Bela Invented"})
    editor.save(editor.open(path), {"chain.1.name": "the paper"})
    assert "Nothing was changed." in editor.save(editor.open(path)).text
    with desk.app.state.desk.reading() as session:
        names = [one.name for one in links_of(session, find_appearance(session, claim, 1))]
        assert names == ["the paper", "Bela Invented"]


def test_a_further_place_of_the_same_words(desk: TestDesk, editor: Editor, article: Article) -> None:
    claim = claim_of(logged(editor, article))
    path = f"/desk/claims/{claim}/appearances/1"
    editor.save(editor.send(editor.open(path), do=place(CLUB)), do="place")
    with desk.app.state.desk.reading() as session:
        words = [(one.exact, one.state) for one in session.scalars(select(Passage).order_by(Passage.id))]
        assert words == [(SENTENCE, "verified"), (CLUB, "verified")]
    assert "Nothing was changed." in editor.save(editor.open(path)).text
    editor.save(editor.open(path), {"without": "1"})
    assert rows(desk, Passage) == 1


def test_an_appearance_is_taken_away(desk: TestDesk, editor: Editor, article: Article) -> None:
    claim = claim_of(logged(editor, article))
    bench = editor.save(editor.open(f"/desk/claims/{claim}/appearances/1"), do="drop")
    assert rows(desk, Appearance) == 0
    assert "Nothing says where the claim stands." in bench.text
    assert editor.look(f"/desk/claims/{claim}/appearances/1").status == 404
    assert editor.look(f"/desk/claims/{claim}/appearances/x").status == 404


def test_two_editors_at_once(desk: TestDesk, editor: Editor, article: Article) -> None:
    claim = claim_of(logged(editor, article))
    mine = editor.open(f"/desk/claims/{claim}/appearances/1")
    other = desk.editor("S. Soe", "editor")
    other.save(other.open(mine.path), {"chain.0.verb": "shouted"})
    clash = editor.send(mine, {"chain.0.verb": "whispered"})
    assert clash.status == 409
    assert "shouted" in clash.text
    assert len(clash.tree.xpath("//table[@class='both']/tbody/tr")) == 1
    assert "“whispered”" in editor.save(clash).text
