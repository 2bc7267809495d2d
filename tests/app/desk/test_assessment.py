"""Assessments at the desk: verdicts beside their evidence, what follows from them, and what cannot be taken."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.aspects import AspectEntry, change_aspect, remove_aspect
from kb.desk.assessments import find_assessment
from kb.desk.figures import FigureEntry, add_figure
from kb.desk.tables import Aspect, AspectVerdict, Claim
from tests.factories.desk import bare_claim, evidence, origin, quote_entry, source, whole_claim
from tests.support.desk import Editor, Sheet, TestDesk
from tests.support.statements import Statements

HEIGHT, YEAR = "verdicts.part_1", "verdicts.part_2"
JUDGED = {
    f"{HEIGHT}.verdict": "supported",
    f"{HEIGHT}.confidence": "0.90",
    f"{YEAR}.verdict": "contradicted",
    f"{YEAR}.confidence": "0.80",
    "confidence": "0.85",
    "reason": "The survey itself gives the height. It gives another year.",
}


@dataclass(frozen=True)
class Judged:
    """A claim with two parts: evidence for the height twice from one origin, against the year from another."""

    id: str

    @property
    def page(self) -> str:
        return f"/desk/claims/{self.id}/assessment"


@pytest.fixture
def claim(desk: TestDesk) -> Judged:
    with desk.app.state.desk.writing() as session:
        made = bare_claim(session, "height", "year")
        survey, other = origin(session), origin(session, "The club's yearbook")
        report, book = source(session, "The report"), source(session, "A book")
        evidence(session, made, report, survey)
        evidence(session, made, book, survey, quote=quote_entry("4,807 metres"), grade="B", grade_reason="names it")
        evidence(session, made, book, other, aspect="year", stance="contradicts", quote=quote_entry("in 1864"))
        evidence(session, made, book, other, quote=None, stance="supports")
        return Judged(made.id)


def value(sheet: Sheet, name: str) -> str:
    found = sheet.form().xpath(f".//*[@name='{name}']")[0]
    return str(found.text.removeprefix("\n") if found.tag == "textarea" else found.get("value"))


def chosen(sheet: Sheet, name: str) -> str:
    return str(sheet.form().xpath(f"string(.//input[@name='{name}'][@checked]/@value)"))


def worked_out(sheet: Sheet) -> str:
    return " ".join(sheet.tree.get_element_by_id("worked-out").text_content().split())


def test_evidence_stands_beside_its_part_by_stance_with_what_counts(editor: Editor, claim: Judged) -> None:
    sheet = editor.open(claim.page)
    height, year = sheet.tree.xpath("//*[@class='judged']")
    assert [one.text_content() for one in height.xpath(".//h4")] == ["Supports"]
    assert [one.text_content() for one in year.xpath(".//h4")] == ["Contradicts"]
    first, second, unseen = (" ".join(one.text_content().split()) for one in height.xpath(".//li"))
    assert "The report" in first
    assert "the survey gave Mount Example 4,807 metres recorded" in first
    assert "Grade A: the survey itselfOrigin: The survey of 1863" in first
    assert "Grade B: names it" in second
    assert "not counted: nobody here has read it" in unseen
    assert "2 items from 1 independent origin." in " ".join(height.text_content().split())
    assert "3 items from 2 independent origins. Copies" in worked_out(sheet)
    assert "Counts are not a vote." in worked_out(sheet)


def test_what_is_typed_is_worked_out_and_nothing_is_saved(desk: TestDesk, editor: Editor, claim: Judged) -> None:
    sheet = editor.open(claim.page)
    assert "“height”, “year” are not judged" in worked_out(sheet)
    shown = editor.send(sheet, JUDGED, do="rollup")
    assert shown.status == 200
    assert "Partly supported; the year is contradicted" in worked_out(shown)
    assert chosen(shown, f"{YEAR}.verdict") == "contradicted"
    assert "0.90: high, 80 to 94 in 100" in shown.text
    with desk.app.state.desk.reading() as session:
        assert find_assessment(session, claim.id) is None
    saved = editor.save(shown)
    assert "Added." in saved.text
    assert "Partly supported; the year is contradicted" in worked_out(saved)
    assert "Nothing was changed." in editor.save(saved).text


def test_an_assessment_names_its_day_and_the_method_in_force(desk: TestDesk, editor: Editor, claim: Judged) -> None:
    sheet = editor.open(claim.page)
    assert value(sheet, "assessed_on").startswith("20")
    assert "the method, version 1, which is in force" in sheet.text
    editor.save(sheet, {**JUDGED, "assessed_on": "2026-11-25", "method_version": "99"})
    with desk.app.state.desk.reading() as session:
        found = find_assessment(session, claim.id)
        assert found is not None
        assert (found.assessed_on, found.method_version, found.confidence) == ("2026-11-25", 1, "0.85")


def test_a_headline_against_the_rule_has_a_reason(editor: Editor, claim: Judged) -> None:
    sheet = editor.open(claim.page)
    refused = editor.send(sheet, {**JUDGED, "override_verdict": "disputed"})
    assert refused.status == 422
    assert any("against the rule has a reason" in one for one in refused.faults())
    assert chosen(refused, "override_verdict") == "disputed"
    saved = editor.save(refused, {"override_reason": "Two surveys stand against each other."})
    assert "Disputed; the year is contradicted" in worked_out(saved)
    assert "You depart from the rule, which gives “partly supported”." in saved.text


def test_what_is_no_confidence_is_said_at_its_field_and_kept(editor: Editor, claim: Judged) -> None:
    sheet = editor.open(claim.page)
    for typed in ("NaN", "1e400", "85", "-0.5", "0.855", "1.01", "∞", "=1+1", "9" * 5000):
        given = {**JUDGED, f"{HEIGHT}.confidence": typed, "confidence": typed}
        refused = editor.send(sheet, given)
        assert refused.status == 422
        assert len([one for one in refused.faults() if "is not a confidence. Write a number from 0 to 1" in one]) == 3
        assert all(len(one) < 600 for one in refused.faults())
        assert value(refused, f"{HEIGHT}.confidence") == value(refused, "confidence") == typed
        assert value(refused, "reason") == JUDGED["reason"]


def test_a_confidence_is_read_back(editor: Editor, claim: Judged) -> None:
    sheet = editor.open(claim.page)
    for typed, read in (("0,85", "0.85"), (".9", "0.90"), (" 1 ", "1.00"), ("0", "0.00")):
        assert f"{read}: " in editor.send(sheet, {**JUDGED, "confidence": typed}, do="rollup").text
        sheet = editor.save(sheet, {**JUDGED, "confidence": typed})
        assert value(sheet, "confidence") == read


def test_a_part_with_a_confidence_and_no_verdict_is_not_passed_over(editor: Editor, claim: Judged) -> None:
    refused = editor.send(editor.open(claim.page), {**JUDGED, f"{YEAR}.verdict": ""})
    assert refused.status == 422
    assert any("No verdict is chosen on “year”" in one for one in refused.faults())
    bare = {f"{YEAR}.verdict": "", f"{YEAR}.confidence": ""}
    assert "“year” is not judged" in worked_out(editor.save(refused, bare))


def test_words_no_database_can_hold_are_refused_at_their_field(editor: Editor, claim: Judged) -> None:
    sheet = editor.open(claim.page)
    for text in ("a\0b", "x" * 100_001):
        refused = editor.send(sheet, {**JUDGED, "reason": text})
        assert refused.status == 422
        assert refused.form().xpath(".//textarea[@name='reason']/@aria-invalid") == ["true"]
    odd = editor.send(sheet, {**JUDGED, f"{HEIGHT}.verdict": "<script>", "override_verdict": "<script>"})
    assert odd.status == 422
    assert any("“<script>” is not in the list verdict" in one for one in odd.faults())


def test_the_first_sentence_is_counted(editor: Editor, claim: Judged) -> None:
    shown = editor.send(editor.open(claim.page), JUDGED, do="rollup")
    assert "First sentence: 35 of 280 characters." in shown.text
    long = editor.send(shown, {"reason": "long " * 60 + "."}, do="rollup")
    assert "It is too long to stand by itself: shorten it." in long.text


def test_three_grades_stand_apart(desk: TestDesk, editor: Editor) -> None:
    with desk.app.state.desk.writing() as session:
        page = Judged(whole_claim(session).id).page
    sheet = editor.open(page)
    terms = sheet.tree.xpath("//dl[@class='pairs']/*")
    reliable, sources, certain, attribution, confident, _ = (" ".join(one.text_content().split()) for one in terms)
    assert reliable == "How reliable each source is, for this use"
    assert sources.startswith("A: item 1 Record or first-hand document")
    assert certain == "How certain the attribution is"
    assert attribution == "Certain: The report was read. Appearance 1"
    assert confident == "How confident this assessment is"
    assert "0.90: high, 80 to 94 in 100" in sheet.text


def test_the_panel_shows_conflicts_and_what_no_verdict_uses(desk: TestDesk, editor: Editor, claim: Judged) -> None:
    figure = {"comparator": "exact", "unit": "metres", "counted": "height", "raw_language": "en"}
    less = {
        "raw": "4,700",
        "value": "4700",
        "low": "4700",
        "low_inclusive": True,
        "high": "4700",
        "high_inclusive": True,
        "aspect": "height",
    }
    more = {
        "raw": "4,807",
        "value": "4807",
        "low": "4807",
        "low_inclusive": True,
        "high": "4807",
        "high_inclusive": True,
        "evidence": 1,
    }
    with desk.app.state.desk.writing() as session:
        row = session.get_one(Claim, claim.id)
        add_figure(session, LOCAL_OPERATOR, row, FigureEntry(**figure, **less))
        add_figure(session, LOCAL_OPERATOR, row, FigureEntry(**figure, **more))
    sheet = editor.open(claim.page)
    assert "conflict: “4,700” of the claim and “4,807” of item 1. No verdict says so yet." in worked_out(sheet)
    assert "Items 1 and 2 are used by no verdict: “height” has no verdict yet." in worked_out(sheet)
    assert "Items 1 and 2 go back to one origin, “The survey of 1863”, and count once." in worked_out(sheet)
    judged = editor.send(sheet, {f"{HEIGHT}.verdict": "supported", f"{YEAR}.verdict": "supported"}, do="rollup")
    assert "“height” is judged supported." in worked_out(judged)
    assert "Item 3 contradicts “year”, which is judged supported." in worked_out(judged)
    assert "used by no verdict" not in worked_out(judged)
    disputed = editor.send(sheet, {f"{HEIGHT}.verdict": "disputed"}, do="rollup")
    assert "conflict: " not in worked_out(disputed)


def test_two_editors_at_once(desk: TestDesk, editor: Editor, claim: Judged) -> None:
    mine = editor.open(claim.page)
    other = desk.editor("S. Soe", "editor")
    other.save(other.open(claim.page), {**JUDGED, "reason": "Theirs."})
    clash = editor.send(mine, {**JUDGED, "reason": "Mine."})
    assert clash.status == 409
    assert "S. Soe has saved this since you opened it" in clash.text
    assert "Theirs." in clash.text
    assert value(clash, "reason") == "Mine."
    assert value(editor.save(clash), "reason") == "Mine."


def test_what_was_typed_of_a_part_that_is_gone_stays_in_sight(desk: TestDesk, editor: Editor) -> None:
    with desk.app.state.desk.writing() as session:
        page = Judged(bare_claim(session, "height", "year").id)
    sheet = editor.open(page.page)
    with desk.app.state.desk.writing() as session:
        year = session.scalars(select(Aspect).where(Aspect.claim_id == page.id, Aspect.code == "year")).one()
        remove_aspect(session, LOCAL_OPERATOR, year)
    clash = editor.send(sheet, {**JUDGED, f"{YEAR}.reason": "It was another year."})
    assert clash.status == 409
    assert "A part that you wrote about was taken away meanwhile" in clash.text
    assert "It was another year." in clash.text


def test_a_renamed_part_keeps_its_verdict(desk: TestDesk, editor: Editor, claim: Judged) -> None:
    sheet = editor.open(claim.page)
    with desk.app.state.desk.writing() as session:
        year = session.scalars(select(Aspect).where(Aspect.claim_id == claim.id, Aspect.code == "year")).one()
        change_aspect(session, LOCAL_OPERATOR, year, AspectEntry(code="when", label="when", main=True, position=1))
    editor.save(sheet, JUDGED)
    with desk.app.state.desk.reading() as session:
        wanted = select(Aspect.code, AspectVerdict.verdict).join(AspectVerdict, AspectVerdict.aspect_id == Aspect.id)
        assert {row.code: row.verdict for row in session.execute(wanted)} == {
            "height": "supported",
            "when": "contradicted",
        }


def test_an_assessment_is_taken_away_in_two_steps(desk: TestDesk, editor: Editor, claim: Judged) -> None:
    saved = editor.save(editor.open(claim.page), JUDGED)
    asked = editor.send(saved, {}, do="drop")
    assert asked.status == 422
    assert any("not confirmed" in one for one in asked.faults())
    gone = editor.send(asked, {"sure": "yes"}, do="drop")
    assert gone.status == 303
    with desk.app.state.desk.reading() as session:
        assert find_assessment(session, claim.id) is None


def test_who_may_not_assess_looks_and_changes_nothing(desk: TestDesk, claim: Judged) -> None:
    reader = desk.editor("C. Coe", "contributor")
    sheet = reader.open(claim.page)
    assert not sheet.form().xpath(".//p[@class='acts']")
    refused = reader.send(sheet, JUDGED)
    assert refused.status == 403
    with desk.app.state.desk.reading() as session:
        assert find_assessment(session, claim.id) is None


def test_statements_do_not_grow_with_the_evidence(desk: TestDesk, editor: Editor, claim: Judged) -> None:
    def count() -> int:
        with Statements(desk.app.state.desk.readers) as sent:
            editor.open(claim.page)
        return len(sent)

    few = count()
    with desk.app.state.desk.writing() as session:
        row = session.get_one(Claim, claim.id)
        for number in range(12):
            made = evidence(session, row, source(session, f"Source {number}"), origin(session, f"Origin {number}"))
            figure = FigureEntry(
                raw="4,807",
                raw_language="en",
                value=f"{number}",
                comparator="exact",
                unit="m",
                evidence=made.number,
            )
            add_figure(session, LOCAL_OPERATOR, row, figure)
    # Figures bring in the one statement that asks of what kind they are.
    assert count() <= few + 3
    assert few <= 75
