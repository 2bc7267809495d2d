"""What is logged already: claims with overlapping words of the same source, or with the same figure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from kb.desk.duplicates import Logged, overlapping, same_figure
from kb.desk.figures import FigureEntry
from kb.desk.passages import QuoteEntry
from kb.desk.tables import Source
from kb.errors import Conflict
from kb.values.prose import shown

# More of them nobody goes through.
MOST = 8


@dataclass(frozen=True)
class Alike:
    """A claim that may be the same, and why."""

    claim: str
    label: str
    why: str


class LoggedAlready(Conflict):
    """Very likely the claim is there; an editor says whether it is another one."""

    def __init__(self, found: Sequence[Alike]) -> None:
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        super().__init__(
            f"“{shown(found[0].label, 120)}”{more}.",
            where="already-logged",
            remedy="Add this as another appearance of that claim, or log it all the same.",
        )


def alike(
    session: Session, source: Source, quote: QuoteEntry | None, figures: Sequence[FigureEntry] = ()
) -> list[Alike]:
    """Each claim once, those with the same words first; nothing where no quote is chosen."""
    if quote is None:
        return []
    words = overlapping(session, source.id, quote.start, quote.end, quote.exact)
    numbers = same_figure(session, figures) if figures else []
    found = [*_told(words, "It quotes these words"), *_told(numbers, "It has the same figure")]
    return list({one.claim: one for one in reversed(found)}.values())[::-1][:MOST]


def _told(logged: Iterable[Logged], why: str) -> list[Alike]:
    return [
        Alike(one.claim_id, one.label or "a claim without words", f"{why}: “{shown(one.exact, 80)}”") for one in logged
    ]
