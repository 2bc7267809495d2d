"""A visit to the desk: who asks, for what, with which session of the database, and how it is answered."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.desk.desk import Desk
from app.desk.forms.form import Form
from app.desk.forms.fresh import Stale
from app.desk.where import way_to_mend
from app.web.headers import NEVER
from app.web.templates import render
from kb.desk.actors import Actor
from kb.desk.signing_in import Visitor

NOBODY = Actor("nobody", frozenset())
# What a page says after something was done, by the word in its address: no text of an address is ever shown.
DONE = {
    "added": "Added.",
    "saved": "Saved.",
    "unchanged": "Nothing was changed.",
    "removed": "Removed.",
    "logged": "The claim is logged. Here is the text again, for the next one.",
    "left-out": "The sentence is noted as left out, with the reason.",
    "submitted": "Handed to a second reader.",
    "approved": "Approved, in exactly these words.",
    "returned": "Handed back.",
    "commented": "The comment stands.",
    "resolved": "The comment is resolved.",
    "reopened": "The comment is open again.",
    "published": "Published.",
    "corrected": "The correction is published.",
    "withdrawn": "Withdrawn. The page stays, and says why.",
    "restored": "Restored.",
    "signed-out": "You are signed out.",
    "password": "The password is set. Please sign in.",
    "ended": "That session is ended.",
    "disabled": "The account is disabled; its sessions are ended.",
    "enabled": "The account may sign in again.",
    "no-factor": "The second factor is taken away, and the sessions are ended.",
    "changed-password": "The password is changed. Every other session of yours is ended.",
    "roles": "The roles are changed; the account signs in anew.",
    "brought": "The text is held. Log a claim from it.",
}


@dataclass(frozen=True)
class Visit:
    """`session` reads for a page and writes for a deed; `form` is what was typed, None where a page is first opened."""

    request: Request
    desk: Desk
    actor: Actor
    visitor: Visitor | None
    token: str
    # The cookie that the token hangs on, where the browser has none yet.
    fresh: str | None = None
    opened: Session | None = None
    form: Form | None = None
    status: int = 200
    clash: Stale | None = None

    @property
    def session(self) -> Session:
        if self.opened is None:
            raise RuntimeError("this deed opens its own transactions")
        return self.opened

    @property
    def typed(self) -> Form:
        """What was sent; an empty form where a page is first opened."""
        return self.form or Form({})

    def with_session(self, session: Session) -> "Visit":
        """The same visit over a session of its own, for a deed that has none."""
        return replace(self, opened=session)

    def path(self, name: str) -> str:
        """A piece of the address, such as the record's id; what no database takes as a key is the id of nothing."""
        text = str(self.request.path_params[name])
        return text if text.isprintable() else ""

    def number(self, name: str) -> int:
        """A number in the address; what is none is the number of nothing."""
        text = self.path(name)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

    def asked(self, name: str) -> str:
        """A value of the query, "" where it is not given."""
        return self.request.query_params.get(name, "")

    def page(self, template: str, **context: Any) -> Response:
        """A page of the desk; `form` is in it by that name where the caller gives one."""
        shown = {"form": self.typed, **context}
        if self.clash is not None and shown["form"] is not self.clash.theirs:
            shown["form"] = replace(shown["form"], theirs=self.clash.theirs.typed)
        body = render(
            self.request,
            template,
            visit=self,
            token=self.token,
            done=DONE.get(self.asked("done"), ""),
            mend=way_to_mend,
            **shown,
        )
        return Response(body, self.status, {"Cache-Control": NEVER}, "text/html")

    def to(self, address: str, done: str = "", **query: str) -> Response:
        """On to a page of the desk or of the readers (`desk/claims/7k3mq2xkt`), with word of what was done."""
        bare, hash_, anchor = address.partition("#")
        asked = urlencode({**query, **({"done": done} if done else {})})
        joint = "&" if "?" in bare else "?"
        path = f"{self.home}{bare}{joint + asked if asked else ''}{hash_}{anchor}"
        return RedirectResponse(path, 303, {"Cache-Control": NEVER})

    @property
    def home(self) -> str:
        """The relative way to the first page, so that a server in a folder or behind another name is left alone."""
        return "../" * (self.request.url.path.count("/") - 1) or "./"

    def may(self, verb: str) -> bool:
        """For what a page offers; whether it is allowed is for the verb itself to say."""
        return self.actor.may(verb)
