"""A changed corpus brought in again: the right parts change, every part keeps its number, an editor's work stays."""

from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.desk.actors import LOCAL_OPERATOR as ME
from kb.desk.agents import find_agent
from kb.desk.appearances import add_appearance, link_states
from kb.desk.assessments import AssessmentEntry, VerdictEntry, change_assessment, find_assessment
from kb.desk.claims import find_claim
from kb.desk.evidence import add_evidence, change_evidence, find_evidence
from kb.desk.figures import FigureEntry, change_figure, find_figure
from kb.desk.mentions import MentionEntry, add_mention
from kb.desk.tables import Appearance, Evidence, Figure, Reply
from tests.factories import corpus, desk
from tests.factories.corpus import BRIDGE, Kept, bring, copied, counts, edit, entity, one, record


def numbers(session: Session, claim: str) -> dict[str, str]:
    """What each part says, without the numbers in it → its fragment."""
    made = entity(session, f"seed:{claim}")
    return {
        str(
            {key: value for key, value in part.items() if key not in ("@id", "aspect", "saidIn", "by", "target")}
        ): part["@id"]
        for kind in (
            "aspects",
            "appearances",
            "evidence",
            "figures",
            "mentions",
            "concerns",
            "replies",
            "openQuestions",
        )
        for part in made.get(kind, ())
    }


def test_every_part_keeps_its_number(session: Session, tmp_path: Path) -> None:
    blobs, folder = Kept(), copied(BRIDGE, tmp_path / "changed")
    bring(session, BRIDGE, blobs)
    before = {claim: numbers(session, claim) for claim in ("K1", "K2", "K3")}

    def links(all_: Any) -> None:
        new = dict(
            one(all_["evidence"], id="X1"), id="X20", figures=[], note="A new link.", quote="Bridge, and no more"
        )
        all_["evidence"] = [new, *(link for link in reversed(all_["evidence"]) if link["id"] != "X4")]

    def judged(all_: Any) -> None:
        reply = {
            "agent": "jo",
            "short": "Jo van Doorn says so again.",
            "text": "Again.",
            "evidence": ["X6"],
            "date": None,
        }
        one(all_["assessments"], claim="K3")["replies"].insert(0, reply)
        all_["assessments"].reverse()

    def said(all_: Any) -> None:
        all_["claims"].reverse()
        for claim in all_["claims"]:
            claim["entities"].reverse()

    edit(folder, "evidence.json", links)
    edit(folder, "assessments.json", judged)
    edit(folder, "claims.json", said)
    report = bring(session, folder, blobs)
    assert report.refused == []
    assert counts(report, "removed") == {"evidence_links": 1, "figures_on_evidence": 1}
    assert counts(report, "added") == {"evidence_links": 1, "replies": 1}
    # The two replies moved one place down.
    assert counts(report, "updated") == {"replies": 2}
    for claim, was in before.items():
        now = numbers(session, claim)
        assert {said: now[said] for said in was if said in now} == {said: was[said] for said in was if said in now}
        assert len(set(was) - set(now)) == (1 if claim == "K2" else 0), claim
    assert numbers(session, "K3").keys() - before["K3"].keys()
    first = session.scalars(select(Reply).where(Reply.short == "Jo van Doorn says so again.")).one()
    assert (first.number, first.position) == (3, 1)
    new = session.scalars(select(Evidence).where(Evidence.note == "A new link.")).one()
    assert new.number == 4
    assert corpus.nothing_but_unchanged(bring(session, folder, blobs))
    back = bring(session, BRIDGE, blobs)
    assert counts(back, "removed") == {"evidence_links": 1, "replies": 1}
    returned = session.scalars(select(Evidence).where(Evidence.claim_id == record(session, "seed:K2"))).all()
    # The number of the link that was gone for a while is not given again.
    assert sorted(link.number for link in returned) == [2, 3, 4]


def test_only_what_changed_is_updated(session: Session, tmp_path: Path) -> None:
    folder = copied(BRIDGE, tmp_path / "changed")
    bring(session, BRIDGE)

    def change(all_: Any) -> None:
        claim = all_["claims"][0]
        claim["notes"] = "Looked at again."
        claim["aspects"][1]["text"] = "paid for by the council"
        claim["figures"][0]["note"] = "A lower bound, no count."
        claim["claimant_chain"].pop()
        claim["hedges"] = []
        claim["relations"] = claim["relations"][:1]
        all_["claims"][3]["relations"] = []
        all_["entities"][2]["other_names"].append("CoE")
        all_["left_out"].pop()

    edit(folder, "claims.json", change)
    edit(folder, "evidence.json", lambda all_: all_["sources"][3].update(title="Over the new bridge"))
    edit(folder, "evidence.json", lambda all_: all_["origins"][0].update(label="Accounts of 2020"))
    report = bring(session, folder)
    assert counts(report, "updated") == {
        "claims": 1,
        "aspects": 1,
        "figures_on_claims": 1,
        "agents": 1,
        "sources": 1,
        "origins": 1,
    }
    assert counts(report, "removed") == {"chain_links": 1, "relations_stored_once": 1, "left_out_sentences": 1}
    assert counts(report, "added") == {}


def test_an_aspect_and_all_of_it_may_go(session: Session, tmp_path: Path) -> None:
    folder = copied(BRIDGE, tmp_path / "changed")
    bring(session, BRIDGE)
    edit(folder, "claims.json", lambda all_: all_["claims"][1]["aspects"].pop())
    edit(folder, "assessments.json", lambda all_: all_["assessments"][1]["aspects"].pop())

    def moved(all_: Any) -> None:
        one(all_["evidence"], id="X4")["aspect"] = "opened"
        all_["evidence"] = [link for link in all_["evidence"] if link["id"] != "X9"]

    edit(folder, "evidence.json", moved)
    report = bring(session, folder)
    assert report.refused == []
    removed = {"aspects": 1, "aspect_verdicts": 1, "evidence_links": 1}
    assert counts(report, "removed") == removed
    assert counts(report, "updated") == {"evidence_links": 1, "figures_on_evidence": 1, "assessments": 1}


def test_verdict_failing_aspects_and_counts_follow_the_parts_and_the_file_is_contradicted(
    session: Session, tmp_path: Path
) -> None:
    folder = copied(BRIDGE, tmp_path / "changed")
    edit(folder, "assessments.json", lambda all_: all_["assessments"][0]["aspects"][0].update(verdict="contradicted"))
    edit(folder, "evidence.json", lambda all_: one(all_["evidence"], id="X2").update(stance="qualifies", origin="O-T3"))
    edit(folder, "evidence.json", lambda all_: one(all_["evidence"], id="X5").update(seen=False))
    report = bring(session, folder)
    first, second = (entity(session, f"seed:{claim}") for claim in ("K1", "K2"))
    assert first["assessment"]["verdict"] == "contradicted"
    assert first["assessment"]["failing"] == [first["aspects"][0]["@id"]]
    assert (first["assessment"]["seenEvidence"], first["assessment"]["independentOrigins"]) == (2, 2)
    assert (second["assessment"]["seenEvidence"], second["assessment"]["independentOrigins"]) == (1, 1)
    told = {(row.record, row.field): (row.given, row.computed) for row in report.differs}
    assert told["K1", "verdict"] == ("supported", "contradicted")
    assert told["K1", "seen_evidence"] == (1, 2)
    assert told["K1", "independent_origins"] == (["O-accounts"], ["O-T3", "O-accounts"])
    assert told["K2", "aspects.0.supports"] == (["X5"], [])
    assert "words of a link that nobody here has read" in {one_.reason for one_ in report.not_kept}


def test_a_grade_x_never_counts(session: Session, tmp_path: Path) -> None:
    folder = copied(BRIDGE, tmp_path / "satire")
    edit(folder, "evidence.json", lambda all_: one(all_["sources"], id="T3")["reliability"].update(grade="X"))
    bring(session, folder)
    assert entity(session, "seed:K2")["assessment"]["seenEvidence"] == 1


def test_a_link_may_become_a_question_and_a_search_and_evidence_again(session: Session, tmp_path: Path) -> None:
    folder, blobs = copied(BRIDGE, tmp_path / "changed"), Kept()
    bring(session, BRIDGE, blobs)
    for stance, kind in (("would_settle", "openQuestions"), ("not_relevant", "searches"), ("mentions", "evidence")):
        edit(
            folder,
            "evidence.json",
            lambda all_, stance=stance: one(all_["evidence"], id="X4").update(stance=stance, note="n"),
        )
        report = bring(session, folder, blobs)
        assert (report.refused, counts(report, "updated")["evidence_links"]) == ([], 1)
        parts = entity(session, "seed:K2")[kind]
        assert [part for part in parts if part.get("externalIds") == ["seed:X4"]]
        assert corpus.nothing_but_unchanged(bring(session, folder, blobs))


def test_a_claim_that_is_no_longer_judged_has_no_assessment(session: Session, tmp_path: Path) -> None:
    folder = copied(BRIDGE, tmp_path / "changed")
    bring(session, BRIDGE)
    edit(folder, "assessments.json", lambda all_: all_["assessments"].pop(2))
    report = bring(session, folder)
    assert counts(report, "removed") == {"assessments": 1, "aspect_verdicts": 1, "replies": 2}
    assert find_assessment(session, record(session, "seed:K3")) is None


def test_records_that_the_file_no_longer_has_stay(session: Session, tmp_path: Path) -> None:
    """A folder with some of the claims is no order to take away the others."""
    folder = copied(BRIDGE, tmp_path / "small")
    bring(session, BRIDGE)

    def fewer(all_: Any) -> None:
        all_["claims"] = all_["claims"][:1]
        all_["claims"][0]["relations"] = []

    edit(folder, "claims.json", fewer)
    edit(
        folder, "evidence.json", lambda all_: all_.update(evidence=[e for e in all_["evidence"] if e["claim"] == "K1"])
    )
    edit(folder, "assessments.json", lambda all_: all_.update(assessments=all_["assessments"][:1]))
    report = bring(session, folder)
    assert (report.refused, counts(report, "removed")) == ([], {})
    assert record(session, "seed:K3")


def test_what_is_refused_the_second_time_stays_as_it_was(session: Session, tmp_path: Path) -> None:
    folder = copied(BRIDGE, tmp_path / "bad")
    bring(session, BRIDGE)
    edit(folder, "evidence.json", lambda all_: one(all_["evidence"], id="X1").update(stance="proves"))
    edit(folder, "assessments.json", lambda all_: all_["assessments"][1].update(confidence=7))
    edit(folder, "claims.json", lambda all_: all_["claims"][3].update(claim_type="rumour", notes="changed"))
    report = bring(session, folder)
    assert [row.record for row in report.refused] == ["K4", "X1", "K2"]
    assert not any(counts(report, outcome) for outcome in ("added", "updated", "removed"))
    assert entity(session, "seed:K1")["assessment"]["seenEvidence"] == 1


def test_what_an_editor_added_stays(session: Session) -> None:
    """The files cannot say it, so they cannot take it away."""
    bring(session, BRIDGE)
    claim = find_claim(session, record(session, "seed:K1"))
    ada, council = (record(session, f"seed:{name}") for name in ("ada", "council"))
    source, origin = desk.source(session, "Found later"), desk.origin(session, "The mayor")
    measure = desk.topic(session, "cost-of-the-bridge", "Cost of the bridge", measure_kind="event")
    entry = desk.evidence_entry(source, origin, aspect="cost")
    made = add_evidence(session, ME, claim, entry)
    first = find_evidence(session, claim.id, 1)
    strong = {"strength": "strong", "strength_reason": "the record itself", "explains": (made.number,)}
    t1 = desk.evidence_entry(
        session.get_one(type(source), record(session, "seed:T1")),
        session.get_one(type(origin), record(session, "seed:O-accounts")),
        aspect="cost",
        quote=desk.quote_entry("Bridge: 41 200 000 crowns"),
        grade_reason="the council's own accounts",
        **strong,
    )
    change_evidence(session, ME, first, t1)
    figure = find_figure(session, claim.id, 1)
    own = {name: getattr(figure, name) for name in FigureEntry.model_fields if hasattr(figure, name)}
    own |= {"start": figure.start_at, "end": figure.end_at, "aspect": "cost", "measure": measure.id}
    change_figure(session, ME, figure, FigureEntry(**own, counted_by_agent=council))
    add_mention(session, ME, claim, MentionEntry(name="the mayor"))
    place = desk.appearance_entry(source, desk.link_entry("Ada Writer", agent=ada))
    add_appearance(session, ME, claim, place)
    assessment = find_assessment(session, claim.id)
    assert assessment is not None
    judged = AssessmentEntry(
        confidence="0.9",
        reason="The accounts say it.",
        assessed_on="2021-06-01",
        method_version=1,
        override_verdict="partly_supported",
        override_reason="The payer is the point.",
        would_change="the bank's books",
        verdicts=(
            VerdictEntry(aspect="cost", verdict="supported", confidence="0.95", reason="as printed"),
            VerdictEntry(aspect="payer", verdict="unverified", confidence="0.5"),
        ),
    )
    change_assessment(session, ME, assessment, judged)
    assert corpus.nothing_but_unchanged(bring(session, BRIDGE))
    after = entity(session, "seed:K1")
    assert len(after["evidence"]) == 4
    assert after["evidence"][0]["explains"] == [after["evidence"][3]["@id"]]
    assert after["figures"][0]["measure"].endswith("/topics/cost-of-the-bridge#it")
    assert {one_["name"]["en"] for one_ in after["mentions"]} >= {"the mayor"}
    assert (after["assessment"]["verdict"], after["assessment"]["computedVerdict"]) == ("partly_supported", "supported")
    assert session.scalars(select(Appearance).where(Appearance.claim_id == claim.id)).all()[1].number == 2
    assert session.scalars(select(Figure.measure_id).where(Figure.id == figure.id)).one() == measure.id
    assert find_agent(session, ada).name == "Ada Writer"
    assert (
        len(link_states(session, session.scalars(select(Appearance).where(Appearance.claim_id == claim.id)).first()))
        == 3
    )  # type: ignore[arg-type]
