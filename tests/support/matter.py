"""A claim to weigh: it stands in an article whose text is held, and has two parts to judge."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import select

from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.snapshots import SnapshotEntry, bring_in
from tests.factories.desk import appearance, bare_claim, origin, quote_entry, source
from tests.support.desk import Sheet, TestDesk

Row = TypeVar("Row")

TEXT = (
    "🏔 Heights\n\n"
    "In 1863 the survey gave Mount Example 4,807 metres. Over 600 people climbed it in 2019.\n\n"
    "Others say 4,807 metres, too, and that 4,807 metres is too little. Prices rose by 42 percent.\n"
)
SENTENCE = "In 1863 the survey gave Mount Example 4,807 metres."


def span(words: str) -> str:
    start = TEXT.index(words)
    return f"{start}-{start + len(words)}"


@dataclass(frozen=True)
class Matter:
    """Ids: the claim, the article in which it stands, a report with a text, a leaflet without, and an origin."""

    claim: str
    article: str
    report: str
    leaflet: str
    origin: str

    @property
    def own(self) -> str:
        return f"/desk/claims/{self.claim}"


def laid_out(desk: TestDesk) -> Matter:
    """The claim has the parts `height` and `year`."""
    at = desk.app.state.desk
    with at.writing() as session:
        article = source(session, "Heights", publisher_as_printed="Daily Example", published="2025-05-04")
        bring_in(session, LOCAL_OPERATOR, article, SnapshotEntry(), TEXT.encode(), at.blobs)
        report = source(session, "The report", published="1863")
        bring_in(session, LOCAL_OPERATOR, report, SnapshotEntry(), TEXT.encode(), at.blobs)
        leaflet = source(session, "A leaflet", published="2025", language="de")
        claim = bare_claim(session, "height", "year")
        appearance(session, claim, article, texts=at.texts(session), quote=quote_entry(SENTENCE))
        return Matter(claim.id, article.id, report.id, leaflet.id, origin(session).id)


def all_of(desk: TestDesk, table: type[Row]) -> Sequence[Row]:
    """The rows of a table of the desk, in the order of their keys."""
    columns: Any = table
    with desk.app.state.desk.reading() as session:
        found: Sequence[Row] = session.scalars(select(table).order_by(columns.id)).all()
        session.expunge_all()
        return found


def value(sheet: Sheet, name: str) -> str:
    """What a field of the form holds."""
    fields = sheet.form().xpath(f".//*[@name='{name}']")
    for one in fields:
        if one.tag == "textarea":
            return (one.text or "").removeprefix("\n")
        if one.tag == "select":
            return "".join(one.xpath("./option[@selected]/@value"))
        if one.get("type") not in ("radio", "checkbox") or one.get("checked") is not None:
            return str(one.get("value"))
    return ""
