"""The chain of voices in a form: the innermost voice first, the publisher last, as readers see it.

The desk keeps it from the outermost voice on. A carrier stands behind the voice whose words it carries, in both.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, Protocol, TypeVar

from app.desk.forms.form import Form
from app.desk.forms.gathering import Gathering
from app.desk.forms.picking import otherwise_called
from app.desk.forms.reading import entry_of
from app.desk.forms.wording import filled_words, printed_words
from app.desk.naming import Naming
from kb.desk.appearances import LinkEntry
from kb.desk.entry import BadEntry, Fault
from kb.desk.tables import ChainLink

CHAIN = "chain"
READ = "read"
# What is made of a name that no record has yet.
ORGANISATION, UNNAMED, NAME_ONLY = "organisation", "unnamed", "name_only"
CARRIER = "carrier"


class Placed(Protocol):
    """A voice with its role."""

    @property
    def role(self) -> str: ...


One = TypeVar("One", bound=Placed)


def innermost_first(chain: Sequence[One]) -> list[One]:
    """From the desk's order to that of a page."""
    ordered: list[One] = []
    waiting: list[One] = []
    for link in reversed(chain):
        if link.role == CARRIER:
            waiting.append(link)
        else:
            ordered += [link, *waiting]
            waiting = []
    return ordered + waiting


def outermost_first(rows: Sequence[One]) -> list[One]:
    """Back again."""
    groups: list[list[One]] = []
    for row in rows:
        if row.role == CARRIER and groups and groups[-1][0].role != CARRIER:
            groups[-1].insert(1, row)
        else:
            groups.append([row])
    return [row for group in reversed(groups) for row in group]


def keyed(form: Form) -> Form:
    """Each row with a key that it keeps wherever it is moved to, so that the mark of the one read goes with it."""
    taken = {form.value(f"{CHAIN}.{row}.key") for row in form.rows(CHAIN)}
    fresh = (key for number in range(len(taken) + 1_000) if (key := f"r{number}") not in taken)
    lacking = [row for row in form.rows(CHAIN) if not form.value(f"{CHAIN}.{row}.key")]
    return form.with_values({f"{CHAIN}.{row}.key": next(fresh) for row in lacking})


def chain_of(naming: Naming, language: str, faults: Gathering) -> tuple[LinkEntry, ...]:
    """The rows in which somebody stands, in the desk's order. `language` is that of the words as printed."""
    form = naming.form
    rows = [row for row in form.rows(CHAIN) if form.value(f"{CHAIN}.{row}.agent").strip()]
    links: list[tuple[int, LinkEntry]] = []
    for row in rows:
        with faults.at(f"{CHAIN}.{row}"):
            links.append((row, _link(naming, row, language, faults)))
    if len(links) == len(rows):
        with faults.at(CHAIN):
            _check(links)
    return tuple(outermost_first([link for _, link in links]))


def filled(links: Sequence[ChainLink], hedges: Mapping[int, Sequence[Any]], labels: Mapping[str | None, str]) -> Form:
    """The rows as an appearance fills them in; `labels` says how agents and sources stand in fields."""
    values: dict[str, str] = {}
    for row, link in enumerate(innermost_first(links)):
        at = f"{CHAIN}.{row}"
        agent = labels[link.agent_id] or link.name
        values |= {
            f"{at}.key": f"n{link.number}",
            f"{at}.number": str(link.number),
            f"{at}.agent": agent,
            f"{at}.name": otherwise_called(link.name, link.agent_id, agent),
            f"{at}.who": _who(link),
            f"{at}.role": link.role,
            f"{at}.attitude": link.attitude,
            f"{at}.verb": link.verb or "",
            f"{at}.verb_language": link.verb_language or "",
            f"{at}.source": labels[link.source_id],
            f"{at}.stated_on": link.stated_on or "",
            **({f"{at}.factive": "yes"} if link.factive else {}),
            **({READ: f"n{link.number}"} if link.read_by_editor else {}),
            **filled_words(f"{at}.hedges", ((one.text, one.language) for one in hedges.get(link.id, ()))),
        }
    return Form({name: [value] for name, value in values.items()})


def _who(link: ChainLink) -> str:
    if link.unnamed:
        return UNNAMED
    return ORGANISATION if link.agent_id else NAME_ONLY


def _link(naming: Naming, row: int, language: str, faults: Gathering) -> LinkEntry:
    form, at = naming.form, f"{CHAIN}.{row}"
    words, who = form.value(f"{at}.agent").strip(), form.value(f"{at}.who", ORGANISATION)
    unnamed = who == UNNAMED or form.value(f"{at}.role") == "unnamed_source"
    voice = None if unnamed or who == NAME_ONLY else naming.agent(f"{at}.agent", who)
    has_verb = bool(form.value(f"{at}.verb").strip())
    return entry_of(
        LinkEntry,
        form,
        at,
        agent=voice.id if voice else None,
        unnamed=unnamed,
        name=(voice and form.value(f"{at}.name").strip()) or (voice.name if voice else words),
        verb_language=(form.value(f"{at}.verb_language").strip() or language) if has_verb else None,
        factive=form.has(f"{at}.factive", "yes"),
        source=naming.known(f"{at}.source", "source"),
        read_by_editor=form.value(READ) == form.value(f"{at}.key") != "",
        hedges=printed_words(form, f"{at}.hedges", language, faults),
    )


def _check(links: Sequence[tuple[int, LinkEntry]]) -> None:
    """What `kb.values.attribution` asks of a chain, said in the order of the form."""
    if not links:
        raise _bad(f"{CHAIN}.0.agent", "nobody says it.", "Name at least who publishes the text.")
    if not any(link.read_by_editor for _, link in links):
        raise _bad(READ, "it is not said which of the voices was read here.", "Mark the text that you have before you.")
    called = sorted(((link.agent or "", link.role), row) for row, link in links if link.agent)
    for _, same in groupby(called, key=lambda one: one[0]):
        first, *more = (row for _, row in same)
        if more:
            what = f"it is the same voice in the same role as in row {first + 1}."
            raise _bad(f"{CHAIN}.{more[0]}.agent", what, "Leave one of them out, or correct the role.")


def _bad(field: str, what: str, remedy: str) -> BadEntry:
    return BadEntry((Fault(field, what, remedy),))
