"""Pages of the desk's own; a page's slug is its address."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from kb.desk import tables as desk
from kb.publish.compile.names import Names
from kb.publish.compile.rows import fetch, records
from kb.publish.compile.shapes import Node, present, prose


class PageRows:
    """Some pages, in a fixed number of statements."""

    def __init__(self, session: Session, ids: Iterable[str]) -> None:
        wanted = list(ids)
        self.records = records(session, wanted)
        self.pages = {row.id: row for row in fetch(session, desk.Page, desk.Page.id, wanted)}


def page_entity(rows: PageRows, page: str, base: str) -> Node:
    row, language = rows.pages[page], rows.records[page].language
    return present(
        {
            "@id": Names(base, row.slug).it,
            "@type": ["Page", "WebPage"],
            "name": prose(row.name, language),
            "body": prose(row.body, language),
            "inLanguage": language,
        }
    )
