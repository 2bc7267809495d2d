"""An appearance in a form: the words that were read, who says them, and how certain that is."""

from app.desk.chain import chain_of
from app.desk.forms.gathering import Gathering
from app.desk.forms.reading import entry_of
from app.desk.logging.quoted import FIELD, quote_of
from app.desk.naming import Naming
from app.desk.visit import Visit
from kb.desk.appearances import AppearanceEntry, PlaceEntry
from kb.desk.entry import BadEntry, Fault
from kb.desk.passages import QuoteEntry
from kb.desk.tables import Source

NO_QUOTE = Fault(FIELD, "no words are chosen yet.", "Choose in the text the words that make the claim.")


def quote_in(visit: Visit, source: Source, faults: Gathering) -> QuoteEntry | None:
    """The quote, which must be there."""
    with faults.at(field=FIELD):
        quote = quote_of(visit, source, visit.typed)
        if quote is None:
            raise BadEntry((NO_QUOTE,))
        return quote
    return None


def appearance_entry(
    naming: Naming, source: Source, quote: QuoteEntry | None, faults: Gathering, places: tuple[PlaceEntry, ...] = ()
) -> AppearanceEntry | None:
    """None where something is wrong, which is gathered; without a quote the rest is looked at all the same."""
    known = len(faults.faults)
    chain = chain_of(naming, source.language, faults)
    if quote is None or len(faults.faults) > known:
        return None
    with faults.at():
        return entry_of(AppearanceEntry, naming.form, source=source.id, quote=quote, chain=chain, other_places=places)
    return None
