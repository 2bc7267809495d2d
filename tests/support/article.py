"""An article whose text the desk holds, and a leaflet of which it holds none; claims logged from them by forms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.db import DeskTable
from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.snapshots import SnapshotEntry, bring_in
from tests.factories.desk import source
from tests.support.desk import Editor, Sheet, TestDesk

TEXT = (
    "🏔 Heights\n\n"
    "In 1863 the survey gave Mount Example 4,807 metres, Ada Invented said on 4 May 2025.\n\n"
    "Over 600 people climbed it in 2019, the club reported. Others say less.\n"
)
SENTENCE = "In 1863 the survey gave Mount Example 4,807 metres, Ada Invented said on 4 May 2025."
CLUB = "Over 600 people climbed it in 2019, the club reported."
STATEMENT = "Ada Invented said that Mount Example is 4,807 metres high."


@dataclass(frozen=True)
class Article:
    """The ids of a source with a held text, and of one without."""

    held: str
    bare: str

    @property
    def read(self) -> str:
        return f"/desk/sources/{self.held}/read"

    @property
    def read_bare(self) -> str:
        return f"/desk/sources/{self.bare}/read"


def bring_article(desk: TestDesk, text: str = TEXT) -> Article:
    """Both are of the Daily Example, which has no record yet."""
    at = desk.app.state.desk
    with at.writing() as session:
        held = source(session, "Heights", publisher_as_printed="Daily Example", published="2025-05-04")
        bring_in(session, LOCAL_OPERATOR, held, SnapshotEntry(), text.encode(), at.blobs)
        bare = source(session, "A leaflet", publisher_as_printed="Daily Example", published="2025")
        return Article(held.id, bare.id)


def place(words: str, text: str = TEXT) -> str:
    """The button that quotes these words."""
    start = text.index(words)
    return f"quote:{start}-{start + len(words)}"


def logged(editor: Editor, article: Article, words: str = SENTENCE, **values: str | Sequence[str]) -> Sheet:
    """A claim from the article, saved, and its workbench; a name in `values` has `__` for a dot."""
    chosen = editor.send(editor.open(article.read), do=place(words))
    return editor.save(chosen, {"texts.0.statement": STATEMENT, "chain.0.agent": "Ada Invented"} | dotted(values))


def dotted(values: Mapping[str, str | Sequence[str]]) -> dict[str, str | Sequence[str]]:
    return {name.replace("__", "."): value for name, value in values.items()}


def claim_of(sheet: Sheet) -> str:
    """The id of the claim whose page this is."""
    return sheet.path.partition("?")[0].partition("#")[0].split("/claims/")[1].split("/")[0]


def rows(desk: TestDesk, table: type[DeskTable]) -> int:
    """How many there are at the desk."""
    with desk.app.state.desk.reading() as session:
        return counted(session, table)


def counted(session: Session, table: type[DeskTable]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0
