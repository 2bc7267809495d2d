"""A claim while it is imported: its row in the file, what the desk has of it, and what came of its evidence."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from kb.desk.records import hold
from kb.desk.tables import Claim
from kb.imports.report import Tally
from kb.imports.seed.job import Job
from kb.imports.seed.layout import AssessmentRow, ClaimRow
from kb.imports.seed.there import There


@dataclass(frozen=True)
class Item:
    """A piece of evidence as the rule of counting reads it; `origin` and `aspect` as the file names them."""

    link: str
    stance: str
    grade: str
    quote_state: str
    origin: str
    aspect: str


@dataclass
class Draft:
    """`numbers` are those of evidence that is in, by the link's id; `items` what is weighed."""

    job: Job
    row: ClaimRow
    claim: Claim
    there: There
    tally: Tally
    numbers: dict[str, int] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)

    @property
    def assessment(self) -> AssessmentRow | None:
        return self.job.corpus.assessments.get(self.row.id)

    @property
    def as_of(self) -> str | None:
        """The day of the assessment, on which somebody is presumed to live."""
        return self.assessment.assessed_on if self.assessment else None

    @contextmanager
    def counted(self, kind: str) -> Iterator[None]:
        with self.job.counted(self.tally, kind, self.claim.id):
            yield

    @property
    def revision(self) -> int:
        return hold(self.job.session, self.claim.id).revision
