"""Logging a claim: from an opened article to a saved claim, and everything that keeps one from being saved."""

from collections.abc import Callable
from unicodedata import normalize

import pytest
from sqlalchemy import Engine, select

from kb.desk.tables import (
    Agent,
    Appearance,
    ChainLink,
    Claim,
    Concerned,
    Figure,
    LeftOutSentence,
    Passage,
    Topic,
)
from tests.support.article import (
    CLUB,
    SENTENCE,
    STATEMENT,
    TEXT,
    Article,
    bring_article,
    claim_of,
    logged,
    place,
    rows,
)
from tests.support.desk import HOST, Editor, Sheet, TestDesk
from tests.support.statements import Statements


@pytest.fixture
def article(desk: TestDesk) -> Article:
    return bring_article(desk)


def key_of(sheet: Sheet, words: str) -> str:
    """The box of the figure that reads back so."""
    found = sheet.tree.xpath(f"//label[contains(., '{words}')]/input[@name='figures']/@value")
    assert found, sheet.text
    return str(found[0])


def value(sheet: Sheet, name: str) -> str:
    return str(sheet.form("/log").xpath(f".//*[@name='{name}']")[0].get("value") or "")


def test_a_claim_with_quote_chain_and_figure_is_saved_at_once(desk: TestDesk, editor: Editor, article: Article) -> None:
    chosen = editor.send(editor.open(article.read), do=place(SENTENCE))
    assert chosen.status == 200
    assert rows(desk, Agent) == 1, "the desk itself"
    figure = key_of(chosen, "4,807 metres: 4")
    typed = {"texts.0.statement": STATEMENT, "chain.0.agent": "Ada Invented"}
    bench = editor.save(chosen, {**typed, "chain.0.who": "person", "figures": figure})
    assert "Added." in bench.text
    for words in (STATEMENT, "Ada Invented", "Daily Example", SENTENCE, "verified", "the whole claim", "4,807 metres"):
        assert words in bench.text
    with desk.app.state.desk.reading() as session:
        passage = session.scalars(select(Passage)).one()
        assert (passage.exact, passage.start_at, passage.state) == (SENTENCE, TEXT.index(SENTENCE), "verified")
        kept = session.scalars(select(Figure)).one()
        assert kept.start_at is not None
        assert kept.end_at is not None
        assert TEXT[kept.start_at : kept.end_at] == kept.raw == "4,807 metres"
        links = session.scalars(select(ChainLink).order_by(ChainLink.position)).all()
        told = [(one.name, one.role, one.attitude, one.verb, one.read_by_editor, one.stated_on) for one in links]
        assert told == [
            ("Daily Example", "publisher", "publishes", None, True, "2025-05-04"),
            ("Ada Invented", "reported_speaker", "asserts", "said", False, None),
        ]
        kinds = dict(session.execute(select(Agent.name, Agent.kind)).all())
        assert (kinds["Ada Invented"], kinds["Daily Example"]) == ("person", "organisation")


def test_known_voices_are_found_again(desk: TestDesk, editor: Editor, article: Article) -> None:
    logged(editor, article)
    known = rows(desk, Agent)
    page = editor.open(article.read)
    assert value(page, "chain.1.agent").startswith("Daily Example [")
    logged(editor, article, CLUB, chain__0__agent="ada invented")
    assert (rows(desk, Agent), rows(desk, Claim)) == (known, 2)


def test_nothing_proposed_is_kept_by_itself(desk: TestDesk, editor: Editor, article: Article) -> None:
    logged(editor, article)
    assert rows(desk, Figure) == 0
    assert rows(desk, Concerned) == 0
    assert rows(desk, Topic) == 0


def test_everything_wrong_is_said_at_once_and_nothing_is_half_saved(
    desk: TestDesk, editor: Editor, article: Article
) -> None:
    before = rows(desk, Agent)
    typed = {"chain.0.agent": "Ada Invented", "chain.1.stated_on": "yesterday", "topics.0": "Heights"}
    sent = editor.send(editor.open(article.read), {**typed, "aspects.0.code": "Not A Code"})
    assert sent.status == 422
    said = " ".join(sent.faults())
    for words in ("no words are chosen", "It is missing", "yesterday", "is not a code"):
        assert words.casefold() in said.casefold()
    assert (rows(desk, Agent), rows(desk, Topic), rows(desk, Claim)) == (before, 0, 0)
    assert value(sent, "chain.0.agent") == "Ada Invented"
    assert value(sent, "topics.0") == "Heights"


def test_a_quote_that_is_not_that_of_the_text_is_refused(desk: TestDesk, editor: Editor, article: Article) -> None:
    chosen = editor.send(editor.open(article.read), do=place(SENTENCE))
    typed = {"texts.0.statement": STATEMENT, "chain.0.agent": "Ada Invented"}
    for wrong in ({"snapshot": "ab" * 32}, {"end": "99999"}, {"start": "5", "end": "3"}):
        sent = editor.send(chosen, {**typed, **wrong})
        assert sent.status == 422, wrong
        assert rows(desk, Claim) == 0
    # Neither words nor what stands around them are taken from the browser.
    editor.save(chosen, {**typed, "prefix": "forged", "exact": ""})
    with desk.app.state.desk.reading() as session:
        passage = session.scalars(select(Passage)).one()
        start = TEXT.index(SENTENCE)
        assert passage.prefix == TEXT[max(0, start - 32) : start]


def test_a_figure_without_a_unit_is_refused_at_its_field(editor: Editor, article: Article) -> None:
    chosen = editor.send(editor.open(article.read), do=place(CLUB))
    key = key_of(chosen, "Over 600")
    typed = {"texts.0.statement": "The club reported more than 600.", "chain.0.agent": "The club", "figures": key}
    sent = editor.send(chosen, {**typed, f"figure.{key}.unit": ""})
    assert sent.status == 422
    assert any("has a unit" in one for one in sent.faults())
    assert sent.form("/log").xpath(f".//input[@name='figures' and @value='{key}']")[0].get("checked") is not None
    gone = editor.send(chosen, {**typed, "figures": "0-3"})
    assert any("does not stand in the quote any more" in one for one in gone.faults())


def test_what_is_logged_already_is_offered(desk: TestDesk, editor: Editor, article: Article) -> None:
    first = claim_of(logged(editor, article))
    chosen = editor.send(editor.open(article.read), do=place("Mount Example 4,807 metres"))
    assert "Already logged" in chosen.text, "as soon as the words are chosen"
    typed = {"texts.0.statement": "Ada Invented said so.", "chain.0.agent": "Ada Invented"}
    sent = editor.send(chosen, typed)
    assert sent.status == 409
    assert rows(desk, Claim) == 1
    assert sent.tree.xpath(f"//button[@value='also:{first}']")
    assert sent.form("/log").xpath("string(.//textarea[@name='texts.0.statement'])").strip() == "Ada Invented said so."
    bench = editor.save(sent, do=f"also:{first}")
    assert claim_of(bench) == first
    assert (rows(desk, Claim), rows(desk, Appearance)) == (1, 2)
    editor.save(sent, do="anyway")
    assert rows(desk, Claim) == 2


def test_the_same_figure_of_another_source_is_told(desk: TestDesk, editor: Editor, article: Article) -> None:
    page = editor.open(article.read)
    chosen = editor.send(page, do=place(SENTENCE))
    logged(editor, article, figures=key_of(chosen, "4,807 metres: 4"))
    bare = editor.send(editor.open(article.read_bare), {"exact": "It has 4,807 metres."}, do="look")
    typed = {"texts.0.statement": "The leaflet says so.", "figures": key_of(bare, "4,807 metres: 4")}
    sent = editor.send(bare, typed)
    assert sent.status == 409
    assert "It has the same figure" in sent.text
    assert rows(desk, Claim) == 1


def test_save_and_go_on_with_the_same_source(desk: TestDesk, editor: Editor, article: Article) -> None:
    chosen = editor.send(editor.open(article.read), do=place(SENTENCE))
    typed = {"texts.0.statement": STATEMENT, "chain.0.agent": "Ada Invented"}
    again = editor.save(chosen, typed, do="next")
    assert "The claim is logged." in again.text
    assert "Taken before" in again.text
    assert rows(desk, Claim) == 1


def test_a_sentence_is_left_out_with_a_reason(desk: TestDesk, editor: Editor, article: Article) -> None:
    chosen = editor.send(editor.open(article.read), do=place("Others say less."))
    refused = editor.send(chosen, do="leave")
    assert refused.status == 422
    editor.save(chosen, {"left_out_reason": "It names nobody."}, do="leave")
    assert (rows(desk, LeftOutSentence), rows(desk, Claim)) == (1, 0)


def test_words_without_a_text_are_recorded(desk: TestDesk, editor: Editor, article: Article) -> None:
    typed = {"texts.0.statement": "The leaflet says so.", "exact": "Mount Example is high."}
    editor.save(editor.open(article.read_bare), typed)
    elsewhere = {"exact": "Printed otherwise on paper.", "elsewhere": "yes", "texts.0.statement": "It says so."}
    editor.save(editor.open(article.read), elsewhere)
    with desk.app.state.desk.reading() as session:
        assert [(one.exact, one.state) for one in session.scalars(select(Passage).order_by(Passage.id))] == [
            ("Mount Example is high.", "recorded"),
            ("Printed otherwise on paper.", "recorded"),
        ]


def test_who_is_not_named_has_words_and_no_record(desk: TestDesk, editor: Editor, article: Article) -> None:
    logged(editor, article, chain__0__agent="a senior official", chain__0__who="unnamed")
    with desk.app.state.desk.reading() as session:
        link = session.scalars(select(ChainLink).where(ChainLink.position == 2)).one()
        assert (link.name, link.unnamed, link.agent_id) == ("a senior official", True, None)
        assert "a senior official" not in session.scalars(select(Agent.name)).all()


def test_a_private_person_is_concerned(desk: TestDesk, editor: Editor, article: Article) -> None:
    person = {"concerned.0.agent": "Bela Invented", "concerned.0.private": "yes"}
    living = {"concerned.0.living": "presumed_living", "concerned.0.living_as_of": "2025-05-04"}
    bench = logged(editor, article, **{name.replace(".", "__"): text for name, text in (person | living).items()})
    assert "Bela Invented (private: no page): presumed living, as of 4 May 2025" in bench.text
    with desk.app.state.desk.reading() as session:
        agent = session.scalars(select(Agent).where(Agent.name == "Bela Invented")).one()
        assert (agent.kind, agent.visibility) == ("person", "private")


def test_the_mark_of_the_voice_that_was_read_moves_with_its_row(editor: Editor, article: Article) -> None:
    def read(sheet: Sheet) -> str:
        key = sheet.form("/log").xpath(".//input[@name='read' and @checked]/@value")[0]
        row = sheet.form("/log").xpath(f".//input[@value='{key}' and contains(@name, '.key')]/@name")[0]
        return value(sheet, str(row).replace(".key", ".agent"))

    page = editor.open(article.read)
    assert read(page) == "Daily Example"
    moved = editor.send(page, {"chain.0.agent": "Ada Invented"}, do="up:chain.1")
    assert value(moved, "chain.0.agent") == "Daily Example"
    assert read(moved) == "Daily Example"
    more = editor.send(moved, do="add:chain")
    assert len(more.form("/log").xpath(".//input[@name='read']")) == 3
    assert read(more) == "Daily Example"
    less = editor.send(more, {"texts.0.statement": STATEMENT, "start": "3", "end": "10"}, do="remove:chain.0")
    sent = editor.send(less)
    assert sent.status == 422
    assert any("which of the voices was read" in one for one in sent.faults())


def test_the_part_to_judge_follows_the_type_until_somebody_writes_one(editor: Editor, article: Article) -> None:
    page = editor.open(article.read)
    typed = editor.send(page, {"claim_type": "event_date"}, do="look")
    assert (value(typed, "aspects.0.label"), value(typed, "aspects.0.code")) == ("the date", "date")
    assert "Proposed; write your own." in typed.text
    own = editor.send(typed, {"aspects.0.label": "the year", "claim_type": "numerical"}, do="look")
    assert value(own, "aspects.0.label") == "the year"
    assert "Proposed; write your own." not in own.text


STRANGE = (
    "\u202eevil\u202c \u05e9\u05dc\u05d5\u05dd e\u0301\u0323 \U0001f3d4\ufe0f",
    "<script>alert(1)</script>",
    "=1+1",
    "'; DROP TABLE claim; --",
)


def test_strange_words_are_words(desk: TestDesk, editor: Editor, article: Article) -> None:
    for words in STRANGE:
        typed = {"texts.0.statement": words, "chain.0.agent": words, "topics.0": "T " + words, "exact": words}
        bench = editor.save(editor.open(article.read_bare), typed)
        # The desk's own prose is normalised, a quote never.
        assert bench.tree.xpath("//h1")[0].text_content() == normalize("NFC", words)
        assert "<script>alert" not in bench.reply.text
    with desk.app.state.desk.reading() as session:
        assert tuple(session.scalars(select(Passage.exact).order_by(Passage.id))) == STRANGE


def test_what_no_database_holds_is_refused_at_its_field(desk: TestDesk, editor: Editor, article: Article) -> None:
    page = editor.open(article.read_bare)
    typed = {"texts.0.statement": STATEMENT, "chain.0.agent": "Ada Invented", "exact": "Words."}
    fields = ("texts.0.statement", "exact", "chain.0.agent", "chain.0.source", "topics.0", "concerned.0.agent")
    for field in fields:
        for letter in ("\x00", "\x1b", "\ufffe"):
            sent = editor.send(page, {**typed, field: f"a{letter}b"})
            assert sent.status == 422, (field, letter)
            assert any("control character" in one or "not a character" in one for one in sent.faults())
    assert rows(desk, Claim) == 0


def test_half_of_a_surrogate_pair_is_no_server_error(desk: TestDesk, editor: Editor, article: Article) -> None:
    page = editor.open(article.read_bare)
    token = page.form("/log").xpath("string(.//input[@name='token']/@value)")
    body = f"token={token}&do=&texts.0.language=en&texts.0.statement=%ED%A0%80&exact=%ED%A0%80"
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": HOST, "Sec-Fetch-Site": "same-origin"}
    assert editor.ask("POST", f"/desk/sources/{article.bare}/log", content=body, headers=headers).status_code == 422
    assert rows(desk, Claim) == 0


def test_giant_values_are_refused_and_never_said_again_in_a_message(
    desk: TestDesk, editor: Editor, article: Article
) -> None:
    page = editor.open(article.read_bare)
    typed = {"texts.0.statement": STATEMENT, "chain.0.agent": "Ada Invented", "exact": "Words."}
    for field in ("texts.0.statement", "exact", "chain.0.agent", "topics.0", "aspects.0.label"):
        sent = editor.send(page, {**typed, field: "x" * 100_001})
        assert sent.status == 422, field
        assert any("at most 100000" in one for one in sent.faults())
        assert all(len(one) < 2_000 for one in sent.faults())
    assert rows(desk, Claim) == 0


def test_a_quote_of_a_hundred_thousand_characters_is_taken_where_nothing_is_held(
    editor: Editor, article: Article
) -> None:
    typed = {"texts.0.statement": "The leaflet says so.", "exact": "aß " * 33_333}
    bench = editor.save(editor.open(article.read_bare), typed)
    assert len(bench.reply.text) < 60_000


def test_who_may_not_edit_sees_no_form(desk: TestDesk, article: Article) -> None:
    reviewer = desk.editor("V. Voe", "reviewer")
    assert reviewer.look(article.read).status == 403


def test_the_topics_of_the_claim_logged_last_are_proposed(editor: Editor, article: Article) -> None:
    logged(editor, article, topics__0="Heights", topics__1="Surveys")
    page = editor.open(article.read)
    topics = page.tree.xpath("//input[starts-with(@name, 'topics.')]/@value")
    assert [one.partition(" [")[0] for one in topics] == ["Heights", "Surveys"]
    assert "As in the claim logged last from this source" in page.text


def test_pages_cost_the_same_however_much_there_is(
    desk: TestDesk, editor: Editor, article: Article, statements: Callable[[Engine], Statements]
) -> None:
    def cost(action: Callable[[], object]) -> int:
        with statements(desk.app.state.desk.readers) as seen:
            action()
        return len(seen)

    logged(editor, article, topics__0="Heights")
    one = cost(lambda: editor.open(article.read))
    chosen = cost(lambda: editor.send(editor.open(article.read), do=place(CLUB))) - one
    for number in range(4):
        page = editor.send(editor.open(article.read), do=place(SENTENCE))
        typed = {"texts.0.statement": f"{STATEMENT} {number}", "chain.0.agent": f"Voice {number}"}
        editor.save(page, {**typed, "topics.0": f"Topic {number}"}, do="anyway")
    assert cost(lambda: editor.open(article.read)) == one
    assert cost(lambda: editor.send(editor.open(article.read), do=place(CLUB))) - one == chosen
    assert one <= 27
