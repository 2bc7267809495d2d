"""The routes of the desk as the app itself lists them, a scene in which each finds what it names, and its state."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from sqlalchemy import Engine, MetaData, select

from kb.desk.accounts import find_account
from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.comments import CommentEntry, add_comment
from kb.desk.pages import PageEntry, add_page
from kb.values.ids import new_id
from tests.factories.whole import whole
from tests.support.desk import Editor, TestDesk

ROLES = ("contributor", "editor", "reviewer", "publisher", "admin")


@dataclass(frozen=True)
class Route:
    """A way into the desk; any of `verbs` opens it."""

    method: str
    path: str
    verbs: frozenset[str]


def routes(app: FastAPI, method: str) -> Iterator[Route]:
    """Every route of the desk with this method, those of routers in routers as well."""
    for one in iter_route_contexts(app.routes):
        if (one.path or "").startswith("/desk") and method in (one.methods or ()):
            yield Route(method, one.path or "", frozenset(getattr(one.endpoint, "verbs", ())))


@dataclass(frozen=True)
class Scene:
    """Records of every kind, by the folder that their addresses have; `nothing` is of none of them."""

    ids: Mapping[str, str]
    people: int
    nothing: str

    def at(self, path: str) -> str:
        """The address with what it names put in: a record and its first part, where there is one."""
        folder = path.split("/")[2] if path.count("/") > 1 else ""
        record = self.ids.get("claims" if folder == "records" else folder, self.nothing)
        number = str(self.people) if folder == "people" else "1"
        filled = path.replace("{id}", record).replace("{number}", number)
        for name in ("{n}", "{session}"):
            filled = filled.replace(name, "1")
        return filled.replace("{key}", self.nothing).replace("{token}", self.nothing)

    def nowhere(self, path: str) -> str:
        """The same with names of nothing."""
        filled = path.replace("{id}", self.nothing).replace("{number}", "999999")
        return (
            filled.replace("{n}", "999999").replace("{session}", "999999").replace("{key}", "x").replace("{token}", "x")
        )


def scene(desk: TestDesk) -> Scene:
    """A claim with all that can hang on one, commented, a page, and somebody to be shut out."""
    desk.account("Somebody", "editor")
    at = desk.app.state.desk
    with at.writing() as session:
        made = whole(session, at.blobs)
        own = add_page(session, LOCAL_OPERATOR, PageEntry(slug="invented", name="Invented", body="Words."))
        add_comment(session, LOCAL_OPERATOR, made.claim.id, CommentEntry(field="note", body="Why?"), "Invented.")
        somebody = find_account(session, "Somebody")
        assert somebody is not None
        ids = {
            "claims": made.claim.id,
            "sources": made.article.id,
            "agents": made.carla.id,
            "origins": made.office.id,
            "topics": made.walking.id,
            "pages": own.id,
        }
        return Scene(ids, somebody.id, new_id())


def token_of(editor: Editor) -> str:
    """What the forms of this browser carry."""
    path = "/desk/account" if editor.name else "/desk/sign-in"
    return str(editor.open(path).tree.xpath("string(//input[@name='token']/@value)"))


def state(engine: Engine) -> dict[str, str]:
    """The hash of every table; that a session was in use a moment ago is left out."""
    found = {}
    metadata = MetaData()
    metadata.reflect(engine)
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            columns = [one for one in table.columns if (table.name, one.name) != ("sign_in", "seen_at")]
            rows = sorted(repr(tuple(row)) for row in connection.execute(select(*columns)))
            found[table.name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found
