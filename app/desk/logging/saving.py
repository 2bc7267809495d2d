"""A claim from its form: read whole, so that everything wrong is said at once, then saved whole."""

from dataclasses import dataclass

from app.desk.claim_parts import aspect_entries, concerned_entries
from app.desk.claim_words import claim_entry
from app.desk.forms.gathering import Gathering
from app.desk.logging.appearing import appearance_entry, quote_in
from app.desk.logging.figures import taken
from app.desk.logging.quoted import texts_for
from app.desk.naming import naming_of
from app.desk.visit import Visit
from kb.desk.appearances import AppearanceEntry, add_appearance
from kb.desk.aspects import AspectEntry, add_aspect
from kb.desk.claims import ClaimEntry, add_claim, find_claim
from kb.desk.concerned import ConcernedEntry, add_concerned
from kb.desk.entry import BadEntry, Fault
from kb.desk.figures import FigureEntry, add_figure
from kb.desk.left_out import LeftOutEntry, add_left_out
from kb.desk.passages import QuoteEntry
from kb.desk.tables import Appearance, Claim, Source
from kb.errors import Refused

REASON = "left_out_reason"


@dataclass(frozen=True)
class Draft:
    """What a form says of a new claim."""

    claim: ClaimEntry
    quote: QuoteEntry
    appearance: AppearanceEntry
    aspects: tuple[AspectEntry, ...]
    concerned: tuple[ConcernedEntry, ...]
    figures: tuple[FigureEntry, ...]


def read_form(visit: Visit, source: Source) -> Draft:
    """New agents and topics are made on the way; who refuses the rest refuses them too. Raises BadEntry."""
    faults, naming = Gathering(), naming_of(visit, visit.typed.value("language").strip() or "en")
    quote = quote_in(visit, source, faults)
    claim = claim_entry(naming, source.language, faults)
    appearance = appearance_entry(naming, source, quote, faults)
    aspects = tuple(entry for _, entry in aspect_entries(visit.typed, faults))
    concerned = tuple(entry for _, entry in concerned_entries(naming, faults))
    figures = tuple(taken(visit.typed, quote, [one.code for one in aspects], faults))
    faults.check()
    if claim is None or quote is None or appearance is None:
        raise Refused("The form could not be read.", remedy="Load the page again.")
    return Draft(claim, quote, appearance, aspects, concerned, figures)


def keep(visit: Visit, draft: Draft) -> Claim:
    """All of it in the transaction of the visit. Raises what the desk's verbs raise, and then nothing is saved."""
    session, actor = visit.session, visit.actor
    claim = add_claim(session, actor, draft.claim)
    for aspect in draft.aspects:
        add_aspect(session, actor, claim, aspect)
    add_appearance(session, actor, claim, draft.appearance, texts_for(visit, visit.typed))
    for person in draft.concerned:
        add_concerned(session, actor, claim, person)
    for figure in draft.figures:
        add_figure(session, actor, claim, figure)
    return claim


def keep_elsewhere(visit: Visit, source: Source, claim_id: str) -> Appearance:
    """The same quote and voices as another appearance of a claim that is there already."""
    claim, faults = find_claim(visit.session, claim_id), Gathering()
    quote = quote_in(visit, source, faults)
    entry = appearance_entry(naming_of(visit), source, quote, faults)
    faults.check()
    if entry is None:
        raise Refused("The form could not be read.", remedy="Load the page again.")
    return add_appearance(visit.session, visit.actor, claim, entry, texts_for(visit, visit.typed))


def leave_out(visit: Visit, source: Source) -> None:
    """The chosen sentence makes no claim, and why."""
    faults = Gathering()
    quote = quote_in(visit, source, faults)
    reason = visit.typed.value(REASON).strip()
    with faults.at():
        if not reason:
            raise BadEntry((Fault(REASON, "it is not said why.", "Give the reason in a few words."),))
    faults.check()
    if quote is not None:
        with faults.at(REASON):
            entry = LeftOutEntry(quote=quote, reason=reason)
            add_left_out(visit.session, visit.actor, source, entry, texts_for(visit, visit.typed))
        faults.check()
