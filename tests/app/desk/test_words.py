"""The words of a claim at the desk, in several languages, and two editors at once."""

import pytest

from tests.support.article import STATEMENT, Article, bring_article, claim_of, logged
from tests.support.desk import Editor, Sheet, TestDesk


@pytest.fixture
def article(desk: TestDesk) -> Article:
    return bring_article(desk)


def words(editor: Editor, article: Article) -> Sheet:
    return editor.open(f"/desk/claims/{claim_of(logged(editor, article))}/words")


def test_words_types_topics_and_hedges_are_changed(editor: Editor, article: Article) -> None:
    page = words(editor, article)
    assert "Nothing was changed." in editor.save(page).text
    typed = {
        "texts.0.question": "Is Mount Example 4,807 metres high?",
        "claim_type": "numerical",
        "commitment": "asserted",
        "checkability": "partly",
        "checkability_reason": "It was measured once.",
        "topics.0": "Heights",
        "note": "Invented.",
    }
    more = editor.send(page, typed, do="add:hedges")
    saved = editor.save(more, {"hedges.0.text": "presumably"})
    assert saved.tree.xpath("string(//h1)") == typed["texts.0.question"]
    for said in ("Numerical", "Partly checkable: It was measured once.", "Hedged by", "“presumably”", "Heights"):
        assert said in saved.text
    again = editor.open(f"/desk/claims/{claim_of(saved)}/words")
    fewer = editor.save(again, {"hedges.0.text": "", "topics.0": "", "texts.0.question": ""})
    assert "presumably" not in fewer.text
    assert fewer.tree.xpath("string(//h1)") == STATEMENT


def test_a_second_language_has_a_row_of_its_own(editor: Editor, article: Article) -> None:
    page = editor.send(words(editor, article), do="add:texts")
    german = {"texts.1.language": "de", "texts.1.statement": "Ada Invented sagte, der Berg sei 4807 Meter hoch."}
    twice = editor.send(page, {**german, "texts.1.language": "en"})
    assert twice.status == 422
    assert any("has a row already" in one for one in twice.faults())
    nameless = editor.send(page, {**german, "texts.1.language": ""})
    assert any("what language this is" in one for one in nameless.faults())
    bad = editor.send(page, {"texts.1.language": "de", "texts.1.question": "\x00"})
    assert bad.form().xpath(".//textarea[@name='texts.1.question']")[0].get("aria-invalid") == "true"
    assert "Statement (German)" in editor.save(page, german).text


def test_two_editors_at_once(desk: TestDesk, editor: Editor, article: Article) -> None:
    mine = words(editor, article)
    other = desk.editor("S. Soe", "editor")
    other.save(other.open(mine.path), {"texts.0.statement": "Theirs, said Ada Invented."})
    clash = editor.send(mine, {"texts.0.statement": "Mine, said Ada Invented."})
    assert clash.status == 409
    assert "S. Soe has saved this since you opened it" in clash.text
    assert "Theirs, said Ada Invented." in clash.text
    assert len(clash.tree.xpath("//table[@class='both']/tbody/tr")) == 1
    assert editor.save(clash).tree.xpath("string(//h1)") == "Mine, said Ada Invented."


def test_what_others_change_elsewhere_is_no_clash(desk: TestDesk, editor: Editor, article: Article) -> None:
    mine = words(editor, article)
    other = desk.editor("S. Soe", "editor")
    aspects = other.open(mine.path.replace("/words", "/aspects"))
    other.save(aspects, {"aspects.0.label": "the height"})
    saved = editor.save(mine, {"note": "Mine."})
    assert "the height" in saved.text
    assert "Mine." in saved.text
