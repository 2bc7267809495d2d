"""Every record of the files on its own: those that are as they should be, and a refusal for each that is not."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import ValidationError

from kb.desk.entry import Fault, faults_of
from kb.errors import Refused
from kb.imports.report import Refusal, Report
from kb.imports.seed.layout import (
    ArticleRow,
    AssessmentRow,
    ClaimRow,
    EntityRow,
    EvidenceRow,
    LeftOutRow,
    OriginRow,
    Row,
    SourceRow,
)
from kb.imports.seed.reading import ASSESSMENTS, CLAIMS, EVIDENCE, Doubled, Files, NoNumber
from kb.values.prose import check_text, shown

REMEDY = "Correct it in the file."

OneRow = TypeVar("OneRow", bound=Row)


@dataclass
class Corpus:
    """Rows by their ids, in the order of the files; `bad` are ids of records that were refused, by kind.

    `bad_addresses` are those of refused sources.
    """

    article: ArticleRow | None
    entities: dict[str, EntityRow]
    claims: dict[str, ClaimRow]
    left_out: dict[str, LeftOutRow]
    origins: dict[str, OriginRow]
    sources: dict[str, SourceRow]
    evidence: dict[str, EvidenceRow]
    assessments: dict[str, AssessmentRow]
    bad: dict[str, set[str]] = field(default_factory=dict)
    bad_addresses: set[str] = field(default_factory=set)

    def links_of(self, claim: str) -> list[EvidenceRow]:
        return self._links.get(claim, [])

    def __post_init__(self) -> None:
        self._links: dict[str, list[EvidenceRow]] = {}
        for link in self.evidence.values():
            self._links.setdefault(link.claim, []).append(link)


def parse(files: Files, report: Report) -> Corpus:
    """Refusals go into the report; good records stay."""
    reader = _Reader(report)
    corpus = Corpus(
        article=reader.article(files),
        entities=reader.rows(files, CLAIMS, "entities", EntityRow, "entity"),
        claims=reader.rows(files, CLAIMS, "claims", ClaimRow, "claim"),
        left_out=reader.rows(files, CLAIMS, "left_out", LeftOutRow, "left_out", key=None),
        origins=reader.rows(files, EVIDENCE, "origins", OriginRow, "origin"),
        sources=reader.rows(files, EVIDENCE, "sources", SourceRow, "source"),
        evidence=reader.rows(files, EVIDENCE, "evidence", EvidenceRow, "evidence"),
        assessments=reader.rows(files, ASSESSMENTS, "assessments", AssessmentRow, "assessment", key="claim"),
    )
    corpus.bad = reader.bad
    given = [one for one in files.evidence["sources"] if isinstance(one, dict) and one.get("id") not in corpus.sources]
    corpus.bad_addresses = {one["url"] for one in given if isinstance(one.get("url"), str)}
    return corpus


class _Reader:
    def __init__(self, report: Report) -> None:
        self.report = report
        self.bad: dict[str, set[str]] = {}

    def article(self, files: Files) -> ArticleRow | None:
        given = files.claims["source"]
        return self._row(CLAIMS, "source", given, ArticleRow)

    def rows(
        self, files: Files, file: str, where: str, model: type[OneRow], kind: str, *, key: str | None = "id"
    ) -> dict[str, OneRow]:
        given = files.of(file)[where]
        names = [_name(one, key, f"{where}[{place}]") for place, one in enumerate(given)]
        counted = Counter(names)
        bad = self.bad.setdefault(kind, set())
        rows: dict[str, OneRow] = {}
        for name, one in zip(names, given, strict=True):
            if counted[name] > 1:
                bad.add(name)
                self._refuse(
                    file, name, Fault(key or "", f"{counted[name]} records have this id.", "Keep one of them.")
                )
                continue
            row = self._row(file, name, one, model)
            if row is None:
                bad.add(name)
            else:
                rows[name] = row
        return rows

    def _row(self, file: str, record: str, given: Any, model: type[OneRow]) -> OneRow | None:
        faults = list(_flaws(given))
        if not faults:
            try:
                return model.model_validate(given)
            except ValidationError as error:
                faults = list(faults_of(error))
        for fault in faults:
            self._refuse(file, record, fault)
        return None

    def _refuse(self, file: str, record: str, fault: Fault) -> None:
        # The report is written as UTF-8, which has no place for half a character.
        self.report.refused.append(Refusal(file, shown(record, 80), fault.field, fault.what, fault.remedy or REMEDY))


def _name(given: Any, key: str | None, otherwise: str) -> str:
    named = given.get(key) if isinstance(given, dict) and key else None
    return named if isinstance(named, str) and named else otherwise


def _flaws(value: Any, path: str = "") -> Iterator[Fault]:
    """What JSON lets pass, or our reader marked, and no record may have."""
    if isinstance(value, NoNumber):
        yield Fault(path, f"{value.written} is not a number.", "Write a number, or null.")
    elif isinstance(value, str):
        try:
            check_text(value, where="")
        except Refused as refusal:
            yield Fault(path, refusal.what, refusal.remedy)
    elif isinstance(value, dict):
        if isinstance(value, Doubled):
            here = f"{path}.{value.key}" if path else value.key
            yield Fault(here, f"the key “{shown(value.key)}” stands twice.", "Leave one of the two.")
        for key, inner in value.items():
            yield from _flaws(inner, f"{path}.{shown(key)}" if path else shown(key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _flaws(inner, f"{path}.{place}" if path else str(place))
