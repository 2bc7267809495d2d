"""The workbench of a claim: all its parts, what the gate says of each, and what it costs."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from kb.db import writing
from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.comments import CommentEntry, add_comment
from tests.factories.desk import whole_claim
from tests.support.article import Article, bring_article, claim_of, logged, place
from tests.support.desk import Editor, Sheet, TestDesk
from tests.support.statements import Statements


@pytest.fixture
def article(desk: TestDesk) -> Article:
    return bring_article(desk)


def section(sheet: Sheet, name: str) -> str:
    return " ".join(str(sheet.tree.xpath(f"string(//section[@aria-labelledby='{name}'])")).split())


def test_the_findings_stand_where_they_are_mended(editor: Editor, article: Article) -> None:
    bench = logged(editor, article)
    assert "Needed: There is no question." in section(bench, "words")
    assert "It is not said how certain the attribution is." in section(bench, "appearances")
    assert "The claim has no assessment." in section(bench, "assessment")
    assert "Needed:" not in section(bench, "aspects")
    for link in bench.tree.xpath("//ul[@class='findings']//a/@href"):
        assert "/desk/claims/" in f"/{link}", link
    ways = bench.tree.xpath("//section[@aria-labelledby='words']//a[contains(., 'Choose a type')]/@href")
    assert ways
    assert str(ways[0]).endswith("/words#f-claim_type")


def test_a_whole_claim_shows_everything_that_hangs_on_it(desk: TestDesk, editor: Editor) -> None:
    with writing(desk.app.state.desk.engine) as session:
        claim = whole_claim(session).id
        comment = CommentEntry(field="statement", body="Is it so?")
        add_comment(session, LOCAL_OPERATOR, claim, comment, "")
    bench = editor.open(f"/desk/claims/{claim}")
    assert "One comment is open" in bench.text
    assert "The survey of 1863 1 item" in section(bench, "evidence")
    assert "Supports: height · grade A" in section(bench, "evidence")
    assert "supported, 0.9" in section(bench, "aspects")
    assert "Confidence 0.9" in section(bench, "assessment")
    assert "Mountains" in section(bench, "words")


def test_who_only_reviews_reads_it_and_is_offered_nothing_to_edit(
    desk: TestDesk, editor: Editor, article: Article
) -> None:
    claim = claim_of(logged(editor, article))
    bench = desk.editor("V. Voe", "reviewer").open(f"/desk/claims/{claim}")
    assert "There is no question." in bench.text
    assert not bench.tree.xpath("//a[contains(., 'Edit')]")


def test_there_is_no_such_claim(editor: Editor, article: Article) -> None:
    assert editor.look(f"/desk/claims/{article.held}").status == 404
    assert editor.look("/desk/claims/nonsense").status == 404


PAGES = ("", "/words", "/aspects", "/concerned", "/mentions", "/relations", "/appearances/1")


def test_pages_cost_the_same_however_many_parts_there_are(
    desk: TestDesk, editor: Editor, article: Article, statements: Callable[[Engine], Statements]
) -> None:
    person = {"concerned__0__agent": "Bela Invented", "topics__0": "Heights"}
    claim = claim_of(logged(editor, article, **person))

    def costs() -> list[int]:
        found = []
        for page in PAGES:
            with statements(desk.app.state.desk.readers) as seen:
                editor.open(f"/desk/claims/{claim}{page}")
            found.append(len(seen))
        return found

    before = costs()
    words = editor.send(editor.open(f"/desk/claims/{claim}/words"), do="add:topics")
    editor.save(words, {"topics.1": "Mountains"})
    concerned = editor.send(editor.open(f"/desk/claims/{claim}/concerned"), do="add:concerned")
    editor.save(concerned, {"concerned.1.agent": "Cara Invented"})
    aspects = editor.send(editor.open(f"/desk/claims/{claim}/aspects"), do="add:aspects")
    editor.save(aspects, {"aspects.1.label": "the year"})
    for words_of in ("In 1863", "Others say less."):
        new = editor.open(f"/desk/claims/{claim}/appearances/new?source={article.held}")
        editor.save(editor.send(new, do=place(words_of)), {"chain.0.agent": f"Voice of {words_of}"})
    assert costs() == before
    bench, *others = before
    assert bench <= 150
    assert max(others) <= 36
