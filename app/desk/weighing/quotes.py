"""The passage in a form of evidence: quoted from a text that we hold, typed by whoever read it elsewhere, or unread."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.desk.forms.form import Form
from app.desk.forms.gathering import Gathering
from app.desk.logging.quoted import ELSEWHERE, EXACT, FIELD, is_elsewhere, texts_for
from app.desk.reader import quote_entry
from app.desk.visit import Visit
from kb.desk.entry import BadEntry, Fault
from kb.desk.passages import PassageEntry, QuoteEntry
from kb.desk.tables import Passage, Source
from kb.desk.texts import Texts
from kb.errors import Refused
from kb.values.prose import check_language

UNREAD = "unread"
LANGUAGE = "quote_language"


@dataclass(frozen=True)
class Place:
    """A passage as a verb takes it, and the texts in which its quote is located; None leaves it as it is known."""

    passage: PassageEntry
    texts: Texts | None

    @property
    def quote(self) -> QuoteEntry | None:
        return self.passage.quote


def place_in(
    visit: Visit, source: Source, form: Form, faults: Gathering, before: Passage | None = None
) -> Place | None:
    """None where something is wrong, which is gathered. `before` is the passage that the form was filled with."""
    with faults.at(field=FIELD):
        language = _language(form, source)
        kept = _unchanged(form, before, language)
        quote = kept or _chosen(visit, source, form, language)
        _check(form, quote)
        texts = None if kept else texts_for(visit, form)
        return Place(PassageEntry(source=source.id, quote=quote), texts)
    return None


def shown_quote(visit: Visit, source: Source, form: Form, before: Passage | None = None) -> QuoteEntry | None:
    """The quote as far as there is one; what is wrong with it is said when it is saved."""
    try:
        language = _language(form, source)
        return _unchanged(form, before, language) or _chosen(visit, source, form, language)
    except Refused:
        return None


def filled_quote(session: Session, texts: Texts, passage: Passage) -> dict[str, str]:
    """How a passage stands in a form: by its place in the text of now, else by its words."""
    if passage.exact is None:
        return {UNREAD: "yes", LANGUAGE: session.get_one(Source, passage.source_id).language}
    values = {LANGUAGE: passage.language or "", UNREAD: ""}
    held = texts.of(passage.source_id)
    if held is not None and passage.state == "verified" and passage.text_sha256 == held.sha256:
        return {**values, "start": str(passage.start_at), "end": str(passage.end_at), "snapshot": held.sha256}
    return {**values, EXACT: passage.exact, **({ELSEWHERE: "yes"} if held is not None else {})}


def _language(form: Form, source: Source) -> str:
    given = form.value(LANGUAGE).strip()
    try:
        return check_language(given) if given else source.language
    except Refused as problem:
        raise BadEntry((Fault(LANGUAGE, problem.what, problem.remedy),)) from problem


def _chosen(visit: Visit, source: Source, form: Form, language: str) -> QuoteEntry | None:
    if not is_elsewhere(form):
        return quote_entry(visit, source.id, form, language)
    try:
        return QuoteEntry(exact=_exact(form), language=language)
    except BadEntry as bad:
        raise BadEntry(tuple(Fault(EXACT, one.what, one.remedy) for one in bad.faults)) from bad


def _unchanged(form: Form, before: Passage | None, language: str) -> QuoteEntry | None:
    """The quote of before where its words were left as they stood: what is known of its place stays known."""
    if before is None or before.exact is None or before.exact.strip() != _exact(form) or before.language != language:
        return None
    if form.value("start") and not is_elsewhere(form):
        return None
    names = ("prefix", "suffix", "occurrence", "occurrences", "segment", "text_sha256")
    known = {name: getattr(before, name) for name in names}
    return QuoteEntry(exact=before.exact, language=language, start=before.start_at, end=before.end_at, **known)


def _check(form: Form, quote: QuoteEntry | None) -> None:
    unread = form.has(UNREAD, "yes")
    if unread and quote is not None:
        what = "words are quoted, so somebody here has read them."
        raise BadEntry((Fault(UNREAD, what, "Take the tick off, or let go of the quote."),))
    if not unread and quote is None:
        remedy = "Choose them in the text; or say below that nobody here has read it."
        raise BadEntry((Fault(FIELD, "no words are chosen yet.", remedy),))


def _exact(form: Form) -> str:
    return form.value(EXACT).replace("\r\n", "\n").replace("\r", "\n").strip()
