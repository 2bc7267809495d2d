"""Figures that the words of a quote propose, as a form offers them: none is kept that nobody ticked."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from app.desk.forms.form import Form
from app.desk.forms.gathering import Gathering
from kb.desk.entry import BadEntry, Fault
from kb.desk.figures import FigureEntry
from kb.desk.passages import QuoteEntry
from kb.values.proposals import propose, propose_dates
from kb.values.readback import read_back

TICKED = "figures"
# What an editor may put in another way before the figure is taken; the numbers are mended on its own page.
ASKED = ("unit", "counted", "period")


@dataclass(frozen=True)
class Proposal:
    """`key` is the place in the quote, as `12-18`; `fields` are those of a figure's entry, the place apart."""

    key: str
    start: int
    end: int
    fields: Mapping[str, Any]

    @property
    def reads_back(self) -> str:
        return read_back(self.fields)


def proposals(quote: QuoteEntry | None) -> list[Proposal]:
    """Numbers and dates, in the order of the quote."""
    if quote is None:
        return []
    numbers = [_proposal(asdict(one)) for one in propose(quote.exact, quote.language)]
    dates = [_proposal({**one._asdict(), "comparator": "exact"}) for one in propose_dates(quote.exact, quote.language)]
    return sorted([*numbers, *dates], key=lambda one: one.start)


def offered(form: Form, found: Sequence[Proposal]) -> Form:
    """The form with what is proposed in the fields that nobody has written in yet."""
    fields = {f"figure.{one.key}.{name}": one.fields.get(name) or "" for one in found for name in ASKED}
    return form.with_values({name: value for name, value in fields.items() if name not in form.typed})


def taken(form: Form, quote: QuoteEntry | None, aspects: Sequence[str], faults: Gathering) -> list[FigureEntry]:
    """Those that were ticked, made anew from the quote. Of a claim with one aspect they are of that aspect."""
    offered = {one.key: one for one in proposals(quote)}
    aspect = aspects[0] if len(aspects) == 1 else None
    found = []
    for key in form.values(TICKED):
        if quote is None or key not in offered:
            with faults.at():
                what = "a figure that was ticked does not stand in the quote any more."
                raise BadEntry((Fault(TICKED, what, "Tick it again where it is offered."),))
            continue
        with faults.at(f"figure.{key}"):
            found.append(_entry(form, quote, offered[key], aspect))
    return found


def _proposal(proposed: Mapping[str, Any]) -> Proposal:
    start, end = proposed["start"], proposed["end"]
    fields = {name: value for name, value in proposed.items() if name not in ("start", "end")}
    return Proposal(f"{start}-{end}", start, end, fields)


def _entry(form: Form, quote: QuoteEntry, one: Proposal, aspect: str | None) -> FigureEntry:
    asked = {name: form.value(f"figure.{one.key}.{name}").strip() or None for name in ASKED}
    if asked["unit"] is None:
        raise BadEntry((Fault("unit", "a figure has a unit.", "Write what it counts: people, %, metres."),))
    place = {} if quote.start is None else {"start": quote.start + one.start, "end": quote.start + one.end}
    return FigureEntry(**{**one.fields, **asked, **place, "raw_language": quote.language, "aspect": aspect})
