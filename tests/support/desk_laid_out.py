"""A desk on which something of everything lies: drafts, editions, a change to review, a comment, a text that waits."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from app.desk.desk import Desk
from kb.capture.extracted import Proposed
from kb.capture.waiting import Brought, Waiting
from kb.desk.accounts import AccountEntry, add_account
from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.comments import CommentEntry, add_comment
from kb.desk.invitations import make_link
from kb.desk.left_out import LeftOutEntry, add_left_out
from kb.desk.sources import find_source
from kb.desk.tables import Page
from kb.publish.review import submit
from kb.publish.withdraw import withdraw
from tests.factories import desk as made
from tests.factories.whole import TEXT, whole
from tests.support.databases import BASE, Stock
from tests.support.desk_served import EDITOR, EVERYBODY, DeskPlace, desk_served
from tests.support.publishing import note, put_out

LEFT_OUT = "Enzo Example led them."


@dataclass(frozen=True)
class LaidOut:
    """`ids` by name: `claim` is published and changed since, `draft` and `other` never were, `gone` is withdrawn."""

    place: DeskPlace
    ids: Mapping[str, str]

    def path(self, template: str) -> str:
        """`/desk/claims/{claim}/words` with the ids in their places."""
        return template.format(**self.ids)


@contextmanager
def laid_out(stock: Stock, folder: Path) -> Iterator[LaidOut]:
    """One account with every role, so that each page shows all that it has."""
    with desk_served(stock, folder, {EDITOR: EVERYBODY}) as place:
        ids = {**_published(place.desk), **_drafted(place.desk), **_waiting(place.desk)}
        place.desk.follow()
        yield LaidOut(place, ids)


def _published(desk: Desk) -> dict[str, str]:
    """A claim with all that hangs on one, published, then changed and handed over; and one that is withdrawn."""
    with desk.writing() as session:
        scene = whole(session, desk.blobs)
        gone = made.whole_claim(session).id
        records = (scene.claim, scene.article, scene.record, scene.carla, scene.office, scene.walking)
        names = ("claim", "article", "bare", "agent", "origin", "topic")
        ids = dict(zip(names, (one.id for one in records), strict=True)) | {"gone": gone}
    assert put_out(desk.engine).refused == {}
    withdraw(desk.engine, LOCAL_OPERATOR, gone, "It was logged twice.", base=BASE)
    with desk.writing() as session:
        entry = CommentEntry(field="statement", body="Which of the two mountains?")
        add_comment(session, LOCAL_OPERATOR, ids["claim"], entry, "the statement")
        said = LeftOutEntry(quote=made.quote_entry(LEFT_OUT), reason="It only says where they were.")
        add_left_out(session, LOCAL_OPERATOR, find_source(session, ids["article"]), said, desk.texts(session))
        page = session.scalars(select(Page.id).order_by(Page.slug)).first()
    note(desk.engine, ids["claim"], "Counted once more.")
    with desk.writing() as session:
        submit(session, LOCAL_OPERATOR, BASE, ids["claim"], "Please look at the note.")
    return ids | {"page": str(page)}


def _drafted(desk: Desk) -> dict[str, str]:
    with desk.writing() as session:
        draft = made.bare_claim(session, "height", "year")
        source = made.source(session, "A leaflet about the summit")
        made.appearance(session, draft, source)
        came = made.origin(session, "The summit's book")
        made.evidence(session, draft, source, came, aspect="height")
        return {"draft": draft.id, "leaflet": source.id}


def _waiting(desk: Desk) -> dict[str, str]:
    """A text that was fetched, a sentence that was left out, somebody with a link who has never signed in."""
    text = TEXT.encode()
    brought = Brought(
        sha256=desk.blobs.put(text),
        text_sha256=desk.blobs.put(text),
        characters=len(TEXT),
        media_type="text/plain",
        retrieved_on="2026-11-25T09:00:00Z",
        retrieved_with="Claimbase, fetch",
        retrieved_from="https://example.org/article",
        address="https://example.org/article",
        notes=("One character could not be read.",),
        proposed=Proposed(title="The Examplar", language="en"),
    )
    with desk.writing() as session:
        account = add_account(session, LOCAL_OPERATOR, AccountEntry(name="N. New", roles=["contributor"]))
        link = make_link(session, LOCAL_OPERATOR, account, "invitation")
        person = str(account.id)
    return {"waiting": Waiting(desk.settings.data / "waiting").put(brought), "welcome": link, "person": person}
