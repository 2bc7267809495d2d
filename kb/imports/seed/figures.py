"""Figures of a claim and of its evidence, told by their own ids."""

from typing import Any

from kb.desk.figures import FigureEntry, add_figure, change_figure, remove_figure
from kb.desk.parts import fragment
from kb.desk.tables import Figure
from kb.imports.report import ADDED, REMOVED
from kb.imports.seed.draft import Draft
from kb.imports.seed.job import within
from kb.imports.seed.layout import ClaimFigureRow, EvidenceRow, FigureRow
from kb.imports.seed.matching import pair

ON_CLAIMS, ON_EVIDENCE = "figures_on_claims", "figures_on_evidence"


def import_claim_figures(draft: Draft) -> None:
    there = [one for one in draft.there.figures if one.evidence_id is None]
    language = draft.job.language
    wanted = [(row, {"raw_language": language, "start": row.start, "end": row.end}) for row in draft.row.figures]
    _import(draft, ON_CLAIMS, there, wanted)


def import_evidence_figures(draft: Draft, link: EvidenceRow, evidence_id: int | None) -> None:
    """Of a link that is in; its figures take its aspect. What nobody read has no figures."""
    there = [one for one in draft.there.figures if one.evidence_id == evidence_id and evidence_id is not None]
    place = {"evidence": draft.numbers[link.id], "aspect": link.aspect, "raw_language": link.quote_language}
    wanted = [(row, place) for row in link.figures if link.seen]
    _import(draft, ON_EVIDENCE, there, wanted)


def _import(draft: Draft, kind: str, there: list[Figure], wanted: list[tuple[Any, dict[str, Any]]]) -> None:
    job, ids = draft.job, draft.there.file_ids
    known = [(ids.get(fragment("figure", one.number)), one) for one in there]
    pairs, gone = pair(known, [(row.id, (row, place)) for row, place in wanted])
    for number, ((row, place), figure) in enumerate(pairs):
        with within(f"figures.{number}"):
            entry = _entry(row, place, _own(draft, figure) if figure else {})
            if figure is None:
                made = add_figure(job.session, job.actor, draft.claim, entry)
                job.name(draft.claim.id, row.id, fragment("figure", made.number))
                draft.tally.count(ADDED, kind)
            else:
                with draft.counted(kind):
                    change_figure(job.session, job.actor, figure, entry)
    for figure in gone:
        if fragment("figure", figure.number) in ids:
            remove_figure(job.session, job.actor, figure)
            draft.tally.count(REMOVED, kind)


def _entry(row: FigureRow | ClaimFigureRow, place: dict[str, Any], own: dict[str, Any]) -> FigureEntry:
    same = row.model_dump(exclude={"id", "rounding_hint", "start", "end"})
    return FigureEntry(**same, rounding_step=row.rounding_hint, **(own | place))


def _own(draft: Draft, figure: Figure) -> dict[str, Any]:
    """What only an editor can have said of it."""
    numbers = {one.id: one.number for one in draft.there.figures}
    return {
        "aspect": draft.there.aspect_code(figure.aspect_id),
        "measure": figure.measure_id,
        "scope": figure.scope,
        "counted_by_agent": figure.counted_by_agent_id,
        "share_of": numbers.get(figure.share_of_id) if figure.share_of_id else None,
    }
