"""The quote of a form: chosen in a text that we hold, or typed by somebody who read it elsewhere."""

from app.desk.forms.form import Form
from app.desk.reader import quote_entry
from app.desk.visit import Visit
from kb.desk.entry import BadEntry, Fault
from kb.desk.passages import QuoteEntry
from kb.desk.tables import Source
from kb.desk.texts import Texts

FIELD = "quote"
EXACT = "exact"
# Ticked where the words were read in another text than the one that we hold.
ELSEWHERE = "elsewhere"


def quote_of(visit: Visit, source: Source, form: Form) -> QuoteEntry | None:
    """None where no words were chosen and none typed. Raises Refused, or BadEntry, at the field."""
    if is_elsewhere(form):
        return _typed(form, source.language)
    return quote_entry(visit, source.id, form)


def is_elsewhere(form: Form) -> bool:
    """True where the typed words are not looked for in a text of ours."""
    return form.has(ELSEWHERE, "yes") and bool(form.value(EXACT).strip())


def texts_for(visit: Visit, form: Form) -> Texts | None:
    """What the quote is located in; nothing where it was read elsewhere, so that it stays recorded."""
    return None if is_elsewhere(form) else visit.desk.texts(visit.session)


def _typed(form: Form, language: str) -> QuoteEntry:
    exact = form.value(EXACT).replace("\r\n", "\n").replace("\r", "\n").strip()
    try:
        return QuoteEntry(exact=exact, language=language)
    except BadEntry as bad:
        raise BadEntry(tuple(Fault(EXACT, one.what, one.remedy) for one in bad.faults)) from bad
