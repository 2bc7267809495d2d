"""The form of a figure: as it opens, as a figure fills it in, what it reads back, and the entry that it makes."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.desk.forms.form import Form, form_of
from app.desk.forms.gathering import Gathering
from app.desk.forms.picking import chosen
from app.desk.forms.reading import entry_of
from app.desk.naming import naming_of
from app.desk.visit import Visit
from app.desk.weighing.around import Around
from app.desk.weighing.numbers import as_decimal
from app.desk.weighing.picks import made, named
from app.desk.weighing.raw_places import FIELD as PLACE
from app.desk.weighing.raw_places import chosen_place, places, quotes_of
from kb.desk.entry import BadEntry, Fault
from kb.desk.figures import FigureEntry
from kb.desk.tables import Figure, Passage, Topic
from kb.desk.topics import TopicEntry, add_topic, slug_of
from kb.errors import Refused
from kb.values.readback import read_back

TEXTS = (
    "raw", "raw_language", "comparator", "value", "low", "high", "unit", "counted", "scope", "rounding_step", "period",
    "period_note", "counted_by", "note",
)  # fmt: skip
NUMBERS = ("value", "low", "high", "rounding_step")
BOUNDS = ("low", "high")
# These give their bound themselves; between two numbers an editor says it.
INCLUDING = ("exact", "at_least", "at_most")
PERCENT = ("%", "percent", "per cent", "pct", "prozent", "pour cent")
POINTS = "percentage points"
# Whether a percentage is one, or the distance of two.
SHARE, DISTANCE = "percent", "points"


def filled(visit: Visit, around: Around, figure: Figure) -> Form:
    """The form as the figure fills it in."""
    numbers = {one.id: one.number for one in around.figures}
    labels = chosen(visit.session, [figure.measure_id, figure.counted_by_agent_id])
    return form_of(
        {
            **{name: getattr(figure, name) or "" for name in TEXTS},
            **{f"{name}_inclusive": "yes" if getattr(figure, f"{name}_inclusive") else "" for name in BOUNDS},
            "percent": SHARE if figure.unit == "%" else "",
            "evidence": str(around.evidence_number(figure.evidence_id) or ""),
            "aspect": around.codes[figure.aspect_id] if figure.aspect_id is not None else "",
            "measure": labels[figure.measure_id],
            "counted_by_agent": labels[figure.counted_by_agent_id],
            "share_of": str(numbers[figure.share_of_id]) if figure.share_of_id is not None else "",
            PLACE: "" if figure.start_at is None else f"{figure.start_at}-{figure.end_at}",
        }
    )


def opened(quotes: Sequence[Passage], evidence: str, aspect: str) -> Form:
    """A new figure, in the language of the words in which it stands."""
    language = next((one.language for one in quotes if one.language), "en")
    return form_of({"evidence": evidence, "aspect": aspect, "raw_language": language, "comparator": "exact"})


def with_proposal(form: Form, fields: Mapping[str, Any], key: str, start: int | None) -> Form:
    """The form with what was found in the quote; `start` is where that begins in its text, `key` the place in it."""
    values = {name: str(fields.get(name) or "") for name in TEXTS if name in fields or name in NUMBERS}
    values |= {f"{name}_inclusive": "yes" if fields.get(f"{name}_inclusive") else "" for name in BOUNDS}
    begin, _, end = key.partition("-")
    place = "" if start is None else f"{start + int(begin)}-{start + int(end)}"
    return form.with_values({**values, PLACE: place})


def reads_back(form: Form) -> str:
    """The figure in words, of what is written in the form now. Raises BadEntry at what cannot be read."""
    return read_back(_checked(form).model_dump())


def said_back(form: Form) -> str:
    """The same; "" where something cannot be read yet, which is said when it is saved."""
    try:
        return reads_back(form)
    except BadEntry:
        return ""


def read_form(visit: Visit, claim_id: str) -> FigureEntry:
    """Measures and agents that are new are made on the way. Raises BadEntry with everything that is wrong."""
    faults, form = Gathering(), visit.typed
    numbers = _numbers(form, faults)
    unit = place = measure = agent = None
    with faults.at():
        unit = _unit(form)
    with faults.at():
        quotes = quotes_of(visit.session, claim_id, form.value("evidence"))
        place = chosen_place(places(quotes, form.value("raw").strip()), form.value(PLACE))
    with faults.at():
        measure = _measure(visit)
    with faults.at():
        agent = naming_of(visit).agent("counted_by_agent", form.value("counted_by_who", "organisation"))
    where = {"start": place.start, "end": place.end} if place else {"start": None, "end": None}
    links = {"measure": measure, "counted_by_agent": agent.id if agent else None}
    entry = _entry(form, faults, {**numbers, **where, **links, "unit": unit or form.value("unit").strip()})
    faults.check()
    if entry is None:
        raise Refused("The form could not be read.", remedy="Load the page again.")
    return entry


def _checked(form: Form) -> FigureEntry:
    """The figure without what it refers to: nothing is looked up, and nothing made."""
    faults = Gathering()
    apart = dict.fromkeys(("evidence", "aspect", "measure", "counted_by_agent", "share_of", "start", "end"))
    unit = form.value("unit").strip()
    with faults.at():
        unit = _unit(form)
    entry = _entry(form, faults, {**_numbers(form, faults), **apart, "unit": unit})
    faults.check()
    if entry is None:
        raise Refused("The form could not be read.", remedy="Load the page again.")
    return entry


def _entry(form: Form, faults: Gathering, given: Mapping[str, Any]) -> FigureEntry | None:
    """What does not go together is said at the comparator, which asks for it."""
    values = {name: value for name, value in given.items() if value != ""}
    with faults.at(field="comparator"):
        return entry_of(FigureEntry, form, **values)
    return None


def _numbers(form: Form, faults: Gathering) -> dict[str, Any]:
    """Numbers and bounds as typed; an empty bound stays empty, and what cannot be read is None."""
    found: dict[str, Any] = {}
    for name in NUMBERS:
        found[name] = None
        with faults.at():
            found[name] = as_decimal(form.value(name), name) or None
    for name in BOUNDS:
        said = form.has(f"{name}_inclusive", "yes") or form.value("comparator") in INCLUDING
        found[f"{name}_inclusive"] = said if form.value(name).strip() else None
    return found


def _unit(form: Form) -> str:
    """Percent is asked about: a share is one thing, the distance of two shares another."""
    unit = form.value("unit").strip()
    if unit.casefold() not in PERCENT:
        return unit
    kind = form.value("percent")
    if kind not in (SHARE, DISTANCE):
        what = "it is not said whether this is percent or percentage points."
        raise BadEntry((Fault("percent", what, "From 40 % to 42 % is 5 percent more, and 2 percentage points."),))
    return "%" if kind == SHARE else POINTS


def _measure(visit: Visit) -> str | None:
    """A topic that is a measure; a new name makes one of the kind that is chosen beside it."""
    found = named(visit, "measure", "topic", lambda label: _make_measure(visit, label))
    if found is not None and visit.session.get_one(Topic, found).measure_kind is None:
        what = "this topic is a subject, not a measure."
        raise BadEntry((Fault("measure", what, "Say on its own page what kind of measure it is, or name another."),))
    return found


def _make_measure(visit: Visit, label: str) -> str:
    kind = visit.typed.value("measure_kind")
    if not kind:
        what = "no measure has this name yet, and it is not said of what kind a new one is."
        raise BadEntry((Fault("measure_kind", what, "Choose event, flow or stock."),))

    def add() -> str:
        entry = TopicEntry(slug=slug_of(label), label=label, measure_kind=kind)
        return add_topic(visit.session, visit.actor, entry).id

    return made("measure", add)
