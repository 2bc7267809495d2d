"""The places of an appearance that is changed: its own quote, and further ones of the same words."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.desk.forms.form import Form
from kb.desk.appearances import PlaceEntry, places_of
from kb.desk.passages import QuoteEntry
from kb.desk.tables import Appearance, OtherPlace, Passage
from kb.desk.texts import HeldText

# Numbers of further places that are ticked to be taken away.
WITHOUT = "without"


@dataclass(frozen=True)
class Place:
    """A further place by its number, and its words."""

    number: int
    exact: str
    state: str


def place_of(session: Session, row: OtherPlace) -> Place:
    passage = session.get_one(Passage, row.passage_id)
    return Place(row.number, passage.exact or "", passage.state)


def start_of(passage: Passage, held: HeldText | None) -> Mapping[str, str]:
    """Where the reader opens: at the quote, or at the first place of its words where the text was replaced since."""
    if passage.state != "verified" or held is None:
        return {}
    if passage.text_sha256 != held.sha256:
        return {"find": passage.exact or ""}
    return {"start": str(passage.start_at), "end": str(passage.end_at)}


def quote_again(passage: Passage, held: HeldText | None) -> QuoteEntry:
    """A quote as it is kept. In a text that was replaced since, its words are looked for anew."""
    names = ["exact", "language", "prefix", "suffix"]
    values = {name: getattr(passage, name) for name in names}
    if held is None or passage.text_sha256 == held.sha256 or passage.state != "verified":
        values |= {"start": passage.start_at, "end": passage.end_at}
        rest = ("occurrence", "occurrences", "segment", "text_sha256")
        values |= {name: getattr(passage, name) for name in rest}
    return QuoteEntry(**values)


def kept_places(session: Session, row: Appearance, form: Form, held: HeldText | None) -> tuple[PlaceEntry, ...]:
    """The further places that stay."""
    return tuple(
        PlaceEntry(number=one.number, quote=quote_again(session.get_one(Passage, one.passage_id), held))
        for one in places_of(session, row)
        if not form.has(WITHOUT, str(one.number))
    )


def with_new_place(places: tuple[PlaceEntry, ...], quote: QuoteEntry | None) -> tuple[PlaceEntry, ...]:
    return places if quote is None else (*places, PlaceEntry(quote=quote))
